import Vocabulary

/// Finds the facts of a text by walking its tokens once per kind.
struct FactFinder {
  let text: [UInt8]
  let tokens: [FactToken]
  let form: Form?
  /// Where the text is likely from, ISO 3166-1 alpha-2, most likely first.
  let countries: [String]
  var facts: [Fact] = []
  /// Where the numbers stand, and the words that can mean something: most readers look at no others.
  var numbers: [Int] = []
  var words: [Int] = []

  /// The facts by where they start, at most `limit`, without those that overlap `masks` (phone
  /// numbers and addresses have digits too).
  static func find(
    in text: [UInt8], tokens: [FactToken]? = nil, form: Form?, masks: [Range<Int>] = [],
    countries: [String] = [], limit: Int = 5_000
  ) -> [Fact] {
    var finder = FactFinder(
      text: text, tokens: tokens ?? FactTokens.read(text, 0..<text.count), form: form,
      countries: countries)
    finder.list()
    finder.readMoney()
    finder.readAges()
    finder.readHours()
    finder.readMeasures()
    finder.readDates()
    finder.readStays()
    finder.readNames()
    finder.readPlaces()
    finder.readOrigins()
    var facts = finder.facts.filter { !RangeSet.overlaps($0.range, masks) }
    facts.sort {
      ($0.range.lowerBound, $0.range.upperBound, $0.kind.rawValue)
        < ($1.range.lowerBound, $1.range.upperBound, $1.kind.rawValue)
    }
    return Array(facts.prefix(limit))
  }

  private mutating func list() {
    for index in tokens.indices {
      if tokens[index].kind == .number {
        numbers.append(index)
      } else if !tokens[index].roles.isEmpty {
        words.append(index)
      }
    }
  }

  /// The token at `index`, nil outside the text.
  func token(_ index: Int) -> FactToken? {
    index >= 0 && index < tokens.count ? tokens[index] : nil
  }

  func has(_ index: Int, _ role: WordRole) -> Bool { token(index)?.has(role) ?? false }

  func isSign(_ index: Int, _ characters: Unicode.Scalar...) -> Bool {
    guard let token = token(index), token.kind == .sign else { return false }
    return characters.contains { $0.value == token.scalar }
  }

  func isDash(_ index: Int) -> Bool {
    guard let token = token(index), token.kind == .sign else { return false }
    return token.scalar == 0x2D || (0x2010...0x2015).contains(token.scalar)
  }

  func isNumber(_ index: Int) -> Bool {
    guard let token = token(index) else { return false }
    return token.kind == .number && token.digits <= 12
  }

  mutating func add(
    _ kind: FactKind, _ value: FactValue, max: Double? = nil, currency: String? = nil,
    minutes: Int? = nil, period: String? = nil, from first: Int, through last: Int
  ) {
    guard let start = token(first)?.start, let end = token(last)?.end, start < end else { return }
    facts.append(
      Fact(
        kind: kind, value: value, max: max, currency: currency, minutes: minutes, period: period,
        raw: TextRange.string(text, start..<end), range: start..<end))
  }

  /// A number, or two joined to a range, that starts at `index`.
  struct Amount {
    var value: Double
    var max: Double?
    /// The last token.
    var last: Int
    var fraction: Bool
  }

  func amount(at index: Int, thousands: Bool = false) -> Amount? {
    guard isNumber(index), let first = token(index) else { return nil }
    var amount = Amount(value: first.value, max: nil, last: index, fraction: first.fraction)
    extend(&amount, thousands)
    var next = amount.last + 1
    // "400-500", "400 to 500", "400 € - 500 €"
    if currencyWord(next) != nil || currencySign(next) != nil,
      isDash(next + 1) || has(next + 1, .to)
    {
      next += 1
    }
    let joined =
      isDash(next) || has(next, .to) && !has(next, .bound.subtracting(.to))
      || has(next, .to)
    if joined, isNumber(next + 1) || currencySign(next + 1) != nil && isNumber(next + 2),
      token(next + 1)?.kind != .newline
    {
      let at = isNumber(next + 1) ? next + 1 : next + 2
      if let second = token(at), second.value >= amount.value {
        var upper = Amount(value: second.value, max: nil, last: at, fraction: second.fraction)
        extend(&upper, thousands)
        amount.max = upper.value
        amount.last = upper.last
      }
    }
    return amount
  }

  /// Takes in "10k", "2 500" and "1.800,-".
  private func extend(_ amount: inout Amount, _ thousands: Bool) {
    if let next = token(amount.last + 1), next.has(.thousand), amount.value < 1000,
      !next.spaced || thousands
    {
      // "5 m" is five metres; the other spellings mean thousand only.
      amount.value *= 1000
      amount.last += 1
      return
    }
    if thousands, amount.value >= 1, amount.value < 1000, !amount.fraction,
      let next = token(amount.last + 1), next.kind == .number, next.spaced,
      next.end - next.start >= 3, next.digits == 3
    {
      amount.value = amount.value * 1000 + next.value
      amount.last += 1
    }
    if isSign(amount.last + 1, ",", "."), isDash(amount.last + 2),
      token(amount.last + 1)?.spaced == false, token(amount.last + 2)?.spaced == false
    {
      amount.last += 2
    }
  }

  /// The currency a sign stands for.
  func currencySign(_ index: Int) -> String? {
    guard let token = token(index), token.kind == .sign else { return nil }
    switch token.scalar {
    case 0x20AC: return "EUR"
    case 0xA3: return "GBP"
    case 0x24: return "USD"
    case 0x20BD: return "RUB"
    case 0x20B4: return "UAH"
    case 0x20BA: return "TRY"
    case 0x20A6: return "NGN"
    default: return nil
    }
  }

  /// The currency a word stands for.
  func currencyWord(_ index: Int) -> String? {
    guard let token = token(index), token.has(.currency), let code = token.meaning?.text else {
      return nil
    }
    // "Ft" is the forint, "ft" are feet.
    return token.has(.foot) && text[token.start] == UInt8(ascii: "f") ? nil : code
  }

  /// The currency before an amount: a code in capitals or the euro's name, because "Ron 25" is a
  /// person.
  func currencyPrefix(_ index: Int) -> String? {
    guard let code = currencyWord(index), let token = token(index) else { return nil }
    let capitals = text[token.start..<token.end].allSatisfy { $0 &- 0x41 < 26 }
    return code == "EUR" || capitals && token.end - token.start == 3 ? code : nil
  }

  /// The name of the period a word stands for.
  func period(_ index: Int) -> String? {
    guard let token = token(index), token.kind == .word else { return nil }
    if token.has(.hour) { return "hour" }
    if token.has(.day) { return "day" }
    if token.has(.week) { return "week" }
    if token.has(.month) { return "month" }
    if token.has(.year) { return "year" }
    return nil
  }
}
