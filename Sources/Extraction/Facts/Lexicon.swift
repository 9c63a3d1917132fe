/// The words that facts are made of, in the languages of the adverts, by their folded hash.
struct Lexicon: Sendable {
  static let shared = Lexicon()

  private var places: [UInt64: Int32] = [:]
  private var meanings: [WordMeaning] = []

  /// Where the meaning of the word with this hash stands; -1 for words without any.
  func place(_ hash: UInt64) -> Int32 { places[hash] ?? -1 }

  /// The meaning at a place that `place` gave.
  func meaning(at place: Int32) -> WordMeaning? { place < 0 ? nil : meanings[Int(place)] }

  /// What the word at a place can mean.
  func roles(at place: Int32) -> WordRole { place < 0 ? [] : meanings[Int(place)].roles }

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
      if let place = places[hash] {
        let index = Int(place)
        meanings[index].roles.formUnion(roles)
        if meanings[index].text.isEmpty { meanings[index].text = text }
        if meanings[index].number == 0 { meanings[index].number = number }
      } else {
        places[hash] = Int32(meanings.count)
        meanings.append(WordMeaning(roles: roles, text: text, number: number))
      }
    }
  }
}
