import Foundation

/// Words of a language that nobody speaks, in the letters of one that people do.
struct InventedLanguage: Sendable {
  let code: String
  /// From the most to the least used.
  let words: [String]
  /// Sentences that everybody writes: "call me any time".
  let phrases: [String]
  /// Legal texts under adverts of any kind.
  let legal: [String]

  private static let alphabets:
    [(code: String, starts: [String], middles: [String], ends: [String])] = [
      (
        "en", ["b", "th", "st", "m", "r", "w", "c"], ["a", "ea", "o", "i", "u"],
        ["ck", "ng", "t", "r", "ly"]
      ),
      (
        "nl", ["b", "g", "sch", "v", "z", "d", "k"], ["aa", "ij", "oe", "e", "ui"],
        ["n", "t", "ng", "cht", "je"]
      ),
      (
        "de", ["b", "sch", "st", "w", "z", "pf", "k"], ["ä", "ei", "o", "ü", "a"],
        ["n", "ung", "ch", "t", "er"]
      ),
      (
        "fr", ["b", "ch", "pr", "v", "j", "l", "m"], ["é", "ou", "a", "eau", "i"],
        ["r", "s", "tion", "ne", ""]
      ),
      (
        "es", ["b", "ll", "tr", "v", "qu", "m", "p"], ["a", "ie", "o", "í", "u"],
        ["r", "s", "ción", "do", "ña"]
      ),
      (
        "ro", ["b", "ș", "tr", "v", "ț", "m", "c"], ["ă", "ea", "o", "i", "â"],
        ["r", "t", "esc", "ul", "ie"]
      ),
      (
        "pl", ["b", "sz", "prz", "w", "cz", "m", "k"], ["ą", "ie", "o", "y", "ó"],
        ["ć", "m", "ść", "ł", "ny"]
      ),
      (
        "hu", ["b", "sz", "gy", "v", "cs", "m", "k"], ["á", "e", "ö", "i", "ű"],
        ["k", "t", "ság", "n", "os"]
      ),
      (
        "bg", ["б", "щ", "тр", "в", "ж", "м", "к"], ["а", "е", "о", "и", "ъ"],
        ["т", "не", "ст", "ка", "р"]
      ),
      (
        "ru", ["б", "ш", "пр", "в", "ж", "м", "к"], ["а", "ё", "о", "ы", "я"],
        ["ть", "ый", "ость", "ка", "л"]
      ),
    ]

  static let all: [InventedLanguage] = alphabets.indices.map { InventedLanguage($0) }

  private init(_ index: Int) {
    let (code, starts, middles, ends) = Self.alphabets[index]
    var chance = Chance(7, index)
    var words: [String] = []
    var seen: Set<String> = []
    while words.count < 8_000 {
      // The more a word is used the shorter it is.
      let syllables = words.count < 60 ? 1 : words.count < 1_000 ? 2 : chance.number(2..<4)
      var word = ""
      for _ in 0..<syllables { word += chance.pick(starts) + chance.pick(middles) }
      if syllables > 1 || chance.happens(0.4) { word += chance.pick(ends) }
      if seen.insert(word).inserted { words.append(word) }
    }
    self.code = code
    self.words = words
    phrases = (0..<200).map { _ in Self.sentence(words, chance.number(5..<9), &chance) }
    legal = (0..<30).map { _ in
      (0..<chance.number(3..<6)).map { _ in Self.sentence(words, chance.number(10..<18), &chance) }
        .joined(separator: " ")
    }
  }

  /// A word, by Zipf's law.
  static func word(_ words: [String], _ chance: inout Chance) -> String {
    words[min(words.count - 1, Int(pow(Double(words.count), chance.fraction())) - 1)]
  }

  static func sentence(_ words: [String], _ count: Int, _ chance: inout Chance) -> String {
    (0..<count).map { _ in word(words, &chance) }.joined(separator: " ") + "."
  }

  func sentence(_ count: Int, _ chance: inout Chance) -> String {
    Self.sentence(words, count, &chance)
  }

  /// A name: rarer than words.
  func name(_ chance: inout Chance) -> String {
    chance.pick(words).prefix(1).uppercased() + chance.pick(words).dropFirst()
  }
}
