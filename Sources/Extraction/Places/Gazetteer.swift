import CGazetteer

/// Cities, towns and countries by name, in the languages of the adverts.
///
/// The list is linked into the program (GeoNames, CC BY 4.0, reduced by `ops/generate-gazetteer.py`;
/// docs/decisions/0027-gazetteer.md) and indexed at first use, in a few milliseconds.
public struct Gazetteer: Sendable {
  public static let shared = Gazetteer()

  /// One way to read a name.
  struct Entry: Sendable {
    /// The line of a place, -1 for a country.
    var place: Int32
    /// The next reading of the same name, -1 at the end.
    var next: Int32
    /// The index of the country in `countries`.
    var country: UInt16
    /// Whether the name is also an ordinary word or a person's name.
    var needsCue: Bool
    /// Whether it is the name the place goes by in the list.
    var isMain: Bool
  }

  /// What is known of a row of words.
  struct Slot: Sendable {
    var key: UInt64
    /// The first reading, -1 when the words only begin a longer name.
    var first: Int32
    /// Whether longer names begin with these words.
    var continues: Bool
  }

  /// A line of the list.
  private struct Line: Sendable {
    var start: UInt32
    var thousands: UInt32
  }

  /// The most words a name has.
  static let longest = 5

  private(set) var entries: [Entry] = []
  private(set) var countries: [String] = []
  private var lines: [Line] = []
  private var slots: [Slot]
  /// Bits of first words, so that nearly all words of a text cost one look into the cache.
  private var filter: [UInt64]
  private let text: [UInt8]

  private static let slotBits = 17
  private static let filterBits = 19

  init() {
    var length = 0
    let start = cgazetteer_text(&length)
    text = Array(UnsafeBufferPointer(start: start, count: length))
    slots = [Slot](
      repeating: Slot(key: 0, first: -1, continues: false), count: 1 << Self.slotBits)
    filter = [UInt64](repeating: 0, count: 1 << (Self.filterBits - 6))
    entries.reserveCapacity(40_000)
    lines.reserveCapacity(20_000)
    var index = 0
    while index < text.count {
      var end = index
      while end < text.count, text[end] != 0x0A { end += 1 }
      if text[index] != 0x23, end > index { read(index..<end) }
      index = end + 1
    }
  }

  // MARK: - Reading the list

  private mutating func read(_ line: Range<Int>) {
    var fields: [Range<Int>] = []
    var start = line.lowerBound
    for index in line where text[index] == 0x09 {
      fields.append(start..<index)
      start = index + 1
    }
    fields.append(start..<line.upperBound)
    if text[line.lowerBound].isLetter {
      countries.append(String(decoding: text[fields[0]], as: UTF8.self))
      if fields.count > 1 { addNames(fields[1], place: -1, main: true) }
      return
    }
    guard fields.count >= 6, !countries.isEmpty else { return }
    var thousands: UInt32 = 0
    for index in fields[4] { thousands = thousands &* 10 &+ UInt32(text[index] &- 0x30) }
    let place = Int32(lines.count)
    lines.append(Line(start: UInt32(line.lowerBound), thousands: thousands))
    addNames(fields[1], place: place, main: true)
    addNames(fields[5], place: place, main: false)
  }

  private mutating func addNames(_ field: Range<Int>, place: Int32, main: Bool) {
    var start = field.lowerBound
    while start < field.upperBound {
      var end = start
      while end < field.upperBound, text[end] != 0x7C { end += 1 }
      let cued = text[start] == 0x7E
      addName(
        (cued ? start + 1 : start)..<end,
        Entry(
          place: place, next: -1, country: UInt16(countries.count - 1), needsCue: cued,
          isMain: main))
      start = end + 1
    }
  }

  private mutating func addName(_ name: Range<Int>, _ entry: Entry) {
    var key: UInt64 = 0
    var words = 0
    var hash = Folding.seed
    var letters = false
    var slot = -1
    var index = name.lowerBound
    while index <= name.upperBound {
      var length = 1
      var value: UInt32 = 0x20
      if index < name.upperBound {
        let found = scalar(in: text, at: index)
        value = found.value
        length = found.length
      }
      if value < 0x80
        ? UInt8(truncatingIfNeeded: value).isLetter : !(0x2010...0x201F).contains(value)
      {
        Folding.feed(value, into: &hash)
        letters = true
      } else if letters {
        words += 1
        guard words <= Self.longest else { return }
        if slot >= 0 { slots[slot].continues = true }
        key = Self.key(key, hash)
        if words == 1 { mark(key) }
        slot = take(key)
        hash = Folding.seed
        letters = false
      }
      index += length
    }
    guard slot >= 0 else { return }
    // Larger places of a country stand first; of one name the readings keep that order.
    entries.append(entry)
    let added = Int32(entries.count - 1)
    if slots[slot].first < 0 {
      slots[slot].first = added
    } else {
      var last = Int(slots[slot].first)
      while entries[last].next >= 0 { last = Int(entries[last].next) }
      entries[last].next = added
    }
  }

  /// The identity of a row of words, from that of all but the last.
  @inline(__always)
  static func key(_ before: UInt64, _ word: UInt64) -> UInt64 {
    before == 0 ? word | 1 : ((before << 5 | before >> 59) ^ word) &* 0x9E37_79B9_7F4A_7C15 | 1
  }

  @inline(__always)
  private static func spread(_ key: UInt64) -> UInt64 { key &* 0x9E37_79B9_7F4A_7C15 }

  private mutating func mark(_ key: UInt64) {
    let bit = Int(Self.spread(key) >> UInt64(64 - Self.filterBits))
    filter[bit >> 6] |= 1 << UInt64(bit & 63)
  }

  /// The slot of a key, taken if it is new; -1 when the table is full, which a test rules out.
  private mutating func take(_ key: UInt64) -> Int {
    let mask = slots.count - 1
    var index = Int(Self.spread(key) >> UInt64(64 - Self.slotBits))
    for _ in 0..<slots.count {
      if slots[index].key == key { return index }
      if slots[index].key == 0 {
        slots[index].key = key
        return index
      }
      index = (index + 1) & mask
    }
    return -1
  }

  // MARK: - Looking up

  /// Whether some name may begin with the word of this hash.
  @inline(__always)
  func mayBegin(_ hash: UInt64) -> Bool {
    let bit = Int(Self.spread(hash | 1) >> UInt64(64 - Self.filterBits))
    return filter[bit >> 6] & 1 << UInt64(bit & 63) != 0
  }

  /// What is known of the words with this key.
  func slot(_ key: UInt64) -> Slot? {
    let mask = slots.count - 1
    var index = Int(Self.spread(key) >> UInt64(64 - Self.slotBits))
    while slots[index].key != 0 {
      if slots[index].key == key { return slots[index] }
      index = (index + 1) & mask
    }
    return nil
  }

  /// How many thousand people live in an entry's place, zero for a country.
  func thousands(_ entry: Entry) -> UInt32 {
    entry.place < 0 ? 0 : lines[Int(entry.place)].thousands
  }

  /// The readings of the words with this key, of one country the largest first.
  func readings(_ first: Int32) -> [Entry] {
    var readings: [Entry] = []
    var index = first
    while index >= 0 {
      readings.append(entries[Int(index)])
      index = entries[Int(index)].next
    }
    return readings
  }

  /// The place of an entry, nil for a country.
  func place(_ entry: Entry) -> Place? {
    guard entry.place >= 0 else { return nil }
    let start = Int(lines[Int(entry.place)].start)
    var end = start
    while end < text.count, text[end] != 0x0A { end += 1 }
    let fields = text[start..<end].split(separator: 0x09, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    guard fields.count >= 5, let id = Int(fields[0]), let latitude = Double(fields[2]),
      let longitude = Double(fields[3])
    else { return nil }
    let name = fields[1].hasPrefix("~") ? String(fields[1].dropFirst()) : fields[1]
    let country = countries[Int(entry.country)]
    var value = "\(country)/\(name)"
    if namesake(of: entry, name) { value += "#\(id)" }
    return Place(
      id: id, name: name, country: country, latitude: latitude, longitude: longitude,
      thousands: Int(lines[Int(entry.place)].thousands), value: value)
  }

  /// Whether a larger place of the same country has the same name.
  private func namesake(of entry: Entry, _ name: String) -> Bool {
    guard let first = find(name)?.first else { return false }
    let same = readings(first).first { $0.isMain && $0.country == entry.country && $0.place >= 0 }
    return same.map { $0.place != entry.place } ?? false
  }

  private func find(_ name: String) -> Slot? {
    let bytes = Array(name.utf8)
    var key: UInt64 = 0
    for token in FactTokens.read(bytes, 0..<bytes.count) where token.kind == .word {
      key = Self.key(key, token.hash)
    }
    return slot(key)
  }

  /// The place with a normal form as `Place.value` has it, nil for countries and unknown ones.
  public func place(_ value: String) -> Place? {
    guard let slash = value.firstIndex(of: "/") else { return nil }
    let country = value[..<slash]
    let rest = value[value.index(after: slash)...]
    let name = rest.split(separator: "#").first.map(String.init) ?? ""
    guard let first = find(name)?.first else { return nil }
    for entry in readings(first) where entry.isMain && countries[Int(entry.country)] == country {
      if let place = place(entry), place.value == value { return place }
    }
    return nil
  }

  /// The normal form of a place as a page's field has it ("Naaldwijk, NL", "Wien"): `NL/Naaldwijk`,
  /// or `NL` where only a country is named; nil when the list does not know it.
  ///
  /// `countries` are the ISO 3166-1 alpha-2 codes it is likely in, most likely first.
  public func value(ofField field: String, countries: [String] = []) -> String? {
    let bytes = Array(field.utf8.prefix(200))
    let tokens = FactTokens.read(bytes, 0..<bytes.count)
    let reader = PlaceReader(
      text: bytes, tokens: tokens, countries: countries + codes(in: tokens, bytes), isField: true)
    let found = reader.read()
    return (found.first { $0.value.utf8.contains(0x2F) } ?? found.first)?.value
  }

  /// Two capitals standing alone, as in "Naaldwijk, NL".
  private func codes(in tokens: [FactToken], _ text: [UInt8]) -> [String] {
    tokens.compactMap { token in
      guard token.kind == .word, token.end - token.start == 2 else { return nil }
      let code = TextRange.string(text, token.start..<token.end)
      return countries.contains(code) ? code : nil
    }
  }
}
