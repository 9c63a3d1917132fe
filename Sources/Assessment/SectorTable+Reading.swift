public import Configuration
import Extraction
import Vocabulary

extension SectorTable {
  /// The format this program reads.
  public static let format = "adwatch.sectors/1"

  /// Reads the table's YAML text; throws every problem with its place.
  ///
  /// A word that tells two kinds of work in one language is a problem, because the order of the file
  /// would decide.
  public init(yaml text: String, file: String) throws(ConfigurationProblems) {
    let node = try ConfigurationNode(yaml: text, file: file)
    var reader = ConfigurationReader()
    let keys = ["format", "sectors"]
    let fields = reader.mapping(node, keys: keys, required: keys) ?? [:]
    if let stated = fields["format"], reader.string(stated).map({ $0 != Self.format }) ?? false {
      reader.report("this program reads the format '\(Self.format)'", at: stated)
    }
    var sectors: [Sector] = []
    var words = SectorWords()
    for entry in fields["sectors"].flatMap({ reader.sequence($0) }) ?? [] {
      guard let sector = Self.sector(entry, sectors, &words, &reader) else { continue }
      if sectors.contains(where: { $0.key == sector.key }) {
        reader.report("the sector '\(sector.key)' is there twice", at: entry)
      }
      sectors.append(sector)
    }
    try reader.finish()
    self.init(sectors, words: words)
  }

  private static func sector(
    _ node: ConfigurationNode, _ before: [Sector], _ words: inout SectorWords,
    _ reader: inout ConfigurationReader
  ) -> Sector? {
    guard
      let fields = reader.mapping(
        node, keys: ["key", "name", "forms", "soc", "does", "where"],
        required: ["key", "name"]),
      let keyNode = fields["key"], let key = reader.string(keyNode)
    else { return nil }
    if key.isEmpty || !key.utf8.allSatisfy({ (0x61...0x7A).contains($0) || $0 == 0x2D }) {
      reader.report("a key is small letters and hyphens", at: keyNode)
    }
    var name: [String: String] = [:]
    for entry in fields["name"].flatMap({ reader.entries($0) }) ?? [] {
      name[entry.key] = reader.string(entry.node)
    }
    if name["en"] == nil { reader.report("'name' has to be there in English", at: node) }
    let forms = (fields["forms"].flatMap { reader.sequence($0) } ?? [])
      .compactMap { reader.choice($0, Form.self) }
    let codes = fields["soc"].flatMap { reader.strings($0) } ?? []
    for (field, role) in [("does", SectorWords.Role.does), ("where", .place)] {
      for list in fields[field].flatMap({ reader.entries($0) }) ?? [] {
        for word in reader.sequence(list.node) ?? [] {
          guard let text = reader.string(word) else { continue }
          guard let phrase = SectorWords.Phrase(text) else {
            reader.report(
              "a word has \(SectorWords.shortest) letters at least where '*' stands for more, and "
                + "'*' stands at its beginning or its end", at: word)
            continue
          }
          if let other = words.sector(of: phrase, role, language: list.key) {
            let named = other < before.count ? before[other].key : key
            reader.report("'\(text)' is there already, for '\(named)'", at: word)
            continue
          }
          words.add(phrase, role, language: list.key, sector: before.count)
        }
      }
    }
    return Sector(key: key, name: name, forms: Set(forms), codes: codes)
  }
}

extension SectorWords.Phrase {
  /// Reads words with `*` at the beginning or the end of each; nil when one cannot be read.
  init?(_ text: String) {
    var parts: [Part] = []
    for piece in text.split(separator: " ") {
      let isEnd = piece.hasPrefix("*")
      let isBeginning = piece.hasSuffix("*")
      let stem = piece.drop { $0 == "*" }.reversed().drop { $0 == "*" }.reversed()
      let words = FoldedWords.words(of: String(String(stem)))
      guard words.count == 1, let word = words.first, !(isEnd && isBeginning) else { return nil }
      if isEnd || isBeginning, word.unicodeScalars.count < SectorWords.shortest { return nil }
      parts.append(isEnd ? .end(word) : isBeginning ? .beginning(word) : .whole(word))
    }
    guard !parts.isEmpty else { return nil }
    self.init(parts: parts)
  }
}
