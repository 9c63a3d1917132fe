/// Numbers by the folded hash of a word, looked up for every word of a text.
///
/// Open addressing in two arrays: the hashes are spread already, and nobody can choose the keys, so
/// that the seeded hashing of a dictionary would only cost time.
struct WordTable: Sendable {
  private var keys: [UInt64]
  private var values: [Int32]
  private let shift: UInt64

  /// The last of several values of one word counts.
  init(_ pairs: some Collection<(UInt64, Int32)>) {
    var bits = 4
    while 1 << bits < pairs.count * 3 { bits += 1 }
    keys = [UInt64](repeating: 0, count: 1 << bits)
    values = [Int32](repeating: -1, count: 1 << bits)
    shift = UInt64(64 - bits)
    for (key, value) in pairs {
      var index = slot(key)
      while keys[index] != 0, keys[index] != key | 1 { index = (index + 1) & (keys.count - 1) }
      keys[index] = key | 1
      values[index] = value
    }
  }

  /// The value of the word with this hash, -1 when it has none.
  ///
  /// Hashes that differ in the lowest bit only are one word here, as rare as any two that collide.
  @inline(__always)
  subscript(key: UInt64) -> Int32 {
    var index = slot(key)
    while keys[index] != 0 {
      if keys[index] == key | 1 { return values[index] }
      index = (index + 1) & (keys.count - 1)
    }
    return -1
  }

  @inline(__always)
  private func slot(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: ((key | 1) &* 0x9E37_79B9_7F4A_7C15) >> shift)
  }
}
