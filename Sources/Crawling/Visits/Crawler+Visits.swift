import CaseStore
import CrawlFrontier
import Fetching
import Vocabulary
import WebAddress

extension Crawler {
  /// Leave for one more request of a visit, with the group's next allowed time written down.
  func leave(for ticket: Ticket, to address: Address, isRobots: Bool) -> Frontier.Leave {
    guard failure == nil else { return .notNow("the crawl stops") }
    var leave = frontier.leave(for: ticket, to: address, isRobots: isRobots, at: clock())
    if case .robotsFirst(let origin) = leave, let stored = try? folder.store.robots(origin: origin)
    {
      // Known from an earlier page of a group that is not being asked at the moment.
      learn(stored, for: ticket, from: address)
      leave = frontier.leave(for: ticket, to: address, isRobots: isRobots, at: clock())
    }
    guard case .granted(_, let state) = leave else { return leave }
    do {
      try folder.store.save(groups: [state])
    } catch {
      fail(CrawlError(error))
      return .notNow("the crawl stops")
    }
    requests += 1
    return leave
  }

  /// Counts the group's next request from when this one really went out.
  func went(_ exchange: Exchange, for ticket: Ticket) {
    guard exchange.outcome != .cancelled else { return }
    perform(frontier.went(to: exchange.address, of: ticket.source, at: exchange.started))
  }

  /// Takes over what a robots.txt that was fetched within a visit says.
  func learn(_ stored: StoredRobots, for ticket: Ticket, from address: Address) {
    guard let source = sources[ticket.source] else { return }
    perform(
      frontier.handle(
        .robots(
          group: source.group(for: address.canonical), origin: stored.origin,
          RobotsState(stored: stored)), at: clock()))
  }

  /// What the store has on an origin's robots.txt, for how long it could not be had.
  func earlierRobots(of origin: String) -> StoredRobots? {
    try? folder.store.robots(origin: origin)
  }
}
