/// Strict UTF-8 in raw bytes.
enum Scalars {
  /// Decodes the scalar at `index`; nil when the bytes there are not well-formed (RFC 3629).
  @inline(__always)
  static func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> (value: UInt32, length: Int)? {
    let first = bytes[index]
    if first < 0x80 { return (UInt32(first), 1) }
    let left = bytes.count - index
    switch first {
    case 0xC2...0xDF where left > 1 && bytes[index + 1] & 0xC0 == 0x80:
      return (UInt32(first & 0x1F) << 6 | UInt32(bytes[index + 1] & 0x3F), 2)
    case 0xE0...0xEF
    where left > 2 && bytes[index + 1] & 0xC0 == 0x80 && bytes[index + 2] & 0xC0 == 0x80:
      let value =
        UInt32(first & 0x0F) << 12 | UInt32(bytes[index + 1] & 0x3F) << 6
        | UInt32(bytes[index + 2] & 0x3F)
      return value >= 0x800 && !(0xD800...0xDFFF).contains(value) ? (value, 3) : nil
    case 0xF0...0xF4
    where left > 3 && bytes[index + 1] & 0xC0 == 0x80 && bytes[index + 2] & 0xC0 == 0x80
      && bytes[index + 3] & 0xC0 == 0x80:
      let value =
        UInt32(first & 0x07) << 18 | UInt32(bytes[index + 1] & 0x3F) << 12
        | UInt32(bytes[index + 2] & 0x3F) << 6 | UInt32(bytes[index + 3] & 0x3F)
      return value >= 0x10000 && value <= 0x10FFFF ? (value, 4) : nil
    default:
      return nil
    }
  }

  /// Writes the UTF-8 of a scalar value and returns its length.
  @inline(__always)
  static func encode(_ value: UInt32, to out: UnsafeMutableBufferPointer<UInt8>, at index: Int)
    -> Int
  {
    switch value {
    case 0..<0x80:
      out[index] = UInt8(truncatingIfNeeded: value)
      return 1
    case 0x80..<0x800:
      out[index] = 0xC0 | UInt8(truncatingIfNeeded: value >> 6)
      out[index + 1] = 0x80 | UInt8(truncatingIfNeeded: value & 0x3F)
      return 2
    case 0x800..<0x10000:
      out[index] = 0xE0 | UInt8(truncatingIfNeeded: value >> 12)
      out[index + 1] = 0x80 | UInt8(truncatingIfNeeded: value >> 6 & 0x3F)
      out[index + 2] = 0x80 | UInt8(truncatingIfNeeded: value & 0x3F)
      return 3
    default:
      out[index] = 0xF0 | UInt8(truncatingIfNeeded: value >> 18)
      out[index + 1] = 0x80 | UInt8(truncatingIfNeeded: value >> 12 & 0x3F)
      out[index + 2] = 0x80 | UInt8(truncatingIfNeeded: value >> 6 & 0x3F)
      out[index + 3] = 0x80 | UInt8(truncatingIfNeeded: value & 0x3F)
      return 4
    }
  }
}
