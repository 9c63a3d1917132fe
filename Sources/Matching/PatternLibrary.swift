public import Configuration

/// All pattern packs that are in force together.
public struct PatternLibrary: Sendable {
  /// Every pack, by name.
  public let packs: [PatternPack]
  /// Tells one set of packs from another: the caller's digest of their names and contents.
  ///
  /// It does not depend on the order in which the files are given, and is empty when no digest was.
  public let digest: String

  private let places: [String: (pack: Int, indicator: Int)]

  /// Reads packs from files given as their names and texts; throws every problem of all of them.
  ///
  /// Besides each file's own problems, names of packs and ids of indicators that are used twice are
  /// problems. `digest` computes a digest of bytes, such as SHA-256 in hexadecimal.
  public init(
    files: [(name: String, text: String)], digest: (([UInt8]) -> String)? = nil
  ) throws(ConfigurationProblems) {
    var reader = ConfigurationReader()
    var packs: [PatternPack] = []
    for file in files {
      do {
        let node = try ConfigurationNode(yaml: file.text, file: file.name)
        if let pack = PackReader.read(node, &reader) { packs.append(pack) }
      } catch {
        reader.report(error)
      }
    }
    Self.reportDuplicates(packs, &reader)
    try reader.finish()
    self.init(packs: packs, digest: digest.map { $0(Self.content(files)) } ?? "")
  }

  /// Makes a library of packs whose names and indicator ids are unique; of others the first counts.
  public init(packs: [PatternPack], digest: String) {
    let packs = packs.sorted { $0.name < $1.name }
    var places: [String: (pack: Int, indicator: Int)] = [:]
    for (packNumber, pack) in packs.enumerated() {
      for (number, indicator) in pack.indicators.enumerated() where places[indicator.id] == nil {
        places[indicator.id] = (packNumber, number)
      }
    }
    self.packs = packs
    self.digest = digest
    self.places = places
  }

  /// The indicator of that id.
  public func indicator(_ id: String) -> Indicator? {
    places[id].map { packs[$0.pack].indicators[$0.indicator] }
  }

  /// The pack that defines the indicator.
  public func pack(ofIndicator id: String) -> PatternPack? {
    places[id].map { packs[$0.pack] }
  }

  /// Names and texts, each with its length, so that no two sets of files give the same bytes.
  private static func content(_ files: [(name: String, text: String)]) -> [UInt8] {
    var bytes: [UInt8] = []
    for file in files.sorted(by: { ($0.name, $0.text) < ($1.name, $1.text) }) {
      for part in [file.name, file.text] {
        bytes += "\(part.utf8.count):".utf8
        bytes += part.utf8
      }
    }
    return bytes
  }

  private static func reportDuplicates(
    _ packs: [PatternPack], _ reader: inout ConfigurationReader
  ) {
    var packFiles: [String: String] = [:]
    var indicators: [String: PackPlace] = [:]
    var more: [ConfigurationProblem] = []
    for pack in packs {
      if let other = packFiles[pack.name] {
        more.append(
          ConfigurationProblem(
            file: pack.file, message: "the pack '\(pack.name)' is also in \(other)"))
      }
      packFiles[pack.name] = pack.file
      for indicator in pack.indicators {
        if let other = indicators[indicator.id] {
          more.append(
            ConfigurationProblem(
              file: indicator.place.file, line: indicator.place.line,
              column: indicator.place.column,
              message: "the indicator '\(indicator.id)' is also defined at "
                + "\(other.file):\(other.line):\(other.column)"))
        }
        indicators[indicator.id] = indicator.place
      }
    }
    if !more.isEmpty { reader.report(ConfigurationProblems(more)) }
  }
}
