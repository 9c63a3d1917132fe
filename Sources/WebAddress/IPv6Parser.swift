/// Reads IPv6 addresses without their brackets (URL standard §3.5).
enum IPv6Parser {
  static func parse(_ text: ArraySlice<UInt8>) -> IPAddress? {
    var pieces = [UInt16](repeating: 0, count: 8)
    var count = 0
    var compress: Int?
    var at = text.startIndex
    let end = text.endIndex

    if at < end, text[at] == 0x3A {
      guard at + 1 < end, text[at + 1] == 0x3A else { return nil }
      at += 2
      count = 1
      compress = 1
    }
    while at < end {
      guard count < 8 else { return nil }
      if text[at] == 0x3A {
        guard compress == nil else { return nil }
        at += 1
        count += 1
        compress = count
        continue
      }
      let start = at
      var value: UInt16 = 0
      while at < end, at - start < 4, let digit = text[at].hexValue {
        value = value &<< 4 | UInt16(digit)
        at += 1
      }
      if at < end, text[at] == 0x2E {
        guard at > start, count <= 6, let tail = embeddedV4(text[start...]) else { return nil }
        pieces[count] = UInt16(truncatingIfNeeded: tail &>> 16)
        pieces[count + 1] = UInt16(truncatingIfNeeded: tail)
        count += 2
        at = end
        break
      }
      guard at > start || at == end else { return nil }
      if at < end {
        guard text[at] == 0x3A else { return nil }
        at += 1
        guard at < end else { return nil }
      }
      pieces[count] = value
      count += 1
    }
    if let compress {
      let moved = count - compress
      let tail = Array(pieces[compress..<count])
      for index in compress..<8 { pieces[index] = 0 }
      for (offset, piece) in tail.enumerated() { pieces[8 - moved + offset] = piece }
    } else if count != 8 {
      return nil
    }
    let high = pieces[..<4].reduce(UInt64(0)) { $0 << 16 | UInt64($1) }
    let low = pieces[4...].reduce(UInt64(0)) { $0 << 16 | UInt64($1) }
    return IPAddress(v6High: high, low: low)
  }

  /// The dotted tail; the standard allows exactly four decimal numbers without leading zeros.
  private static func embeddedV4(_ text: ArraySlice<UInt8>) -> UInt32? {
    IPv4Parser.parseStrict(text)?.v4Number
  }
}
