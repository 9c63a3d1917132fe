import Vocabulary

/// Windows of time in which somebody is in a place: "3-7 May", "from 3 May until 7 May".
extension FactFinder {
  /// A day as a window's end has it; a month or year it lacks comes from the other end.
  private struct Day {
    var day: Int
    var month: Int?
    var iso: String?
    var last: Int
    /// Whether day and month are figures, so that something must say that they are a date.
    var figures = false
  }

  /// Adds the windows and returns the tokens they take; vacancies have none, their dates are when
  /// the work is.
  mutating func readWindows() -> [Range<Int>] {
    guard form != .labour else { return [] }
    var taken: [Range<Int>] = []
    var next = 0
    for index in days() where index >= next {
      guard isNumber(index) || has(index, .monthName), let window = window(at: index) else {
        continue
      }
      add(.stay, .text(window.value), from: window.first, through: window.last)
      taken.append(window.first..<window.last + 1)
      next = window.last + 1
    }
    return RangeSet.normalised(taken)
  }

  private func window(at index: Int) -> (value: String, first: Int, last: Int)? {
    guard var start = day(at: index), let next = joint(after: start.last, from: index),
      var end = day(at: next)
    else { return nil }
    if end.month == nil {
      // "May 3-7", but not "3-7" and not "3 May 25".
      guard tokens[index].has(.monthName), !end.figures else { return nil }
      end.month = start.month
    }
    if start.month == nil { start.month = end.month }
    guard let first = start.month, let last = end.month else { return nil }
    let begins = has(index - 1, .from) || has(index - 2, .from)
    if start.figures || end.figures, !begins { return nil }
    if first == last, start.day >= end.day, start.iso == nil || end.iso == nil { return nil }
    let from = start.iso ?? (end.iso.map { year($0) + "-\(two(first))-\(two(start.day))" })
    let value: String
    if let from, let to = end.iso {
      value = "\(from)/\(to)"
    } else {
      value = "--\(two(first))-\(two(start.day))/--\(two(last))-\(two(end.day))"
    }
    return (value, begins && has(index - 1, .from) ? index - 1 : index, end.last)
  }

  private func year(_ iso: String) -> String { String(iso.prefix(4)) }

  /// Where the second day of a window begins after the joint "-", "to", "t/m", "au", "по".
  private func joint(after index: Int, from first: Int) -> Int? {
    var next = index + 1
    if isThrough(next) {
      next += 3
    } else if isDash(next) {
      next += 1
    } else if has(next, [.to, .until]) || isBetweenWord(next)
      || has(next, .and) && isBetween(before: first)
    {
      next += 1
      var steps = 0
      while steps < 2, let word = token(next), word.kind == .word, !word.has(.monthName),
        word.end - word.start <= 4
      {
        next += 1
        steps += 1
      }
    } else {
      return nil
    }
    return isNumber(next) || has(next, .monthName) ? next : nil
  }

  /// "au", "al", "по": joins days and nothing else.
  private func isBetweenWord(_ index: Int) -> Bool {
    guard let token = token(index), token.kind == .word, token.end - token.start <= 4 else {
      return false
    }
    return Self.joints.contains(token.hash)
  }

  /// Whether "between" stands before.
  private func isBetween(before index: Int) -> Bool {
    token(index - 1).map { Self.betweens.contains($0.hash) } ?? false
  }

  private static let betweens: Set<UInt64> = Set(
    ["between", "tussen", "zwischen", "entre", "intre", "miedzy", "между", "tra", "fra"]
      .map { Folding.hash($0) })

  private static let joints: Set<UInt64> = Set(
    ["au", "al", "по", "zum", "thru", "ig", "a", "ao", "la"].map { Folding.hash($0) })

  private func day(at index: Int) -> Day? {
    if let full = fullDate(at: index), let date = parts(full.iso) {
      return Day(day: date.day, month: date.month, iso: full.iso, last: full.last)
    }
    if let named = dayAndMonth(at: index) {
      return Day(day: named.day, month: named.month, last: named.last)
    }
    guard let first = token(index) else { return nil }
    if first.has(.monthName), let month = first.meaning?.number, isNumber(index + 1),
      let day = bare(index + 1)
    {
      return Day(day: day.day, month: month, last: day.last)
    }
    guard first.kind == .number else { return nil }
    // "03.05.", "3/5"
    let figures = text[first.start..<first.end].split(separator: 0x2E)
    if figures.count == 2, figures.allSatisfy({ $0.count == 2 && $0.allSatisfy(\.isDigit) }),
      let day = Int(String(decoding: figures[0], as: UTF8.self)),
      let month = Int(String(decoding: figures[1], as: UTF8.self)), (1...31).contains(day),
      (1...12).contains(month)
    {
      let dot = isSign(index + 1, ".") && token(index + 1)?.spaced == false
      return Day(day: day, month: month, last: dot ? index + 1 : index, figures: true)
    }
    if !first.fraction, isSign(index + 1, "/"), token(index + 1)?.spaced == false,
      let second = token(index + 2), second.kind == .number, !second.spaced, !second.fraction,
      (1...31).contains(first.value), (1...12).contains(second.value)
    {
      return Day(
        day: Int(first.value), month: Int(second.value), last: index + 2, figures: true)
    }
    return bare(index)
  }

  /// A day of the month alone: "3", "3.", "3rd".
  private func bare(_ index: Int) -> Day? {
    guard let token = token(index), token.kind == .number, token.digits <= 2, !token.fraction,
      (1...31).contains(token.value)
    else { return nil }
    var last = index
    if isSign(index + 1, "."), self.token(index + 1)?.spaced == false { last += 1 }
    if let suffix = self.token(index + 1), suffix.kind == .word, !suffix.spaced,
      suffix.end - suffix.start <= 2, !suffix.has(.monthName)
    {
      last += 1
    }
    return Day(day: Int(token.value), month: nil, last: last)
  }

  private func parts(_ iso: String) -> (month: Int, day: Int)? {
    let parts = iso.split(separator: "-").compactMap { Int($0) }
    return parts.count == 3 ? (parts[1], parts[2]) : nil
  }
}
