import Vocabulary

/// Ages, heights, weights and working hours.
extension FactFinder {
  mutating func readAges() {
    for index in numbers { readAge(at: index) }
    for index in words where tokens[index].has([.year, .old, .ageLabel]) {
      readSpokenAge(at: index)
    }
  }

  /// An age in words before "years" or after "age": "twenty-five years old", "wiek: dwadzieścia pięć".
  private mutating func readSpokenAge(at index: Int) {
    var end = index - 1
    if isDash(end) || has(end, .filler) { end -= 1 }
    if tokens[index].has([.year, .old]), !tokens[index].has(.adverb) || tokens[index].has(.old),
      let spoken = SpokenNumber.ending(at: end, in: tokens, text), spoken.value >= 16,
      let last = ageUnit(after: index - 1), !isBound(before: spoken.first), !isOrOlder(after: last)
    {
      add(.age, .number(Double(spoken.value)), from: spoken.first, through: last)
      return
    }
    guard tokens[index].has(.ageLabel), !has(index - 1, .bound) else { return }
    var start = index + 1
    if isSign(start, ":", "=", "-") { start += 1 }
    guard let spoken = SpokenNumber.starting(at: start, in: tokens, text), spoken.value >= 16,
      !has(spoken.last + 1, [.year, .old, .centimetre, .kilogram, .hour, .minute])
    else { return }
    add(.age, .number(Double(spoken.value)), from: index, through: spoken.last)
  }

  private mutating func readAge(at index: Int) {
    guard tokens[index].digits == 2, !tokens[index].fraction, let amount = amount(at: index),
      (10...99).contains(amount.value), amount.max.map({ $0 <= 99 }) ?? true
    else { return }
    // The upper end of a range was read with its lower end.
    if isDash(index - 1) || has(index - 1, .to), isNumber(index - 2),
      let before = self.amount(at: index - 2), before.max != nil
    {
      return
    }
    let next = amount.last + 1
    if let labelled = label(before: index) {
      guard !isSign(next, "%", "/", ":"), !has(next, [.centimetre, .kilogram, .hour, .minute])
      else {
        return
      }
      add(.age, .number(amount.value), max: amount.max, from: labelled, through: amount.last)
      return
    }
    guard let last = ageUnit(after: amount.last), !isBound(before: index), !isOrOlder(after: last)
    else { return }
    add(.age, .number(amount.value), max: amount.max, from: index, through: last)
  }

  /// The label of an age before `index`: "age: 25", "wiek 25", "I'm 25" with nothing after it.
  private func label(before index: Int) -> Int? {
    var label = index - 1
    if isSign(label, ":", "=", "-") { label -= 1 }
    if token(label)?.kind == .newline, label + 1 == index || isSign(label + 1, ":") { label -= 1 }
    guard has(label, .ageLabel), !has(label - 1, .bound), !has(label + 1, .bound) else {
      return nil
    }
    return label
  }

  /// The last token of "years", "years old", "de ani", "jarige", "y/o" after an age.
  private func ageUnit(after index: Int) -> Int? {
    var unit = index + 1
    if isDash(unit), token(unit)?.spaced == false { unit += 1 }
    if has(unit, .filler), has(unit + 1, .year) { unit += 1 }
    guard let word = token(unit), word.kind == .word else { return nil }
    // "y/o", "y.o."
    if word.end - word.start == 1, text[word.start].lowered == UInt8(ascii: "y"),
      isSign(unit + 1, "/", "."), let o = token(unit + 2), o.kind == .word,
      o.end - o.start == 1, text[o.start].lowered == UInt8(ascii: "o")
    {
      return unit + 2
    }
    if word.has(.old) { return unit }
    guard word.has(.year), !word.has(.adverb) else { return nil }
    if isDash(unit + 1), has(unit + 2, .old) { return unit + 2 }
    if has(unit + 1, .old) { return unit + 1 }
    // "25 years" alone: an age unless the words around speak of something else.
    guard word.end - word.start >= 2, !isOtherYears(around: unit, number: index) else { return nil }
    return unit
  }

  private func isOtherYears(around unit: Int, number: Int) -> Bool {
    for index in unit + 1...unit + 5 {
      guard let token = token(index) else { break }
      if token.kind == .newline || isSign(index, ",", ".", "!", ";") { break }
      if token.has(.noAge) { return true }
    }
    for index in stride(from: number - 1, through: number - 4, by: -1) {
      guard let token = token(index), token.kind != .newline, !isSign(index, ",", ".", "!", ";")
      else { break }
      if token.has(.noAge) { return true }
    }
    return false
  }

  private func isBound(before index: Int) -> Bool {
    var before = index - 1
    if isSign(before, ">", "<", "+") { return true }
    if isSign(before, "(", ":", "\"", ",") { return false }
    if has(before, .filler), !has(before, .bound) { before -= 1 }
    return has(before, .bound)
  }

  /// "18 years and older", "18 jaar of ouder", "18+".
  private func isOrOlder(after index: Int) -> Bool {
    for next in index + 1...index + 3 {
      guard let token = token(next), token.kind == .word || token.kind == .sign else {
        return false
      }
      if isSign(next, "+") { return true }
      if isSign(next, ",", ".", "!", "(") { return false }
      if token.has(.bound), !token.has([.until, .to, .per]), next > index + 1 { return true }
    }
    return false
  }

  mutating func readHours() {
    for index in numbers {
      if isDash(index - 1) || has(index - 1, .to), isNumber(index - 2) { continue }
      guard tokens[index].digits <= 3, let amount = amount(at: index), amount.value <= 168,
        amount.value > 0, amount.max.map({ $0 <= 168 }) ?? true
      else { continue }
      var next = amount.last + 1
      if isSign(next, "+") { next += 1 }
      if isDash(next), token(next)?.spaced == false { next += 1 }
      guard has(next, .hour), !has(next, .adverb) else { continue }
      guard let (period, last) = hoursPeriod(after: next) else {
        // "heti 40 óra": Hungarian says the period first.
        if let before = token(index - 1), before.kind == .word,
          before.hash == Self.weekly || before.hash == Self.daily
        {
          add(
            .hours, .number(amount.value), max: amount.max,
            period: before.hash == Self.weekly ? "week" : "day", from: index - 1, through: next)
        }
        continue
      }
      if period == "day", amount.value > 24 { continue }
      add(
        .hours, .number(amount.value), max: amount.max, period: period, from: index, through: last)
    }
  }

  private static let weekly = Folding.hash("heti")
  private static let daily = Folding.hash("napi")

  private func hoursPeriod(after unit: Int) -> (String, Int)? {
    var next = unit + 1
    var steps = 0
    var marked = false
    while steps < 3,
      isSign(next, "/", ".") || has(next, [.per, .article, .at]) && !has(next, .periods),
      !has(next, .adverb)
    {
      marked = true
      next += 1
      steps += 1
      // "p.w." and "p/w"
      if let word = token(next), word.kind == .word, word.end - word.start == 1 {
        switch text[word.start].lowered {
        case UInt8(ascii: "w"): return ("week", next)
        case UInt8(ascii: "d"): return ("day", next)
        default: break
        }
      }
    }
    guard let word = token(next), word.kind == .word, marked || word.has(.adverb) else {
      return nil
    }
    // "hours weekly", "hours per week"; "pm" and "pa" after hours are times of day.
    if word.has(.week) { return ("week", next) }
    if word.has(.day), !(word.has(.adverb) && word.end - word.start < 3) { return ("day", next) }
    if word.has(.month), !(word.has(.adverb) && word.end - word.start < 3) {
      return ("month", next)
    }
    return nil
  }

  mutating func readMeasures() {
    for index in numbers {
      guard let number = token(index), number.digits <= 3 else { continue }
      let next = index + 1
      if has(next, .centimetre), (120...220).contains(number.value), !isRangeEnd(index) {
        add(.height, .number(number.value), from: index, through: next)
      } else if number.fraction, number.end - number.start == 4, has(next, .metre),
        (1.2...2.2).contains(number.value)
      {
        add(
          .height, .number((number.value * 100).rounded()),
          from: index, through: next)
      } else if number.value == 1, has(next, .metre), token(next)?.spaced == false,
        let rest = token(index + 2), rest.kind == .number, !rest.spaced, rest.digits == 2
      {
        add(.height, .number(100 + rest.value), from: index, through: index + 2)
      } else if number.value == 5 || number.value == 6 || number.value == 4,
        !number.fraction, isSign(next, "'", "\u{2019}", "\u{2032}") || has(next, .foot),
        token(next)?.spaced == false || has(next, .foot), let inches = token(index + 2),
        inches.kind == .number, inches.value < 12
      {
        let last = isSign(index + 3, "\"", "\u{201D}", "\u{2033}") ? index + 3 : index + 2
        add(
          .height, .number(((number.value * 12 + inches.value) * 2.54).rounded()), from: index,
          through: last)
      } else if number.value == 5 || number.value == 6, !number.fraction, has(next, .foot),
        has(next + 1, .heightLabel)
      {
        add(.height, .number((number.value * 30.48).rounded()), from: index, through: next)
      } else if number.fraction, number.end - number.start == 4, has(next, .heightLabel),
        (1.4...2.1).contains(number.value)
      {
        add(.height, .number((number.value * 100).rounded()), from: index, through: next)
      } else if label(.heightLabel, before: index), !has(next, [.kilogram, .year]) {
        if (140...210).contains(number.value) {
          add(.height, .number(number.value), from: index, through: index)
        } else if (1.4...2.1).contains(number.value), number.fraction {
          add(.height, .number((number.value * 100).rounded()), from: index, through: index)
        }
      }
      readWeight(at: index, number)
    }
  }

  private mutating func readWeight(at index: Int, _ number: FactToken) {
    var next = index + 1
    if has(next, .filler), has(next + 1, .kilogram) { next += 1 }
    let labelled = label(.weightLabel, before: index)
    if readStone(at: index, number) { return }
    if has(next, .kilogram), (35...150).contains(number.value), form != .labour || labelled {
      add(.weight, .number(number.value), from: index, through: next)
    } else if has(next, .pound), !has(next, .currency) || labelled,
      (80...330).contains(number.value), form != .labour || labelled
    {
      add(
        .weight, .number((number.value * 0.45359237).rounded()),
        from: index, through: next)
    } else if labelled, (35...150).contains(number.value), !has(next, [.centimetre, .year, .hour]),
      !isSign(next, "%")
    {
      add(.weight, .number(number.value), from: index, through: index)
    }
  }

  private static let stones: Set<UInt64> = Set(["stone", "stones", "st"].map { Folding.hash($0) })

  /// "8 stone 7", "9st": fourteen pounds each.
  private mutating func readStone(at index: Int, _ number: FactToken) -> Bool {
    guard let unit = token(index + 1), unit.kind == .word, Self.stones.contains(unit.hash),
      !number.fraction, (6...20).contains(number.value), form != .labour,
      unit.end - unit.start > 2 || !unit.spaced
    else { return false }
    var pounds = number.value * 14
    var last = index + 1
    if let rest = token(index + 2), rest.kind == .number, rest.value < 14, !rest.fraction {
      pounds += rest.value
      last += 1
    }
    add(.weight, .number((pounds * 0.45359237).rounded()), from: index, through: last)
    return true
  }

  private func label(_ role: WordRole, before index: Int) -> Bool {
    var label = index - 1
    guard isSign(label, ":", "=", "-") || token(label)?.kind == .newline || has(label, role) else {
      return false
    }
    while isSign(label, ":", "=", "-") || token(label)?.kind == .newline {
      label -= 1
      if index - label > 3 { return false }
    }
    return has(label, role)
  }

  private func isRangeEnd(_ index: Int) -> Bool { isDash(index - 1) && isNumber(index - 2) }
}
