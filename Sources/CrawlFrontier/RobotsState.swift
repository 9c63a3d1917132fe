public import Vocabulary
public import WebAddress

/// What is known about the robots.txt of one origin.
public enum RobotsState: Sendable {
  /// It was never asked for, or the answer is too old.
  case unknown
  /// It was read, or found missing, at `fetchedAt`; holds until `expiresAt`, at most 24 hours later.
  case known(RobotsRules, fetchedAt: Timestamp, expiresAt: Timestamp)
  /// It could not be had since `since`; nothing may be fetched, and it is asked for again at `retryAt`.
  case unreachable(since: Timestamp, retryAt: Timestamp)

  /// What an answer to a request for robots.txt means (RFC 9309 section 2.3.1), after all redirects.
  ///
  /// 2xx gives rules. A redirect that led nowhere within five hops and 4xx mean that there are no
  /// rules, except 429, which is a server in trouble. 5xx, 429 and no answer at all (`status` nil)
  /// mean that everything is disallowed; the next try comes after 10 minutes, later after as long
  /// as the trouble lasts, at most 24 hours. The standard lets a crawler go on without rules after 30
  /// days; this one stays closed until a person decides.
  public init(status: Int?, body: [UInt8], at now: Timestamp, previous: RobotsState = .unknown) {
    switch status {
    case .some(200..<300):
      self = .known(
        RobotsRules(parsing: body), fetchedAt: now, expiresAt: now.later(by: Self.lifetime))
    case .some(300..<429), .some(430..<500):
      self = .known(.allowingAll, fetchedAt: now, expiresAt: now.later(by: Self.lifetime))
    default:
      var since = now
      if case .unreachable(let earlier, _) = previous { since = min(earlier, now) }
      let wait = min(max(now - since, Self.firstRetry), Self.lifetime)
      self = .unreachable(since: since, retryAt: now.later(by: wait))
    }
  }

  /// Seconds for which an answer may be used (RFC 9309 section 2.4).
  public static let lifetime: Double = 86_400
  /// Seconds until an unreachable file is asked for again the first time.
  public static let firstRetry: Double = 600

  /// Whether an address of this origin may be fetched now, given a legal order of its source.
  ///
  /// robots.txt is asked all the same, for the order's effect is to be told and its delay obeyed.
  public func decision(
    for address: Address, agent: String, order: RobotsOrder?, at now: Timestamp
  ) -> RobotsDecision {
    let decision = decision(for: address, agent: agent, at: now)
    guard let order else { return decision }
    switch decision {
    case .disallowed(let rule) where order.covers(address):
      return .ordered(rule, by: order.name)
    case .unreachable where order.covers(address): return .ordered(nil, by: order.name)
    default: return decision
    }
  }

  /// Whether an address of this origin may be fetched now.
  public func decision(for address: Address, agent: String, at now: Timestamp) -> RobotsDecision {
    switch self {
    case .known(let rules, let fetchedAt, let expiresAt)
    where now < min(expiresAt, fetchedAt.later(by: Self.lifetime)):
      switch rules.verdict(for: address, agent: agent) {
      case .allowed(let rule): return .allowed(rule)
      case .disallowed(let rule): return .disallowed(rule)
      }
    case .unreachable(let since, let retryAt) where now < retryAt:
      return .unreachable(since: since, retryAt: retryAt)
    default: return .unasked
    }
  }

  /// Seconds between requests that the origin asks of an agent; nil when it is not known to ask.
  public func crawlDelay(agent: String) -> Double? {
    guard case .known(let rules, _, _) = self else { return nil }
    return rules.crawlDelay(agent: agent)
  }
}

/// Whether an address may be fetched as far as robots.txt is concerned.
public enum RobotsDecision: Sendable, Hashable {
  /// It may, by this rule or because none matches.
  case allowed(RobotsRule?)
  /// It may not, by this rule.
  case disallowed(RobotsRule)
  /// It may not until robots.txt can be read again.
  case unreachable(since: Timestamp, retryAt: Timestamp)
  /// robots.txt has to be fetched first.
  case unasked
  /// It may, by a named legal order, although this rule forbids it or robots.txt cannot be had (nil).
  case ordered(RobotsRule?, by: String)
}
