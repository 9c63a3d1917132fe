/// Takes off a content transfer encoding (RFC 2045 section 6), as far as what is there can be read.
enum TransferDecoding {
  static func decode(_ bytes: ArraySlice<UInt8>, _ encoding: String?) -> [UInt8] {
    switch encoding {
    case "base64": base64(bytes)
    case "quoted-printable": quotedPrintable(bytes)
    default: Array(bytes)
    }
  }

  /// Skips what is not of the alphabet, as section 6.8 says, and stops at padding.
  static func base64(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count / 4 * 3)
    var pending: UInt32 = 0
    var bits: UInt32 = 0
    for byte in bytes {
      let value: UInt8
      switch byte {
      case 0x41...0x5A: value = byte - 0x41
      case 0x61...0x7A: value = byte - 0x61 + 26
      case 0x30...0x39: value = byte - 0x30 + 52
      case 0x2B: value = 62
      case 0x2F: value = 63
      case 0x3D: return decoded
      default: continue
      }
      pending = (pending << 6 | UInt32(value)) & 0xFFFF
      bits += 6
      if bits >= 8 {
        bits -= 8
        decoded.append(UInt8(truncatingIfNeeded: pending >> bits))
      }
    }
    return decoded
  }

  /// An `=` that begins no code is kept as it stands.
  static func quotedPrintable(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var at = bytes.startIndex
    while at < bytes.endIndex {
      let byte = bytes[at]
      at += 1
      guard byte == 0x3D else {
        decoded.append(byte)
        continue
      }
      var end = at
      while end < bytes.endIndex, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
      if end < bytes.endIndex, bytes[end] == 0x0A {
        at = end + 1
      } else if end + 1 < bytes.endIndex, bytes[end] == 0x0D, bytes[end + 1] == 0x0A {
        at = end + 2
      } else if at + 1 < bytes.endIndex, let high = nibble(bytes[at]),
        let low = nibble(bytes[at + 1])
      {
        decoded.append(high << 4 | low)
        at += 2
      } else {
        decoded.append(byte)
      }
    }
    return decoded
  }

  private static func nibble(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }
}
