/// Finds postal addresses: a street with a house number, and a city of the gazetteer near it.
///
/// A street without a city links nothing and is not read. The normal form is the folded street, the
/// number and the city: `keizersgracht 12, NL/Amsterdam`. The range is the street's with its number; the
/// city is a fact of its own.
struct AddressFinder {
  let text: [UInt8]
  /// Where the text is likely from, ISO 3166-1 alpha-2.
  let countries: [String]

  /// How far around a house number is looked, in bytes.
  private static let before = 72
  private static let after = 120

  /// Kinds of street that end a street's name as part of its last word.
  private static let suffixes: [[UInt8]] = [
    "straat", "straatje", "weg", "laan", "plein", "kade", "gracht", "singel", "dijk", "steeg",
    "plantsoen", "strasse", "straße", "str", "allee", "platz", "gasse", "ufer", "damm", "utca",
  ].map { Folding.key($0) }

  /// Kinds of street that stand before the name.
  private static let openers: Set<UInt64> = hashes(
    """
    rue avenue av boulevard bd place quai allee chemin impasse calle c avenida avda paseo plaza via
    viale piazza corso vicolo strada str bulevardul bdul aleea soseaua calea ulica ul aleja al plac
    ул улица бул булевард проспект просп пр площад площадь шоссе rua praca travessa largo
    """)

  /// Kinds of street that stand after the name.
  private static let closers: Set<UInt64> = hashes(
    """
    street st road rd avenue ave lane drive close crescent terrace square court boulevard blvd way
    gracht straat weg laan plein kade singel utca ut ter korut utja strasse straße platz allee weg ring damm
    """)

  private static let joiners: Set<UInt64> = hashes(
    """
    de la le les l d du des del dos da do di della dei delle van der den het ten ter am an auf im in of
    the nr no num numarul numero numer д дом № bis prins prinses sint saint st san santa
    """)

  private static func hashes(_ list: String) -> Set<UInt64> {
    Set(list.split(whereSeparator: \.isWhitespace).map { Folding.hash(String($0)) })
  }

  /// The address whose house number is the run of letters and digits in `number`.
  func address(around number: Range<Int>) -> Selector? {
    guard number.count <= 5, isHouseNumber(number) else { return nil }
    let start = TextRange.backward(from: number.lowerBound, in: text, limit: Self.before) {
      $0 != 0x0A
    }
    guard mayBeStreet(start, number) else { return nil }
    let end = TextRange.forward(from: number.upperBound, in: text, limit: Self.after) { _ in true }
    let tokens = FactTokens.read(text, boundary(start)..<boundary(end))
    guard let at = tokens.firstIndex(where: { $0.start == number.lowerBound }) else { return nil }
    guard let street = named(before: at, tokens) ?? named(after: at, tokens) else { return nil }
    return located(street, number, tokens)
  }

  /// A character's edge at or after an offset.
  private func boundary(_ offset: Int) -> Int {
    var offset = offset
    while offset < text.count, text[offset] & 0xC0 == 0x80 { offset += 1 }
    return offset
  }

  /// One to four digits, not led by a zero, with at most one letter.
  private func isHouseNumber(_ range: Range<Int>) -> Bool {
    let digits = text[range].prefix { $0.isDigit }.count
    return (1...4).contains(digits) && range.count - digits <= 1 && text[range.lowerBound] != 0x30
  }

  /// A look at the words beside the number, because most numbers are anything but a house's: a kind
  /// of street stands among the five before it, or among the five after it.
  private func mayBeStreet(_ start: Int, _ number: Range<Int>) -> Bool {
    var end = number.lowerBound
    for step in 0..<6 {
      while end > start, Self.isGap(text[end - 1]) { end -= 1 }
      let word = TextRange.backward(from: end, in: text, limit: 40) { $0.isLetter || $0 >= 0x80 }
      guard word < end, word >= start else { break }
      if Self.kinds[Folding.hash(text, word..<end)] >= 0 || step < 3 && hasSuffix(word..<end) {
        return true
      }
      end = word
    }
    var next = number.upperBound
    for _ in 0..<5 {
      while next < text.count, Self.isGap(text[next]) || text[next] == 0xC2 || text[next] == 0xA0 {
        next += 1
      }
      let end = TextRange.forward(from: next, in: text, limit: 40) {
        $0.isLetter || $0 >= 0xC3 || $0 & 0xC0 == 0x80
      }
      guard next > number.upperBound, end > next else { return false }
      if Self.kinds[Folding.hash(text, next..<end)] >= 0 { return true }
      next = end
    }
    return false
  }

  /// The kinds of street that are words.
  private static let kinds = WordTable(
    Array(openers).map { ($0, 1) } + Array(closers).map { ($0, 1) })

  private static func isGap(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x2E || byte == 0x2C || byte == 0x2F || byte == 0x27
  }

  private struct Street {
    /// The tokens of the name with its kind.
    var words: Range<Int>
    /// The tokens of name and number.
    var whole: Range<Int>
  }

  /// A number after its street: "Keizersgracht 12", "Kossuth utca 5", "Calle Mayor, 5".
  private func named(before at: Int, _ tokens: [FactToken]) -> Street? {
    var end = at
    var steps = 0
    while end > 0, steps < 3,
      tokens[end - 1].isSign(",") || tokens[end - 1].isSign(".") || isJoiner(tokens[end - 1])
    {
      end -= 1
      steps += 1
    }
    guard end > 0, tokens[end - 1].kind == .word else { return nil }
    let last = tokens[end - 1]
    if hasSuffix(last) || Self.closers.contains(last.hash) && end > 1 && isName(tokens[end - 2]) {
      var first = end - 1
      if !hasSuffix(last) { first -= 1 }
      while first > 0, end - first < 5, isName(tokens[first - 1]) || isJoiner(tokens[first - 1]),
        !startsSentence(first - 1, tokens) || isJoiner(tokens[first - 1])
          || isName(tokens[first - 1]) && Self.closers.contains(last.hash)
      {
        first -= 1
      }
      while first < end - 1, !isName(tokens[first]) { first += 1 }
      return Street(words: first..<end, whole: first..<at + 1)
    }
    var first = end - 1
    while first >= 0, end - first <= 5,
      tokens[first].kind == .word || tokens[first].isSign(".") || tokens[first].isSign("'")
        || tokens[first].isSign("/")
    {
      if isOpener(first, tokens), first < end - 1 {
        return isNamed(tokens[first + 1..<end])
          ? Street(words: first..<end, whole: first..<at + 1) : nil
      }
      guard isName(tokens[first]) || isJoiner(tokens[first]) || tokens[first].kind == .sign else {
        return nil
      }
      first -= 1
    }
    return nil
  }

  /// "12 High Street", "12, rue de la Paix".
  private func named(after at: Int, _ tokens: [FactToken]) -> Street? {
    var first = at + 1
    if first < tokens.count, tokens[first].isSign(",") { first += 1 }
    if first < tokens.count, isJoiner(tokens[first]), tokens[first].end - tokens[first].start == 3 {
      first += 1
    }
    guard first < tokens.count, tokens[first].kind == .word else { return nil }
    if isOpener(first, tokens) {
      var end = first + 1
      while end < tokens.count, end - first < 6,
        isName(tokens[end]) || isJoiner(tokens[end]) || tokens[end].isSign("'")
          || tokens[end].isSign("\u{2019}") || tokens[end].isSign("-")
          || tokens[end].isSign(".") && !tokens[end].spaced && end == first + 1
      {
        end += 1
      }
      while end > first + 1, !isName(tokens[end - 1]) { end -= 1 }
      guard end > first + 1 else { return nil }
      return Street(words: first..<end, whole: at..<end)
    }
    var end = first
    while end < tokens.count, end - first < 4, isName(tokens[end]) {
      if end > first, Self.closers.contains(tokens[end].hash) {
        return Street(words: first..<end + 1, whole: at..<end + 1)
      }
      end += 1
    }
    return nil
  }

  /// Whether a kind of street stands there that a name follows; the shortest are words unless a sign
  /// says that they are short.
  private func isOpener(_ index: Int, _ tokens: [FactToken]) -> Bool {
    let token = tokens[index]
    guard token.kind == .word, Self.openers.contains(token.hash) else { return false }
    guard token.end - token.start <= 2, index + 1 < tokens.count else { return true }
    return tokens[index + 1].isSign(".") || tokens[index + 1].isSign("/")
  }

  private func isJoiner(_ token: FactToken) -> Bool {
    token.kind == .word && Self.joiners.contains(token.hash)
  }

  private func isName(_ token: FactToken) -> Bool {
    token.kind == .word && FactTokens.isCapital(scalar(in: text, at: token.start).value)
  }

  private func isNamed(_ tokens: ArraySlice<FactToken>) -> Bool { tokens.contains { isName($0) } }

  private func startsSentence(_ index: Int, _ tokens: [FactToken]) -> Bool {
    guard index > 0 else { return true }
    return tokens[index - 1].kind == .newline || tokens[index - 1].isSign(".")
      || tokens[index - 1].isSign("!")
  }

  private func hasSuffix(_ token: FactToken) -> Bool { hasSuffix(token.start..<token.end) }

  private func hasSuffix(_ word: Range<Int>) -> Bool {
    guard word.count >= 6, word.count <= 40 else { return false }
    let key = Folding.key(text, word)
    return Self.suffixes.contains {
      key.count > $0.count + 1 && key.suffix($0.count).elementsEqual($0)
    }
  }

  /// The street with the nearest city, which may follow on the next lines or stand before.
  private func located(
    _ street: Street, _ number: Range<Int>, _ tokens: [FactToken]
  ) -> Selector? {
    if let next = tokens.indices.contains(street.whole.upperBound)
      ? tokens[street.whole.upperBound] : nil,
      next.has([.currency, .hour, .minute, .kilogram, .people, .old]) && !next.has(.to)
        || next.isSign("%") || next.scalar == 0x20AC
    {
      return nil
    }
    let reader = PlaceReader(text: text, tokens: tokens, countries: countries, isCued: true)
    var lines = 0
    var end = street.whole.upperBound
    while end < tokens.count, end - street.whole.upperBound < 16 {
      if tokens[end].kind == .newline {
        lines += 1
        if lines > 2 { break }
      }
      end += 1
    }
    func city(_ found: [PlaceReader.Found]) -> PlaceReader.Found? {
      found.first { $0.value.utf8.contains(0x2F) }
    }
    let after = city(reader.read(street.whole.upperBound..<end))
    guard let place = after ?? city(reader.read(0..<street.whole.lowerBound).reversed()) else {
      return nil
    }
    var value: [UInt8] = []
    for index in street.words where tokens[index].kind == .word && !isNumberWord(tokens[index]) {
      if !value.isEmpty { value.append(0x20) }
      value += Self.canonical(Folding.key(text, tokens[index].start..<tokens[index].end))
    }
    value.append(0x20)
    value += Folding.key(text, number)
    let first = tokens[street.whole.lowerBound].start
    let last = max(number.upperBound, tokens[street.whole.upperBound - 1].end)
    return Selector(
      kind: .address, value: String(decoding: value, as: UTF8.self) + ", " + place.value,
      raw: TextRange.string(text, first..<last), range: first..<last, confidence: 0.85)
  }

  /// One spelling for the kinds of street that are often shortened.
  private static let short: [[UInt8]: [UInt8]] = Dictionary(
    uniqueKeysWithValues: [
      ("strasse", "str"), ("strase", "str"), ("strada", "str"), ("street", "st"), ("road", "rd"),
      ("avenue", "av"), ("ave", "av"), ("avenida", "av"), ("avda", "av"), ("boulevard", "bd"),
      ("blvd", "bd"), ("bulevardul", "bd"), ("calle", "c"), ("ulica", "ul"), ("aleja", "al"),
      ("улица", "ул"), ("булевард", "бул"), ("проспект", "пр"), ("просп", "пр"),
      ("площадь", "пл"), ("площад", "пл"), ("lane", "ln"),
    ].map { (Folding.key($0.0), Folding.key($0.1)) })

  /// A word of a street's name as the normal form has it: "hauptstrasse" and "hauptstr." are one.
  private static func canonical(_ key: [UInt8]) -> [UInt8] {
    if let short = short[key] { return short }
    for suffix in ["strase", "strasse"] where key.count > suffix.utf8.count {
      let end = Array(suffix.utf8)
      if key.suffix(end.count).elementsEqual(end) {
        return key.dropLast(end.count) + Array("str".utf8)
      }
    }
    return key
  }

  /// "nr" and "no" say nothing of the street.
  private func isNumberWord(_ token: FactToken) -> Bool {
    token.end - token.start == 2 && isJoiner(token)
      && [UInt8(ascii: "n"), UInt8(ascii: "N")].contains(text[token.start])
  }
}
