public import Configuration
public import Markup

/// What people said of adverts: true or false for each identifier, and nothing for the others.
public struct Labels: Sendable {
  /// By the identifier that the advert has in the input.
  public private(set) var byID: [String: Bool] = [:]
  /// Entries that state no label; they are left out, not taken for false.
  public private(set) var unstated = 0

  public init() {}

  /// Reads JSON Lines (`{"id", "label"}`) or CSV or TSV with the columns `id` and `label`.
  ///
  /// Throws every problem with its line: a label that is neither true nor false, a missing
  /// identifier, and two labels for one.
  public init(_ bytes: [UInt8], file: String) throws(ConfigurationProblems) {
    var problems: [ConfigurationProblem] = []
    func report(_ line: Int, _ message: String) {
      problems.append(ConfigurationProblem(file: file, line: line, column: 1, message: message))
    }
    let first = bytes.first { !($0 == 0x20 || (0x09...0x0D).contains($0)) }
    let entries =
      first == UInt8(ascii: "{") ? Self.lines(bytes, report) : Self.rows(bytes, report)
    for (line, id, label) in entries {
      guard let id, !id.isEmpty else {
        report(line, "'id' is missing")
        continue
      }
      do {
        try add(label, of: id)
      } catch {
        report(line, error.message)
      }
    }
    if problems.isEmpty, byID.isEmpty { report(1, "no labels here") }
    guard problems.isEmpty else { throw ConfigurationProblems(problems) }
  }

  /// Why a label cannot be taken.
  public struct Problem: Error, Sendable, Hashable {
    /// What is wrong and what was expected.
    public var message: String

    public init(message: String) { self.message = message }
  }

  /// Takes a label; nil and null state none.
  public mutating func add(_ value: JSONValue?, of id: String) throws(Problem) {
    let label: Bool
    switch value {
    case nil, .null?, .string("")?:
      unstated += 1
      return
    case .bool(let truth)?: label = truth
    case .number(1)?: label = true
    case .number(0)?: label = false
    case .string(let text)?:
      switch text.lowercased() {
      case "true", "1", "yes": label = true
      case "false", "0", "no": label = false
      default: throw Problem(message: "'\(text.prefix(40))' is no label; write true or false")
      }
    default: throw Problem(message: "a label is true or false")
    }
    if let other = byID.updateValue(label, forKey: id), other != label {
      throw Problem(message: "'\(id.prefix(40))' has two labels, true and false")
    }
  }

  private typealias Entry = (line: Int, id: String?, label: JSONValue?)

  private static func lines(_ bytes: [UInt8], _ report: (Int, String) -> Void) -> [Entry] {
    var entries: [Entry] = []
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.allSatisfy({ $0 <= 0x20 }) {
      guard let object = JSONValue(parsing: Array(line)), object.members != nil else {
        report(index + 1, "expected an object such as {\"id\": \"17\", \"label\": true}")
        continue
      }
      var id = object["id"]?.string
      if let number = object["id"]?.number, let whole = Int(exactly: number) { id = "\(whole)" }
      entries.append((index + 1, id, object["label"]))
    }
    return entries
  }

  private static func rows(_ bytes: [UInt8], _ report: (Int, String) -> Void) -> [Entry] {
    var text = DelimitedText(bytes)
    let head = text.next()
    guard let id = head?.fields.firstIndex(of: "id"),
      let label = head?.fields.firstIndex(of: "label")
    else {
      report(1, "expected JSON Lines, or a first line that names the columns id and label")
      return []
    }
    var entries: [Entry] = []
    while let row = text.next() {
      guard row.fields.count > max(id, label) else {
        report(row.line, "expected \(head?.fields.count ?? 2) columns, found \(row.fields.count)")
        continue
      }
      entries.append((row.line, row.fields[id], .string(row.fields[label])))
    }
    return entries
  }
}
