import Configuration
import Vocabulary

/// Reads `adwatch.pack/1`, reporting every problem at its place.
enum PackReader {
  static let format = "adwatch.pack/1"

  private static let keys = ["format", "pack", "version", "forms", "indicators"]

  /// The pack as far as it can be read; nil when it is of no use at all.
  static func read(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> PatternPack? {
    guard let fields = reader.mapping(node, keys: keys, required: keys) else { return nil }
    if let stated = fields["format"], reader.string(stated).map({ $0 != format }) ?? false {
      reader.report("this program reads the format '\(format)'", at: stated)
    }
    let name = fields["pack"].flatMap { identifier($0, "a pack's name", &reader) }
    let version = fields["version"].flatMap { reader.integer($0, in: 1...1_000_000) }
    var forms: [Form] = []
    if let node = fields["forms"], let items = reader.sequence(node) {
      for item in items {
        guard let form = reader.choice(item, Form.self) else { continue }
        if forms.contains(form) { reader.report("'\(form.rawValue)' is named twice", at: item) }
        forms.append(form)
      }
      if items.isEmpty { reader.report("at least one form is needed", at: node) }
    }
    var indicators: [Indicator] = []
    if let node = fields["indicators"], let items = reader.sequence(node) {
      indicators = items.compactMap { IndicatorReader.read($0, &reader) }
      if items.isEmpty { reader.report("at least one indicator is needed", at: node) }
    }
    guard let name, let version else { return nil }
    return PatternPack(
      name: name, version: version, forms: forms, indicators: indicators, file: node.file)
  }

  /// A name of ASCII letters, digits, `-` and `_`: safe in pattern names, addresses and files.
  static func identifier(
    _ node: ConfigurationNode, _ what: String, _ reader: inout ConfigurationReader
  ) -> String? {
    guard let text = reader.string(node) else { return nil }
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
    guard isPlain, text.utf8.count <= 64 else {
      reader.report("\(what) is made of at most 64 letters, digits, '-' and '_'", at: node)
      return nil
    }
    return text
  }

  /// Entries by language code, the codes checked.
  static func languages(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> [(language: String, node: ConfigurationNode)] {
    guard let entries = reader.entries(node) else { return [] }
    if entries.isEmpty { reader.report("at least one language is needed", at: node) }
    for entry in entries where !isLanguage(entry.key) {
      reader.report(
        "'\(entry.key)' is no language code; expected one such as en, nl or pt-br",
        at: entry.keyNode)
    }
    return entries.map { ($0.key, $0.node) }
  }

  private static func isLanguage(_ code: String) -> Bool {
    let parts = code.split(separator: "-", omittingEmptySubsequences: false)
    guard let first = parts.first, (2...3).contains(first.utf8.count), parts.count <= 3 else {
      return false
    }
    return parts.allSatisfy { part in
      (2...8).contains(part.utf8.count)
        && part.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
    }
  }

  static func place(_ node: ConfigurationNode) -> PackPlace {
    PackPlace(file: node.file, line: node.line, column: node.column)
  }

  /// The place of the scalar at an offset in a node's text.
  ///
  /// Exact for plain and quoted text on one line without escapes; else the node's own place.
  static func place(
    _ node: ConfigurationNode, at offset: Int, of text: String
  ) -> ConfigurationNode {
    guard case .scalar(_, let quoted) = node.value, !text.utf8.contains(UInt8(ascii: "\n")) else {
      return node
    }
    return ConfigurationNode(
      file: node.file, line: node.line, column: node.column + (quoted ? 1 : 0) + offset,
      value: node.value)
  }
}
