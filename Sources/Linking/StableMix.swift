/// Hashes that are the same in every run, so that they can be stored.
///
/// FNV-1a steps and the finaliser of SplitMix64; nothing depends on them being hard to collide.
enum StableMix {
  static let basis: UInt64 = 0xCBF2_9CE4_8422_2325

  @inline(__always) static func step(_ state: UInt64, _ value: UInt32) -> UInt64 {
    (state ^ UInt64(value)) &* 0x0000_0100_0000_01B3
  }

  @inline(__always) static func finish(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  @inline(__always) static func combine(_ a: UInt64, _ b: UInt64) -> UInt64 {
    finish(a ^ finish(b &+ 0x9E37_79B9_7F4A_7C15))
  }

  static func of(_ text: String) -> UInt64 {
    var state = basis
    for byte in text.utf8 { state = step(state, UInt32(byte)) }
    return finish(state)
  }
}
