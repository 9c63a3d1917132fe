#if canImport(Glibc)
  import Glibc
#endif

extension UInt8 {
  /// White space of HTML: tab, line feed, form feed, carriage return, space.
  @inline(__always) var isHTMLSpace: Bool {
    self <= 0x20 && (self == 0x20 || self == 0x0A || self == 0x09 || self == 0x0D || self == 0x0C)
  }
  @inline(__always) var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }
  @inline(__always) var isASCIIDigit: Bool { self &- 0x30 < 10 }
  @inline(__always) var isASCIIAlphanumeric: Bool { isASCIILetter || isASCIIDigit }
  @inline(__always) var asciiLowered: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
  var hexadecimalValue: UInt8? {
    if isASCIIDigit { return self - 0x30 }
    let letter = (self | 0x20) &- 0x61
    return letter < 6 ? letter + 10 : nil
  }
}

extension [UInt8] {
  /// Appends a scalar as UTF-8; what is none becomes U+FFFD.
  mutating func append(scalar value: UInt32) {
    if value < 0x80 {
      append(UInt8(truncatingIfNeeded: value))
      return
    }
    let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
    append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Where a byte first stands in a range.
  @inline(__always)
  func first(_ byte: UInt8, in range: Range<Int>) -> Int? {
    guard let baseAddress, !range.isEmpty,
      let found = memchr(baseAddress + range.lowerBound, Int32(byte), range.count)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(baseAddress)
  }

  /// Where one of two bytes first stands from an index on; the number of bytes where none does.
  ///
  /// Looks at sixteen bytes at a time: quicker than a call where the next one is mostly near.
  @inline(__always)
  func firstNear(_ one: UInt8, _ other: UInt8, from start: Int) -> Int {
    guard let baseAddress else { return count }
    let bytes = UnsafeRawPointer(baseAddress)
    var index = start
    let ones = SIMD16<UInt8>(repeating: one)
    let others = SIMD16<UInt8>(repeating: other)
    while index &+ 16 <= count {
      let vector = (bytes + index).loadUnaligned(as: SIMD16<UInt8>.self)
      let hits = unsafeBitCast((vector .== ones) .| (vector .== others), to: SIMD2<UInt64>.self)
      let low = hits[0].littleEndian
      if low != 0 { return index &+ low.trailingZeroBitCount / 8 }
      let high = hits[1].littleEndian
      if high != 0 { return index &+ 8 &+ high.trailingZeroBitCount / 8 }
      index &+= 16
    }
    while index < count, self[index] != one, self[index] != other { index &+= 1 }
    return index
  }

  /// Where a byte first stands from an index on; the number of bytes where it does not.
  ///
  /// For what is mostly near; what is not is left to `memchr` after 64 bytes.
  @inline(__always)
  func firstNear(_ byte: UInt8, from start: Int) -> Int {
    guard let baseAddress else { return count }
    let bytes = UnsafeRawPointer(baseAddress)
    let wanted = SIMD16<UInt8>(repeating: byte)
    var index = start
    let bound = Swift.min(count, start &+ 64)
    while index &+ 16 <= bound {
      let vector = (bytes + index).loadUnaligned(as: SIMD16<UInt8>.self)
      let hits = unsafeBitCast(vector .== wanted, to: SIMD2<UInt64>.self)
      let low = hits[0].littleEndian
      if low != 0 { return index &+ low.trailingZeroBitCount / 8 }
      let high = hits[1].littleEndian
      if high != 0 { return index &+ 8 &+ high.trailingZeroBitCount / 8 }
      index &+= 16
    }
    return index < count ? first(byte, in: index..<count) ?? count : count
  }

  /// Whether the bytes at an index are these lower-case ASCII ones, in whatever case.
  func matches(_ lowered: StaticString, at index: Int) -> Bool {
    let length = lowered.utf8CodeUnitCount
    guard index >= 0, index + length <= count else { return false }
    let expected = lowered.utf8Start
    for offset in 0..<length where self[index + offset].asciiLowered != expected[offset] {
      return false
    }
    return true
  }

  /// Whether the bytes at an index are these lower-case ASCII ones, in whatever case.
  func matches(_ lowered: [UInt8], at index: Int) -> Bool {
    guard index >= 0, index + lowered.count <= count else { return false }
    for offset in 0..<lowered.count where self[index + offset].asciiLowered != lowered[offset] {
      return false
    }
    return true
  }

  /// Where a stretch first says other than what is written: an ampersand, a carriage return, NUL.
  @inline(__always)
  func firstToReplace(in range: Range<Int>) -> Int? {
    guard let baseAddress else { return nil }
    let bytes = UnsafeRawPointer(baseAddress)
    var index = range.lowerBound
    let end = range.upperBound
    let ampersands = SIMD16<UInt8>(repeating: 0x26)
    let returns = SIMD16<UInt8>(repeating: 0x0D)
    let zeros = SIMD16<UInt8>(repeating: 0)
    // What is read behind the end does not count.
    while index < end, index &+ 16 <= count {
      let vector = (bytes + index).loadUnaligned(as: SIMD16<UInt8>.self)
      let hits = (vector .== ampersands) .| (vector .== returns) .| (vector .== zeros)
      let words = unsafeBitCast(hits, to: SIMD2<UInt64>.self)
      if words[0] | words[1] != 0 {
        let low = words[0].littleEndian
        let place =
          low != 0
          ? low.trailingZeroBitCount / 8
          : 8 &+ words[1].littleEndian.trailingZeroBitCount / 8
        return index &+ place < end ? index &+ place : nil
      }
      index &+= 16
    }
    while index < end {
      let byte = self[index]
      if byte == 0x26 || byte == 0x0D || byte == 0 { return index }
      index &+= 1
    }
    return nil
  }
}
