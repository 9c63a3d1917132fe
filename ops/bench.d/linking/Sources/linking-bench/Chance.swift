/// Chance that is the same in every run: SplitMix64.
struct Chance {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  init(_ seed: UInt64, _ number: Int) {
    state = seed &+ UInt64(truncatingIfNeeded: number) &* 0xD134_2543_DE82_EF95
    _ = next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// From 0 to below 1.
  mutating func fraction() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

  mutating func number(_ range: Range<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  mutating func happens(_ share: Double) -> Bool { fraction() < share }

  mutating func pick<T>(_ items: [T]) -> T { items[number(0..<items.count)] }
}
