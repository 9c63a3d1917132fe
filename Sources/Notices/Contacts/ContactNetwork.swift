import Bytes
public import CaseStore
import Dispatch
public import Fetching
import Foundation
public import Vocabulary
import WebAddress

/// Looks up on the network: RDAP and `security.txt` over HTTP, WHOIS over TCP, names by DNS.
///
/// Every connection goes through an `AddressGuard`, redirects and referrals too.
public struct ContactNetwork: ContactAsker {
  private let fetcher: Fetcher
  private let settings: ContactSettings
  private let userAgent: String
  private let names: DNSClient
  private let whois: WhoisClient
  private let clock: @Sendable () -> Timestamp

  /// The outcome of what came and cannot be taken for what it says it is.
  static let unreadable = "unreadable"
  /// Most redirects of one look-up.
  public static let mostRedirects = 5
  /// Most bytes of what is said of how a look-up ended, which may quote where a redirect leads.
  static let longestDetail = 4096
  /// Most bytes of an answer of each kind.
  static let longestRDAP = 1 << 20
  static let longestBootstrap = StoredLookup.longestAnswer

  /// `fetcher` resolves names with `Self.resolver(settings)`.
  public init(
    settings: ContactSettings, fetcher: Fetcher, userAgent: String,
    clock: @escaping @Sendable () -> Timestamp
  ) {
    self.settings = settings
    self.fetcher = fetcher
    self.userAgent = userAgent
    self.clock = clock
    names = Self.resolver(settings)
    var limits = WhoisClient.Limits()
    limits.connectTimeout = settings.patience.connect
    limits.totalTimeout = settings.patience.total
    whois = WhoisClient(
      limits: limits, guardian: AddressGuard(allow: settings.allow),
      resolver: Self.hosts(settings))
  }

  /// Who answers questions about names.
  public static func resolver(_ settings: ContactSettings) -> DNSClient {
    DNSClient(servers: settings.resolvers, within: settings.patience.name)
  }

  /// Who finds the addresses of servers: the system, unless name servers were set.
  public static func hosts(_ settings: ContactSettings) -> any NameResolver {
    settings.resolvers.isEmpty ? SystemResolver() : resolver(settings)
  }

  public func ask(_ query: ContactQuery) async -> StoredLookup {
    switch query.way {
    case .bootstrap(let place) where ContactSettings.isFolder(place): read(place, query)
    case .bootstrap(let place):
      await fetch(place, query, accept: "application/json", most: Self.longestBootstrap)
    case .rdap(let place):
      await fetch(place, query, accept: "application/rdap+json", most: Self.longestRDAP)
    case .securityText(let place):
      await fetch(place, query, accept: "text/plain", most: SecurityText.longest)
    case .whois(let server, let line):
      await apart {
        let started = clock()
        let answer = whois.ask(line, host: server.host, port: server.port)
        return lookup(
          query, started, outcome: answer.outcome.rawValue, detail: answer.detail ?? "",
          endpoint: answer.remote?.description, answer: answer.bytes)
      }
    case .dns(let question, _):
      await apart {
        let started = clock()
        let reply = names.ask(question)
        return lookup(query, started, outcome: reply.outcome.rawValue, answer: reply.message)
      }
    }
  }

  private func lookup(
    _ query: ContactQuery, _ started: Timestamp, outcome: String, status: Int? = nil,
    detail: String = "", endpoint: String? = nil, answer: [UInt8]
  ) -> StoredLookup {
    StoredLookup(
      kind: query.kind, target: query.target, server: query.server, query: query.text,
      askedAt: started, outcome: outcome, status: status,
      detail: String(decoding: detail.utf8.prefix(Self.longestDetail), as: UTF8.self),
      endpoint: endpoint, answer: answer)
  }

  /// Runs what blocks on a thread that is not of the concurrency pool.
  private func apart(_ body: @escaping @Sendable () -> StoredLookup) async -> StoredLookup {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: body()) }
    }
  }

  /// A file of this machine.
  private func read(_ path: String, _ query: ContactQuery) -> StoredLookup {
    let started = clock()
    // A pipe would wait for whoever writes to it.
    let attributes = try? FileManager.default.attributesOfItem(
      atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
    guard attributes?[.type] as? FileAttributeType == .typeRegular,
      let file = FileHandle(forReadingAtPath: path),
      let bytes = try? file.read(upToCount: Self.longestBootstrap + 1)
    else { return lookup(query, started, outcome: Self.unreadable, answer: []) }
    guard bytes.count <= Self.longestBootstrap else {
      return lookup(query, started, outcome: FetchOutcome.tooBig.rawValue, answer: [])
    }
    return lookup(query, started, outcome: FetchOutcome.fetched.rawValue, answer: [UInt8](bytes))
  }

  private func fetch(
    _ place: String, _ query: ContactQuery, accept: String, most: Int
  ) async -> StoredLookup {
    let started = clock()
    guard var address = Address(place), address.isHTTP else {
      return lookup(query, started, outcome: FetchOutcome.badRequest.rawValue, answer: [])
    }
    var hops: [String] = []
    while true {
      var limits = FetchLimits()
      limits.maximumBodyBytes = most
      limits.connectTimeout = settings.patience.connect
      limits.totalTimeout = settings.patience.total
      limits.lowSpeedSeconds = settings.patience.stalled
      var network = NetworkPolicy(allow: settings.allow)
      network.caFile = settings.authorities
      // Not compressed, so that what is kept is what the server sent.
      let exchange = await fetcher.fetch(
        FetchRequest(
          address,
          headers: [HeaderField("Accept", accept), HeaderField("Accept-Encoding", "identity")],
          userAgent: userAgent, limits: limits, network: network))
      func end(_ outcome: FetchOutcome, _ detail: String?) -> StoredLookup {
        var words = hops.isEmpty ? [] : ["redirected to " + hops.joined(separator: ", ")]
        if let detail { words.append(detail) }
        let body = body(of: exchange, most: most)
        if let reason = body.reason { words.append(reason) }
        return lookup(
          query, started,
          outcome: outcome == .fetched ? body.outcome ?? "fetched" : outcome.rawValue,
          status: exchange.status, detail: words.joined(separator: "; "),
          endpoint: exchange.remote?.description, answer: body.bytes)
      }
      switch Redirect.target(of: exchange) {
      case .none: return end(exchange.outcome, exchange.detail)
      case .bad(let reason): return end(.badRedirect, reason)
      case .target(let next, _):
        guard hops.count < Self.mostRedirects else {
          return end(.tooManyRedirects, "more than \(Self.mostRedirects) redirects")
        }
        guard address.scheme != "https" || next.scheme == "https" else {
          return end(.badRedirect, "leads from https to http")
        }
        // RFC 9116 section 3: a file answers for its own host; another domain's would be of others.
        if query.kind == .securityText, next.politenessGroup != address.politenessGroup {
          return end(.badRedirect, "leads to another domain: \(next.hostname)")
        }
        hops.append(next.href)
        address = next
      }
    }
  }

  /// The body without an encoding that the server used all the same; as it came with the reason when
  /// that gives more than `most` bytes or none.
  private func body(
    of exchange: Exchange, most: Int
  ) -> (bytes: [UInt8], outcome: String?, reason: String?) {
    do throws(DecodingFailure) {
      let decoded = try exchange.decodedBody(limits: DecodingLimits(maximumBytes: most))
      return (Array(decoded.prefix(most)), nil, nil)
    } catch {
      let raw = Array(exchange.body.prefix(most))
      let reason = "its content encoding \(error)"
      switch error {
      case .tooBig, .ratio: return (raw, FetchOutcome.tooBig.rawValue, reason)
      case .corrupt, .unsupported: return (raw, Self.unreadable, reason)
      }
    }
  }
}
