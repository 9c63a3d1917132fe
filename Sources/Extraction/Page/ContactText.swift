/// Tells from single bytes whether a stretch could hold a way to reach somebody, or money.
///
/// Cheap enough to ask of every block; the finders of selectors and facts say what it is.
enum ContactText {
  /// Digits with separators between them.
  private struct Row {
    /// Digits of which numbers are made that can be called; a date has eight.
    private static let callable = 9

    var digits = 0
    private var separators = 0
    private var dots = 0
    /// Digits before the first separator.
    private var lead = 0
    private var startsWithZero = false

    mutating func add(digit: UInt8) {
      if digits == 0 { startsWithZero = digit == 0x30 }
      if dots == 0 { lead += 1 }
      digits += 1
      separators = 0
    }

    /// False where the row ends.
    mutating func add(separator: UInt8) -> Bool {
      if separator == 0x2E, digits > 0 { dots += 1 }
      separators += 1
      return separators <= 3
    }

    /// A date has two dots after a day, an IP address three.
    var isCallable: Bool {
      guard digits >= Self.callable else { return false }
      return !(dots == 2 && lead <= 2) && !(dots == 3 && lead <= 3 && !startsWithZero)
    }
  }

  /// Whether there is a number that could be called, or a sum of money.
  static func hasNumberOrMoney(_ text: [UInt8], _ range: Range<Int>) -> Bool {
    var row = Row()
    for index in range {
      let byte = text[index]
      switch byte {
      case 0x30...0x39: row.add(digit: byte)
      case 0x20, 0x28, 0x29, 0x2B, 0x2D, 0x2E, 0x2F:
        if row.add(separator: byte) { continue }
        if row.isCallable { return true }
        row = Row()
      default:
        if row.isCallable || byte == 0x24 || isMoney(text, index..<range.upperBound, row.digits > 0)
        {
          return true
        }
        if row.digits > 0 { row = Row() }
      }
    }
    return row.isCallable
  }

  /// Pound, the signs from U+20A0 to U+20BF, and abbreviations after a number.
  private static func isMoney(_ text: [UInt8], _ range: Range<Int>, _ isAfterNumber: Bool) -> Bool {
    let index = range.lowerBound
    guard index + 1 < range.upperBound else { return false }
    switch (text[index], text[index + 1]) {
    case (0xC2, 0xA3): return true
    case (0xE2, 0x82): return index + 2 < range.upperBound && text[index + 2] >= 0xA0
    default: break
    }
    guard isAfterNumber else { return false }
    return amounts.contains {
      $0.count <= range.count
        && text[index..<index + $0.count].elementsEqual($0) { $0.lowered == $1 }
    }
  }

  private static let amounts = ["zł", "lei", "ron", "eur", "gbp", "ft ", "huf", "лв", "руб", "kč"]
    .map { Array($0.utf8) }
}
