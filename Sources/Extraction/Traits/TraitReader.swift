import Vocabulary

/// Reads how an advert speaks from its tokens.
enum TraitReader {
  /// Counts within `content`, block by block in the language of each; `facts` gives the names found
  /// before.
  static func read(
    _ tokens: [FactToken], text: [UInt8], content: [Range<Int>], language: String?, form: Form?,
    facts: [Fact]
  ) -> Traits {
    var traits = Traits()
    let blocks =
      FunctionWords.mayBeMixed(tokens) ? LanguageDetector.blocks(in: text, content) : []
    if blocks.count > 1 { traits.blocks = blocks }
    var block = 0
    var table = PronounTable.table(blocks.count > 1 ? blocks[0].language : language)
    var counted: Int?
    var plural = false
    for (index, token) in tokens.enumerated() where token.kind == .word {
      guard RangeSet.holds(token.start..<token.end, content) else { continue }
      while block + 1 < traits.blocks.count,
        token.start >= traits.blocks[block + 1].range.lowerBound
      {
        block += 1
        table = PronounTable.table(traits.blocks[block].language)
      }
      switch table.person(token.hash) {
      case .i: traits.perspective.i += 1
      case .we: traits.perspective.we += 1
      case .they: traits.perspective.they += 1
      case nil: break
      }
      if token.has(.people) {
        plural = true
        if let count = count(before: index, tokens), (2...20).contains(count) {
          counted = max(counted ?? 0, count)
        }
      }
      if token.has(.two) { counted = max(counted ?? 0, 2) }
    }
    for fact in facts where fact.kind == .name && fact.inContent {
      guard case .text(let name) = fact.value, !traits.names.contains(name) else { continue }
      traits.names.append(name)
    }
    traits.persons = persons(traits, counted: counted, plural: plural, form: form)
    return traits
  }

  private static func count(before index: Int, _ tokens: [FactToken]) -> Int? {
    // "2 hot girls", "twee lieve dames"
    for before in stride(from: index - 1, through: max(0, index - 3), by: -1) {
      let token = tokens[before]
      if token.kind == .number { return token.value <= 20 ? Int(token.value) : nil }
      if token.has(.number), let number = token.meaning?.number, number > 0 { return number }
      guard token.kind == .word else { return nil }
    }
    return nil
  }

  /// Only adverts for people offer persons; a vacancy does not tell.
  private static func persons(
    _ traits: Traits, counted: Int?, plural: Bool, form: Form?
  ) -> Int? {
    guard form != .labour, form != .recruitment else { return nil }
    if let counted { return max(counted, traits.names.count) }
    if traits.names.count > 1 { return traits.names.count }
    guard form == .sex || traits.names.count == 1, !plural, traits.perspective.we == 0 else {
      return nil
    }
    return traits.perspective.i > 0 || traits.names.count == 1 ? 1 : nil
  }
}
