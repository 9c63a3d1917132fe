/// A name of up to sixteen bytes in lower case, packed into two words.
struct PackedName: Hashable, Sendable {
  var low: UInt64 = 0
  var high: UInt64 = 0

  init() {}

  init(_ text: String) {
    for (index, byte) in text.utf8.prefix(16).enumerated() { insert(byte, at: index) }
  }

  @inline(__always)
  mutating func insert(_ byte: UInt8, at index: Int) {
    // A NUL must not look like the end of the name.
    let shifted = UInt64(byte == 0 ? 0xFF : byte) &<< (UInt64(truncatingIfNeeded: index & 7) &* 8)
    if index < 8 { low |= shifted } else { high |= shifted }
  }

  @inline(__always)
  var slot: Int {
    let mixed = (low ^ (high &* 0x9E37_79B9_7F4A_7C15)) &* 0xD6E8_FEB8_6659_FD93
    return Int(truncatingIfNeeded: mixed &>> 54)
  }
}

/// Known names by their packed form: a hash table with open addressing, built once.
struct NameTable: Sendable {
  struct Slot: Sendable {
    var name = PackedName()
    var value: UInt8 = 0
  }

  /// 1,024 slots: the hash has ten bits.
  let slots: [Slot]

  init(_ names: [(String, UInt8)]) {
    var slots = [Slot](repeating: Slot(), count: 1_024)
    for (text, value) in names {
      let name = PackedName(text)
      var index = name.slot
      while slots[index].value != 0 { index = (index + 1) & 1_023 }
      slots[index] = Slot(name: name, value: value)
    }
    self.slots = slots
  }

  /// The value of a name; 0 when it is not in the table.
  @inline(__always)
  func value(of name: PackedName) -> UInt8 {
    var index = name.slot
    while true {
      let slot = slots[index & 1_023]
      if slot.value == 0 || slot.name == name { return slot.value }
      index += 1
    }
  }

  /// The elements.
  static let tags = NameTable(
    Tag.allCases.filter { $0 != .other }.map { ($0.name, $0.rawValue) })
  /// The attributes.
  static let attributes = NameTable(
    AttributeKey.allCases.filter { $0 != .other }.map { ($0.name, $0.rawValue) })
}

extension UnsafeBufferPointer<UInt8> {
  /// Packs the letters, digits and dashes from an index on, in lower case; answers how many they
  /// are, nil where they are more than fifteen or near the end of the bytes.
  @inline(__always)
  func shortName(at start: Int, into name: inout PackedName) -> Int? {
    guard let baseAddress, start + 16 <= count else { return nil }
    let bytes = UnsafeRawPointer(baseAddress + start)
    let low = bytes.loadUnaligned(as: UInt64.self).littleEndian
    let others = low.bytesNotInNames
    if others != 0 {
      let bits = others.trailingZeroBitCount & ~7
      name.low = (low | 0x2020_2020_2020_2020) & ~(UInt64.max &<< UInt64(bits))
      return bits / 8
    }
    name.low = low | 0x2020_2020_2020_2020
    let high = bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self).littleEndian
    let highOthers = high.bytesNotInNames
    guard highOthers != 0 else { return nil }
    let bits = highOthers.trailingZeroBitCount & ~7
    name.high = (high | 0x2020_2020_2020_2020) & ~(UInt64.max &<< UInt64(bits))
    return 8 + bits / 8
  }
}

extension UInt64 {
  /// The high bit of each byte that is no ASCII letter, digit or dash.
  @inline(__always)
  fileprivate var bytesNotInNames: UInt64 {
    let high: UInt64 = 0x8080_8080_8080_8080
    let plain = self & ~high
    let lowered = plain | 0x2020_2020_2020_2020
    // Adding sets the high bit of bytes not below a bound.
    let letters = (lowered &+ 0x1F1F_1F1F_1F1F_1F1F) & ~(lowered &+ 0x0505_0505_0505_0505)
    let digits = (plain &+ 0x5050_5050_5050_5050) & ~(plain &+ 0x4646_4646_4646_4646)
    let dashes = (plain &+ 0x5353_5353_5353_5353) & ~(plain &+ 0x5252_5252_5252_5252)
    return ~((letters | digits | dashes) & ~self) & high
  }
}
