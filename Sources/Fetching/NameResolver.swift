import Glibc
public import WebAddress

/// Finds the addresses of a host name.
public protocol NameResolver: Sendable {
  /// Every address of the name, best first. Blocks; called on a thread of its own.
  func addresses(of host: String) throws(NameFailure) -> [IPAddress]
}

/// Why a name has no address, for people.
public struct NameFailure: Error, Sendable, Hashable {
  public var reason: String

  public init(_ reason: String) { self.reason = reason }
}

/// The machine's own resolver: `getaddrinfo`, so `/etc/hosts` and its order count (RFC 6724).
public struct SystemResolver: NameResolver {
  public init() {}

  public func addresses(of host: String) throws(NameFailure) -> [IPAddress] {
    var hints = addrinfo()
    hints.ai_family = AF_UNSPEC
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, nil, &hints, &list)
    guard code == 0 else { throw NameFailure(String(cString: gai_strerror(code))) }
    defer { freeaddrinfo(list) }
    var found: [IPAddress] = []
    var next = list
    while let entry = next?.pointee {
      if let address = IPAddress(entry.ai_addr), !found.contains(address) { found.append(address) }
      next = entry.ai_next
    }
    return found
  }
}

extension IPAddress {
  /// The address in a socket address; nil for other families than IPv4 and IPv6.
  init?(_ address: UnsafePointer<sockaddr>?) {
    guard let address else { return nil }
    let raw = UnsafeRawPointer(address)
    switch Int32(address.pointee.sa_family) {
    case AF_INET:
      let value = raw.loadUnaligned(as: sockaddr_in.self).sin_addr
      self.init(bytes: withUnsafeBytes(of: value) { [UInt8]($0) })
    case AF_INET6:
      let value = raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr
      self.init(bytes: withUnsafeBytes(of: value) { [UInt8]($0) })
    default:
      return nil
    }
  }
}
