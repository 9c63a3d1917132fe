public import Configuration
import Fetching
import Foundation
public import WebAddress

/// The section `contacts` of the settings: whom look-ups ask, and how much.
public struct ContactSettings: Sendable {
  /// File of a directory that people keep.
  public var directory: String?
  /// Where the files of RFC 9224 are: the address of a folder on the web, or a folder.
  public var bootstrap = "https://data.iana.org/rdap/"
  /// First server of WHOIS; nil asks none.
  public var whois: WhoisAnswer.Referral? = WhoisAnswer.Referral(host: "whois.iana.org", port: 43)
  /// Name servers; empty for the system's.
  public var resolvers: [String] = []
  /// Zones that know which autonomous system announces an address; nil asks none.
  public var origin: String? = "origin.asn.cymru.com"
  public var origin6: String? = "origin6.asn.cymru.com"
  /// Ranges that servers may be at although they are not public.
  public var allow: [AddressRange] = []
  /// PEM file of certificate authorities instead of the system's.
  public var authorities: String?
  /// What is taken for a contact.
  public var rules = ContactRules()
  /// Whether only the directory and what is stored may be used.
  public var isOffline = false
  public var fresh = Freshness()
  /// Most look-ups that one search sends.
  public var mostLookups = 40

  /// Seconds that one look-up may take.
  public var patience = Patience()

  /// Seconds that one look-up may take.
  public struct Patience: Sendable, Hashable {
    /// To connect.
    public var connect = 10.0
    /// From the start to the last byte; each redirect begins anew.
    public var total = 30.0
    /// That a server may be silent or slow over HTTP.
    public var stalled = 15
    /// For one question about a name, all servers and tries together.
    public var name = 10.0

    public init() {}
  }

  /// Seconds for which an answer is not asked for again.
  public struct Freshness: Sendable, Hashable {
    /// About addresses and autonomous systems, and names.
    public var address = 12.0 * 3600
    /// About domains.
    public var domain = 24.0 * 3600
    /// Files of RFC 9224.
    public var bootstrap = 24.0 * 3600
    /// Where nobody answered.
    public var failure = 15.0 * 60

    public init() {}
  }

  public init() {}

  /// Keys of the section.
  private static let keys = [
    "directory", "bootstrap", "whois", "resolver", "origin", "origin6", "allow", "ca",
    "reserved_domains", "offline", "fresh_address", "fresh_domain", "fresh_bootstrap",
    "fresh_failure", "most_lookups",
  ]

  /// Reads the section.
  public init(_ node: ConfigurationNode, _ reader: inout ConfigurationReader) {
    guard let fields = reader.mapping(node, keys: Self.keys) else { return }
    directory = fields["directory"].flatMap { reader.string($0) }
    authorities = fields["ca"].flatMap { reader.string($0) }
    if let node = fields["bootstrap"], let text = reader.string(node) {
      if Self.isFolder(text) || Address(text)?.isHTTP == true && text.hasSuffix("/") {
        bootstrap = text
      } else {
        reader.report("an http or https address that ends in '/', or a folder", at: node)
      }
    }
    if let node = fields["whois"], let text = reader.string(node) {
      whois = Self.server(text)
      if whois == nil, text != "none" { reader.report("'host:43', or none", at: node) }
    }
    if let node = fields["resolver"], let servers = reader.strings(node) {
      resolvers = servers
      if servers.isEmpty || !servers.allSatisfy(DNSClient.isServer) {
        reader.report("addresses of name servers, as 192.0.2.53 or 192.0.2.53:5353", at: node)
      }
    }
    for (key, path) in [("origin", \Self.origin), ("origin6", \Self.origin6)] {
      guard let node = fields[key], let text = reader.string(node) else { continue }
      self[keyPath: path] = text == "none" ? nil : text
    }
    for item in fields["allow"].flatMap({ reader.sequence($0) }) ?? [] {
      guard let text = reader.string(item) else { continue }
      if let range = AddressRange(text) {
        allow.append(range)
      } else {
        reader.report("'\(text.prefix(60))' is no network such as 192.0.2.0/24", at: item)
      }
    }
    rules.allowsReserved = fields["reserved_domains"].flatMap { reader.boolean($0) } ?? false
    isOffline = fields["offline"].flatMap { reader.boolean($0) } ?? false
    let durations: [(String, WritableKeyPath<Freshness, Double>)] = [
      ("fresh_address", \.address), ("fresh_domain", \.domain), ("fresh_bootstrap", \.bootstrap),
      ("fresh_failure", \.failure),
    ]
    for (key, path) in durations {
      if let value = fields[key].flatMap({ reader.duration($0) }) { fresh[keyPath: path] = value }
    }
    if let most = fields["most_lookups"].flatMap({ reader.integer($0, in: 1...500) }) {
      mostLookups = most
    }
  }

  static func isFolder(_ text: String) -> Bool { text.hasPrefix("/") || text.hasPrefix("./") }

  /// Reads `host` or `host:port`.
  private static func server(_ text: String) -> WhoisAnswer.Referral? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard let host = parts.first, !host.isEmpty, host.utf8.count <= 253, parts.count <= 2,
      text != "none"
    else { return nil }
    guard parts.count == 2 else { return WhoisAnswer.Referral(host: String(host), port: 43) }
    guard let port = UInt16(parts[1]), port > 0 else { return nil }
    return WhoisAnswer.Referral(host: String(host), port: port)
  }
}
