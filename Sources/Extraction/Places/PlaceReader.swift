/// Finds the places of the gazetteer in a text's tokens.
///
/// Of one name the place is meant that is largest, unless what is known of the page or said in the
/// text speaks for a country. Names that are words too count only where the text says that a place
/// is meant: after "in" or "location:", before a country's name, in a row of places.
struct PlaceReader {
  /// A place and the tokens that name it.
  struct Found {
    /// `NL/Amsterdam`, or `NL` for a country.
    var value: String
    var first: Int
    var last: Int
  }

  private struct Mention {
    var first: Int
    var last: Int
    /// The first reading.
    var entry: Int32
    var cued: Bool
    /// Whether it is written as names are.
    var capital: Bool
  }

  /// The most places that are read of a text.
  static let most = 2_000

  let text: [UInt8]
  let tokens: [FactToken]
  /// Where the text is likely from, ISO 3166-1 alpha-2, most likely first.
  let countries: [String]
  /// Whether the text is what a page states as its place, so that nothing else is meant.
  var isField = false
  /// Whether the text around says that a place is meant, as in a postal address.
  var isCued = false
  private let gazetteer = Gazetteer.shared

  init(
    text: [UInt8], tokens: [FactToken], countries: [String], isField: Bool = false,
    isCued: Bool = false
  ) {
    self.isCued = isCued
    self.text = text
    self.tokens = tokens
    self.countries = countries
    self.isField = isField
  }

  /// The places in the tokens of `range`, in their order.
  func read(_ range: Range<Int>? = nil) -> [Found] {
    let mentions = mentions(range ?? tokens.indices)
    guard !mentions.isEmpty else { return [] }
    let told = told(mentions)
    var values: [Int32: String] = [:]
    var found: [Found] = []
    for (index, mention) in mentions.enumerated() {
      let cued = isField || isCued || mention.cued || isInRow(index, mentions)
      guard let entry = best(mention, cued: cued, told: told, after: follower(index, mentions))
      else { continue }
      let value: String
      if let known = values[entry] {
        value = known
      } else {
        let entry = gazetteer.entries[Int(entry)]
        value = gazetteer.place(entry)?.value ?? gazetteer.countries[Int(entry.country)]
      }
      values[entry] = value
      found.append(Found(value: value, first: mention.first, last: mention.last))
    }
    return found
  }

  private func token(_ index: Int) -> FactToken? {
    index >= 0 && index < tokens.count ? tokens[index] : nil
  }

  private func has(_ index: Int, _ role: WordRole) -> Bool { token(index)?.has(role) ?? false }

  private func mentions(_ range: Range<Int>) -> [Mention] {
    var mentions: [Mention] = []
    var index = range.lowerBound
    while index < range.upperBound, mentions.count < Self.most {
      if tokens[index].kind == .word, gazetteer.mayBegin(tokens[index].hash),
        let mention = mention(at: index)
      {
        mentions.append(mention)
        index = mention.last
      }
      index += 1
    }
    return mentions
  }

  /// The longest name that begins at a token.
  private func mention(at first: Int) -> Mention? {
    var key = Gazetteer.key(0, tokens[first].hash)
    guard var slot = gazetteer.slot(key) else { return nil }
    var best: (last: Int, entry: Int32)? = slot.first >= 0 ? (first, slot.first) : nil
    var last = first
    while slot.continues {
      var next = last + 1
      if let sign = token(next), sign.kind == .sign, joins(sign.scalar, after: tokens[last]) {
        next += 1
      }
      guard let word = token(next), word.kind == .word else { break }
      key = Gazetteer.key(key, word.hash)
      guard let longer = gazetteer.slot(key) else { break }
      slot = longer
      last = next
      if slot.first >= 0 { best = (last, slot.first) }
    }
    guard let best else { return nil }
    let capital = isCapital(first) || isCapital(best.last)
    guard isField || !isStreet(first, best.last) else { return nil }
    return Mention(
      first: first, last: best.last, entry: best.entry, cued: isCued(first, best.last),
      capital: capital)
  }

  private func joins(_ sign: UInt32, after word: FactToken) -> Bool {
    switch sign {
    case 0x2D, 0x2010, 0x2011, 0x27, 0x2019, 0x60: return true
    case 0x2E: return word.end - word.start <= 3
    default: return false
    }
  }

  private func isCapital(_ index: Int) -> Bool {
    FactTokens.isCapital(scalar(in: text, at: tokens[index].start).value)
  }

  /// Whether the name belongs to a street: "rue de Lyon", "London Road".
  private func isStreet(_ first: Int, _ last: Int) -> Bool {
    if has(last + 1, .street), !has(last + 1, .placeLabel),
      tokens[last + 1].end > tokens[last + 1].start + 1,
      isCapital(last + 1)
    {
      return true
    }
    var before = first - 1
    var steps = 0
    while steps < 2, has(before, .article) {
      before -= 1
      steps += 1
    }
    if token(before)?.isSign(".") == true, token(before)?.spaced == false { before -= 1 }
    return has(before, .street) && !has(before, .at)
  }

  /// Whether the words beside it say that a place is meant.
  private func isCued(_ first: Int, _ last: Int) -> Bool {
    var before = first - 1
    if let sign = token(before), sign.kind == .sign, sign.scalar == 0x27 || sign.scalar == 0x2019 {
      before -= 1
    }
    if has(before, .at), !has(before, .speak) || tokens[before].end - tokens[before].start <= 3 {
      return true
    }
    // "Latina escort" is a person.
    if has(last + 1, .placeLabel), !has(last, [.ethnicity, .nationality]) { return true }
    // "1012 AB Amsterdam", "10115 Berlin"
    if let number = token(before), number.kind == .number, number.end - number.start == 5 {
      return true
    }
    if let letters = token(before), letters.kind == .word, letters.end - letters.start == 2,
      isCapital(before), let number = token(before - 1), number.kind == .number,
      number.end - number.start == 4
    {
      return true
    }
    if token(before)?.kind == .newline { before -= 1 }
    if let sign = token(before), sign.kind == .sign,
      sign.scalar == 0x3A || sign.scalar == 0x2D || sign.scalar >= 0x1F000
    {
      if sign.scalar == 0x1F4CD { return true }
      before -= 1
    }
    return has(before, .placeLabel)
  }

  /// Whether nothing but a comma, a slash or an "and" parts it from a place without doubt.
  private func isInRow(_ index: Int, _ mentions: [Mention]) -> Bool {
    func parted(_ left: Mention, _ right: Mention) -> Bool {
      guard right.first == left.last + 2, let mark = token(left.last + 1) else { return false }
      return mark.has(.and)
        || mark.kind == .sign
          && [0x2C, 0x2F, 0x2D, 0x2022, 0xB7, 0x7C, 0x26, 0x28].contains(mark.scalar)
    }
    func certain(_ mention: Mention) -> Bool {
      mention.cued || mention.capital && !gazetteer.entries[Int(mention.entry)].needsCue
    }
    if index > 0, parted(mentions[index - 1], mentions[index]), certain(mentions[index - 1]) {
      return true
    }
    return index + 1 < mentions.count && parted(mentions[index], mentions[index + 1])
      && certain(mentions[index + 1])
  }

  /// The country named right after a mention: "Nice, France".
  private func follower(_ index: Int, _ mentions: [Mention]) -> UInt16? {
    guard index + 1 < mentions.count else { return nil }
    let next = mentions[index + 1]
    guard next.first - mentions[index].last <= 2 else { return nil }
    let entry = gazetteer.entries[Int(next.entry)]
    return entry.place < 0 ? entry.country : nil
  }

  /// How often the text speaks of each country, by names that leave no doubt.
  private func told(_ mentions: [Mention]) -> [UInt16: Int] {
    var told: [UInt16: Int] = [:]
    for mention in mentions where mention.capital {
      let entry = gazetteer.entries[Int(mention.entry)]
      guard !entry.needsCue, entry.next < 0 || entry.place < 0 else { continue }
      told[entry.country, default: 0] += 1
    }
    return told
  }

  /// The reading that is meant, nil when none is.
  private func best(
    _ mention: Mention, cued: Bool, told: [UInt16: Int], after: UInt16?
  ) -> Int32? {
    let bytes = tokens[mention.last].end - tokens[mention.first].start
    // Words that mean something to the other readers of facts are words.
    let isWord =
      mention.first == mention.last
      && !tokens[mention.first].roles.subtracting([.noName, .filler]).isEmpty
    var best: (entry: Int32, score: Double)?
    var index = mention.entry
    while index >= 0 {
      let entry = gazetteer.entries[Int(index)]
      let current = index
      index = entry.next
      let known = after == entry.country
      if entry.needsCue || isWord {
        guard cued || known, mention.capital || isField else { continue }
        guard isField || known || !isShouted(mention) else { continue }
        // An address may end in any word; only a place of some size is meant by one.
        if isCued, !known, bytes < 4 || gazetteer.thousands(entry) < 30 { continue }
      } else if !mention.capital, !isField {
        guard entry.place >= 0, bytes >= (cued ? 4 : 6),
          gazetteer.thousands(entry) >= (cued ? 5 : 100)
        else { continue }
      }
      var score = Self.logarithm(gazetteer.thousands(entry)) - (entry.isMain ? 0 : 1.5)
      if entry.place < 0 { score = 11 }
      if known { score += 10 }
      let country = gazetteer.countries[Int(entry.country)]
      if let rank = countries.firstIndex(of: country) { score += rank == 0 ? 6 : rank == 1 ? 4 : 2 }
      if let count = told[entry.country] { score += min(4, 2 + Double(count)) }
      if score > best?.score ?? -1 { best = (current, score) }
    }
    return best?.entry
  }

  /// Whether a word in capitals stands among words in capitals.
  private func isShouted(_ mention: Mention) -> Bool {
    !tokens[mention.first].capitalised
      && tokens[mention.first].end - tokens[mention.first].start > 1
  }

  /// The binary logarithm, to a quarter.
  static func logarithm(_ thousands: UInt32) -> Double {
    guard thousands > 0 else { return 0 }
    let whole = 31 - thousands.leadingZeroBitCount
    return Double(whole) + Double(thousands) / Double(UInt32(1) << UInt32(whole)) - 1
  }
}
