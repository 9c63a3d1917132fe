/// From the key of a place in a text to the sequences that may stand there.
struct SequenceTable: Sendable {
  /// A sequence that has a key, with what decides at once whether it can stand there: eight bytes of
  /// the text, of which those bits count in which the sequence leaves no choice.
  struct Item: Sendable {
    let value: UInt64
    let mask: UInt64
    let entry: UInt32
    /// How many bytes before the key the eight begin.
    let back: UInt32
  }

  /// An item with the key under which it is found.
  typealias Keyed = (key: UInt32, item: Item)

  /// A bit for each key, or for each hash of one: whether anything has it.
  private(set) var gate: [UInt8]
  /// For each slot, where its items begin; one more at the end.
  private(set) var starts: [UInt32]
  private(set) var items: [Item] = []

  var isEmpty: Bool { items.isEmpty }

  /// Bits of the gate for each slot: the slot alone would say yes too often among thousands of keys.
  private static let slots = 1 << 17

  /// A table whose keys are any 32 bits.
  init(hashing list: [Keyed]) {
    gate = [UInt8](repeating: 0, count: Self.slots)
    starts = [UInt32](repeating: 0, count: Self.slots + 1)
    for (key, _) in list {
      let product = Self.product(key)
      gate[Int(product >> 15)] |= 1 << UInt8(truncatingIfNeeded: product >> 12 & 7)
    }
    fill(list.map { (Self.slot($0.key), $0.item) })
  }

  /// A table whose keys are slots.
  init(direct list: [Keyed], keys: Int) {
    gate = [UInt8](repeating: 0, count: keys / 8)
    starts = [UInt32](repeating: 0, count: list.isEmpty ? 1 : keys + 1)
    for (key, _) in list { gate[Int(key >> 3)] |= 1 << UInt8(key & 7) }
    fill(list.map { (Int($0.key), $0.item) })
  }

  private mutating func fill(_ list: [(slot: Int, item: Item)]) {
    guard !list.isEmpty else { return }
    for (slot, _) in list { starts[slot + 1] += 1 }
    for slot in 1..<starts.count { starts[slot] += starts[slot - 1] }
    var next = starts
    items = [Item](
      repeating: Item(value: 0, mask: 0, entry: 0, back: 0), count: list.count)
    for (slot, item) in list {
      items[Int(next[slot])] = item
      next[slot] += 1
    }
  }

  @inline(__always)
  private static func product(_ key: UInt32) -> UInt32 { key &* 0x9E37_79B1 }

  @inline(__always)
  static func slot(_ key: UInt32) -> Int { Int(product(key) >> 15) }

  /// What a hashing table's gate says of a key.
  @inline(__always)
  static func mayHold(_ key: UInt32, _ gate: UnsafeBufferPointer<UInt8>) -> Bool {
    let product = product(key)
    return gate[Int(product >> 15)] >> UInt8(truncatingIfNeeded: product >> 12 & 7) & 1 != 0
  }
}
