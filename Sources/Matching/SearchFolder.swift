/// Writes the folded copy of a text and notes where offsets shift.
struct SearchFolder {
  /// Bytes of the copy so far.
  private(set) var written = 0
  /// As of `SearchText`.
  private(set) var folded: [Int32] = []
  private(set) var original: [Int32] = []

  private let text: UnsafeBufferPointer<UInt8>
  private let table = SearchFold.shared
  private var index = 0
  private var distance = 0
  private var isAfterSpace = false

  init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

  /// Folds the whole text into a buffer that is at least as long.
  ///
  /// Words of eight bytes that are ASCII and in which no white space follows another, nearly all of
  /// most texts, are folded at once; the rest one scalar at a time.
  mutating func fold(into out: UnsafeMutableBufferPointer<UInt8>) {
    while index < text.count {
      foldWords(into: UnsafeMutableRawBufferPointer(out))
      foldScalar(into: out)
    }
  }

  /// Folds words until one has something else in it, and of that one what stands before.
  private mutating func foldWords(into out: UnsafeMutableRawBufferPointer) {
    let source = UnsafeRawBufferPointer(text)
    guard index + 8 <= source.count else { return }
    // In registers: the compiler cannot know that the text is not where these are stored.
    let start = index
    let offset = index - written
    var read = index
    var carry: UInt64 = isAfterSpace ? 0x80 : 0
    while read + 8 <= source.count {
      let word = source.loadUnaligned(fromByteOffset: read, as: UInt64.self).littleEndian
      let image = Self.image(of: word & ~Self.high)
      let spaces = Self.spaces(in: image)
      let stops = word & Self.high | spaces & (spaces << 8 | carry)
      out.storeBytes(of: image.littleEndian, toByteOffset: read - offset, as: UInt64.self)
      guard stops == 0 else {
        let safe = stops.trailingZeroBitCount >> 3
        if safe > 0 { carry = spaces >> UInt64(8 * safe - 8) & 0x80 }
        read += safe
        break
      }
      carry = spaces >> 56
      read += 8
    }
    guard read > start else { return }
    shift()
    index = read
    written = read - offset
    isAfterSpace = carry != 0
  }

  // Eight bytes at once, all below 0x80: a sum with 0x80 - n has the high bit of a byte set when the
  // byte is n or more (Lamport, "Multiple Byte Processing with Full-Word Instructions", 1975).
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let high: UInt64 = 0x8080_8080_8080_8080

  /// Small letters, and spaces for all white space.
  @inline(__always)
  private static func image(of word: UInt64) -> UInt64 {
    let isCapital = (word &+ ones &* (0x80 - 0x41)) & ~(word &+ ones &* (0x80 - 0x5B)) & high
    let isControl = (word &+ ones &* (0x80 - 0x09)) & ~(word &+ ones &* (0x80 - 0x0E)) & high
    let small = word | isCapital >> 2
    guard isControl != 0 else { return small }
    let mask = (isControl >> 7) &* 0xFF
    return small & ~mask | mask & (ones &* 0x20)
  }

  /// The high bit of each byte that is a space.
  @inline(__always)
  private static func spaces(in word: UInt64) -> UInt64 {
    ~((word ^ ones &* 0x20) &+ ones &* 0x7F) & high
  }

  private mutating func foldScalar(into out: UnsafeMutableBufferPointer<UInt8>) {
    guard index < text.count else { return }
    guard let (scalar, length) = Scalars.decode(text, at: index) else {
      // A byte that is no character takes part in no match; it only keeps its place.
      shift()
      out[written] = text[index]
      written += 1
      index += 1
      isAfterSpace = false
      return
    }
    let image = table(scalar)
    defer { index += length }
    if image == 0x20, isAfterSpace { return }
    isAfterSpace = image == 0x20
    shift()
    written += Scalars.encode(image, to: out, at: written)
  }

  /// Notes that what is written next is further from its place than what was written before.
  @inline(__always)
  private mutating func shift() {
    guard index - written != distance else { return }
    distance = index - written
    folded.append(Int32(truncatingIfNeeded: written))
    original.append(Int32(truncatingIfNeeded: index))
  }
}
