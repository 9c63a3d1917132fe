import CaseStore
import CrawlFrontier
import Fetching
import Logging
import Vocabulary
import WebAddress

extension Crawler {
  /// Seconds between two looks at what people have paused.
  static let pauseInterval = 2.0

  /// Looks from time to time at what people pause and resume, and at the run's budget of time.
  func watch() -> Task<Void, Never> {
    Task { [weak self] in
      while !Task.isCancelled {
        try? await Task.sleep(for: .seconds(Self.pauseInterval))
        guard let self, await self.lookAround() else { return }
      }
    }
  }

  /// False when the crawl is over.
  private func lookAround() -> Bool {
    guard failure == nil, !isStopping, ending != nil else { return false }
    do {
      let isChanged = try applyPauses()
      if try takeUpRechecks() || isChanged { pump() }
    } catch {
      fail(CrawlError(error))
    }
    endWhenSpent()
    return !isStopping
  }

  /// Takes over what is paused; true when that changed.
  @discardableResult
  func applyPauses() throws -> Bool {
    let paused = try folder.store.pauses()
    guard paused != pauses else { return false }
    for pause in paused where !pauses.contains(pause) {
      logger.notice("paused", metadata: ["\(pause.kind.rawValue)": "\(pause.name)"])
    }
    for pause in pauses where !paused.contains(pause) {
      logger.notice("goes on", metadata: ["\(pause.kind.rawValue)": "\(pause.name)"])
    }
    pauses = paused
    frontier.pause(
      sources: Set(paused.filter { $0.kind == .source }.map(\.name)),
      groups: Set(paused.filter { $0.kind == .group }.map(\.name)), at: clock())
    return true
  }

  /// Stops as for a signal when the run has spent what it may.
  func endWhenSpent() {
    guard !isStopping else { return }
    let spent = options.budget.spent(
      requests: requests, bytes: totals.bytes, seconds: clock() - totals.startedAt)
    guard let spent else { return }
    // What was given leave for still comes in; a run that is over time does not wait for it longer
    // than the grace.
    stopReason = spent
    stop()
  }

  /// Looks up the addresses of a group's host, for the gate that groups on one machine share.
  func resolve(_ group: String, _ address: Address, for source: String) {
    guard sources[source]?.network.proxy == nil else { return resolved(group, []) }
    let fetcher = fetcher
    Task { [weak self] in
      let peers = await fetcher.addresses(of: address)
      await self?.resolved(group, peers.map(\.description))
    }
  }

  private func resolved(_ group: String, _ peers: [String]) {
    perform(frontier.handle(.resolved(group: group, peers: peers), at: clock()))
    // Not at once: this may be within the pump that asked.
    Task { [weak self] in await self?.pump() }
  }
}
