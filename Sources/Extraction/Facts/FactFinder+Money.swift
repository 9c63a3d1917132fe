import Vocabulary

/// Prices and wages.
///
/// A price buys something, a wage is paid per period. What is per hour is told apart by the advert's
/// form, by words about pay, and last by the amount.
extension FactFinder {
  mutating func readMoney() {
    // Where the last amount with its time ended: a time belongs to one amount only.
    var floor = 0
    for number in numbers where number >= floor {
      let led =
        number > floor && (currencySign(number - 1) != nil || currencyPrefix(number - 1) != nil)
      if led, let end = money(at: number - 1, floor: floor) {
        floor = end + 1
      } else if let end = money(at: number, floor: floor) {
        floor = end + 1
      }
    }
  }

  /// Reads the amount that starts at `index`; returns its last token.
  private mutating func money(at index: Int, floor: Int) -> Int? {
    var number = index
    var currency: String?
    var first = index
    if let sign = currencySign(index) {
      currency = sign
      number = index + 1
    } else if let code = currencyPrefix(index), isNumber(index + 1), !isNumber(index - 1) {
      currency = code
      number = index + 1
    }
    guard isNumber(number), let start = token(number) else { return nil }
    guard var amount = amount(at: number, thousands: currency != nil || isSpacedThousand(number))
    else { return nil }
    var last = amount.last
    if let sign = currencySign(last + 1) {
      currency = currency ?? sign
      last += 1
    } else if let code = currencyWord(last + 1) {
      currency = currency ?? code
      last += 1
    } else if has(last + 1, .roses), amount.value >= 10 {
      currency = "roses"
      last += 1
    }
    // "400 € - 500 €" was read as far as the first sign.
    if currency != nil, amount.max == nil, isDash(last + 1), let upper = self.amount(at: last + 2),
      upper.max == nil, upper.value > amount.value, hasCurrency(after: upper.last)
    {
      amount.max = upper.value
      last = upper.last + 1
    }
    guard start.digits <= 9, amount.value > 0 else { return nil }
    var tail = tail(after: last)
    var lead = lead(before: first, floor: floor)
    if let found = tail, lead != nil {
      // "1h 150 2h 280": the time before an amount wins over one that merely follows.
      if found.marked { lead = nil } else { tail = nil }
    }
    if let lead { first = lead.first }
    let pay = isPay(around: index, through: tail?.last ?? last)
    if currency == nil {
      guard bare(amount, tail, lead, pay) else { return nil }
    }
    emit(amount, currency, tail, lead, pay, first, tail?.last ?? last)
    return tail?.last ?? last
  }

  private func isSpacedThousand(_ number: Int) -> Bool {
    guard let next = token(number + 1), next.kind == .number, next.digits == 3, next.spaced,
      next.end - next.start >= 3
    else { return false }
    return hasCurrency(after: number + 1)
  }

  private func hasCurrency(after index: Int) -> Bool {
    currencySign(index + 1) != nil || currencyWord(index + 1) != nil
  }

  /// Whether an amount without currency can be money at all.
  private func bare(_ amount: Amount, _ tail: Tail?, _ lead: Lead?, _ pay: Bool) -> Bool {
    if let tail {
      // "24 hours" is a time itself.
      if !tail.marked, !tail.counted { return false }
      if tail.perPeriod, tail.minutes == nil || tail.period == "hour" {
        guard amount.max.map({ $0 > amount.value }) ?? true else { return false }
        if pay { return amount.value >= 4 }
        if tail.period == "hour", form == .sex { return (20...2000).contains(amount.value) }
        return tail.period == "hour" && amount.fraction && amount.value >= 5
      }
      return form == .sex && !amount.fraction && (20...3000).contains(amount.value)
    }
    if lead != nil {
      return form == .sex && !amount.fraction && (20...3000).contains(amount.value)
    }
    return false
  }

  private mutating func emit(
    _ amount: Amount, _ currency: String?, _ tail: Tail?, _ lead: Lead?, _ pay: Bool, _ first: Int,
    _ last: Int
  ) {
    let period = tail?.period
    var minutes = tail?.minutes ?? lead?.minutes
    let wage: Bool
    if currency == "roses" {
      wage = false
    } else if let period, period != "hour", tail?.perPeriod == true {
      wage = true
    } else if let tail, tail.perPeriod, period == "hour" {
      switch form {
      case .sex: wage = false
      case .labour: wage = true
      case .recruitment, nil: wage = pay || amount.value < 60
      }
      if !wage { minutes = minutes ?? 60 }
    } else {
      wage = pay && form != .sex && minutes == nil
    }
    add(
      wage ? .wage : .price, .number(amount.value), max: amount.max, currency: currency,
      minutes: wage ? nil : minutes, period: wage ? period : nil, from: first, through: last)
  }

  /// What follows an amount: "per month", "/ 1h", "for 30 minutes".
  struct Tail {
    var period: String?
    var minutes: Int?
    /// Whether the amount is paid for every one of the periods.
    var perPeriod: Bool
    var last: Int
    /// Whether a word or sign joins it to the amount: "per", "/", "monthly".
    var marked = true
    /// Whether the time has a number of its own.
    var counted = true
  }

  private func tail(after index: Int) -> Tail? {
    var next = index + 1
    // "€ 1.800 netto per maand", "€ 150 (1 hour)"
    var skipped = 0
    while skipped < 3,
      has(next, [.tax, .pay]) && !has(next, .periods) || isSign(next, "(", "+", ":", "*")
    {
      next += 1
      skipped += 1
    }
    if token(next)?.kind == .newline { return nil }
    if token(next)?.has(.adverb) == true, let period = period(next) {
      return Tail(period: period, minutes: nil, perPeriod: true, last: next)
    }
    // "p.m.", "p/u", "p.h."
    if let abbreviated = abbreviation(at: next) { return abbreviated }
    var marked = false
    var steps = 0
    while steps < 3,
      isSign(next, "/", "|", "=", "\u{2192}") || isDash(next)
        || has(next, .per)
          && !isNumber(next - 1)
        || has(next, .per) && token(next)?.spaced == true
    {
      if has(next, .per), has(next, .minute), !has(next + 1, [.hour, .half]), !isNumber(next + 1) {
        break
      }
      marked = true
      next += 1
      steps += 1
    }
    // "150 € l'heure", "150 Euro die Stunde", "150 euro all'ora"
    if !marked, has(next, .article), !isNumber(next) {
      // "de l'heure" has two of them.
      var unit = has(next + 1, .article) && !has(next + 1, [.periods, .half]) ? next + 2 : next + 1
      if isSign(unit, "'", "\u{2019}") { unit += 1 }
      if has(unit, [.hour, .day, .week, .month]),
        !has(unit, .adverb)
          || has(unit, .half) && (has(unit + 1, .hour) || isDash(unit + 1))
      {
        marked = true
        next = unit
      }
    }
    if let duration = duration(at: next) {
      // "per 1 hour" is per hour, "/ 30 min" is for half an hour.
      let single = duration.minutes == 60
      return Tail(
        period: single ? "hour" : nil, minutes: duration.minutes,
        perPeriod: marked && duration.counted == false && single, last: duration.last,
        marked: marked, counted: duration.counted)
    }
    guard marked, let period = period(next) else { return nil }
    return Tail(
      period: period, minutes: nil, perPeriod: true, last: next)
  }

  private func abbreviation(at index: Int) -> Tail? {
    guard let first = token(index), first.kind == .word, first.end - first.start == 1,
      text[first.start].lowered == UInt8(ascii: "p"), isSign(index + 1, ".", "/"),
      let second = token(index + 2), second.kind == .word, second.end - second.start == 1
    else { return nil }
    let period: String
    switch text[second.start].lowered {
    case UInt8(ascii: "m"): period = "month"
    case UInt8(ascii: "u"), UInt8(ascii: "h"): period = "hour"
    case UInt8(ascii: "w"): period = "week"
    case UInt8(ascii: "d"): period = "day"
    case UInt8(ascii: "a"), UInt8(ascii: "j"): period = "year"
    default: return nil
    }
    return Tail(period: period, minutes: nil, perPeriod: true, last: index + 2)
  }

  /// A length of time; `counted` tells "1 hour" from "hour".
  private func duration(at index: Int) -> (minutes: Int, counted: Bool, last: Int)? {
    if isNumber(index), let number = token(index), number.value > 0, number.value <= 600 {
      var unit = index + 1
      if isDash(unit), token(unit)?.spaced == false || has(unit, .filler) { unit += 1 }
      if has(unit, .filler), has(unit + 1, .minute) { unit += 1 }
      if has(unit, .hour), number.value <= 72 {
        let minutes = Int((number.value * 60).rounded())
        // "1h30"
        if let rest = token(unit + 1), rest.kind == .number, !rest.spaced, rest.value < 60,
          rest.digits == 2
        {
          return (minutes + Int(rest.value), true, unit + 1)
        }
        return (minutes, true, unit)
      }
      if has(unit, .minute) { return (Int(number.value.rounded()), true, unit) }
      return nil
    }
    if has(index, .half) {
      var unit = index + 1
      if isDash(unit) || has(unit, .filler) || isSign(unit, "'", "\u{2019}") { unit += 1 }
      if has(unit, [.hour]) { return (30, true, unit) }
      let word = token(index)
      return word.map { text[$0.start..<$0.end].count > 6 } == true ? (30, true, index) : nil
    }
    if let number = token(index), number.has(.number), let meaning = number.meaning,
      has(index + 1, .hour), meaning.number > 0
    {
      return (meaning.number * 60, true, index + 1)
    }
    if has(index, .hour), !has(index, .adverb) {
      // "a", "ora" and "u" are words of their own; the unit alone needs three letters or a mark.
      return (60, false, index)
    }
    return nil
  }

  struct Lead {
    var minutes: Int
    var first: Int
  }

  /// The length of time before an amount on the same line: "30 min: 80 €".
  private func lead(before index: Int, floor: Int) -> Lead? {
    var end = index - 1
    var steps = 0
    if token(end)?.kind == .newline {
      // A table read cell by cell: the time has a line of its own above the amount.
      guard isAlone(above: end), floor <= end else { return nil }
      end -= 1
    }
    while steps < 3,
      isSign(end, ":", "=", "-", "/", ".", "\u{2013}", "\u{2192}", "|")
        || has(end, .per) && !has(end, .hour)
    {
      end -= 1
      steps += 1
    }
    guard has(end, [.hour, .minute]), !has(end, .adverb) else { return nil }
    for start in [end - 1, end - 2] where start >= floor {
      if let duration = duration(at: start), duration.last == end, duration.counted {
        // The time belongs to the amount before it if there is one: "100 / 1h 150 / 2h".
        if start > 0, isSign(start - 1, "/"), isNumber(start - 2) { return nil }
        return Lead(minutes: duration.minutes, first: start)
      }
    }
    guard end >= floor, let unit = token(end), unit.has(.hour), unit.end - unit.start >= 3,
      !isNumber(end - 1)
    else { return nil }
    return Lead(minutes: 60, first: end)
  }

  /// Whether the line that ends at `newline` holds a length of time and nothing else.
  private func isAlone(above newline: Int) -> Bool {
    for start in [newline - 2, newline - 3] {
      guard start >= 0, start == 0 || token(start - 1)?.kind == .newline else { continue }
      if let duration = duration(at: start), duration.last == newline - 1, duration.counted {
        return true
      }
    }
    return false
  }

  /// Whether words about pay stand close by.
  private func isPay(around first: Int, through last: Int) -> Bool {
    var index = first - 1
    var words = 0
    while index >= 0, words < 6, first - index <= 16 {
      if tokens[index].kind == .newline, words > 0 { break }
      if tokens[index].has(.pay) { return true }
      if tokens[index].kind == .word { words += 1 }
      if isSign(index, "!", "?") { break }
      index -= 1
    }
    for index in first...min(last + 3, tokens.count - 1) where first <= last + 3 {
      if tokens[index].kind == .newline { break }
      if tokens[index].has([.tax]) || tokens[index].has(.pay) { return true }
    }
    return false
  }
}
