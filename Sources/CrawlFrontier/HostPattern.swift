public import WebAddress

/// A host that a source may visit: `jobs.example`, `*.jobs.example`, `127.0.0.1:8080`.
///
/// A plain name means that host alone; `*.` in front means every name below it, not the name itself.
/// Without a port every port fits.
public struct HostPattern: Sendable, Hashable, CustomStringConvertible {
  /// The host in the form of a parsed URL: lower case, ASCII.
  public let name: String
  /// The pattern stands for names below `name`.
  public let isWildcard: Bool
  /// The only port; nil for any.
  public let port: UInt16?
  /// The host can only be this machine: a loopback address or a name reserved for it (RFC 6761).
  public let isLoopback: Bool

  /// Reads a pattern; nil when it is none.
  public init?(_ text: String) {
    let isWildcard = text.hasPrefix("*.")
    let rest = isWildcard ? text.dropFirst(2) : text[...]
    let forbidden = "/?#@*\\%".utf8
    guard !rest.isEmpty, !rest.utf8.contains(where: { $0 <= 0x20 || forbidden.contains($0) })
    else { return nil }
    // An explicit 443 or 80 would vanish in one of the two schemes, so the port is read here.
    var host = rest
    var port: UInt16?
    if let colon = rest.lastIndex(of: ":"), !rest.hasSuffix("]") {
      guard let number = UInt16(rest[rest.index(after: colon)...]), number > 0 else { return nil }
      port = number
      host = rest[..<colon]
    }
    guard let address = Address("http://\(host)/"), !address.hostname.isEmpty else { return nil }
    let hostname = address.hostname
    switch address.host {
    case .ipv4:
      guard !isWildcard else { return nil }
      isLoopback = hostname.hasPrefix("127.")
    case .ipv6:
      guard !isWildcard else { return nil }
      isLoopback = hostname == "[::1]"
    default:
      isLoopback = hostname == "localhost" || hostname.hasSuffix(".localhost")
    }
    self.isWildcard = isWildcard
    self.name = hostname
    self.port = port
  }

  /// Whether the host, and the port if one is given, of an address fit.
  public func matches(_ address: Address) -> Bool {
    if let port, address.effectivePort.map({ UInt16($0) }) != port { return false }
    let hostname = address.hostname
    guard isWildcard else { return hostname == name }
    return hostname.utf8.count > name.utf8.count + 1 && hostname.hasSuffix("." + name)
  }

  /// The pattern in its uniform spelling.
  public var description: String {
    (isWildcard ? "*." : "") + name + (port.map { ":\($0)" } ?? "")
  }
}
