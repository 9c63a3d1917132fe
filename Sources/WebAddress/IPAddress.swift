/// An IPv4 or IPv6 address.
///
/// Ordered by family, then by number, so that addresses sort as ranges do.
public struct IPAddress: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The two families.
  public enum Family: UInt8, Sendable, Hashable, Comparable {
    case v4, v6

    /// IPv4 first.
    public static func < (lhs: Family, rhs: Family) -> Bool { lhs.rawValue < rhs.rawValue }

    /// The number of bits of an address: 32 or 128.
    public var bits: Int { self == .v4 ? 32 : 128 }
  }

  /// Which family it belongs to.
  ///
  /// An IPv4-mapped IPv6 address is `v6`.
  public let family: Family
  /// The address as a number; IPv4 in the lowest 32 bits.
  let high: UInt64
  let low: UInt64

  /// The IPv4 address with this number.
  public init(v4 number: UInt32) {
    family = .v4
    high = 0
    low = UInt64(number)
  }

  /// The IPv6 address with these two halves, network order.
  public init(v6High high: UInt64, low: UInt64) {
    family = .v6
    self.high = high
    self.low = low
  }

  /// The address in network byte order: 4 bytes or 16, else nil.
  public init?(bytes: [UInt8]) {
    switch bytes.count {
    case 4:
      self.init(v4: bytes.reduce(0) { $0 << 8 | UInt32($1) })
    case 16:
      self.init(
        v6High: bytes[..<8].reduce(0) { $0 << 8 | UInt64($1) },
        low: bytes[8...].reduce(0) { $0 << 8 | UInt64($1) })
    default: return nil
    }
  }

  /// Reads the strict text forms: four decimal numbers without leading zeros, or IPv6 (RFC 4291
  /// §2.2) without brackets and without a zone.
  ///
  /// The looser forms that browsers take in a URL (`0x7f.1`) are read by ``Address`` only.
  public init?(_ text: String) {
    self.init(text: Array(text.utf8)[...])
  }

  init?(text: ArraySlice<UInt8>) {
    guard text.count <= 45 else { return nil }
    if text.contains(0x3A) {
      guard let address = IPv6Parser.parse(text) else { return nil }
      self = address
    } else {
      guard let address = IPv4Parser.parseStrict(text) else { return nil }
      self = address
    }
  }

  /// The IPv4 address as a number, nil for IPv6.
  public var v4Number: UInt32? { family == .v4 ? UInt32(truncatingIfNeeded: low) : nil }

  /// Network byte order: 4 bytes or 16.
  public var bytes: [UInt8] {
    var result: [UInt8] = []
    if family == .v6 {
      for shift in stride(from: 56, through: 0, by: -8) {
        result.append(UInt8(truncatingIfNeeded: high &>> UInt64(shift)))
      }
    }
    for shift in stride(from: family == .v6 ? 56 : 24, through: 0, by: -8) {
      result.append(UInt8(truncatingIfNeeded: low &>> UInt64(shift)))
    }
    return result
  }

  /// Dotted decimal, or the shortest IPv6 form (RFC 5952 §4, without the dotted tail).
  public var description: String {
    var output: [UInt8] = []
    append(to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  /// IPv4 first, then by number.
  public static func < (lhs: IPAddress, rhs: IPAddress) -> Bool {
    (lhs.family, lhs.high, lhs.low) < (rhs.family, rhs.high, rhs.low)
  }

  func append(to output: inout [UInt8]) {
    if family == .v4 {
      appendV4(to: &output)
    } else {
      appendV6(to: &output)
    }
  }

  private func appendV4(to output: inout [UInt8]) {
    for shift in stride(from: 24, through: 0, by: -8) {
      let byte = UInt8(truncatingIfNeeded: low &>> UInt64(shift))
      if byte >= 100 { output.append(0x30 &+ byte / 100) }
      if byte >= 10 { output.append(0x30 &+ byte / 10 % 10) }
      output.append(0x30 &+ byte % 10)
      if shift > 0 { output.append(0x2E) }
    }
  }

  /// The IPv6 serialiser (URL standard §3.5): the first longest run of zero pieces is left out.
  private func appendV6(to output: inout [UInt8]) {
    let pieces = (0..<8).map(piece)
    var compressed = 0..<0
    var index = 0
    while index < 8 {
      var end = index
      while end < 8, pieces[end] == 0 { end += 1 }
      if end - index > max(1, compressed.count) { compressed = index..<end }
      index = max(end, index + 1)
    }
    index = 0
    while index < 8 {
      if !compressed.isEmpty, index == compressed.lowerBound {
        output.append(0x3A)
        if index == 0 { output.append(0x3A) }
        index = compressed.upperBound
        continue
      }
      output.append(contentsOf: String(pieces[index], radix: 16).utf8)
      if index < 7 { output.append(0x3A) }
      index += 1
    }
  }

  /// One of the eight 16-bit pieces of an IPv6 address.
  func piece(_ index: Int) -> UInt16 {
    let half = index < 4 ? high : low
    return UInt16(truncatingIfNeeded: half &>> UInt64(48 &- index % 4 * 16))
  }
}
