extension AddressParser {
  /// Authority, host and port states, and path start state for what follows.
  mutating func parseAuthority() throws(AddressError) {
    output.append(0x2F)
    output.append(0x2F)
    var limit = at
    var sign: Int?
    while limit < input.count {
      let byte = input[limit]
      if byte == 0x2F || byte == 0x3F || byte == 0x23 || isSpecial && byte == 0x5C { break }
      if byte == 0x40 { sign = limit }
      limit += 1
    }
    layout.usernameEnd = end
    layout.passwordEnd = end
    if let sign {
      guard sign + 1 < limit else { throw .hostMissing }
      writeCredentials(at..<sign)
      at = sign + 1
    }
    layout.host = end

    // The colon that begins the port: the first outside brackets.
    var colon = at
    var insideBrackets = false
    while colon < limit, insideBrackets || input[colon] != 0x3A {
      if input[colon] == 0x5B { insideBrackets = true }
      if input[colon] == 0x5D { insideBrackets = false }
      colon += 1
    }
    guard colon > at || !isSpecial && colon == limit else { throw .hostMissing }
    try writeHost(input[at..<colon])
    layout.hostEnd = end
    if colon < limit { try writePort(input[(colon + 1)..<limit]) }
    layout.authorityEnd = end
    layout.path = end
    at = limit
    parsePathStart()
    parseQueryAndFragment()
  }

  mutating func writeCredentials(_ range: Range<Int>) {
    let colon = input[range].firstIndex(of: 0x3A) ?? range.upperBound
    PercentCoding.append(input[range.lowerBound..<colon], encoding: .userinfo, to: &output)
    layout.usernameEnd = end
    layout.passwordEnd = end
    if range.upperBound - colon > 1 {
      output.append(0x3A)
      PercentCoding.append(input[(colon + 1)..<range.upperBound], encoding: .userinfo, to: &output)
      layout.passwordEnd = end
    }
    if layout.passwordEnd > layout.usernameStartOfAuthority { output.append(0x40) }
  }

  mutating func writeHost(_ text: ArraySlice<UInt8>) throws(AddressError) {
    layout.hostKind = try HostParser.parse(text, isOpaque: !isSpecial, to: &output)
  }

  mutating func writePort(_ text: ArraySlice<UInt8>) throws(AddressError) {
    guard !text.isEmpty else { return }
    var value: UInt32 = 0
    for byte in text {
      guard byte.isASCIIDigit else { throw .portInvalid }
      value = min(value &* 10 &+ UInt32(byte &- 0x30), 65_536)
    }
    guard let port = UInt16(exactly: value) else { throw .portOutOfRange }
    guard port != layout.scheme.defaultPort else { return }
    layout.port = port
    output.append(0x3A)
    output.append(contentsOf: String(port).utf8)
  }

  /// There is no authority: the host is null.
  mutating func endAuthority() {
    layout.hostKind = .none
    layout.usernameEnd = end
    layout.passwordEnd = end
    layout.host = end
    layout.hostEnd = end
    layout.authorityEnd = end
    layout.path = end
  }
}

extension AddressLayout {
  /// Where the user name begins while the host is not yet written.
  fileprivate var usernameStartOfAuthority: Int32 { schemeEnd + 3 }
}
