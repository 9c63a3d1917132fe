import Markup
public import WebAddress

/// A file that says which RDAP server is asked about what (RFC 9224).
public struct RDAPBootstrap: Sendable {
  /// The four files.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case domains = "dns"
    case systems = "asn"
    case networks4 = "ipv4"
    case networks6 = "ipv6"
  }

  private var services: [(keys: [String], servers: [String])] = []
  /// When it was published, as it says itself.
  public let publication: String?

  /// Most services that are read.
  static let mostServices = 20_000

  /// Reads a file; nil when it is no such file.
  public init?(_ bytes: [UInt8]) {
    var limits = JSONLimits()
    limits.maximumBytes = 4 << 20
    limits.maximumDepth = 8
    guard let root = JSONValue(parsing: bytes, limits: limits),
      case .array(let services)? = root["services"]
    else { return nil }
    publication = root["publication"]?.string
    for service in services.prefix(Self.mostServices) {
      let parts = service.items
      // Three in the file of object tags, of which the first is whom to ask about it.
      guard parts.count == 2 || parts.count == 3 else { continue }
      let keys = parts[parts.count - 2].items.compactMap(\.string)
      let servers = parts[parts.count - 1].items.compactMap(\.string).filter {
        Address($0)?.isHTTP == true
      }
      if !servers.isEmpty { self.services.append((keys, servers)) }
    }
  }

  /// Services that can be used.
  public var count: Int { services.count }

  /// The server for a domain: of the longest name that is an end of it.
  public func server(domain: String) -> String? {
    let lowered = domain.lowercased()
    var best: (length: Int, servers: [String])?
    for service in services {
      for key in service.keys {
        let name = key.lowercased()
        guard name.isEmpty || lowered == name || lowered.hasSuffix("." + name) else { continue }
        if best == nil || name.utf8.count > best?.length ?? -1 {
          best = (name.utf8.count, service.servers)
        }
      }
    }
    return best.flatMap { Self.preferred($0.servers) }
  }

  /// The server for an address: of the longest prefix around it.
  public func server(address: IPAddress) -> String? {
    var best: (prefix: Int, servers: [String])?
    for service in services {
      for key in service.keys {
        guard let range = AddressRange(key), range.contains(address) else { continue }
        if range.prefix > best?.prefix ?? -1 { best = (range.prefix, service.servers) }
      }
    }
    return best.flatMap { Self.preferred($0.servers) }
  }

  /// The server for an autonomous system.
  public func server(system: UInt32) -> String? {
    for service in services {
      for key in service.keys {
        let ends = key.split(separator: "-").compactMap { UInt32($0) }
        guard let first = ends.first, let last = ends.last, ends.count <= 2 else { continue }
        if first <= system, system <= last { return Self.preferred(service.servers) }
      }
    }
    return nil
  }

  /// https where there is a choice (RFC 9224 section 3).
  private static func preferred(_ servers: [String]) -> String? {
    servers.first { $0.hasPrefix("https://") } ?? servers.first
  }
}
