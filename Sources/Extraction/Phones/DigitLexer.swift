/// One pass over a text that gathers chains of digits, however they are written.
///
/// A chain is what might hold phone numbers: groups of digits with nothing but separators, signs
/// and at most one line end between them. Ordinary words, currency, masked ranges (URLs, account
/// numbers) and long gaps end a chain.
struct DigitLexer {
  /// The widest gap inside a number, in bytes; a few emoji fit.
  static let widestGap = 28
  /// A chain is handed on when it gets this long, so that memory stays bounded.
  static let longestChain = 160

  private let text: [UInt8]
  private let masks: [Range<Int>]
  private let words = NumberWords.shared
  private var nextMask = 0
  private var groups: [DigitGroup] = []
  private var plusAt = -1
  private var pendingTimes = 0
  private var pendingTens: NumberWord?
  private var joinerAt = -1

  init(_ text: [UInt8], masks: [Range<Int>]) {
    self.text = text
    self.masks = masks
  }

  /// Calls `chain` with every chain of at least `minimum` digits.
  mutating func scan(minimum: Int = 7, _ chain: ([DigitGroup]) -> Void) {
    var index = 0
    let count = text.count
    while index < count {
      if nextMask < masks.count, index >= masks[nextMask].lowerBound {
        flush(minimum, chain)
        index = max(index, masks[nextMask].upperBound)
        nextMask += 1
        continue
      }
      let byte = text[index]
      if byte.isAlphanumeric {
        index = token(at: index, minimum, chain)
      } else if byte < 0x80 {
        if byte == UInt8(ascii: "+") { plusAt = index }
        index += 1
      } else {
        let found = scalar(in: text, at: index)
        switch role(ofScalar: found.value) {
        case .letter, .digit: index = token(at: index, minimum, chain)
        default:
          if found.value == 0xFF0B { plusAt = index }
          index += found.length
        }
      }
    }
    flush(minimum, chain)
  }

  private mutating func flush(_ minimum: Int, _ chain: ([DigitGroup]) -> Void) {
    var total = 0
    for group in groups { total += group.digits.count }
    if total >= minimum { chain(groups) }
    groups.removeAll(keepingCapacity: true)
    pendingTimes = 0
    pendingTens = nil
    joinerAt = -1
  }

  /// Takes the run of letters and digits at `start`; returns where it ends.
  private mutating func token(
    at start: Int, _ minimum: Int, _ chain: ([DigitGroup]) -> Void
  ) -> Int {
    var end = start
    var onlyDigits = true
    let limit = nextMask < masks.count ? masks[nextMask].lowerBound : text.count
    while end < limit {
      let byte = text[end]
      if byte < 0x80 {
        guard byte.isAlphanumeric else { break }
        if !byte.isDigit { onlyDigits = false }
        end += 1
        continue
      }
      let found = scalar(in: text, at: end)
      let role = role(ofScalar: found.value)
      if role == .invisible {
        // Kept inside words ("o\u{AD}ne"), a gap between digits.
        if onlyDigits { break }
      } else if role == .letter || isDigit(role) {
        onlyDigits = false
      } else {
        break
      }
      end += found.length
    }
    if end == start { return start + 1 }
    if onlyDigits {
      number(start..<end, minimum, chain)
    } else {
      mixed(start..<end, minimum, chain)
    }
    return end
  }

  private func isDigit(_ role: ScalarRole) -> Bool {
    if case .digit = role { return true }
    return false
  }

  private mutating func number(
    _ range: Range<Int>, _ minimum: Int, _ chain: ([DigitGroup]) -> Void
  ) {
    // No number anybody dials has so many digits in a row.
    guard range.count <= 18 else { return flush(minimum, chain) }
    add(
      DigitGroup(start: range.lowerBound, end: range.upperBound, digits: Array(text[range])),
      minimum, chain)
  }

  private mutating func mixed(
    _ range: Range<Int>, _ minimum: Int, _ chain: ([DigitGroup]) -> Void
  ) {
    if range.count > DigitToken.longest || !mayBeDigits(range) {
      return clinging(range, minimum, chain)
    }
    guard let parts = DigitToken.parts(of: text, range) else {
      return clinging(range, minimum, chain)
    }
    for part in parts {
      guard let word = part.word else {
        pendingTens = nil
        add(
          DigitGroup(
            start: part.start, end: part.end, digits: part.digits, writing: part.writing), minimum,
          chain)
        continue
      }
      say(word, part, minimum, chain)
    }
  }

  /// A cheap look at the first letters, because most words are just words: after letters that pass for
  /// digits or are words of their own there has to stand a digit or the beginning of a number word.
  private func mayBeDigits(_ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = text[index]
      if byte >= 0x80 || byte.isDigit { return true }
      // A letter above ASCII may fold to one that goes on.
      if index + 1 < range.upperBound, text[index + 1] >= 0x80 { return true }
      if index + 2 < range.upperBound, text[index + 2] >= 0x80 { return true }
      if words.begins(text, index, range.upperBound) { return true }
      guard LookalikeDigits.digit(ascii: byte) != nil || words.isWord(byte) else { return false }
      index += 1
    }
    return true
  }

  /// A token that is no number: the digits at its edge may still be one, the rest ends the chain.
  private mutating func clinging(
    _ range: Range<Int>, _ minimum: Int, _ chain: ([DigitGroup]) -> Void
  ) {
    var digits = range.lowerBound
    while digits < range.upperBound, text[digits].isDigit { digits += 1 }
    let leading = digits - range.lowerBound
    if leading > 0 {
      var group = DigitGroup(
        start: range.lowerBound, end: digits, digits: Array(text[range.lowerBound..<digits]))
      // "0612345678bel" keeps its number, "25jaar" and "12345678abc9" do not.
      let rest = text[digits..<range.upperBound]
      group.measured =
        leading < 4 || leading > 18 || rest.contains { $0.isDigit } && !isExtension(rest)
      if !group.measured { add(group, minimum, chain) }
      return flush(minimum, chain)
    }
    flush(minimum, chain)
    var tail = range.upperBound
    while tail > range.lowerBound, text[tail - 1].isDigit { tail -= 1 }
    let trailing = range.upperBound - tail
    guard trailing >= 2, trailing <= 18, range.count <= DigitToken.longest,
      PhoneCues.isCue(Folding.key(text, range.lowerBound..<tail))
    else { return }
    add(
      DigitGroup(start: tail, end: range.upperBound, digits: Array(text[tail..<range.upperBound])),
      minimum, chain)
  }

  /// Whether "x123" follows a number.
  private func isExtension(_ rest: ArraySlice<UInt8>) -> Bool {
    let digits = rest.drop { $0 | 0x20 == UInt8(ascii: "x") }
    return rest.count - digits.count == 1 && (1...5).contains(digits.count)
      && digits.allSatisfy(\.isDigit)
  }

  /// Takes one number word, composing tens with their units.
  private mutating func say(
    _ word: NumberWord, _ part: DigitToken.Part, _ minimum: Int, _ chain: ([DigitGroup]) -> Void
  ) {
    var group = DigitGroup(start: part.start, end: part.end, digits: [], writing: part.writing)
    group.languages = word.languages
    switch word.role {
    case .plus:
      flush(minimum, chain)
      plusAt = part.start
    case .times: pendingTimes = word.value
    case .joiner:
      if pendingTens != nil, let last = groups.last, part.start - last.end <= 3 {
        joinerAt = part.end
      } else {
        flush(minimum, chain)
      }
    case .tens, .digits:
      if compose(word, part) { return }
      pendingTens = word.role == .tens || word.value == 10 || word.value == 4 ? word : nil
      if word.value > 9 { group.digits.append(UInt8(0x30 + word.value / 10)) }
      group.digits.append(UInt8(0x30 + word.value % 10))
      let held = pendingTens
      add(group, minimum, chain)
      pendingTens = held
    }
  }

  /// Joins a unit to the tens before it; French also says 70 as 60 + 10 and 80 as 4 × 20.
  private mutating func compose(_ word: NumberWord, _ part: DigitToken.Part) -> Bool {
    guard let tens = pendingTens, var last = groups.last, last.writing.contains(.words),
      tens.languages & word.languages != 0
    else { return false }
    let from = joinerAt > last.end ? joinerAt : last.end
    guard part.start - from <= 3, text[from..<part.start].allSatisfy({ $0 == 0x20 || $0 == 0x2D })
    else { return false }
    let french = tens.languages & word.languages & 0b1000 != 0
    let shown =
      Int(last.digits.count == 2 ? last.digits[0] &- 0x30 : 0) * 10
      + Int((last.digits.last ?? 0x30) &- 0x30)
    var total: Int?
    switch (tens.role, word.role, word.value) {
    case (.tens, .digits, 1...9) where shown % 10 == 0 || french && shown % 10 == 0:
      total = shown + word.value
    case (.tens, .digits, 10...16) where french && (shown == 60 || shown == 80):
      total = shown + word.value
    case (.digits, .digits, 7...9) where french && tens.value == 10 && shown % 10 == 0:
      total = shown + word.value
    case (.digits, .tens, 20) where french && tens.value == 4 && shown == 4: total = 80
    default: total = nil
    }
    guard let total, total < 100 else { return false }
    last.digits = [UInt8(0x30 + total / 10), UInt8(0x30 + total % 10)]
    last.end = part.end
    groups[groups.count - 1] = last
    joinerAt = -1
    // 60 + 10 may still become 77, and 80 take a unit.
    if total == 80 && word.role == .tens {
      pendingTens = NumberWord(role: .tens, value: 80, languages: word.languages)
    } else if word.value == 10, french {
      pendingTens = NumberWord(role: .digits, value: 10, languages: word.languages)
    } else {
      pendingTens = nil
    }
    return true
  }

  private mutating func add(
    _ group: DigitGroup, _ minimum: Int, _ chain: ([DigitGroup]) -> Void
  ) {
    var group = group
    pendingTens = nil
    joinerAt = -1
    if let last = groups.last {
      if let gap = gap(last.end..<group.start, group) {
        group.gap = gap.gap
        if gap.keycap { groups[groups.count - 1].writing.insert(.digits) }
      } else {
        let times = pendingTimes
        flush(minimum, chain)
        pendingTimes = times
      }
    }
    if pendingTimes > 1, group.digits.count == 1 {
      group.digits = [UInt8](repeating: group.digits[0], count: pendingTimes)
      group.writing.insert(.words)
    }
    pendingTimes = 0
    if plusAt >= (groups.last?.end ?? 0), plusAt < group.start, group.start - plusAt <= 8,
      !text[plusAt..<group.start].contains(0x0A),
      // "45+31" is a sum.
      plusAt == 0 || !text[plusAt - 1].isAlphanumeric
    {
      group.plus = true
      group.plusStart = plusAt
    }
    plusAt = -1
    groups.append(group)
    if groups.count >= Self.longestChain { flush(minimum, chain) }
  }

  /// What lies between two groups; nil when it parts them.
  private func gap(
    _ range: Range<Int>, _ next: DigitGroup
  ) -> (gap: DigitGroup.Gap, keycap: Bool)? {
    guard range.count <= Self.widestGap else { return nil }
    var gap: DigitGroup.Gap = []
    var keycap = false
    var newlines = 0
    var index = range.lowerBound
    // The words that were taken for "double" or "and" lie inside the gap.
    while index < range.upperBound {
      let byte = text[index]
      if byte < 0x80 {
        switch byte {
        case 0x20, 0x09: gap.insert(.space)
        case 0x0A:
          newlines += 1
          gap.insert(.newline)
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "("), UInt8(ascii: ")"),
          UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "+"):
          gap.insert(.punctuation)
        case UInt8(ascii: "/"), UInt8(ascii: "|"): gap.insert([.slash, .punctuation])
        case UInt8(ascii: ","), UInt8(ascii: ";"): gap.insert(.comma)
        case UInt8(ascii: ":"): gap.insert(.colon)
        case UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "@"): return nil
        default:
          if !byte.isAlphanumeric { gap.insert(.symbol) }
        }
        index += 1
        continue
      }
      let found = scalar(in: text, at: index)
      index += found.length
      if (0x20A0...0x20CF).contains(found.value) || (0xA2...0xA5).contains(found.value) {
        return nil
      }
      if found.value == 0x20E3 {
        keycap = true
        continue
      }
      switch role(ofScalar: found.value) {
      case .space: gap.insert(.space)
      case .separator: gap.insert(.punctuation)
      case .invisible: if found.value != 0xFE0F { gap.insert(.invisible) }
      case .symbol: gap.insert(.symbol)
      case .letter, .digit: break
      }
    }
    return newlines > 1 ? nil : (gap, keycap)
  }
}
