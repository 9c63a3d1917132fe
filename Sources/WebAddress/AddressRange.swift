/// A block of IP addresses in CIDR notation (RFC 4632, RFC 4291 §2.3).
public struct AddressRange: Sendable, Hashable, CustomStringConvertible {
  /// The first address of the block.
  public let first: IPAddress
  /// How many leading bits are the block's: 0...32 or 0...128.
  public let prefix: Int

  /// Reads `127.0.0.0/8`, `::1/128` or a single address; nil for anything else.
  ///
  /// Bits behind the prefix are refused: `10.0.0.1/8` is more likely a mistake than a block.
  public init?(_ cidr: String) {
    let parts = cidr.utf8.split(separator: 0x2F, omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let address = IPAddress(text: Array(parts[0])[...]) else {
      return nil
    }
    var prefix = address.family.bits
    if parts.count == 2 {
      let digits = parts[1]
      guard (1...3).contains(digits.count), digits.allSatisfy(\.isASCIIDigit),
        let value = Int(String(decoding: digits, as: UTF8.self)), value <= prefix
      else { return nil }
      prefix = value
    }
    self.init(first: address, prefix: prefix)
  }

  /// The block that begins at `first`; nil when the prefix is out of range or bits behind it are set.
  public init?(first: IPAddress, prefix: Int) {
    guard (0...first.family.bits).contains(prefix) else { return nil }
    self.first = first
    self.prefix = prefix
    let mask = AddressRange.mask(first.family, prefix)
    guard first.high & ~mask.high == 0, first.low & ~mask.low == 0 else { return nil }
  }

  /// Whether the address lies in the block.
  ///
  /// An IPv4 block never contains an IPv6 address.
  public func contains(_ address: IPAddress) -> Bool {
    guard address.family == first.family else { return false }
    let mask = AddressRange.mask(first.family, prefix)
    return address.high & mask.high == first.high && address.low & mask.low == first.low
  }

  /// CIDR notation, always with the prefix length.
  public var description: String { "\(first)/\(prefix)" }

  private static func mask(_ family: IPAddress.Family, _ prefix: Int) -> (
    high: UInt64, low: UInt64
  ) {
    // Swift's `<<` gives zero when all bits are shifted out.
    if family == .v4 { return (0, UInt64(UInt32.max << UInt32(32 - prefix))) }
    return (UInt64.max << UInt64(64 - min(prefix, 64)), UInt64.max << UInt64(128 - max(prefix, 64)))
  }
}
