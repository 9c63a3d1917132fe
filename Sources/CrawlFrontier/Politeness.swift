public import Vocabulary

/// The rules by which a group's budget changes when requests start and end.
///
/// Pure transitions over `GroupState`; nothing else in the program counts or sleeps per host.
public struct Politeness: Sendable, Hashable {
  /// Seconds between two requests to a group when nobody asks for more.
  public static let defaultDelay: Double = 2

  /// Longest first back-off after 429 or 503 without `Retry-After`, in seconds; doubles each time.
  public var backoff: Double = 60
  /// Spacings that the first back-off lasts, when that is shorter: a server that is asked ten times a
  /// second has its count down again in seconds.
  public var backoffSpacings: Double = 30
  /// Longest back-off in seconds.
  public var backoffLimit: Double = 86_400
  /// Share of a back-off that is added by chance, so that groups do not come back together.
  public var jitter: Double = 0.1
  /// Seconds without trouble after which back-off starts anew.
  public var quiet: Double = 1800
  /// First back-off after a connection failure or timeout, in seconds; doubles each time.
  public var failureBackoff: Double = 10
  /// Longest back-off after connection failures, in seconds.
  public var failureLimit: Double = 3600
  /// Longest `Retry-After` that is obeyed to the letter; a longer one counts as this, in seconds.
  public var retryAfterLimit: Double = 30 * 86_400
  /// A server that needs this many seconds to answer gets at least as long a rest, up to this.
  public var restLimit: Double = 30
  /// Seconds between two requests to one address by whatever groups, though not more than a group's
  /// own delay; 0 for no such gate.
  public var addressSpacing: Double = 0
  /// How many times longer the spacing is after a refusal.
  public var widening: Double = 4
  /// The least spacing after a refusal, and the longest that is learned, in seconds.
  public var leastRefusedPace: Double = 0.25
  public var longestPace: Double = 600
  /// What each good answer leaves of a learned spacing.
  public var narrowing: Double = 0.97
  /// No spacing is tried again that is less than this many times one that was refused, until that is
  /// forgiven.
  public var caution: Double = 1.5
  /// What the jitter is derived from.
  public var seed: UInt64 = 0

  public init() {}

  /// The seconds between two requests: the longest of what the source and robots.txt ask for.
  public func delay(source: Double, crawlDelay: Double?) -> Double {
    min(max(source, crawlDelay ?? 0, 0), Timestamp.longestWait)
  }

  /// A request starts now: no other before the delay has passed.
  public func started(_ state: GroupState, at now: Timestamp) -> GroupState {
    var next = state
    next.inFlight += 1
    next.nextAllowed = max(state.nextAllowed, now.later(by: state.spacing))
    return next
  }

  /// A request ended with these facts.
  public func finished(
    _ state: GroupState, _ facts: FetchFacts, at now: Timestamp
  ) -> GroupState {
    var next = state
    next.inFlight = max(0, state.inFlight - 1)
    if facts.failure != .notAsked { next.pace = pace(after: facts, state, at: now) }
    if facts.status.map(Self.asksForRest) ?? false {
      next.refusedPace = max(state.refusedPace, state.spacing)
    }
    if facts.requests > 1 {
      // Redirects were requests too; the budget has to count from the last of them.
      next.nextAllowed = max(next.nextAllowed, now.later(by: next.spacing))
    }
    if facts.failure == .notAsked { return next }
    if state.delay > 0, facts.latency.isFinite {
      next.nextAllowed = max(next.nextAllowed, now.later(by: min(facts.latency, restLimit)))
    }
    let wasQuiet = state.lastFailure.map { now - $0 >= quiet } ?? true
    if wasQuiet {
      next.backoffStep = 0
      next.failureStep = 0
    }
    if let status = facts.status, Self.asksForRest(status) {
      pushBack(&next, facts, at: now)
    } else if let failure = facts.failure, failure != .limit {
      next.failureStep = min(next.failureStep + 1, 63)
      next.lastFailure = now
      block(&next, for: growing(failureBackoff, next.failureStep, failureLimit, next), at: now)
    } else {
      next.failureStep = 0
    }
    return next
  }

  /// The spacing that an answer teaches: longer at once when the server is slow or refuses, shorter
  /// little by little.
  ///
  /// A slow server gets as much rest as it needs time, as Scrapy's AutoThrottle gives it, and an answer
  /// other than 2xx and 3xx never makes the crawler faster. After a refusal the spacing is widened; it
  /// narrows until it comes near what was refused, which is forgiven by and by.
  private func pace(after facts: FetchFacts, _ state: GroupState, at now: Timestamp) -> Double {
    if facts.status.map(Self.asksForRest) ?? false {
      return min(max(state.spacing * widening, leastRefusedPace), longestPace)
    }
    let isGood = facts.failure == nil && (200..<400).contains(facts.status ?? 0)
    let since = state.lastFailure.map { max(0, now - $0) } ?? 0
    let floor = min(state.refusedPace * caution / (1 + since / quiet), longestPace)
    // The server of an operator's own machine is as fast as it is.
    let rest = state.delay > 0 && facts.latency.isFinite ? min(2 * facts.latency, 2 * restLimit) : 0
    let narrowed = isGood ? state.pace * narrowing : state.pace
    let pace = max(narrowed, floor, rest)
    return pace > state.delay ? pace : 0
  }

  /// The statuses with which a server asks to be left alone: 429 (RFC 6585) and 503 (RFC 9110).
  public static func asksForRest(_ status: Int) -> Bool { status == 429 || status == 503 }

  private func pushBack(_ next: inout GroupState, _ facts: FetchFacts, at now: Timestamp) {
    next.backoffStep = min(next.backoffStep + 1, 63)
    next.lastFailure = now
    let first = min(backoff, next.spacing * backoffSpacings)
    let own = growing(first, next.backoffStep, backoffLimit, next)
    guard let asked = facts.retryAfter.flatMap({ RetryAfter.seconds($0, now: now) }) else {
      return block(&next, for: own, at: now)
    }
    // A server that says "1" to every request is not helped by being asked every second: from the
    // third time on our own back-off counts too, two steps behind.
    let late = growing(first, next.backoffStep - 2, backoffLimit, next)
    let wait = max(min(asked, retryAfterLimit), next.backoffStep > 2 ? late : 0, next.spacing)
    // All groups that were told the same second must not come back in it.
    block(&next, for: wait * (1 + jitter * share(next.backoffStep, next)), at: now)
  }

  private func block(_ next: inout GroupState, for seconds: Double, at now: Timestamp) {
    let until = now.later(by: seconds)
    next.blockedUntil = max(until, next.blockedUntil ?? until)
  }

  /// `first` doubled for each step beyond the first, with jitter, at most `limit`.
  private func growing(
    _ first: Double, _ step: Int, _ limit: Double, _ state: GroupState
  ) -> Double {
    guard step > 0 else { return 0 }
    var wait = first
    for _ in 1..<max(step, 1) where wait < limit { wait *= 2 }
    return min(wait, limit) * (1 + jitter * share(step, state))
  }

  /// A number from 0 to 1 that differs from group to group and from step to step.
  private func share(_ step: Int, _ state: GroupState) -> Double {
    let hash = StableHash.combine(
      StableHash.combine(seed ^ StableHash.basis, state.key.utf8), UInt64(step))
    return StableHash.fraction(hash)
  }
}
