/// One Unicode scalar in UTF-8 bytes.
struct DecodedScalar {
  var value: UInt32
  var length: Int
}

/// The scalar that starts at `index`; a stray byte counts as one of U+FFFD.
@inline(__always)
func scalar(in text: [UInt8], at index: Int) -> DecodedScalar {
  let first = text[index]
  if first < 0x80 { return DecodedScalar(value: UInt32(first), length: 1) }
  let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0
  guard length > 0, index + length <= text.count else {
    return DecodedScalar(value: 0xFFFD, length: 1)
  }
  var value = UInt32(first) & (0xFF >> UInt32(length + 1))
  for offset in 1..<length {
    let byte = text[index + offset]
    guard byte & 0xC0 == 0x80 else { return DecodedScalar(value: 0xFFFD, length: 1) }
    value = value << 6 | UInt32(byte & 0x3F)
  }
  return DecodedScalar(value: value, length: length)
}

/// The scalar that ends just before `index`, which must be above zero.
func scalar(in text: [UInt8], before index: Int) -> DecodedScalar {
  var start = index - 1
  while start > 0, index - start < 4, text[start] & 0xC0 == 0x80 { start -= 1 }
  let found = scalar(in: text, at: start)
  guard start + found.length == index else { return DecodedScalar(value: 0xFFFD, length: 1) }
  return found
}

extension UInt8 {
  @inline(__always) var isDigit: Bool { self &- 0x30 < 10 }
  @inline(__always) var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
  @inline(__always) var isAlphanumeric: Bool { isDigit || isLetter }
  @inline(__always) var lowered: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
}

/// What a character means to somebody who reads a number.
enum ScalarRole: Equatable {
  case letter
  /// A digit that is not ASCII, or a circled number of two digits.
  case digit(Int, places: Int)
  /// Nothing to see: joiners, variation selectors, soft hyphens.
  case invisible
  case space
  /// Punctuation that ordinary numbers are written with.
  case separator
  /// Anything else that is drawn.
  case symbol
}

/// The role of a scalar above ASCII.
func role(ofScalar value: UInt32) -> ScalarRole {
  switch value {
  case 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: return .space
  case 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180E, 0x200B...0x200F,
    0x202A...0x202E, 0x2060...0x206F, 0x20E3, 0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0,
    0xE0000...0xE0FFF:
    return .invisible
  case 0xB7, 0x2010...0x2015, 0x2022, 0x2027, 0x2044, 0x2212, 0x30FB, 0xFE58, 0xFE63, 0xFF08,
    0xFF09, 0xFF0D...0xFF0F:
    return .separator
  case 0xAA, 0xB5, 0xBA, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2C1, 0x370...0x373, 0x376...0x377,
    0x37B...0x37D, 0x386, 0x388...0x3FF, 0x400...0x481, 0x48A...0x52F, 0x531...0x556,
    0x561...0x587, 0x5D0...0x5EA, 0x620...0x64A, 0x1E00...0x1FBC, 0x3041...0x3096,
    0x30A1...0x30FA, 0x3400...0x9FFF, 0xAC00...0xD7A3, 0xFF21...0xFF3A, 0xFF41...0xFF5A:
    return .letter
  case 0x300...0x36F: return .invisible
  case 0x2469...0x2473: return .digit(Int(value) - 0x2469 + 10, places: 2)
  case 0x1F51F: return .digit(10, places: 2)
  default: break
  }
  guard let scalar = Unicode.Scalar(value) else { return .symbol }
  let properties = scalar.properties
  switch properties.numericType {
  case .decimal, .digit:
    if let number = properties.numericValue, number >= 0, number < 10 {
      return .digit(Int(number), places: 1)
    }
    return .symbol
  default: return properties.isAlphabetic ? .letter : .symbol
  }
}
