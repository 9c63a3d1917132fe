public import Vocabulary

/// How a visit ended, as far as the next one depends on it.
public enum VisitOutcome: String, Sendable, Hashable, Codable, CaseIterable {
  /// The page is there and new, or differs from the last time.
  case changed
  /// The page is there and came as it was, or the server answered 304.
  case unchanged
  /// The page's bytes differ, and the text of its advert does not.
  case sameText = "same-text"
  /// The page is gone: 404, 410, or it says so itself.
  case gone
  /// A log-in wall, CAPTCHA or ban stood in its place.
  case blocked
  /// No usable answer: timeouts, connection failures, other 4xx and 5xx.
  case failed
  /// We may not fetch it: robots.txt.
  case refused
}

/// What the schedule remembers of an address: plain counters that the store keeps beside it.
public struct VisitHistory: Sendable, Hashable {
  /// Visits that found the page.
  public var visits: Int
  /// Visits in a row that found nothing new.
  public var unchanged: Int
  /// What `unchanged` was before the last visit: the text of a page that came with other bytes may
  /// turn out to be the same.
  public var unchangedBefore: Int
  /// Visits in a row that found the page gone.
  public var gone: Int
  /// Visits in a row that failed or met a wall.
  public var failures: Int
  /// How the last visit ended; nil before the first.
  public var last: VisitOutcome?

  public init(
    visits: Int = 0, unchanged: Int = 0, gone: Int = 0, failures: Int = 0,
    last: VisitOutcome? = nil, unchangedBefore: Int = 0
  ) {
    self.visits = visits
    self.unchanged = unchanged
    self.gone = gone
    self.failures = failures
    self.last = last
    self.unchangedBefore = unchangedBefore
  }

  /// The last visit's page has other bytes and says what it said.
  public mutating func foundSameText() {
    guard last == .changed, visits > 1 else { return }
    last = .sameText
    unchanged = min(unchangedBefore + 1, 1000)
  }

  /// Takes one more visit into account.
  public mutating func record(_ outcome: VisitOutcome) {
    last = outcome
    switch outcome {
    case .changed, .unchanged, .sameText:
      unchangedBefore = unchanged
      unchanged = outcome == .changed || visits == 0 ? 0 : min(unchanged + 1, 1000)
      visits = min(visits + 1, .max - 1)
      gone = 0
      failures = 0
    case .gone:
      gone = min(gone + 1, 1000)
      failures = 0
    case .failed, .blocked: failures = min(failures + 1, 1000)
    case .refused: break
    }
  }
}

/// When an address is visited next.
public struct Schedule: Sendable, Hashable {
  /// Longest interval between visits to an advert that does not change, in seconds.
  public var longestAdvertInterval: Double = 7 * 86_400
  /// Interval between visits to pages that are neither adverts nor listings, in seconds.
  public var otherInterval: Double = 7 * 86_400
  /// Seconds after which a page that is gone is looked for again, one entry for each time.
  public var goneChecks: [Double] = [86_400, 7 * 86_400]
  /// First wait after a failed visit, in seconds; four times as long after each further one.
  public var firstRetry: Double = 900
  /// Longest wait after a failed visit, in seconds.
  public var longestRetry: Double = 2 * 86_400
  /// Failed visits in a row after which an advert or other page is given up.
  public var maximumFailures: Int = 8
  /// Wait after a log-in wall, CAPTCHA or ban, in seconds; doubles each time up to a week.
  public var blockedRetry: Double = 86_400
  /// Seconds after which a page that robots.txt keeps us from is considered again.
  public var refusedInterval: Double = 7 * 86_400

  public init() {}

  /// The time of the next visit, or nil when there is to be none.
  ///
  /// `history` already has the visit that ended at `now`. Start addresses and listings are never
  /// given up, since a site that comes back shows itself there first. The hours of the source do not
  /// matter here; the frontier keeps to them.
  public func next(
    kind: AddressKind, isStart: Bool, history: VisitHistory, settings: Source.ScheduleSettings,
    at now: Timestamp
  ) -> Timestamp? {
    let isLasting = isStart || kind == .listing
    guard
      let wait = wait(kind: isStart ? .listing : kind, isLasting, history, settings)
    else { return nil }
    return now.later(by: wait)
  }

  private func wait(
    kind: AddressKind, _ isLasting: Bool, _ history: VisitHistory,
    _ settings: Source.ScheduleSettings
  ) -> Double? {
    switch history.last {
    case nil: return 0
    case .changed, .unchanged, .sameText: return regular(kind, history, settings)
    case .gone:
      let check = history.gone - 1
      if goneChecks.indices.contains(check) { return goneChecks[check] }
      return isLasting ? goneChecks.last ?? otherInterval : nil
    case .failed:
      guard history.failures < maximumFailures || isLasting else { return nil }
      return growing(firstRetry, by: 4, history.failures, limit: longestRetry)
    case .blocked:
      guard history.failures < maximumFailures || isLasting else { return nil }
      return growing(blockedRetry, by: 2, history.failures, limit: 7 * 86_400)
    case .refused: return refusedInterval
    }
  }

  private func regular(
    _ kind: AddressKind, _ history: VisitHistory, _ settings: Source.ScheduleSettings
  ) -> Double? {
    switch kind {
    case .listing: return settings.listings
    case .advert:
      let limit = max(longestAdvertInterval, settings.adverts)
      return growing(settings.adverts, by: 2, history.unchanged + 1, limit: limit)
    case .other: return otherInterval
    // Another picture has another address.
    case .image: return nil
    }
  }

  /// `first` times `factor` for each step beyond the first, at most `limit`.
  private func growing(_ first: Double, by factor: Double, _ step: Int, limit: Double) -> Double {
    var wait = first
    for _ in 1..<max(step, 1) where wait < limit { wait *= factor }
    return min(wait, limit)
  }
}
