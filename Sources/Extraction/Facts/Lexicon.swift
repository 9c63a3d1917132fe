/// The words that facts are made of, in the languages of the adverts, by their folded hash.
struct Lexicon: Sendable {
  static let shared = Lexicon()

  private var meanings: [UInt64: WordMeaning] = [:]

  func meaning(_ hash: UInt64) -> WordMeaning? { meanings[hash] }

  private init() {
    for (roles, list) in Self.plain { add(list, roles) }
    for (code, list) in Self.currencies { add(list, .currency, text: code) }
    for (index, list) in Self.months.enumerated() { add(list, .monthName, number: index + 1) }
    for (name, list) in Self.nationalities { add(list, .nationality, text: name) }
    for (name, list) in Self.ethnicities { add(list, .ethnicity, text: name) }
    for (value, list) in Self.numbers { add(list, .number, number: value) }
  }

  private mutating func add(
    _ list: String, _ roles: WordRole, text: String = "", number: Int = 0
  ) {
    for word in list.split(whereSeparator: \.isWhitespace) {
      let hash = Folding.hash(String(word))
      if var known = meanings[hash] {
        known.roles.formUnion(roles)
        if known.text.isEmpty { known.text = text }
        if known.number == 0 { known.number = number }
        meanings[hash] = known
      } else {
        meanings[hash] = WordMeaning(roles: roles, text: text, number: number)
      }
    }
  }
}
