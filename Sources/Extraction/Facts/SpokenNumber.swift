/// Whole numbers below a hundred in words, as ages are spelled: "twenty-five", "vijfentwintig",
/// "двадцать пять".
struct SpokenNumber {
  var value: Int
  /// The tokens it takes.
  var first: Int
  var last: Int

  /// The number whose last word stands at `end`, the longest there is.
  static func ending(at end: Int, in tokens: [FactToken], _ text: [UInt8]) -> SpokenNumber? {
    guard end >= 0, end < tokens.count, tokens[end].kind == .word else { return nil }
    var best: SpokenNumber?
    var first = end
    while first >= 0, end - first <= 4 {
      if tokens[first].kind == .word, let value = value(tokens[first...end], text) {
        best = SpokenNumber(value: value, first: first, last: end)
      } else if tokens[first].kind != .word, !tokens[first].isSign("-") {
        break
      }
      first -= 1
    }
    return best
  }

  /// The number whose first word stands at `start`, the longest there is.
  static func starting(at start: Int, in tokens: [FactToken], _ text: [UInt8]) -> SpokenNumber? {
    guard start >= 0, start < tokens.count, tokens[start].kind == .word else { return nil }
    var best: SpokenNumber?
    var last = start
    while last < tokens.count, last - start <= 4 {
      if tokens[last].kind == .word {
        guard let value = value(tokens[start...last], text, open: true) else { break }
        if value >= 0 { best = SpokenNumber(value: value, first: start, last: last) }
      } else if !tokens[last].isSign("-") {
        break
      }
      last += 1
    }
    return best
  }

  /// What the words come to; nil when they are no number, -1 when `open` and more must follow.
  private static func value(
    _ words: ArraySlice<FactToken>, _ text: [UInt8], open: Bool = false
  ) -> Int? {
    var tens: Int?
    var total: Int?
    var joined = false
    for token in words where token.kind == .word {
      let key = Folding.key(text, token.start..<token.end)
      var index = 0
      while index < key.count {
        guard let found = NumberWords.shared.longest(in: key, at: index) else { return nil }
        index += found.length
        switch found.word.role {
        case .digits:
          guard total == nil else { return nil }
          if let known = tens {
            // "dix-neuf" after "quatre-vingt" goes to nineteen.
            guard found.word.value < 20, found.word.value > 0 else { return nil }
            total = known + found.word.value
            tens = nil
          } else {
            total = found.word.value
          }
          joined = false
        case .tens:
          guard tens == nil, total == nil else { return nil }
          tens = found.word.value
        case .joiner:
          guard tens != nil, !joined else { return nil }
          joined = true
        case .times, .plus: return nil
        }
      }
    }
    if joined { return open ? -1 : nil }
    return (total ?? tens).flatMap { $0 < 100 ? $0 : nil }
  }
}
