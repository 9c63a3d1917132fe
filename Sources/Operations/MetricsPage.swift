/// A page of figures in the text format that Prometheus reads (exposition format 0.0.4).
///
/// Families come in the order in which they were added, each with its help and type once.
public struct MetricsPage: Sendable {
  /// What a figure is.
  public enum Kind: String, Sendable {
    /// Only grows, until the program starts again.
    case counter
    /// Goes up and down.
    case gauge
  }

  /// Media type of the format.
  public static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

  /// The page so far.
  public private(set) var text = ""
  private var names: Set<String> = []

  public init() {}

  /// Adds a family of figures that differ in their labels.
  ///
  /// Names that the format does not have, and a family that is there already, are left out: a page with
  /// one of them would not be read at all. Label values may be anything.
  public mutating func add(
    _ name: String, _ kind: Kind, _ help: String,
    _ samples: [(labels: [(name: String, value: String)], value: Double)]
  ) {
    guard Self.isName(name), names.insert(name).inserted, !samples.isEmpty else { return }
    text += "# HELP \(name) \(Self.escaped(help, quotes: false))\n# TYPE \(name) \(kind.rawValue)\n"
    for sample in samples {
      let labels = sample.labels.filter { Self.isName($0.name) && !$0.name.contains(":") }
        .map { "\($0.name)=\"\(Self.escaped($0.value, quotes: true))\"" }
      let list = labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}"
      text += "\(name)\(list) \(Self.number(sample.value))\n"
    }
  }

  /// Adds a figure by itself.
  public mutating func add(_ name: String, _ kind: Kind, _ help: String, _ value: Double) {
    add(name, kind, help, [([], value)])
  }

  /// Whether a name is `[a-zA-Z_:][a-zA-Z0-9_:]*`.
  private static func isName(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(48...57).contains(first) else { return false }
    return name.utf8.allSatisfy { byte in
      switch byte {
      case 48...57, 65...90, 97...122, UInt8(ascii: "_"), UInt8(ascii: ":"): true
      default: false
      }
    }
  }

  private static func escaped(_ text: String, quotes: Bool) -> String {
    var result: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\\"): result += Array("\\\\".utf8)
      case UInt8(ascii: "\n"): result += Array("\\n".utf8)
      case UInt8(ascii: "\"") where quotes: result += Array("\\\"".utf8)
      default: result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
    if value.rounded() == value, abs(value) < 1e15 { return String(Int64(value)) }
    return "\(value)"
  }
}
