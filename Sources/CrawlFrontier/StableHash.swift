/// Hashes that stay the same from run to run, which Swift's own `Hasher` does not promise.
///
/// FNV-1a over the bytes and the finaliser of SplitMix64 over the result. Not cryptographic: it
/// spreads counters and jitter, nothing depends on it being hard to collide.
enum StableHash {
  static let basis: UInt64 = 0xcbf2_9ce4_8422_2325

  static func combine(_ seed: UInt64, _ bytes: some Sequence<UInt8>) -> UInt64 {
    var state = seed
    for byte in bytes {
      state ^= UInt64(byte)
      state = state &* 0x0000_0100_0000_01b3
    }
    return state
  }

  static func combine(_ seed: UInt64, _ number: UInt64) -> UInt64 {
    mix(seed ^ mix(number &+ 0x9e37_79b9_7f4a_7c15))
  }

  static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// A number from 0 to below 1.
  static func fraction(_ hash: UInt64) -> Double {
    Double(mix(hash) >> 11) / 9_007_199_254_740_992
  }
}
