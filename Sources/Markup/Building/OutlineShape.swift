/// A hash of a tag and the set of its classes, where a row of digits counts as one.
///
/// Two elements of one template have the same; what it is from one run to the next means nothing.
struct OutlineShape {
  private(set) var value: UInt32

  /// The shape of an element without classes; `name` is where an unknown name stands.
  @inline(__always)
  init(_ tag: Tag, _ name: Range<Int>, in source: UnsafeBufferPointer<UInt8>) {
    value = (UInt32(tag.rawValue) &+ 1) &* 0x9E37_79B1
    for index in name.prefix(256) {
      value = (value ^ UInt32(source[index].asciiLowered)) &* 0x0100_0193
    }
  }

  /// Adds what the classes of an element come to.
  @inline(__always)
  mutating func add(_ sum: UInt32) { value = value &+ sum }

  /// What the classes of an attribute's value come to, as written, in whatever order.
  static func sum(of range: Range<Int>, in source: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var sum: UInt32 = 0
    var index = range.lowerBound
    while index < range.upperBound {
      // All controls separate here: what is one class does not matter as long as it stays the same.
      if source[index] <= 0x20 {
        index += 1
        continue
      }
      var word: UInt64
      var length: Int
      (word, length, index) = Self.word(from: index, to: range.upperBound, in: source)
      word = (word ^ UInt64(length)) &* 0xD6E8_FEB8_6659_FD93
      // The words are added up: without a second round their differences would cancel out.
      word = (word ^ (word &>> 29)) &* 0x9E37_79B9_7F4A_7C15
      sum = sum &+ UInt32(truncatingIfNeeded: word &>> 32)
    }
    return sum
  }

  @inline(__always)
  private static func mix(_ word: UInt64, _ chunk: UInt64) -> UInt64 {
    let product = (word ^ chunk) &* 0x9E37_79B9_7F4A_7C15
    return product ^ (product &>> 31)
  }

  /// A hash of a word that begins at an index, its length, and where it ends: eight bytes at a time
  /// where no digits are in it.
  @inline(__always)
  private static func word(
    from start: Int, to end: Int, in source: UnsafeBufferPointer<UInt8>
  ) -> (UInt64, Int, Int) {
    guard let base = source.baseAddress else { return (0, 0, end) }
    let high: UInt64 = 0x8080_8080_8080_8080
    var word: UInt64 = 0
    var index = start
    while index + 8 <= source.count {
      let chunk = UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self).littleEndian
      let plain = chunk & ~high
      let ends = ~((plain &+ 0x5F5F_5F5F_5F5F_5F5F) | chunk) & high
      let digits = (plain &+ 0x5050_5050_5050_5050) & ~((plain &+ 0x4646_4646_4646_4646) | chunk)
      let length = min(ends == 0 ? 8 : ends.trailingZeroBitCount / 8, end - index)
      let kept = length == 8 ? UInt64.max : ~(UInt64.max &<< UInt64(8 * length))
      if digits & high & kept != 0 { break }
      if length > 0 { word = mix(word, chunk & kept) }
      index += length
      if length < 8 { return (word, index - start, index) }
    }
    return squeezedWord(from: start, to: end, in: source)
  }

  /// The same byte by byte, with one zero for each row of digits.
  private static func squeezedWord(
    from start: Int, to end: Int, in source: UnsafeBufferPointer<UInt8>
  ) -> (UInt64, Int, Int) {
    var word: UInt64 = 0
    var chunk: UInt64 = 0
    var length = 0
    var wasDigit = false
    var index = start
    while index < end, source[index] > 0x20 {
      let byte = source[index]
      index += 1
      let isDigit = byte.isASCIIDigit
      if isDigit, wasDigit { continue }
      wasDigit = isDigit
      chunk |= UInt64(isDigit ? 0x30 : byte) &<< UInt64(8 * (length & 7))
      length += 1
      if length & 7 == 0 {
        word = mix(word, chunk)
        chunk = 0
      }
    }
    if length & 7 != 0 { word = mix(word, chunk) }
    return (word, length, index)
  }
}
