/// A character reference in some source (HTML standard, sections 13.2.5.72 to 13.2.5.80).
struct CharacterReference {
  /// How many bytes of source it has, with the ampersand.
  var length: Int
  /// What it stands for.
  var first: UInt32
  /// The second scalar; zero for most.
  var second: UInt32
  var isNumeric: Bool

  /// The reference whose ampersand stands at an index; nil when the ampersand is literal.
  @inline(never)
  static func match(
    in source: UnsafeBufferPointer<UInt8>, at ampersand: Int, inAttribute: Bool
  ) -> CharacterReference? {
    let next = ampersand + 1
    guard next < source.count else { return nil }
    let byte = source[next]
    if byte == 0x23 { return numeric(in: source, at: ampersand) }
    if let frequent = frequent(in: source, at: ampersand) { return frequent }
    guard byte.isASCIILetter,
      let match = NamedReferences.shared.longestPrefix(of: source, at: next)
    else { return nil }
    let end = next + match.length
    if inAttribute, !match.endsWithSemicolon, end < source.count,
      source[end] == 0x3D || source[end].isASCIIAlphanumeric
    {
      return nil
    }
    return CharacterReference(
      length: match.length + 1, first: match.first, second: match.second, isNumeric: false)
  }

  /// What stands for a NUL.
  static let replacement = CharacterReference(
    length: 1, first: 0xFFFD, second: 0, isNumeric: false)

  /// Gives what it stands for in UTF-8 to a function.
  @inline(__always)
  func withUTF8<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    var packed: UInt64 = 0
    var count = 0
    func add(_ value: UInt32) {
      let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
      for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
        packed |= UInt64(byte) &<< UInt64(8 * count)
        count += 1
      }
    }
    add(first)
    if second != 0 { add(second) }
    return withUnsafeBytes(of: packed.littleEndian) { bytes in
      body(UnsafeBufferPointer(rebasing: bytes.assumingMemoryBound(to: UInt8.self)[..<count]))
    }
  }

  /// The references that make up most of them.
  @inline(__always)
  private static func frequent(
    in source: UnsafeBufferPointer<UInt8>, at ampersand: Int
  ) -> CharacterReference? {
    guard let base = source.baseAddress, ampersand + 8 <= source.count else { return nil }
    let word = UnsafeRawPointer(base + ampersand).loadUnaligned(as: UInt64.self).littleEndian
    // "&amp;", "&nbsp;" and "&quot;", the first letter in the lowest byte.
    if word & 0xFF_FFFF_FFFF == 0x3B_706D_6126 {
      return CharacterReference(length: 5, first: 0x26, second: 0, isNumeric: false)
    }
    if word & 0xFFFF_FFFF_FFFF == 0x3B70_7362_6E26 {
      return CharacterReference(length: 6, first: 0xA0, second: 0, isNumeric: false)
    }
    if word & 0xFFFF_FFFF_FFFF == 0x3B74_6F75_7126 {
      return CharacterReference(length: 6, first: 0x22, second: 0, isNumeric: false)
    }
    return nil
  }

  private static func numeric(
    in source: UnsafeBufferPointer<UInt8>, at ampersand: Int
  ) -> CharacterReference? {
    var index = ampersand + 2
    let isHexadecimal = index < source.count && source[index] | 0x20 == 0x78
    if isHexadecimal { index += 1 }
    let digits = index
    var code: UInt32 = 0
    while index < source.count {
      let byte = source[index]
      guard let digit = byte.hexadecimalValue, isHexadecimal || digit < 10 else { break }
      // Saturates: all that is above the last scalar means the same.
      code = min(code &* (isHexadecimal ? 16 : 10) &+ UInt32(digit), 0x11_0000)
      index += 1
    }
    guard index > digits else { return nil }
    if index < source.count, source[index] == 0x3B { index += 1 }
    return CharacterReference(
      length: index - ampersand, first: scalar(of: code), second: 0, isNumeric: true)
  }

  /// The scalar that a number means: numbers of control characters mean windows-1252.
  private static func scalar(of code: UInt32) -> UInt32 {
    switch code {
    case 0, 0xD800...0xDFFF, 0x11_0000...: 0xFFFD
    case 0x80...0x9F: windows1252[Int(code) - 0x80]
    default: code
    }
  }

  private static let windows1252: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
  ]
}
