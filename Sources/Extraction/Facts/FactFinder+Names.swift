import Vocabulary

/// Names people give themselves, and where they say they come from.
extension FactFinder {
  /// The phrases after which a name stands; the second list needs a capital and nothing else to go
  /// by, because anything may follow "I am".
  private static let introductions: [[UInt64]] = phrases([
    "my name is", "my names", "my name s", "call me", "mijn naam is", "ik heet", "noem me",
    "ich heiße",
    "ich heisse", "mein name ist", "nenn mich", "je m appelle", "mon nom est", "mon prenom est",
    "me llamo", "mi nombre es", "ma numesc", "numele meu este", "ma cheama", "mam na imie",
    "nazywam sie", "mi chiamo", "меня зовут", "казвам се", "името ми е", "a nevem", "chamo me",
    "meu nome e",
  ])
  private static let selves: [[UInt64]] = phrases([
    "i am", "i m", "this is", "ik ben", "ich bin", "je suis", "soy", "sunt", "eu sunt", "jestem",
    "sono", "sou", "аз съм", "я",
  ])

  private static func phrases(_ list: [String]) -> [[UInt64]] {
    list.map { $0.split(separator: " ").map { Folding.hash(String($0)) } }
  }

  private static let byFirst: [UInt64: [(words: [UInt64], certain: Bool)]] = {
    var table: [UInt64: [(words: [UInt64], certain: Bool)]] = [:]
    for words in introductions { table[words[0], default: []].append((words, true)) }
    for words in selves { table[words[0], default: []].append((words, false)) }
    return table
  }()

  mutating func readNames() {
    for index in words where tokens[index].has([.introduces, .nameLabel]) {
      if let phrases = Self.byFirst[tokens[index].hash] {
        for phrase in phrases where readName(index, phrase.words, phrase.certain) { break }
      } else if tokens[index].has(.nameLabel), isSign(index + 1, ":"),
        token(index - 1).map({ $0.kind == .newline }) ?? true
      {
        addName(at: index + 2, certain: true)
      }
    }
  }

  private mutating func readName(_ start: Int, _ words: [UInt64], _ certain: Bool) -> Bool {
    var index = start
    for (position, word) in words.enumerated() {
      if position > 0 {
        index += 1
        // "I'm", "m'appelle"
        if isSign(index, "'", "\u{2019}", "`", "-") { index += 1 }
      }
      guard let token = token(index), token.kind == .word, token.hash == word else { return false }
    }
    index += 1
    if isSign(index, ":", "\"", "\u{201C}", "*") { index += 1 }
    return addName(at: index, certain: certain)
  }

  private static let bin = Folding.hash("bin")

  @discardableResult
  private mutating func addName(at index: Int, certain: Bool) -> Bool {
    guard let name = token(index), name.kind == .word, name.capitalised,
      name.end - name.start >= 3 || certain && name.end - name.start >= 2,
      name.end - name.start <= 40,
      !name.has([.noName, .nationality, .ethnicity, .monthName]),
      certain || !name.has([.pay, .people, .only, .half])
    else { return false }
    // "I am Sales Manager": two capitals after "I am" are a title unless they introduce.
    if !certain, let next = token(index + 1), next.kind == .word, next.capitalised, next.spaced {
      return false
    }
    // In German every noun has a capital: "Ich bin Mitglied der …", but "Ich bin Lena und …".
    if !certain, token(index - 1)?.hash == Self.bin, let next = token(index + 1),
      next.kind == .word, !next.has([.and, .at, .from])
    {
      return false
    }
    add(
      .name, .text(TextRange.string(text, name.start..<name.end)), from: index, through: index)
    return true
  }

  /// Places that are nobody's name.
  mutating func readPlaces() {
    let named = RangeSet.normalised(facts.lazy.filter { $0.kind == .name }.map(\.range))
    for place in PlaceReader(text: text, tokens: tokens, countries: countries).read() {
      guard let start = token(place.first)?.start, let end = token(place.last)?.end,
        !RangeSet.overlaps(start..<end, named)
      else { continue }
      add(.place, .text(place.value), from: place.first, through: place.last)
    }
  }

  mutating func readOrigins() {
    let placed = RangeSet.normalised(facts.lazy.filter { $0.kind == .place }.map(\.range))
    for index in words where tokens[index].has([.nationality, .ethnicity, .colour]) {
      if tokens[index].has([.nationality, .ethnicity]) {
        readOrigin(at: index, placed)
      } else if let colour = Self.colours[tokens[index].hash],
        has(index - 1, [.person, .people]) || has(index + 1, [.person, .people])
          || isSign(index - 1, ":") && has(index - 2, .person)
      {
        add(.ethnicity, .text(colour), from: index, through: index)
      } else if let pair = Self.pairs[tokens[index].hash], let first = second(before: index),
        pair.first == tokens[first].hash
      {
        add(.ethnicity, .text(pair.name), from: first, through: index)
      }
    }
  }

  /// Colours that are a person's only beside a word for one.
  private static let colours: [UInt64: String] = {
    var colours: [UInt64: String] = [:]
    for (name, list) in [
      (
        "black",
        "black noire noir negra negras negre zwarte schwarze czarna черна черная neagra fekete"
      ),
      ("caucasian", "white blanche blanca witte weisse biala бяла белая alba bianca branca"),
      ("mixed", "mixed mulatta biracial"),
    ] {
      for word in list.split(separator: " ") { colours[Folding.hash(String(word))] = name }
    }
    return colours
  }()

  /// The hashes of words that begin an introduction, and of colours and second words, so that the
  /// lexicon knows them and nothing else is looked up for other words.
  static var introducing: [UInt64] { Array(byFirst.keys) }
  static var coloured: [UInt64] { Array(colours.keys) + Array(pairs.keys) }

  /// Two words that mean more than the second alone.
  private static let pairs: [UInt64: (first: UInt64, name: String)] = [
    Folding.hash("eastern"): (Folding.hash("middle"), "arab"),
    Folding.hash("amerikaanse"): (Folding.hash("latijns"), "latina"),
  ]

  private static let easts: Set<UInt64> = Set(
    ["east", "eastern", "oost", "ost", "est"].map { Folding.hash($0) })

  /// The word before, over a hyphen.
  private func second(before index: Int) -> Int? {
    let before = isDash(index - 1) ? index - 2 : index - 1
    return token(before)?.kind == .word ? before : nil
  }

  private mutating func readOrigin(at index: Int, _ placed: [Range<Int>]) {
    guard let meaning = tokens[index].meaning, !isLanguage(index), !has(index + 1, .thing) else {
      return
    }
    if meaning.roles.contains(.nationality) {
      // "we polish cars"
      if tokens[index].hash == Self.polish, text[tokens[index].start] == UInt8(ascii: "p"),
        !has(index + 1, [.person, .people])
      {
        return
      }
      // "Latijns-Amerikaanse"
      if let pair = Self.pairs[tokens[index].hash], let first = second(before: index),
        tokens[first].hash == pair.first
      {
        add(.ethnicity, .text(pair.name), from: first, through: index)
        return
      }
      add(.nationality, .text(meaning.text), from: index, through: index)
      return
    }
    // "América Latina" is a continent.
    if meaning.text == "latina", let before = token(index - 1), Self.americas.contains(before.hash)
    {
      return
    }
    if meaning.text == "european", let first = second(before: index),
      Self.easts.contains(tokens[first].hash)
    {
      add(.ethnicity, .text("east european"), from: first, through: index)
      return
    }
    let range = tokens[index].start..<tokens[index].end
    guard !RangeSet.overlaps(range, placed) else { return }
    add(.ethnicity, .text(meaning.text), from: index, through: index)
  }

  private static let americas: Set<UInt64> = Set(
    ["america", "amerique", "amerika"].map { Folding.hash($0) })
  private static let polish = Folding.hash("polish")

  /// Whether the word names what is spoken rather than who speaks.
  private func isLanguage(_ index: Int) -> Bool {
    var next = index + 1
    if isDash(next) { next += 1 }
    if has(next, [.language, .speak]), !has(next, .per) { return true }
    // "Dutch and English language": the list ends in the telling word.
    var ahead = index + 1
    while ahead < index + 6, has(ahead, [.and, .nationality]) || isSign(ahead, ",", "/") {
      ahead += 1
      if has(ahead, .language) { return true }
    }
    var before = index - 1
    while before > index - 6, has(before, [.and, .nationality]) || isSign(before, ",", "/") {
      before -= 1
    }
    return has(before, .speak)
  }
}
