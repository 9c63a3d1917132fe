import CPhoneNumber

/// Finds phone numbers in a text and reads them to E.164.
///
/// Everything that can be decided by counting is decided before libphonenumber is asked, because
/// it takes tens of microseconds; the number of questions is bounded.
struct PhoneFinder {
  let text: [UInt8]
  let regions: PhoneRegions
  /// Stretches that came from character references.
  let entities: [Range<Int>]
  /// How many candidates libphonenumber may still be asked about.
  var budget: Int

  private(set) var found: [Selector] = []

  init(
    _ text: [UInt8], regions: PhoneRegions, entities: [Range<Int>] = [], trials: Int = 20_000
  ) {
    self.text = text
    self.regions = regions
    self.entities = entities
    budget = trials
  }

  /// The numbers outside `masks`, by where they start.
  static func find(
    in text: [UInt8], regions: PhoneRegions, masks: [Range<Int>] = [], entities: [Range<Int>] = [],
    trials: Int = 20_000
  ) -> [Selector] {
    var finder = PhoneFinder(text, regions: regions, entities: entities, trials: trials)
    var lexer = DigitLexer(text, masks: masks)
    lexer.scan { finder.split($0) }
    return finder.found
  }

  /// Cuts one chain into numbers, from left to right.
  private mutating func split(_ chain: [DigitGroup]) {
    let chain = ChainTrimmer.pieces(of: chain, in: text)
    for piece in chain { splitPiece(piece) }
  }

  private mutating func splitPiece(_ chain: [DigitGroup]) {
    var start = 0
    var failures = 0
    while start < chain.count, budget > 0, failures < 48 {
      let before = budget
      if let hit = best(chain, from: start) {
        found.append(hit.selector)
        start = hit.end + 1
        failures = 0
      } else {
        failures += before - budget
        start += 1
      }
    }
  }

  private struct Hit {
    var selector: Selector
    var end: Int
    var score: Double
  }

  private mutating func best(_ chain: [DigitGroup], from start: Int) -> Hit? {
    let first = chain[start]
    guard mayBegin(first) else { return nil }
    var best: Hit?
    var digits: [UInt8] = []
    // What stands before is the same for every end.
    var before: PhoneCues.Context?
    var end = start
    while end < chain.count, end - start < 18 {
      // A plus sign starts another number.
      if end > start, chain[end].plus { break }
      // A whole number ends with its line; the next line has figures of its own.
      if let hit = best, hit.selector.valid, hit.end == end - 1, chain[end].gap.contains(.newline) {
        break
      }
      digits += chain[end].digits
      if digits.count > 17 { break }
      if digits.count >= 7, plausible(digits), end > start || !chain[end].writing.contains(.weak),
        isWhole(chain, start, end), let hit = judge(chain, start...end, digits, &before),
        hit.score > (best?.score ?? 0)
      {
        best = hit
      }
      end += 1
    }
    return best
  }

  /// Letters alone are digits only among single digits.
  private func isWhole(_ chain: [DigitGroup], _ start: Int, _ end: Int) -> Bool {
    if chain[end].writing.contains(.weak), chain[end - 1].digits.count > 1 { return false }
    return !chain[start].writing.contains(.weak) || chain[start + 1].digits.count <= 2
  }

  private func mayBegin(_ group: DigitGroup) -> Bool {
    guard group.writing.contains(.letters), group.start < text.count else { return true }
    // "B12345678" is a company, "O6…" and "I800…" are numbers.
    let first = text[group.start]
    return !first.isLetter
      || [UInt8(ascii: "O"), UInt8(ascii: "o"), UInt8(ascii: "I"), UInt8(ascii: "l")]
        .contains(first)
  }

  private func plausible(_ digits: [UInt8]) -> Bool {
    guard let first = digits.first else { return false }
    if digits.allSatisfy({ $0 == first }) { return false }
    return true
  }

  /// Whether the digits count up, as in a row of keys.
  private func isRising(_ digits: [UInt8]) -> Bool {
    for index in 1..<digits.count where (digits[index] &+ 10 &- digits[index - 1]) % 10 != 1 {
      return false
    }
    return true
  }

  /// Whether a minus sign stands before it.
  private func isNegative(_ candidate: PhoneCandidate) -> Bool {
    let start = candidate.start
    guard start > 0, text[start - 1] == 0x2D, !candidate.plus, candidate.groups.count == 1 else {
      return false
    }
    return start == 1 || text[start - 2] == 0x20 || text[start - 2] == 0x0A
  }

  /// Asks libphonenumber, the cheap refusals first.
  private mutating func judge(
    _ chain: [DigitGroup], _ range: ClosedRange<Int>, _ digits: [UInt8],
    _ before: inout PhoneCues.Context?
  ) -> Hit? {
    let candidate = PhoneCandidate(text: text, chain: chain, range: range, digits: digits)
    if candidate.isDateLike || isNegative(candidate) { return nil }
    var context = before ?? PhoneCues.context(text, before: candidate.start)
    before = context
    PhoneCues.follow(text, candidate.end, &context)
    if isRising(digits), !context.cue, !candidate.plus { return nil }
    var readings: [PhoneCandidate.Reading] = []
    candidate.appendReadings(regions: regions, context: context, to: &readings)
    var best: Hit?
    for reading in readings {
      guard budget > 0 else { break }
      if let top = best, top.score >= reading.confidence { break }
      budget -= 1
      guard let phone = ParsedPhone.parse(reading.digits, region: reading.region) else { continue }
      guard
        let hit = weigh(candidate, reading, phone, context: context, chain: chain, range: range)
      else { continue }
      if hit.score > (best?.score ?? 0) { best = hit }
    }
    if best == nil, regions.codes.isEmpty, candidate.startsWithZero, context.cue {
      best = unique(candidate, context, chain, range)
    }
    return best
  }

  /// A number of no known country that fits exactly one of the countries watched.
  private mutating func unique(
    _ candidate: PhoneCandidate, _ context: PhoneCues.Context, _ chain: [DigitGroup],
    _ range: ClosedRange<Int>
  ) -> Hit? {
    var hit: Hit?
    for region in PhoneRegions.fallbacks {
      guard budget > 0, PhoneRegions.plan(region).lengths.contains(candidate.digits.count) else {
        continue
      }
      budget -= 1
      guard let phone = ParsedPhone.parse(candidate.digits, region: region), phone.valid else {
        continue
      }
      if hit != nil { return nil }
      let reading = PhoneCandidate.Reading(
        digits: candidate.digits, region: region, confidence: 0.6, kind: .national)
      hit = weigh(candidate, reading, phone, context: context, chain: chain, range: range)
    }
    return hit
  }

  /// Whether the number would end in the middle of a row of equal groups.
  private func isCut(_ chain: [DigitGroup], _ range: ClosedRange<Int>) -> Bool {
    guard range.count >= 3, range.upperBound + 1 < chain.count else { return false }
    let last = chain[range.upperBound]
    let next = chain[range.upperBound + 1]
    return last.digits.count > 1 && last.digits.count == next.digits.count && last.gap == next.gap
      && !next.plus && !next.writing.contains(.words) && next.digits.first != 0x30
  }

  private func weigh(
    _ candidate: PhoneCandidate, _ reading: PhoneCandidate.Reading, _ phone: ParsedPhone,
    context: PhoneCues.Context, chain: [DigitGroup], range: ClosedRange<Int>
  ) -> Hit? {
    let international = reading.kind == .plus
    if context.refused, !international { return nil }
    if isCut(chain, range) { return nil }
    var confidence = reading.confidence
    if !phone.valid {
      // A plan we know best after all: the prefix is right, the block is not handed out.
      let trusted = international || reading.kind == .national && reading.first && context.cue
      guard trusted, candidate.digits.count >= 9, range.count == chain.count || international else {
        return nil
      }
      confidence *= 0.6
    }
    let premium =
      phone.type == Int(CPHONE_PREMIUM.rawValue) || phone.type == Int(CPHONE_SHARED_COST.rawValue)
    if premium, !international, !context.cue { return nil }
    // Digits that cling to the candidate make it part of something longer.
    let left = range.lowerBound > 0 && candidate.clings(to: chain[range.lowerBound])
    let right =
      range.upperBound + 1 < chain.count && candidate.clings(to: chain[range.upperBound + 1])
    if left && chain[range.lowerBound].plus == false || right && !chain[range.upperBound + 1].plus {
      guard international || context.cue || candidate.writing.contains(.words) else { return nil }
      confidence *= 0.8
    }
    var score = confidence
    // Of several readings prefer the one that ends where a person would have paused.
    if range.upperBound + 1 < chain.count {
      let next = chain[range.upperBound + 1]
      let pause =
        next.plus || next.gap.contains(.newline) || next.gap.contains(.comma)
        || next.gap.contains(.slash)
        || next.gap.contains(.symbol) && !chain[range.upperBound].gap.contains(.symbol)
        || next.writing.contains(.words) != chain[range.upperBound].writing.contains(.words)
      score *= pause || next.digits.first == 0x30 ? 0.98 : 0.9
    } else if range.count > 1, candidate.oddEnd {
      score *= 0.85
    }
    if candidate.trick != nil, !phone.valid { confidence *= 0.9 }
    return Hit(
      selector: Selector(
        kind: .phone, value: phone.value, raw: candidate.raw,
        range: candidate.start..<candidate.end,
        valid: phone.valid, confidence: (confidence * 100).rounded() / 100,
        trick: candidate.trick(entities: entities)), end: range.upperBound, score: score)
  }
}
