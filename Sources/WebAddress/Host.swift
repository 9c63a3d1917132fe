/// The host of an address (URL standard §3.1).
public enum Host: Sendable, Hashable, CustomStringConvertible {
  /// A domain in ASCII, lower case, labels beyond ASCII in Punycode.
  case domain(String)
  /// An IPv4 address, however it was written: `127.1`, `0x7f000001` and `017700000001` too.
  case ipv4(IPAddress)
  /// An IPv6 address, which was written in brackets.
  case ipv6(IPAddress)
  /// The host of a scheme without special rules, percent-encoded and otherwise as written.
  case opaque(String)
  /// The empty host, as in `file:///tmp`.
  case empty

  /// As it stands in an address: IPv6 in brackets.
  public var description: String {
    switch self {
    case .domain(let name), .opaque(let name): name
    case .ipv4(let address): address.description
    case .ipv6(let address): "[\(address)]"
    case .empty: ""
    }
  }

  /// The address when the host is a literal.
  public var address: IPAddress? {
    switch self {
    case .ipv4(let address), .ipv6(let address): address
    case .domain, .opaque, .empty: nil
    }
  }

  /// The domain for people to read, in Unicode, and nil when it is no domain or not valid.
  ///
  /// Never compare or fetch with it: names in different scripts can look alike.
  public var displayName: String? {
    guard case .domain(let name) = self else { return nil }
    return DomainName.unicode(name)
  }
}

/// How the host bytes inside an address are to be read.
enum HostKind: UInt8, Sendable {
  case none, empty, domain, ipv4, ipv6, opaque
}
