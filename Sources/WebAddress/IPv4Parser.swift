/// Reads IPv4 addresses as URLs write them (URL standard §3.5) and strictly.
enum IPv4Parser {
  /// The "ends in a number checker": whether a domain must be read as an IPv4 address.
  static func endsInNumber(_ host: ArraySlice<UInt8>) -> Bool {
    var label = host
    if label.last == 0x2E { label.removeLast() }
    // An empty host, or nothing but a dot, has no last label to judge.
    guard let last = label.last else { return false }
    // Every number ends in a (hexadecimal) digit or is `0x`; most domains end here.
    guard last.hexValue != nil || last | 0x20 == 0x78 else { return false }
    if let dot = label.lastIndex(of: 0x2E) { label = label[(dot + 1)...] }
    guard let first = label.first, first.isASCIIDigit else { return false }
    if label.allSatisfy(\.isASCIIDigit) { return true }
    return number(label) != nil
  }

  /// The IPv4 parser: one to four numbers, decimal, octal or hexadecimal, the last filling the rest.
  static func parse(_ host: ArraySlice<UInt8>) -> IPAddress? {
    var rest = host
    if rest.last == 0x2E { rest.removeLast() }
    var numbers: [UInt64] = []
    while true {
      guard numbers.count < 4 else { return nil }
      let end = rest.firstIndex(of: 0x2E) ?? rest.endIndex
      guard let value = number(rest[..<end]) else { return nil }
      numbers.append(value)
      guard end < rest.endIndex else { break }
      rest = rest[(end + 1)...]
    }
    guard let last = numbers.popLast(), numbers.allSatisfy({ $0 <= 255 }) else { return nil }
    guard last < 1 &<< UInt64((4 - numbers.count) * 8) else { return nil }
    var result = last
    for (index, value) in numbers.enumerated() {
      result |= value &<< UInt64((3 - index) * 8)
    }
    return IPAddress(v4: UInt32(truncatingIfNeeded: result))
  }

  /// The IPv4 number parser; values beyond 32 bits stay just beyond, so that nothing overflows.
  private static func number(_ text: ArraySlice<UInt8>) -> UInt64? {
    var digits = text
    var radix: UInt64 = 10
    guard let first = digits.first else { return nil }
    if digits.count >= 2, first == 0x30 {
      if digits[digits.startIndex + 1] | 0x20 == 0x78 {
        radix = 16
        digits = digits.dropFirst(2)
      } else {
        radix = 8
        digits = digits.dropFirst(1)
      }
    }
    var value: UInt64 = 0
    for byte in digits {
      guard let digit = byte.hexValue, UInt64(digit) < radix else { return nil }
      value = min(value &* radix &+ UInt64(digit), 1 << 32)
    }
    return value
  }

  /// Four decimal numbers without leading zeros, and nothing else.
  static func parseStrict(_ text: ArraySlice<UInt8>) -> IPAddress? {
    guard text.count <= 15 else { return nil }
    var result: UInt32 = 0
    var count = 0
    for part in text.split(separator: 0x2E, omittingEmptySubsequences: false) {
      guard (1...3).contains(part.count), part.first != 0x30 || part.count == 1 else { return nil }
      var value: UInt32 = 0
      for byte in part {
        guard byte.isASCIIDigit else { return nil }
        value = value &* 10 &+ UInt32(byte &- 0x30)
      }
      guard value <= 255 else { return nil }
      result = result &<< 8 | value
      count += 1
    }
    return count == 4 ? IPAddress(v4: result) : nil
  }
}
