import Configuration
import Vocabulary

/// Reads one indicator of a pack.
enum IndicatorReader {
  private static let keys = [
    "id", "title", "barriers", "strength", "evidence", "alone", "lane", "sources", "note",
    "patterns", "unless", "examples", "when", "rests_on",
  ]
  private static let required = ["id", "title", "barriers", "strength", "evidence", "sources"]

  static func read(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> Indicator? {
    guard let fields = reader.mapping(node, keys: keys, required: required) else { return nil }
    let idNode = fields["id"] ?? node
    let id = fields["id"].flatMap {
      PackReader.identifier($0, "an indicator's id", &reader)
    }
    let title = fields["title"].map { titles($0, &reader) } ?? [:]
    let strength = fields["strength"].flatMap { reader.choice($0, Strength.self) }
    let evidence = fields["evidence"].flatMap { reader.choice($0, EvidenceGrade.self) }
    let barriers = fields["barriers"].map { self.barriers($0, strength, &reader) } ?? []
    let alone = fields["alone"].map { reader.choice($0, Solitude.self) }
    let lane = fields["lane"].map { reader.choice($0, IndicatorLane.self) }
    let sources = fields["sources"].flatMap { reader.strings($0) }
    if let sources, sources.isEmpty, let node = fields["sources"] {
      reader.report("at least one source is needed", at: node)
    }
    let note = fields["note"].flatMap { reader.string($0) }
    let patterns = fields["patterns"].map { self.patterns($0, id ?? "?", &reader) } ?? []
    let exceptions = fields["unless"].map { self.exceptions($0, &reader) } ?? []
    let examples = fields["examples"].map { self.examples($0, &reader) } ?? [:]
    let condition = fields["when"].flatMap { self.condition($0, &reader) }
    let restsOn = fields["rests_on"].map { reader.choice($0, IndicatorBasis.self) }
    if fields["when"] == nil, let node = fields["rests_on"], restsOn != .stated {
      reader.report("'rests_on' has no effect without 'when'", at: node)
    }
    if fields["patterns"] == nil, fields["when"] == nil {
      reader.report("an indicator needs 'patterns' or 'when'", at: idNode)
    }
    if fields["patterns"] == nil, let unless = fields["unless"] {
      reader.report("'unless' has no effect without 'patterns'", at: unless)
    }
    reportMissingExamples(patterns, examples, fields["examples"] ?? idNode, &reader)
    guard let id, let strength, let evidence else { return nil }
    return Indicator(
      id: id, title: title, barriers: barriers, strength: strength, evidence: evidence,
      alone: (alone ?? nil) ?? .counts, lane: lane ?? nil, sources: sources ?? [], note: note,
      patterns: patterns, exceptions: exceptions, examples: examples, condition: condition,
      restsOn: (restsOn ?? nil) ?? .stated, place: PackReader.place(idNode))
  }

  private static func titles(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> [String: String] {
    var titles: [String: String] = [:]
    for (language, node) in PackReader.languages(node, &reader) {
      titles[language] = reader.string(node)
    }
    return titles
  }

  private static func barriers(
    _ node: ConfigurationNode, _ strength: Strength?, _ reader: inout ConfigurationReader
  ) -> [Barrier] {
    guard let items = reader.sequence(node) else { return [] }
    var barriers: [Barrier] = []
    for item in items {
      guard let barrier = reader.choice(item, Barrier.self) else { continue }
      if barriers.contains(barrier) {
        reader.report("'\(barrier.rawValue)' is named twice", at: item)
      }
      barriers.append(barrier)
    }
    if items.isEmpty, let strength, strength != .none, strength != .negative {
      reader.report(
        "an indicator of strength \(strength.rawValue) needs a barrier to count for", at: node)
    }
    return barriers
  }

  private static func patterns(
    _ node: ConfigurationNode, _ id: String, _ reader: inout ConfigurationReader
  ) -> [Pattern] {
    var patterns: [Pattern] = []
    for (language, node) in PackReader.languages(node, &reader) {
      guard let items = reader.sequence(node) else { continue }
      if items.isEmpty { reader.report("at least one pattern is needed", at: node) }
      var seen: Set<String> = []
      for item in items {
        guard
          let fields = reader.mapping(item, keys: ["id", "re", "view"], required: ["id", "re"])
        else { continue }
        let name = fields["id"].flatMap {
          PackReader.identifier($0, "a pattern's id", &reader)
        }
        if let name, !seen.insert(name).inserted, let node = fields["id"] {
          reader.report("the pattern '\(id)/\(language)/\(name)' is there twice", at: node)
        }
        let view = fields["view"].map { reader.choice($0, PatternView.self) } ?? .plain
        guard let expression = fields["re"], let source = regex(expression, &reader) else {
          continue
        }
        if view == .folded { checkFolded(source, expression, &reader) }
        guard let name, let view else { continue }
        patterns.append(
          Pattern(
            name: "\(id)/\(language)/\(name)", language: language, source: source, view: view,
            place: PackReader.place(expression)))
      }
    }
    return patterns
  }

  private static func exceptions(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> [Exception] {
    var exceptions: [Exception] = []
    for (language, node) in PackReader.languages(node, &reader) {
      guard let items = reader.sequence(node) else { continue }
      for item in items {
        guard let source = regex(item, &reader) else { continue }
        exceptions.append(
          Exception(language: language, source: source, place: PackReader.place(item)))
      }
    }
    return exceptions
  }

  /// An expression that PCRE2 accepts; where it stands is told to the character where possible.
  private static func regex(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> String? {
    guard let source = reader.string(node) else { return nil }
    do {
      _ = try CompiledRegex(source)
      return source
    } catch {
      let bytes = source.utf8.prefix(error.offset)
      let offset = String(bytes)?.unicodeScalars.count ?? 0
      reader.report(
        "regular expression: \(error.message), at character \(offset + 1) of it",
        at: PackReader.place(node, at: offset, of: source))
      return nil
    }
  }

  /// The folded view has no accents or disguises, so that a pattern with them could not match.
  private static func checkFolded(
    _ source: String, _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) {
    let folded = FoldedView.letters(of: source)
    guard !folded.utf8.elementsEqual(source.utf8) else { return }
    reader.report(
      "the folded view never has some of these characters; in it this reads '\(folded)'", at: node)
  }

  private static func examples(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> [String: Examples] {
    var examples: [String: Examples] = [:]
    for (language, node) in PackReader.languages(node, &reader) {
      guard let fields = reader.mapping(node, keys: ["match", "miss"]) else { continue }
      examples[language] = Examples(
        match: fields["match"].map { texts($0, &reader) } ?? [],
        miss: fields["miss"].map { texts($0, &reader) } ?? [])
    }
    return examples
  }

  private static func texts(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> [Example] {
    guard let items = reader.sequence(node) else { return [] }
    return items.compactMap { item in
      reader.string(item).map { Example(text: $0, place: PackReader.place(item)) }
    }
  }

  private static func reportMissingExamples(
    _ patterns: [Pattern], _ examples: [String: Examples], _ node: ConfigurationNode,
    _ reader: inout ConfigurationReader
  ) {
    for language in Set(patterns.map(\.language)).sorted() {
      if examples[language]?.match.isEmpty ?? true {
        reader.report("an example that matches in '\(language)' is missing", at: node)
      }
      if examples[language]?.miss.isEmpty ?? true {
        reader.report("an example that does not match in '\(language)' is missing", at: node)
      }
    }
  }

  private static func condition(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> Condition? {
    guard let text = reader.string(node) else { return nil }
    do {
      return try Condition(parsing: text)
    } catch {
      reader.report(
        "when: \(error.message)", at: PackReader.place(node, at: error.offset, of: text))
      return nil
    }
  }
}
