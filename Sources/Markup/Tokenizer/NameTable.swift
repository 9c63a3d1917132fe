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
