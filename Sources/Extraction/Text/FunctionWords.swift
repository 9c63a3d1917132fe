/// Words that one language has and the others have not, to see cheaply whether a text may be in
/// several; which ones they are is for `LanguageDetector` to say.
enum FunctionWords {
  private static let lists = [
    "the and with you are from this your our have",
    "het een niet voor zijn wij naar ook maar bij",
    "und der das nicht mit ist auf wir auch für",
    "les des est dans pour avec vous nous une sur",
    "los las para con una por muy más pero como",
    "și pentru este sunt din care mai sau la sa",
    "nie jest się oraz dla jak pod przy lub przez",
    "за да съм от как ще може със или също",
    "és hogy nem van egy csak vagy meg kell ez",
    "и не что это для как или мы вы есть",
    "il che per non sono della alla nel gli anche",
    "não com uma para dos você mais seu são muito",
  ]

  private static let table: WordTable = {
    var languages: [UInt64: Int32] = [:]
    var shared: Set<UInt64> = []
    for (language, list) in lists.enumerated() {
      for word in list.split(separator: " ") {
        let hash = Folding.hash(String(word))
        if languages.updateValue(Int32(language), forKey: hash) != nil { shared.insert(hash) }
      }
    }
    return WordTable(languages.filter { !shared.contains($0.key) }.map { ($0.key, $0.value) })
  }()

  /// Whether the words of a second language, or of none that is known here, are so many that a text's
  /// blocks deserve a look each.
  static func mayBeMixed(_ tokens: [FactToken]) -> Bool {
    let table = table
    var counts = [Int](repeating: 0, count: lists.count)
    var words = 0
    for token in tokens where token.kind == .word {
      words += 1
      let language = table[token.hash]
      if language >= 0 { counts[Int(language)] += 1 }
    }
    counts.sort(by: >)
    guard words >= 12 else { return false }
    // In a short text each language has too few of them, and a look costs little.
    if words <= 80 { return true }
    return counts[0] * 40 < words || counts[1] >= 2 && counts[1] * 8 >= counts[0]
  }
}
