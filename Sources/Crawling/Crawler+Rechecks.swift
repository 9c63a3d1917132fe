import CaseStore
import CrawlFrontier
import Logging
import Vocabulary

extension Crawler {
  /// Seconds between two looks at what the captures say about notices that were sent.
  static let recheckInterval = 60.0

  /// Puts the re-checks that are due into the queue, and judges from time to time what came of others;
  /// true when there is something new to fetch.
  func takeUpRechecks() throws -> Bool {
    let now = clock()
    if recheckedAt.map({ now - $0 >= Self.recheckInterval }) ?? true { try settleRechecks() }
    guard try folder.store.hasDueRechecks(at: now) else { return false }
    let groups = try folder.store.askRechecks(at: now)
    for group in groups {
      perform(frontier.handle(.discovered(group: group, due: now), at: now))
    }
    return !groups.isEmpty
  }

  /// Judges what was fetched of addresses that notices were sent about.
  func settleRechecks(isFinal: Bool = false) throws {
    let now = clock()
    recheckedAt = now
    let settled = try folder.store.settleRechecks(isFinal: isFinal, by: options.actor, at: now)
    try folder.store.keepNoticeTime(by: options.actor, at: now)
    for look in settled {
      logger.info(
        "looked again",
        metadata: [
          "notice": "\(look.notice)", "finding": "\(look.finding.rawValue)",
          "verdict": "\(look.verdict.rawValue)",
        ])
    }
  }
}
