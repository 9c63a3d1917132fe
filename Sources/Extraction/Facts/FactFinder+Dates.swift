import Vocabulary

/// Dates and lengths of stay.
extension FactFinder {
  mutating func readDates() {
    for index in days() {
      guard let date = fullDate(at: index) else { continue }
      add(.date, .text(date.iso), from: index, through: date.last)
    }
  }

  /// Where a date can begin: at a number or the name of a month, in their order.
  func days() -> [Int] {
    let named = words.filter { tokens[$0].has(.monthName) }
    return named.isEmpty ? numbers : (numbers + named).sorted()
  }

  /// A date with its year: `2026-05-03`, `03.05.2026`, `3 May 2026`, `May 3rd, 2026`.
  func fullDate(at index: Int) -> (iso: String, last: Int)? {
    guard let first = token(index) else { return nil }
    if first.kind == .number {
      return numeric(at: index) ?? worded(at: index) ?? yearFirst(at: index)
    }
    guard first.has(.monthName), let month = first.meaning?.number, isNumber(index + 1),
      let day = token(index + 1), day.digits <= 2, !day.fraction
    else { return nil }
    var next = index + 2
    if let suffix = token(next), suffix.kind == .word, !suffix.spaced { next += 1 }
    if isSign(next, ",") { next += 1 }
    guard let year = year(at: next) else { return nil }
    return iso(year, month, Int(day.value)).map { ($0, next) }
  }

  private func numeric(at index: Int) -> (iso: String, last: Int)? {
    // "03.05.2026" is one token, because a full stop may group digits.
    guard let first = token(index), !isDash(index - 1) || token(index)?.spaced == true else {
      return nil
    }
    let parts = text[first.start..<first.end].split(separator: 0x2E)
    if parts.count == 3, parts.allSatisfy({ $0.allSatisfy(\.isDigit) }) {
      if parts[0].count == 4, parts[1].count <= 2, parts[2].count <= 2 {
        // "2026.05.03." as in Hungary
        let values = parts.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
        return values.count == 3 ? iso(values[0], values[1], values[2]).map { ($0, index) } : nil
      }
      let values = parts.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
      guard values.count == 3, parts[2].count == 4, parts[0].count <= 2 else { return nil }
      return iso(values[2], values[1], values[0]).map { ($0, index) }
    }
    guard !first.fraction, isSign(index + 1, "-", "/"), let mark = token(index + 1)?.scalar,
      let second = token(index + 2), second.kind == .number, !second.spaced, second.digits <= 2,
      token(index + 3)?.scalar == mark, let third = token(index + 4), third.kind == .number,
      !third.spaced, token(index + 3)?.kind == .sign
    else { return nil }
    let (a, b, c) = (number(first), number(second), number(third))
    if first.end - first.start == 4 { return iso(a, b, c).map { ($0, index + 4) } }
    guard third.end - third.start == 4 else { return nil }
    // Day first, except where only the American order makes a date.
    return (iso(c, b, a) ?? iso(c, a, b)).map { ($0, index + 4) }
  }

  private func number(_ token: FactToken) -> Int {
    token.value < 10_000 ? Int(token.value) : 0
  }

  private func worded(at index: Int) -> (iso: String, last: Int)? {
    guard let day = dayAndMonth(at: index), let year = year(at: day.last + 1) else { return nil }
    return iso(year, day.month, day.day).map { ($0, day.last + 1) }
  }

  /// A day with its month in words: "3 May", "3rd of May", "3 de mayo".
  func dayAndMonth(at index: Int) -> (day: Int, month: Int, last: Int)? {
    guard let day = token(index), day.kind == .number, day.digits <= 2, !day.fraction,
      (1...31).contains(day.value)
    else { return nil }
    var next = index + 1
    if isSign(next, ".") { next += 1 }
    if let suffix = token(next), suffix.kind == .word, !suffix.spaced,
      suffix.end - suffix.start <= 2,
      !suffix.has(.monthName)
    {
      next += 1
    }
    if has(next, .filler) { next += 1 }
    guard let word = token(next), word.has(.monthName), let month = word.meaning?.number else {
      return nil
    }
    return (Int(day.value), month, next)
  }

  /// A date that begins with its year, as in Hungary: "2026. május 3."
  private func yearFirst(at index: Int) -> (iso: String, last: Int)? {
    guard let year = year(at: index), isSign(index + 1, "."), token(index + 1)?.spaced == false,
      let word = token(index + 2), word.has(.monthName), let month = word.meaning?.number,
      isNumber(index + 3), let day = token(index + 3), day.digits <= 2, !day.fraction
    else { return nil }
    return iso(year, month, Int(day.value)).map { ($0, index + 3) }
  }

  private func year(at index: Int) -> Int? {
    var index = index
    if has(index, .filler) { index += 1 }
    guard let token = token(index), token.kind == .number, token.end - token.start == 4,
      (1900...2100).contains(token.value)
    else { return nil }
    return Int(token.value)
  }

  private func iso(_ year: Int, _ month: Int, _ day: Int) -> String? {
    guard (1900...2100).contains(year), (1...12).contains(month), (1...31).contains(day) else {
      return nil
    }
    if day == 31, [4, 6, 9, 11].contains(month) || month == 2 { return nil }
    if month == 2,
      day == 30 || day == 29 && !(year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
    {
      return nil
    }
    return "\(year)-\(two(month))-\(two(day))"
  }

  /// Whether "t/m" stands there.
  func isThrough(_ index: Int) -> Bool {
    guard let first = token(index), isSign(index + 1, "/"), let last = token(index + 2),
      first.kind == .word, last.kind == .word, first.end - first.start == 1,
      last.end - last.start == 1
    else { return false }
    return text[first.start].lowered == UInt8(ascii: "t")
      && text[last.start].lowered == UInt8(ascii: "m")
  }

  func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

  /// "until 3 May" gives `--05-03`, with a year a whole date; "only 3 days" gives `P3D`.
  mutating func readStays() {
    let windows = readWindows()
    for index in words where tokens[index].has([.until, .only, .through]) {
      if RangeSet.overlaps(index..<index + 1, windows) { continue }
      if has(index, .until) || isThrough(index) {
        var next = isThrough(index) ? index + 3 : index + 1
        // "tot en met", "jusqu'au", "până pe", "bis zum"
        var steps = 0
        while steps < 3, let word = token(next), !isNumber(next), !word.has(.monthName),
          word.kind == .word && word.end - word.start <= 4 || isSign(next, "'", "\u{2019}")
        {
          next += 1
          steps += 1
        }
        if let date = fullDate(at: next) {
          add(.stay, .text(date.iso), from: index, through: date.last)
        } else if let day = dayAndMonth(at: next) {
          add(.stay, .text("--\(two(day.month))-\(two(day.day))"), from: index, through: day.last)
        } else if let month = token(next), month.has(.monthName),
          let number = month.meaning?.number,
          let day = token(next + 1), day.kind == .number, day.digits <= 2,
          (1...31).contains(day.value), !day.fraction
        {
          add(
            .stay, .text("--\(two(number))-\(two(Int(day.value)))"), from: index,
            through: next + 1)
        }
      } else if has(index, .only), isNumber(index + 1), let count = token(index + 1),
        count.value >= 1, count.value <= 60, !count.fraction, form != .labour
      {
        if has(index + 2, .day), !has(index + 2, .adverb) {
          add(.stay, .text("P\(Int(count.value))D"), from: index, through: index + 2)
        } else if has(index + 2, .week), !has(index + 2, .adverb) {
          add(.stay, .text("P\(Int(count.value))W"), from: index, through: index + 2)
        }
      }
    }
  }
}
