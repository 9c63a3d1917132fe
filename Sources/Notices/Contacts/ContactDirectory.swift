public import WebAddress

/// Who to write to as people found out and wrote down: the first place that is looked in.
public struct ContactDirectory: Sendable {
  /// What an entry is.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case site, platform, cdn, host, network, registrar, registry, partner

    /// Its step of the ladder.
    public var rung: ContactRung {
      switch self {
      case .site: .site
      case .platform: .platform
      case .cdn: .forwarder
      case .host: .host
      case .network: .network
      case .registrar: .registrar
      case .registry: .registry
      case .partner: .partner
      }
    }
  }

  /// One entry.
  public struct Entry: Sendable, Hashable {
    public var name: String
    public var kind: Kind
    /// Nil for a network that is only recognised.
    public var way: ContactWay?
    /// Domains that it answers for, with everything below them.
    public var domains: [String] = []
    /// Domains that names of its customers are other names of.
    public var aliases: [String] = []
    public var networks: [AddressRange] = []
    public var systems: [UInt32] = []
    /// Who says so: an address or a letter.
    public var source: String
    /// The day it was last looked at.
    ///
    /// Nil for a network that is only recognised.
    public var checked: Day?
    public var file: String
    public var line: Int
  }

  /// A day of the calendar.
  public struct Day: Sendable, Hashable, CustomStringConvertible {
    public var description: String
    /// Days since 1970.
    public var number: Int
  }

  /// Days after which an entry has to be looked at again.
  public static let daysOfEntry = 180
  /// Most entries of a file.
  public static let mostEntries = 10_000

  public let entries: [Entry]

  public init() { entries = [] }

  init(entries: [Entry]) { self.entries = entries }

  /// Both, the first before the second.
  public func before(_ other: ContactDirectory) -> ContactDirectory {
    ContactDirectory(entries: entries + other.entries)
  }

  /// Whether an entry has to be looked at again on a day.
  public static func isOld(_ entry: Entry, on day: Int) -> Bool {
    entry.checked.map { day - $0.number > daysOfEntry } ?? false
  }

  /// Entries for a host name or a domain.
  public func entries(domain: String) -> [Entry] {
    let lowered = domain.lowercased()
    return entries.filter { $0.domains.contains { ContactRules.isWithin(lowered, $0) } }
  }

  /// Networks that stand in front of a site: by what its name is another name of, or by its address.
  public func forwarders(aliases: [String], addresses: [IPAddress]) -> [Entry] {
    entries.filter { entry in
      entry.kind == .cdn
        && (aliases.contains { alias in
          entry.aliases.contains { ContactRules.isWithin(alias.lowercased(), $0) }
        } || addresses.contains { address in entry.networks.contains { $0.contains(address) } })
    }
  }

  /// Entries of kinds other than networks in front, for an address.
  public func entries(address: IPAddress) -> [Entry] {
    entries.filter { entry in
      entry.kind != .cdn && entry.networks.contains { $0.contains(address) }
    }
  }

  /// Entries for an autonomous system.
  public func entries(system: UInt32) -> [Entry] {
    entries.filter { $0.systems.contains(system) }
  }

  /// Partners, whatever is asked about.
  public var partners: [Entry] { entries.filter { $0.kind == .partner } }
}
