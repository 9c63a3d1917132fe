/// Brings paths and queries into the one spelling in which they are compared.
enum ComparableForm {
  /// Returns the bytes with percent-encoding made uniform (RFC 9309 section 2.2.2, RFC 3986 section 6.2.2).
  ///
  /// Encoded unreserved characters are decoded, other escapes get upper-case digits, and octets that
  /// may not stand in a URL (white space, quotes, braces, everything outside ASCII) are encoded.
  /// Reserved characters stay as they are written: `/a%2Fb` and `/a/b` are different paths. With
  /// `encodingSpecials`, `*` and `$` become `%2A` and `%24`, which is how RFC 9309 section 2.2.3
  /// wants them compared when they mean themselves.
  static func bytes(
    _ text: some Collection<UInt8>, encodingSpecials: Bool = false
  ) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var index = text.startIndex
    while index != text.endIndex {
      let byte = text[index]
      text.formIndex(after: &index)
      if byte == UInt8(ascii: "%"), index != text.endIndex {
        let second = text.index(after: index)
        if second != text.endIndex, let high = digit(text[index]), let low = digit(text[second]) {
          let value = high << 4 | low
          if isUnreserved(value) { result.append(value) } else { escape(value, into: &result) }
          index = text.index(after: second)
          continue
        }
      }
      let isSpecial = byte == UInt8(ascii: "*") || byte == UInt8(ascii: "$")
      if isForbidden(byte) || (encodingSpecials && isSpecial) {
        escape(byte, into: &result)
      } else {
        result.append(byte)
      }
    }
    return result
  }

  static func escape(_ byte: UInt8, into result: inout [UInt8]) {
    let digits: StaticString = "0123456789ABCDEF"
    result.append(UInt8(ascii: "%"))
    result.append(digits.utf8Start[Int(byte >> 4)])
    result.append(digits.utf8Start[Int(byte & 15)])
  }

  static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - 48
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - 87
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - 55
    default: nil
    }
  }

  /// What may not stand in a URL by RFC 3986, and the apostrophe, which browsers encode in queries.
  private static func isForbidden(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"),
      UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"),
      UInt8(ascii: "}"), UInt8(ascii: "'"):
      true
    default: byte <= 0x20 || byte >= 0x7f
    }
  }

  /// RFC 3986 section 2.3.
  static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"):
      true
    default: false
    }
  }
}
