/// What kind of special-purpose block an address lies in.
///
/// By the IANA registries for IPv4 and IPv6 special-purpose addresses (RFC 6890 and what followed),
/// and the addresses of cloud metadata services, which are the usual aim of request forgery.
public enum AddressPurpose: String, Sendable, Hashable, CaseIterable {
  /// `0.0.0.0`, `::`: no address, or "this host".
  case unspecified
  /// 0.0.0.0/8: "this network".
  case thisNetwork = "this-network"
  /// 127.0.0.0/8, ::1.
  case loopback
  /// 10/8, 172.16/12, 192.168/16.
  case privateUse = "private"
  /// fc00::/7.
  case uniqueLocal = "unique-local"
  /// 169.254/16, fe80::/10.
  case linkLocal = "link-local"
  /// fec0::/10, deprecated and never routed.
  case siteLocal = "site-local"
  /// 100.64/10: between a provider and its customers.
  case carrierGradeNAT = "carrier-grade-nat"
  /// Reserved for examples in texts.
  case documentation
  /// 198.18/15, 2001:2::/48.
  case benchmarking
  /// 224/4, ff00::/8.
  case multicast
  /// 255.255.255.255.
  case broadcast
  /// 192.0.0.0/24, 2001::/23 and other blocks for protocols.
  case protocolAssignment = "protocol-assignment"
  /// 100::/64: packets to it are thrown away.
  case discard
  /// 64:ff9b:1::/48: translation inside one network.
  case localTranslation = "local-translation"
  /// 240/4, ::/96 with an embedded address, and IPv6 outside 2000::/3.
  case reserved
  /// The metadata services of cloud providers.
  case cloudMetadata = "cloud-metadata"
}

extension IPAddress {
  /// Whether a crawler may connect to it as a host of the public internet.
  ///
  /// An IPv6 address that carries an IPv4 address (IPv4-mapped, NAT64, 6to4, Teredo) is judged by
  /// that one as well.
  public var isPubliclyRoutable: Bool { specialPurpose == nil }

  /// Why it is not publicly routable: the block's name (`loopback`, `private`, …), nil when it is.
  public var reason: String? { specialPurpose?.rawValue }

  /// The special-purpose block it lies in, or the IPv4 address it carries does; nil for others.
  public var specialPurpose: AddressPurpose? {
    if IPAddress.metadataServices.contains(self) { return .cloudMetadata }
    if let v4Number { return IPAddress.purpose(v4: v4Number) }
    for carried in embeddedV4 {
      if let purpose = carried.specialPurpose { return purpose }
    }
    return v6Purpose
  }

  /// IPv4 addresses inside this IPv6 address: mapped and compatible (RFC 4291 §2.5.5), NAT64
  /// (RFC 6052), 6to4 (RFC 3056), Teredo server and client (RFC 4380 §4).
  public var embeddedV4: [IPAddress] {
    guard family == .v6 else { return [] }
    let last = IPAddress(v4: UInt32(truncatingIfNeeded: low))
    if high == 0, low >> 32 == 0xFFFF { return [last] }
    if high == 0, low >> 32 == 0, low > 1 { return [last] }
    if high == 0x0064_FF9B_0000_0000, low >> 32 == 0 { return [last] }
    if high >> 48 == 0x2002 { return [IPAddress(v4: UInt32(truncatingIfNeeded: high >> 16))] }
    if high >> 32 == 0x2001_0000 {
      let client = IPAddress(v4: ~UInt32(truncatingIfNeeded: low))
      return [IPAddress(v4: UInt32(truncatingIfNeeded: high)), client]
    }
    return []
  }

  private static let metadataServices: Set<IPAddress> = [
    // Most providers; Amazon's tasks; Alibaba; Oracle; Azure's host, a public address.
    IPAddress(v4: 0xA9FE_A9FE), IPAddress(v4: 0xA9FE_AA02), IPAddress(v4: 0x6464_64C8),
    IPAddress(v4: 0xC000_00C0), IPAddress(v4: 0xA83F_8110),
    // Amazon: fd00:ec2::254, and ::23 for credentials of pods. Google: fd20:ce::254.
    IPAddress(v6High: 0xFD00_0EC2_0000_0000, low: 0x254),
    IPAddress(v6High: 0xFD00_0EC2_0000_0000, low: 0x23),
    IPAddress(v6High: 0xFD20_00CE_0000_0000, low: 0x254),
  ]

  private static func purpose(v4 number: UInt32) -> AddressPurpose? {
    switch number {
    case 0: return .unspecified
    case 0xFFFF_FFFF: return .broadcast
    default: break
    }
    switch (UInt8(number >> 24), UInt8(truncatingIfNeeded: number >> 16)) {
    case (0, _): return .thisNetwork
    case (10, _), (172, 16...31), (192, 168): return .privateUse
    case (127, _): return .loopback
    case (169, 254): return .linkLocal
    case (100, 64...127): return .carrierGradeNAT
    case (198, 18...19): return .benchmarking
    case (224...239, _): return .multicast
    case (240..., _): return .reserved
    default: break
    }
    switch number >> 8 {
    // 192.0.0.9 and .10 are anycast addresses of the public internet (RFC 7723, RFC 8155), but
    // no web server has a reason to be there.
    case 0xC0_0000: return .protocolAssignment
    case 0xC0_0002, 0xC6_3364, 0xCB_0071: return .documentation
    // The deprecated anycast address of 6to4 relays (RFC 7526).
    case 0xC0_5863: return .reserved
    default: return nil
    }
  }

  private var v6Purpose: AddressPurpose? {
    if high == 0 {
      if low == 0 { return .unspecified }
      if low == 1 { return .loopback }
      // A mapped address was judged by what it carries; a compatible one is no address at all.
      return low >> 32 == 0xFFFF ? nil : .reserved
    }
    switch high >> 56 {
    case 0xFC, 0xFD: return .uniqueLocal
    case 0xFF: return .multicast
    case 0xFE:
      if high >> 54 == 0x3FA { return .linkLocal }
      return high >> 54 == 0x3FB ? .siteLocal : .reserved
    default: break
    }
    if high == 0x0100_0000_0000_0000 { return .discard }
    if high >> 48 == 0x0064 {
      if high == 0x0064_FF9B_0000_0000, low >> 32 == 0 { return nil }
      return high >> 16 == 0x0064_FF9B_0001 ? .localTranslation : .reserved
    }
    guard high >> 61 == 1 else { return .reserved }
    if high >> 32 == 0x2001_0DB8 || high >> 44 == 0x3FFF0 { return .documentation }
    if high >> 16 == 0x2001_0002_0000 { return .benchmarking }
    // 2001::/23 but for Teredo, judged by what it carries, is for protocols, not for web servers.
    if high >> 41 == 0x2001_0000 >> 9, high >> 32 != 0x2001_0000 { return .protocolAssignment }
    return nil
  }
}
