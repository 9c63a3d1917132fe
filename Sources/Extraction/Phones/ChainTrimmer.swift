/// Takes out of a chain what is visibly something else: prices, measures, dates, times of day.
enum ChainTrimmer {
  /// The rests of the chain, each to be read on its own.
  static func pieces(of chain: [DigitGroup], in text: [UInt8]) -> [[DigitGroup]] {
    var pieces: [[DigitGroup]] = []
    var piece: [DigitGroup] = []
    var index = 0
    func close() {
      if piece.reduce(0, { $0 + $1.digits.count }) >= 7 { pieces.append(piece) }
      piece.removeAll(keepingCapacity: true)
    }
    while index < chain.count {
      let group = chain[index]
      // A comma after two digits or more parts numbers; lists of single digits are spelled so.
      if let last = piece.last, group.gap.contains(.comma), !group.writing.contains(.words),
        last.digits.count > 1 || group.digits.count > 1,
        group.gap.contains(.space) || !isPairs(chain)
      {
        close()
      }
      if let length = DatePattern.length(at: index, of: chain, in: text) {
        close()
        index += length
        continue
      }
      if Measure.follows(group, in: text) || Measure.precedes(group, in: text) {
        close()
        index += 1
        continue
      }
      piece.append(group)
      index += 1
    }
    close()
    return pieces
  }

  /// Whether a number is written in pairs throughout, as French ones are: "06,12,34,56,78".
  private static func isPairs(_ chain: [DigitGroup]) -> Bool {
    chain.count >= 4 && chain.allSatisfy { $0.digits.count == 2 }
  }
}

/// Currency and units beside a group of digits.
enum Measure {
  private static let units: Set<[UInt8]> = Set(
    """
    eur euro euros gbp usd pln zl zloty lei ron leva lv huf ft chf czk kc dollar dollars pound
    pounds roses rosas h hr hrs hour hours u uur uren uurs std stunde stunden min mins minute
    minutes minuten minuta minute minut ore ora godz godzina heure heures hora horas minutos jaar
    jr years year yrs yo jahre jahr ans an ani lat rokow anos age jarige m2 m km cm mm kg gr gram
    g ml cl l liter lb lbs ft inch inches am pm pk kw cc mb gb kb px pcs stuks stk uhr heures
    dagen days tage jours dias zile dni weken weeks wochen semaines maanden months monate mois
    luni miesiecy personen persons people kamers rooms zimmer camere pokoi год лет года час часа
    часов мин руб лв лева евро гр кг см м години часа
    """.split(whereSeparator: \.isWhitespace).map { Folding.key(String($0)) })

  /// Whether a unit or a currency follows the group.
  static func follows(_ group: DigitGroup, in text: [UInt8]) -> Bool {
    guard group.digits.count <= 6, !group.writing.contains(.words) else { return false }
    var index = group.end
    if index < text.count, text[index] == 0x20 { index += 1 }
    guard index < text.count else { return false }
    if isCurrencySign(text, at: index) || text[index] == UInt8(ascii: "%") { return true }
    var end = index
    while end < text.count, end < index + 24, text[end].isLetter || text[end] >= 0xC3 {
      end += scalar(in: text, at: end).length
    }
    guard end > index, end <= text.count else { return false }
    return units.contains(Folding.key(text, index..<end))
  }

  /// Whether a currency sign stands before the group.
  static func precedes(_ group: DigitGroup, in text: [UInt8]) -> Bool {
    guard group.digits.count <= 6 else { return false }
    var index = group.start
    if index > 0, text[index - 1] == 0x20 { index -= 1 }
    guard index > 0 else { return false }
    let found = scalar(in: text, before: index)
    return isCurrency(found.value)
  }

  static func isCurrencySign(_ text: [UInt8], at index: Int) -> Bool {
    isCurrency(scalar(in: text, at: index).value)
  }

  static func isCurrency(_ value: UInt32) -> Bool {
    value == 0x24 || (0xA2...0xA5).contains(value) || (0x20A0...0x20CF).contains(value)
  }
}
