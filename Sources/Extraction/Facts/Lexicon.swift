/// The words that facts are made of, in the languages of the adverts, by their folded hash.
struct Lexicon: Sendable {
  static let shared = Lexicon()

  private let table: WordTable
  private let meanings: [WordMeaning]

  /// Where the meaning of the word with this hash stands; -1 for words without any.
  @inline(__always)
  func place(_ hash: UInt64) -> Int32 { table[hash] }

  /// The meaning at a place that `place` gave.
  func meaning(at place: Int32) -> WordMeaning? { place < 0 ? nil : meanings[Int(place)] }

  /// What the word at a place can mean.
  func roles(at place: Int32) -> WordRole { place < 0 ? [] : meanings[Int(place)].roles }

  private init() {
    var list = WordList()
    for (roles, words) in Self.plain { list.add(words, roles) }
    for (code, words) in Self.currencies { list.add(words, .currency, text: code) }
    for (index, words) in Self.months.enumerated() {
      list.add(words, .monthName, number: index + 1)
    }
    for (name, words) in Self.nationalities { list.add(words, .nationality, text: name) }
    for (name, words) in Self.ethnicities { list.add(words, .ethnicity, text: name) }
    for (value, words) in Self.numbers { list.add(words, .number, number: value) }
    for hash in FactFinder.introducing { list.add(hash, .introduces) }
    for hash in FactFinder.coloured { list.add(hash, .colour) }
    table = WordTable(list.places.map { ($0.key, $0.value) })
    meanings = list.meanings
  }

  /// The words while they are gathered.
  private struct WordList {
    var places: [UInt64: Int32] = [:]
    var meanings: [WordMeaning] = []

    mutating func add(_ words: String, _ roles: WordRole, text: String = "", number: Int = 0) {
      for word in words.split(whereSeparator: \.isWhitespace) {
        add(Folding.hash(String(word)), roles, text: text, number: number)
      }
    }

    mutating func add(_ hash: UInt64, _ roles: WordRole, text: String = "", number: Int = 0) {
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
