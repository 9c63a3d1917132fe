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
  var isEmpty: Bool { low == 0 }

  @inline(__always)
  var slot: Int {
    let mixed = (low ^ (high &* 0x9E37_79B9_7F4A_7C15)) &* 0xD6E8_FEB8_6659_FD93
    return Int(truncatingIfNeeded: mixed &>> 54)
  }
}

/// Known names by their packed form: a hash table with open addressing, built once.
struct NameTable<Value: BitwiseCopyable & Sendable>: Sendable {
  struct Slot: Sendable {
    var name = PackedName()
    var value: Value
  }

  /// 1,024 slots, as the hash has ten bits; one without a name has the value of what is missing.
  private let slots: [Slot]

  /// The table of some names; `missing` is the value of all others.
  init(_ names: [(String, Value)], missing: Value) {
    var slots = [Slot](repeating: Slot(value: missing), count: 1_024)
    for (text, value) in names {
      let name = PackedName(text)
      var index = name.slot
      while !slots[index].name.isEmpty { index = (index + 1) & 1_023 }
      slots[index] = Slot(name: name, value: value)
    }
    self.slots = slots
  }

  /// The value of a name.
  @inline(__always)
  func value(of name: PackedName) -> Value {
    var index = name.slot
    while true {
      let slot = slots[index & 1_023]
      if slot.name.isEmpty || slot.name == name { return slot.value }
      index &+= 1
    }
  }
}

extension NameTable<Tag> {
  /// The elements.
  static let tags = NameTable(
    Tag.allCases.filter { $0 != .other }.map { ($0.name, $0) }, missing: .other)
}

extension NameTable<AttributeKey> {
  /// The attributes.
  static let attributes = NameTable(
    AttributeKey.allCases.filter { $0 != .other }.map { ($0.name, $0) }, missing: .other)
}

extension UnsafeBufferPointer<UInt8> {
  /// Packs the name of a tag or an attribute from an index on and answers how long it is.
  ///
  /// It ends before a control character, a space, "/", "=" or ">". Zero for more than fifteen bytes,
  /// for none, and near the end of the bytes.
  ///
  /// Known names are of letters, digits and dashes, all of which have the bit that makes a letter
  /// lower-case; what else gets it here does not become one of them.
  @inline(__always)
  func packName(at start: Int, into name: inout PackedName) -> Int {
    guard let baseAddress, start &+ 16 <= count else { return 0 }
    let bytes = (UnsafeRawPointer(baseAddress) + start).loadUnaligned(as: SIMD16<UInt8>.self)
    let space = SIMD16<UInt8>(repeating: 0x21)
    let slash = SIMD16<UInt8>(repeating: 0x2F)
    let equals = SIMD16<UInt8>(repeating: 0x3D)
    let greater = SIMD16<UInt8>(repeating: 0x3E)
    let ends = (bytes .< space) .| (bytes .== slash) .| (bytes .== equals) .| (bytes .== greater)
    let masks = unsafeBitCast(ends, to: SIMD2<UInt64>.self)
    let words = unsafeBitCast(bytes, to: SIMD2<UInt64>.self)
    let low = masks[0].littleEndian
    name.low = words[0].littleEndian | 0x2020_2020_2020_2020
    if low != 0 {
      let bits = low.trailingZeroBitCount & ~7
      name.low &= ~(UInt64.max &<< UInt64(bits))
      return bits / 8
    }
    let high = masks[1].littleEndian
    guard high != 0 else { return 0 }
    let bits = high.trailingZeroBitCount & ~7
    name.high = (words[1].littleEndian | 0x2020_2020_2020_2020) & ~(UInt64.max &<< UInt64(bits))
    return 8 &+ bits / 8
  }
}
