public import CaseStore
import Fetching
public import Vocabulary
public import WebAddress

/// Finds out who can be written to about an address: walks the sources in order, and keeps every look-up.
public struct ContactSearch {
  /// One look-up of a search.
  public struct Step: Sendable, Hashable {
    public var lookup: StoredLookup
    /// Whether it was there already.
    public var isStored: Bool
    /// Whether it is older than answers of its kind may be; only in offline mode.
    public var isOld: Bool
  }

  /// What a search came to.
  public struct Result: Sendable {
    public var address: Address
    /// Host name, or the address in numbers.
    public var host: String
    /// What was registered; nil for an address in numbers.
    public var domain: String?
    public var addresses: [IPAddress] = []
    public var systems: [UInt32] = []
    /// Names of the networks in front of the site.
    public var behind: [String] = []
    public var candidates: [ContactCandidate] = []
    public var steps: [Step] = []
    /// What was left out or looks wrong, in words.
    public var notes: [String] = []
  }

  /// Why nothing is looked up.
  public enum Problem: Error, Sendable, Hashable, CustomStringConvertible {
    case noSite(String)
    case hidden(String)

    public var description: String {
      switch self {
      case .noSite(let host): "'\(host)' is no site of the public internet"
      case .hidden(let host):
        "'\(host)' has no provider that could be found: this is for the police, not for a notice"
      }
    }
  }

  /// How a search is done.
  public struct Manner: Sendable {
    /// Nothing is asked of anybody.
    public var isOffline = false
    /// What is stored is asked for again.
    public var isRefreshing = false
    /// Nothing is asked of the site itself.
    public var skipsSite = false

    public init() {}
  }

  let settings: ContactSettings
  let directory: ContactDirectory
  let store: CaseStore
  let asker: any ContactAsker
  let actor: Actor
  let manner: Manner
  let now: Timestamp
  let reading: ContactReading
  var result: Result
  var sent = 0
  /// Questions of this search, so that none is asked twice.
  var asked: [String: Step] = [:]

  /// Most addresses of a host, and systems of an address, that are looked up.
  static let mostAddresses = 2
  static let mostSystems = 2
  /// Most bytes of a link in an answer that is followed.
  static let longestLink = 2048
  /// Most servers of WHOIS that refer to each other.
  static let mostReferrals = 4

  /// Throws `Problem` for an address that has no ladder.
  public init(
    _ address: Address, settings: ContactSettings, directory: ContactDirectory, store: CaseStore,
    asker: any ContactAsker, actor: Actor, manner: Manner, now: Timestamp
  ) throws(Problem) {
    self.settings = settings
    self.directory = directory
    self.store = store
    self.asker = asker
    self.actor = actor
    self.manner = manner
    self.now = now
    reading = ContactReading(rules: settings.rules)
    var host = address.hostname.lowercased()
    if host.hasSuffix(".") { host = String(host.dropLast()) }
    guard address.isHTTP, !host.isEmpty else { throw .noSite(host) }
    result = Result(address: address, host: host, domain: nil)
    switch address.host {
    case .ipv4(let literal)?, .ipv6(let literal)?:
      result.host = literal.description
      result.addresses = [literal]
    case .domain:
      if host == "onion" || host.hasSuffix(".onion") { throw .hidden(host) }
      let top = host.split(separator: ".").last.map(String.init) ?? ""
      guard host.utf8.contains(0x2E), !ContactRules.localTops.contains(top) else {
        throw .noSite(host)
      }
      result.domain =
        PublicSuffixList.system.registrableDomain(of: host, sections: .registries) ?? host
    default: throw .noSite(host)
    }
  }

  private var day: Int { Int(now.seconds / 86_400) }

  /// Does the search.
  ///
  /// Throws `CaseStoreError` when a look-up cannot be kept.
  public mutating func run() async throws -> Result {
    add(directory.entries(domain: result.host), target: result.host)
    add(directory.partners, target: result.host)
    var aliases: [String] = []
    if result.domain != nil { aliases = try await findAddresses() }
    leaveOutPrivateAddresses()
    let forwarders = directory.forwarders(aliases: aliases, addresses: result.addresses)
    add(forwarders, target: result.host)
    result.behind = forwarders.map(\.name)
    if !forwarders.isEmpty {
      result.notes.append(
        "The site is behind \(result.behind.joined(separator: ", ")): who hosts it is not known, and "
          + "nobody is guessed. Ask for the origin.")
    }
    for address in result.addresses.prefix(Self.mostAddresses) {
      try await lookUp(address, isForwarder: !forwarders.isEmpty)
    }
    if let domain = result.domain {
      try await lookUp(domain: domain)
      try await lookUpSite(domain: domain)
    }
    return result
  }

  mutating func add(_ entries: [ContactDirectory.Entry], target: String) {
    for entry in entries {
      if let candidate = reading.directory(entry, target: target, day: day) {
        result.candidates.append(candidate)
      }
    }
  }

  /// Looks up, or takes what is stored; nil when there is nothing to read.
  mutating func look(_ way: ContactQuery.Way, about target: String) async throws -> Step? {
    let query = ContactQuery(way, target: target)
    if let step = asked[query.key] { return step.lookup.hasContent ? step : nil }
    var step: Step?
    if let stored = try store.latestLookup(key: query.key) {
      let isOld = now - stored.askedAt > lifetime(of: stored) || stored.askedAt > now + 300
      if manner.isOffline || (!isOld && !manner.isRefreshing) {
        step = Step(lookup: stored, isStored: true, isOld: isOld)
      }
    }
    if step == nil {
      let isLocal =
        if case .bootstrap(let place) = way { ContactSettings.isFolder(place) } else { false }
      if manner.isOffline, !isLocal {
        result.notes.append("Not asked, being offline: \(query.text) of \(query.server).")
        return nil
      }
      guard sent < settings.mostLookups else {
        result.notes.append(
          "Not asked, after \(settings.mostLookups) look-ups: \(query.text) of \(query.server).")
        return nil
      }
      sent += 1
      var lookup = await asker.ask(query)
      lookup.id = try store.keepLookup(lookup, by: actor)
      step = Step(lookup: lookup, isStored: false, isOld: false)
    }
    guard let step else { return nil }
    asked[query.key] = step
    result.steps.append(step)
    return step.lookup.hasContent ? step : nil
  }

  private func lifetime(of lookup: StoredLookup) -> Double {
    guard lookup.isAnswered else { return settings.fresh.failure }
    switch lookup.kind {
    case .bootstrap: return settings.fresh.bootstrap
    case .dns: return settings.fresh.address
    case .securityText: return settings.fresh.domain
    case .rdap, .whois:
      let isNumber = IPAddress(lookup.target) != nil || lookup.target.hasPrefix("AS")
      return isNumber ? settings.fresh.address : settings.fresh.domain
    }
  }

  /// Asks for the addresses of the host; returns the names that it is another name of.
  private mutating func findAddresses() async throws -> [String] {
    var aliases: [String] = []
    for kind in [DNSQuestion.Kind.address, .address6] {
      guard let reply = try await names(kind, result.host, about: result.host) else { continue }
      aliases += reply.aliases
      if let first = reply.addresses.first { result.addresses.append(first) }
    }
    if result.addresses.isEmpty { result.notes.append("\(result.host) has no address now.") }
    return aliases
  }

  mutating func names(
    _ kind: DNSQuestion.Kind, _ name: String, about target: String
  ) async throws -> DNSReply? {
    let question = DNSQuestion(kind, name)
    let server = ContactNetwork.resolver(settings).name
    guard let step = try await look(.dns(question, server: server), about: target) else {
      return nil
    }
    return DNSReply(question, .answered, message: step.lookup.answer)
  }

  private mutating func leaveOutPrivateAddresses() {
    let guardian = AddressGuard(allow: settings.allow)
    for address in result.addresses where !guardian.permits(address) {
      result.notes.append("\(address) is not public and nobody is asked about it.")
    }
    result.addresses.removeAll { !guardian.permits($0) }
  }
}
