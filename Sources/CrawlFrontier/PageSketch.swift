/// A text in 64 bits that differ little between texts that differ little (Charikar, *Similarity
/// Estimation Techniques from Rounding Algorithms*, STOC 2002).
///
/// Over runs of three words without their digits: the pages of a site that say "not found" with status
/// 200 come out alike, whatever number they were asked for.
public struct PageSketch: Sendable, Hashable {
  /// The bits.
  public let bits: UInt64
  /// Bytes of a text that are read.
  public static let maximumBytes = 64 * 1024
  /// Bits that two pages may differ in and still count as the same.
  public static let tolerance = 3

  /// The sketch of a text in UTF-8; nil for one without words.
  public init?(_ text: some Collection<UInt8>) {
    var weights = [Int32](repeating: 0, count: 64)
    var word = StableHash.basis
    var words: (UInt64, UInt64) = (0, 0)
    var isInWord = false
    var count = 0
    func add(_ hash: UInt64) {
      for bit in 0..<64 { weights[bit] += hash >> UInt64(bit) & 1 == 1 ? 1 : -1 }
    }
    for byte in Array(text.prefix(Self.maximumBytes)) + [0x20] {
      let lower = RobotsRules.lowercased(byte)
      if (97...122).contains(lower) || byte >= 0x80 {
        word = StableHash.combine(word, [lower])
        isInWord = true
      } else if isInWord {
        add(StableHash.combine(StableHash.combine(words.0, words.1), word))
        words = (words.1, word)
        word = StableHash.basis
        isInWord = false
        count += 1
      }
    }
    guard count > 0 else { return nil }
    bits = (0..<64).reduce(0) { weights[$1] > 0 ? $0 | 1 << UInt64($1) : $0 }
  }

  /// Whether two pages say the same but for a few words.
  public func isNear(_ other: PageSketch) -> Bool {
    (bits ^ other.bits).nonzeroBitCount <= Self.tolerance
  }
}
