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
    // The lowest high bit that is set tells the first byte that is one of the three.
    let ones: UInt64 = 0x0101_0101_0101_0101
    while index + 8 <= end {
      let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
      let ampersand = word ^ 0x2626_2626_2626_2626
      let carriage = word ^ 0x0D0D_0D0D_0D0D_0D0D
      let found =
        ((ampersand &- ones) & ~ampersand) | ((carriage &- ones) & ~carriage)
        | ((word &- ones) & ~word)
      let mask = found & (ones << 7)
      if mask != 0 { return index + mask.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < end {
      let byte = self[index]
      if byte == 0x26 || byte == 0x0D || byte == 0 { return index }
      index += 1
    }
    return nil
  }
}
