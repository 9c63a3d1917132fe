/// MinHash of word shingles, cut into bands (Broder 1997; Indyk and Motwani 1998).
///
/// Texts that share a band are candidates for each other, no more. Words that vary are left out of
/// the shingles, so that one template filled in differently has one signature.
struct TextSignature {
  /// A key for each band; empty for a text of fewer than two shingles.
  private(set) var keys: [UInt64] = []

  /// Of the words of `reading` outside the sentences for which `isCommon` holds.
  init(_ reading: TextReading, isCommon: [Bool], rule: LinkRule) {
    let shingles = Self.shingles(reading, isCommon, rule.shingle)
    guard shingles.count >= 2 else { return }
    let least = Permutations.shared.least(shingles, count: 2 * rule.bands)
    keys.reserveCapacity(rule.bands)
    for band in 0..<rule.bands {
      let pair = UInt64(least[2 * band]) << 32 | UInt64(least[2 * band + 1])
      let place = StableMix.combine(reading.seed, UInt64(band))
      keys.append(max(1, StableMix.combine(place, pair)))
    }
  }

  /// The shingles of a text, one for each word that has enough after it.
  static func shingles(_ reading: TextReading, _ isCommon: [Bool], _ size: Int) -> [UInt32] {
    var kept: [UInt32] = []
    kept.reserveCapacity(reading.words.count)
    for number in reading.words.stops.indices where !isCommon[number] {
      for index in reading.sentence(number) where !reading.varies[index] {
        kept.append(reading.words.hashes[index])
      }
    }
    guard kept.count >= size else { return [] }
    var shingles: [UInt32] = []
    shingles.reserveCapacity(kept.count)
    for start in 0...(kept.count - size) {
      var hash = StableMix.basis
      for offset in 0..<size { hash = StableMix.step(hash, kept[start + offset]) }
      shingles.append(UInt32(truncatingIfNeeded: StableMix.finish(hash)))
    }
    return shingles
  }
}

/// The hash functions of the signature: multiply, add, take the upper half (Dietzfelbinger 1996).
struct Permutations: Sendable {
  static let shared = Permutations()
  private static let most = 256
  private let factors: [UInt64]
  private let terms: [UInt64]

  private init() {
    var factors: [UInt64] = []
    var terms: [UInt64] = []
    for index in 0..<UInt64(Self.most) {
      factors.append(StableMix.finish(index &* 2 &+ 0x9E37_79B9_7F4A_7C15) | 1)
      terms.append(StableMix.finish(index &* 2 &+ 0xD1B5_4A32_D192_ED03))
    }
    self.factors = factors
    self.terms = terms
  }

  /// The least value of each of the first `count` functions, at most 256.
  func least(_ values: [UInt32], count: Int) -> [UInt32] {
    let count = min(count, Self.most)
    var least = [UInt32](repeating: .max, count: count)
    for value in values {
      let wide = UInt64(value)
      for index in 0..<count {
        let hash = UInt32(truncatingIfNeeded: (factors[index] &* wide &+ terms[index]) >> 32)
        if hash < least[index] { least[index] = hash }
      }
    }
    return least
  }
}
