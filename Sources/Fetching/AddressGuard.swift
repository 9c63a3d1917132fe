public import WebAddress

/// Decides which addresses may be connected to: public ones, and those that are allowed by name.
///
/// Asked for every address at the moment curl opens a socket for it, after names are resolved, so
/// that neither a redirect nor a name that changes its address between two look-ups gets past it.
/// What is not public is taken from the special-purpose registries of IANA (RFC 6890). IPv4
/// addresses inside IPv6 ones (mapped, RFC 4291; translated, RFC 6052) are judged as IPv4.
public struct AddressGuard: Sendable, Hashable {
  /// Addresses that may be reached although they are not public.
  public var allow: [AddressRange]

  public init(allow: [AddressRange] = []) { self.allow = allow }

  /// Whether the address may be connected to.
  public func permits(_ address: IPAddress) -> Bool {
    let inner = Self.embedded(in: address)
    if Self.isPublic(inner) { return true }
    return allow.contains { $0.contains(inner) || $0.contains(address) }
  }

  /// Whether an address is globally reachable unicast; the address itself, nothing inside it.
  static func isPublic(_ address: IPAddress) -> Bool {
    if let number = address.v4Number {
      return !specialV4.contains { number >> (32 - $0.bits) == $0.prefix >> (32 - $0.bits) }
    }
    let bytes = address.bytes
    guard bytes.count == 16 else { return false }
    let head = bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard head >> 61 == 0b001 else { return false }
    return !specialV6.contains { head >> (64 - $0.bits) == $0.prefix >> (64 - $0.bits) }
  }

  /// The IPv4 address that an IPv6 address stands for, else the address itself.
  static func embedded(in address: IPAddress) -> IPAddress {
    let bytes = address.bytes
    guard bytes.count == 16 else { return address }
    let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 255 && bytes[11] == 255
    let isTranslated = bytes.prefix(12).elementsEqual([0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0])
    guard isMapped || isTranslated else { return address }
    return IPAddress(bytes: Array(bytes.suffix(4))) ?? address
  }

  /// IPv4 ranges that are not globally reachable unicast.
  private static let specialV4: [(prefix: UInt32, bits: UInt32)] = [
    (0x0000_0000, 8),  // 0.0.0.0/8, this network; Linux connects it to itself
    (0x0A00_0000, 8),  // 10.0.0.0/8, private
    (0x6440_0000, 10),  // 100.64.0.0/10, shared between carrier and customer
    (0x7F00_0000, 8),  // 127.0.0.0/8, loopback
    (0xA9FE_0000, 16),  // 169.254.0.0/16, link-local; cloud metadata services
    (0xAC10_0000, 12),  // 172.16.0.0/12, private
    (0xC000_0000, 24),  // 192.0.0.0/24, protocol assignments
    (0xC000_0200, 24),  // 192.0.2.0/24, documentation
    (0xC058_6300, 24),  // 192.88.99.0/24, 6to4 relays, deprecated
    (0xC0A8_0000, 16),  // 192.168.0.0/16, private
    (0xC612_0000, 15),  // 198.18.0.0/15, benchmarks
    (0xC633_6400, 24),  // 198.51.100.0/24, documentation
    (0xCB00_7100, 24),  // 203.0.113.0/24, documentation
    (0xE000_0000, 3),  // 224.0.0.0/4 multicast, 240.0.0.0/4 reserved, broadcast
  ]

  /// Ranges within 2000::/3 that are not globally reachable unicast; the first 64 bits.
  private static let specialV6: [(prefix: UInt64, bits: UInt64)] = [
    (0x2001_0000_0000_0000, 23),  // 2001::/23, protocol assignments; Teredo, benchmarks, ORCHID
    (0x2001_0DB8_0000_0000, 32),  // 2001:db8::/32, documentation
    (0x2002_0000_0000_0000, 16),  // 2002::/16, 6to4: another way to write IPv4
    (0x3FFF_0000_0000_0000, 20),  // 3fff::/20, documentation
  ]
}
