/// The words of `SectorTable` by language, found without a walk through all of them.
struct SectorWords: Sendable {
  /// Whether a word tells what somebody does or where it is done.
  enum Role: Sendable, Hashable, CaseIterable { case does, place }

  /// A word or several that stand one after the other, each whole, as a beginning or as an end.
  struct Phrase: Sendable, Hashable {
    enum Part: Sendable, Hashable {
      case whole(String)
      case beginning(String)
      case end(String)

      var text: String {
        switch self {
        case .whole(let text), .beginning(let text), .end(let text): text
        }
      }

      func matches(_ word: String) -> Bool {
        switch self {
        case .whole(let text): word == text
        case .beginning(let text): word.utf8.starts(with: text.utf8)
        case .end(let text): word.utf8.count >= text.utf8.count && word.hasSuffix(text)
        }
      }
    }

    var parts: [Part]
    /// Bytes of the words as they are written: of several phrases the longest decides.
    var length: Int { parts.reduce(0) { $0 + $1.text.utf8.count } }
  }

  private struct Entry: Sendable {
    var phrase: Phrase
    var sector: Int
  }
  private struct Key: Hashable {
    var role: Role
    var language: String
    var part: Phrase.Part
  }

  /// By how the first word is written.
  private var entries: [Key: [Entry]] = [:]
  private var languages: [String] = []

  mutating func add(_ phrase: Phrase, _ role: Role, language: String, sector: Int) {
    guard let first = phrase.parts.first else { return }
    if !languages.contains(language) { languages.append(language) }
    entries[Key(role: role, language: language, part: first), default: []].append(
      Entry(phrase: phrase, sector: sector))
  }

  /// The kind that a phrase tells in a language; nil when it is not there.
  func sector(of phrase: Phrase, _ role: Role, language: String) -> Int? {
    guard let first = phrase.parts.first else { return nil }
    return entries[Key(role: role, language: language, part: first)]?
      .first { $0.phrase == phrase }?.sector
  }

  /// The kind that words tell: those of the language and of English go before all others.
  func sector(in words: [String], language: String?) -> Int? {
    let words = words.prefix(Self.mostWords).map { $0 }
    let own = languages.filter { $0 == language || $0 == "en" }
    for group in [own, languages.filter { !own.contains($0) }] {
      for role in Role.allCases {
        if let sector = best(role, group, words) { return sector }
      }
    }
    return nil
  }

  /// Words of a title that are looked at.
  private static let mostWords = 40

  private func best(_ role: Role, _ languages: [String], _ words: [String]) -> Int? {
    var best: (length: Int, sector: Int)?
    for place in words.indices {
      for part in Self.parts(of: words[place]) {
        for language in languages {
          for entry in entries[Key(role: role, language: language, part: part)] ?? [] {
            let length = entry.phrase.length
            guard length > best?.length ?? 0, Self.stands(entry.phrase, at: place, in: words)
            else { continue }
            best = (length, entry.sector)
          }
        }
      }
    }
    return best?.sector
  }

  private static func stands(_ phrase: Phrase, at place: Int, in words: [String]) -> Bool {
    guard place + phrase.parts.count <= words.count else { return false }
    return zip(phrase.parts, words[place...]).allSatisfy { $0.matches($1) }
  }

  /// All ways in which a phrase may name a word.
  private static func parts(of word: String) -> [Phrase.Part] {
    var parts = [Phrase.Part.whole(word)]
    let scalars = word.unicodeScalars
    var index = scalars.startIndex
    var passed = 0
    while index != scalars.endIndex {
      if passed <= scalars.count - shortest {
        parts.append(.end(String(scalars[index...])))
      }
      index = scalars.index(after: index)
      passed += 1
      if passed >= shortest { parts.append(.beginning(String(scalars[..<index]))) }
    }
    return parts
  }

  /// Letters that a beginning or an end has at least.
  static let shortest = 3
}
