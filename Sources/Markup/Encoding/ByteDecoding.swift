import CICU

/// Turns bytes in an encoding of the WHATWG Encoding standard into UTF-8.
enum ByteDecoding {
  /// The bytes from `start` on as well-formed UTF-8, without a byte-order mark.
  static func decode(_ bytes: [UInt8], from start: Int, as encoding: TextEncoding) -> [UInt8] {
    let start = min(start, bytes.count)
    switch encoding {
    case .utf8:
      return UTF8Decoding.repaired(bytes, from: start, maximum: .max).text
    case .utf16be, .utf16le:
      return utf16(bytes[start...], isBigEndian: encoding == .utf16be)
    case .replacement:
      return start < bytes.count ? [0xEF, 0xBF, 0xBD] : []
    case .xUserDefined:
      return single(bytes[start...], table: (0..<128).map { 0xF780 + $0 })
    default:
      if let table = SingleByteTables.scalars(of: encoding) {
        return single(bytes[start...], table: table)
      }
      guard let name = encoding.converter else { return [] }
      return converted(bytes[start...], by: name)
    }
  }

  private static func single(_ bytes: ArraySlice<UInt8>, table: [UInt16]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count + bytes.count / 4)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      // Markup is ASCII, in long rows.
      let end = bytes.withUnsafeBufferPointer {
        UTF8Decoding.endOfASCII($0, from: index - bytes.startIndex) + bytes.startIndex
      }
      if end > index {
        output.append(contentsOf: bytes[index..<end])
        index = end
        continue
      }
      let scalar = table[Int(bytes[index] & 0x7F)]
      index += 1
      if scalar >= 0x800 {
        output.append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
        output.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
      } else {
        output.append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
      }
      output.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    }
    return output
  }

  private static func utf16(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var lead: UInt32 = 0
    var index = bytes.startIndex
    while index + 1 < bytes.endIndex {
      let high = UInt32(bytes[isBigEndian ? index : index + 1])
      let unit = high << 8 | UInt32(bytes[isBigEndian ? index + 1 : index])
      index += 2
      if lead != 0 {
        if unit & 0xFC00 == 0xDC00 {
          output.append(scalar: 0x1_0000 + ((lead & 0x3FF) << 10 | unit & 0x3FF))
          lead = 0
          continue
        }
        output.append(scalar: 0xFFFD)
        lead = 0
      }
      if unit & 0xFC00 == 0xD800 {
        lead = unit
      } else {
        // A trail without a lead is no scalar, so it becomes U+FFFD.
        output.append(scalar: unit)
      }
    }
    if lead != 0 || index < bytes.endIndex { output.append(scalar: 0xFFFD) }
    return output
  }

  /// Encodings of several bytes a character, by ICU.
  private static func converted(_ bytes: ArraySlice<UInt8>, by name: StaticString) -> [UInt8] {
    let converter = UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
    return bytes.withUnsafeBufferPointer { input in
      var capacity = input.count + input.count / 2 + 64
      for _ in 0..<2 {
        var needed: Int64 = 0
        let output = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
          needed = cicu_charset_to_utf8(
            converter, input.baseAddress, input.count, buffer.baseAddress, buffer.count, nil)
          count = needed >= 0 && needed <= buffer.count ? Int(needed) : 0
        }
        if needed < 0 {
          // Without the converter nothing is lost but the letters beyond ASCII.
          return UTF8Decoding.repaired(Array(input), maximum: .max).text
        }
        if Int(needed) <= capacity { return output }
        capacity = Int(needed)
      }
      return []
    }
  }
}

extension SingleByteTables {
  /// The scalars of the bytes 80 to FF; nil for encodings that have no such table.
  static func scalars(of encoding: TextEncoding) -> [UInt16]? {
    guard let text = table(of: encoding) else { return nil }
    return text.withUTF8Buffer { digits in
      (0..<128).map { index in
        var scalar: UInt16 = 0
        for offset in 0..<4 {
          scalar = scalar << 4 | UInt16(digits[index * 4 + offset].hexadecimalValue ?? 0)
        }
        return scalar
      }
    }
  }
}
