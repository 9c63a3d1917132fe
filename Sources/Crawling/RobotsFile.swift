import Bytes
public import CaseStore
public import CrawlFrontier
import Fetching
import Vocabulary

/// Between a robots.txt exchange, its row in the store, and the rules the frontier knows.
enum RobotsFile {
  /// Redirects followed before the file counts as unavailable (RFC 9309, section 2.3.1.2).
  static let maximumRedirects = 5

  /// The row for an exchange; `previous` tells since when the file could not be had.
  static func stored(
    _ exchange: Exchange, origin: String, previous: StoredRobots?, at now: Timestamp
  ) -> StoredRobots {
    let isAnswer = exchange.outcome == .fetched || exchange.outcome == .tooBig
    // A file that cannot be decoded is one that cannot be had: it may say no.
    let decoded = try? exchange.decodedBody(limits: DecodingLimits())
    let body = decoded.map(wholeLines) ?? []
    let state = RobotsState(
      status: isAnswer && decoded != nil ? exchange.status : nil, body: body, at: now,
      previous: previous.map(RobotsState.init(stored:)) ?? .unknown)
    switch state {
    case .known(_, let fetchedAt, let expiresAt):
      let isFile = (200..<300).contains(exchange.status ?? 0)
      return StoredRobots(
        origin: origin, kind: isFile ? Kind.rules : Kind.none,
        body: isFile ? body : nil, fetchedAt: fetchedAt,
        expiresAt: expiresAt)
    case .unreachable(let since, let retryAt):
      return StoredRobots(
        origin: origin, kind: Kind.unreachable, body: nil, fetchedAt: since, expiresAt: retryAt)
    case .unknown:
      return StoredRobots(
        origin: origin, kind: Kind.unreachable, body: nil, fetchedAt: now, expiresAt: now)
    }
  }

  /// As much of a file as is read, without a last line that would be cut in two.
  private static func wholeLines(_ body: [UInt8]) -> [UInt8] {
    guard body.count > RobotsRules.maximumBytes else { return body }
    let read = body.prefix(RobotsRules.maximumBytes)
    let end = read.lastIndex { $0 == 0x0A || $0 == 0x0D }
    return Array(read[..<(end ?? read.startIndex)])
  }

  fileprivate enum Kind {
    static let rules = "rules"
    static let none = "none"
    static let unreachable = "unreachable"
  }
}

extension RobotsState {
  /// The state that a row stands for.
  public init(stored: StoredRobots) {
    switch stored.kind {
    case RobotsFile.Kind.rules:
      self = .known(
        RobotsRules(parsing: stored.body ?? []), fetchedAt: stored.fetchedAt,
        expiresAt: stored.expiresAt)
    case RobotsFile.Kind.none:
      self = .known(
        .allowingAll, fetchedAt: stored.fetchedAt, expiresAt: stored.expiresAt)
    default:
      self = .unreachable(since: stored.fetchedAt, retryAt: stored.expiresAt)
    }
  }
}
