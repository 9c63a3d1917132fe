/// Some groups of a chain, taken as one number.
struct PhoneCandidate {
  /// One way to read the digits.
  struct Reading {
    enum Kind {
      /// A plus sign and the country code.
      case plus
      /// "00" or "011" and the country code.
      case exitCode
      /// As dialled in the country, with its trunk prefix.
      case national
      /// Without the trunk prefix the country asks for.
      case bare
      /// The country code with nothing before it.
      case unmarkedInternational
    }
    var digits: [UInt8]
    var region: String
    var confidence: Double
    var kind: Kind
    /// Whether the region is the one we know best.
    var first = false
  }

  let text: [UInt8]
  let groups: ArraySlice<DigitGroup>
  let digits: [UInt8]
  let start: Int
  let end: Int
  let plus: Bool
  let writing: DigitGroup.Writing

  init(text: [UInt8], chain: [DigitGroup], range: ClosedRange<Int>, digits: [UInt8]) {
    self.text = text
    self.digits = digits
    groups = chain[range]
    let first = chain[range.lowerBound]
    plus = first.plus
    var start = first.plus ? first.plusStart : first.start
    var end = chain[range.upperBound].end
    // A keycap's enclosing mark belongs to the digit, a bracket to the area code.
    while end + 2 < text.count, text[end] == 0xEF || text[end] == 0xE2 {
      let found = scalar(in: text, at: end)
      guard found.value == 0xFE0F || found.value == 0x20E3 else { break }
      end += found.length
    }
    if start > 0, text[start - 1] == UInt8(ascii: "("),
      text[start..<end].contains(UInt8(ascii: ")"))
    {
      start -= 1
    }
    self.start = start
    self.end = end
    writing = groups.reduce(into: DigitGroup.Writing()) { $0.formUnion($1.writing) }
  }

  var raw: String { String(decoding: text[start..<end], as: UTF8.self) }

  var startsWithZero: Bool { digits.first == 0x30 }

  /// Whether the candidate ends in a small group of another kind than the rest.
  var oddEnd: Bool {
    guard groups.count > 1, let last = groups.last, let before = groups.dropLast().last else {
      return false
    }
    let words = groups.count { $0.writing.contains(.words) }
    let odd = last.writing.contains(.words) ? words == 1 : words == groups.count - 1
    return odd || last.digits.count <= 2 && before.digits.count >= 7
  }

  /// Whether digits stand beside this group with no more than a hyphen or a dot between.
  func clings(to group: DigitGroup) -> Bool {
    group.gap.isDisjoint(with: [.space, .newline, .comma, .symbol, .slash])
      && !group.writing.contains(.words)
  }

  /// The ways to read the digits, likeliest first.
  func appendReadings(
    regions: PhoneRegions, context: PhoneCues.Context, to readings: inout [Reading]
  ) {
    if plus {
      guard (8...15).contains(digits.count), digits[0] != 0x30 else {
        // "+0031…" and "+06…" are seen; the zeros are taken as typed by habit.
        if digits.count > 9, digits[0] == 0x30, digits[1] == 0x30 {
          readings.append(
            Reading(digits: [0x2B] + digits[2...], region: "ZZ", confidence: 0.9, kind: .exitCode))
        } else if digits.count > 8, let region = regions.codes.first {
          readings.append(
            Reading(digits: digits, region: region, confidence: 0.8, kind: .national))
        }
        return
      }
      readings.append(
        Reading(digits: [0x2B] + digits, region: "ZZ", confidence: 0.99, kind: .plus))
      return
    }
    let american = regions.codes.first == "US" || regions.codes.first == "CA"
    let exit = american && digits.starts(with: "011".utf8) ? "011" : "00"
    if digits.count >= 10, digits.starts(with: exit.utf8), digits[exit.utf8.count] != 0x30 {
      readings.append(
        Reading(
          digits: [0x2B] + digits[exit.utf8.count...], region: "ZZ", confidence: 0.97,
          kind: .exitCode))
    }
    for (rank, region) in spoken(regions).enumerated() {
      append(region, rank: rank, context, to: &readings)
    }
    if (10...14).contains(digits.count), digits[0] != 0x30, context.cue || isKnownPrefix(regions) {
      readings.append(
        Reading(
          digits: [0x2B] + digits, region: "ZZ", confidence: context.cue ? 0.85 : 0.7,
          kind: .unmarkedInternational))
    }
  }

  /// The regions, with those of the language the digits are spelled in added.
  private func spoken(_ regions: PhoneRegions) -> [String] {
    var codes = regions.codes
    guard writing.contains(.words) else { return codes }
    var languages = ~UInt32(0)
    for group in groups where group.languages != 0 { languages &= group.languages }
    for (index, language) in NumberWords.languages.enumerated()
    where languages & (1 << UInt32(index)) != 0 {
      for code in PhoneRegions.countries(ofLanguage: language) where !codes.contains(code) {
        codes.append(code)
      }
    }
    return codes
  }

  /// Whether the digits begin with the code of a country the page is about.
  private func isKnownPrefix(_ regions: PhoneRegions) -> Bool {
    guard groups.count <= 5 else { return false }
    let text = String(decoding: digits.prefix(3), as: UTF8.self)
    return regions.codes.contains { region in
      guard let code = CallingCodes.code(region), code.utf8.count > 1 else { return false }
      return text.hasPrefix(code)
    }
  }

  private func append(
    _ region: String, rank: Int, _ context: PhoneCues.Context, to readings: inout [Reading]
  ) {
    let plan = PhoneRegions.plan(region)
    let certainty = rank == 0 ? 1.0 : 0.9
    if !plan.trunk.isEmpty {
      if digits.starts(with: plan.trunk.utf8) {
        guard plan.lengths.contains(digits.count) || freephone(context) else { return }
        readings.append(
          Reading(
            digits: digits, region: region, confidence: 0.96 * certainty, kind: .national,
            first: rank == 0))
      } else if rank == 0, context.cue || writing.contains(.words),
        plan.lengths.contains(digits.count + plan.trunk.utf8.count), digits[0] != 0x30
      {
        readings.append(
          Reading(digits: digits, region: region, confidence: 0.8, kind: .bare))
      }
      return
    }
    guard plan.lengths.contains(digits.count) else { return }
    let sizes = groups.map(\.digits.count)
    let written = plan.groupings.contains(sizes) || sizes.allSatisfy { $0 <= 2 } && sizes.count > 4
    // A comma never stands inside such a number unless every digit stands alone.
    guard written || context.cue || !writing.isEmpty else { return }
    let announced = context.cue || trick != nil || sizes.count > 1
    readings.append(
      Reading(
        digits: digits, region: region, confidence: (announced ? 0.95 : 0.8) * certainty,
        kind: .national, first: rank == 0))
  }

  /// Numbers of services, which are shorter or longer than people's.
  private func freephone(_ context: PhoneCues.Context) -> Bool {
    context.cue && digits.count >= 8 && digits.count <= 11
      && (digits.starts(with: Array("0800".utf8)) || digits.starts(with: Array("0900".utf8)))
  }

  /// Whether the groups go up in equal steps, as in calendars, page numbers and price lists.
  private var isRow: Bool {
    guard groups.count >= 4, groups.contains(where: { $0.digits.count > 1 }) else { return false }
    let values = groups.map { $0.digits.reduce(0) { ($0 &* 10) &+ Int($1 &- 0x30) } }
    let step = values[1] &- values[0]
    return [1, 5, 10, 20, 25, 50, 100].contains(step)
      && zip(values, values.dropFirst()).allSatisfy { $1 &- $0 == step }
  }

  /// Rows, fractions, days and times of day, which have the shape of numbers.
  var isDateLike: Bool {
    guard writing.isEmpty, groups.count >= 2, !plus else { return false }
    // "0.612345678" is a fraction.
    if groups.count == 2, let first = groups.first, let last = groups.last, first.digits == [0x30],
      last.start - first.end == 1, text[first.end] == UInt8(ascii: ".")
    {
      return true
    }
    return isRow || DatePattern.covers(groups, in: text)
  }

  /// How the number was hidden, entities aside.
  var trick: String? { trick(entities: []) }

  /// How the number was hidden; the gravest way when there are several.
  func trick(entities: [Range<Int>]) -> String? {
    if writing.contains(.words) { return "words" }
    if writing.contains(.confusables) { return "confusables" }
    if writing.contains(.letters) || writing.contains(.weak) { return "letters" }
    if writing.contains(.digits) { return "digits" }
    if entities.contains(where: { $0.overlaps(start..<end) }) { return "entities" }
    var gaps: DigitGroup.Gap = []
    for group in groups.dropFirst() { gaps.formUnion(group.gap) }
    if gaps.contains(.symbol) { return "symbols" }
    if !gaps.isDisjoint(with: [.invisible, .newline]) { return "spacing" }
    let singles = groups.count { $0.digits.count == 1 }
    if singles >= 5, singles * 2 > groups.count { return "spacing" }
    return nil
  }
}
