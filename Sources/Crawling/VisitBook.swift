import CaseStore
import CrawlFrontier
import Synchronization
import Vocabulary

/// When addresses are visited next, with what earlier visits to the listings of each source taught.
///
/// What it decides the caller writes down in the transaction of the visit; a book that is read from the
/// store again goes on from there.
final class VisitBook: Sendable {
  private struct State {
    var schedules: [String: ListingSchedule] = [:]
    /// The visit to each listing that was counted last.
    var counted: [Int64: Timestamp] = [:]
  }

  private let state: Mutex<State>
  private let settings: [String: Source.ScheduleSettings]
  private let schedule = Schedule()

  /// The book of these sources, from what the store keeps.
  init(sources: [String: Source], rates: [String: StoredRates]) {
    var state = State()
    settings = sources.mapValues(\.schedule)
    for (name, settings) in settings {
      let known = rates[name] ?? StoredRates()
      let yields = known.yields.map { ($0.listing, $0.yield) }
      state.schedules[name] = ListingSchedule(
        limits: settings.limits, yields: Dictionary(yields) { $1 },
        shape: DayShape(adverts: known.hours))
      for yield in known.yields { state.counted[yield.listing] = yield.visitedAt }
    }
    self.state = Mutex(state)
  }

  /// The next visit after one whose exchange has just ended.
  ///
  /// A listing that came unchanged brought nothing, which is counted at once; what a changed page
  /// brought is known when it is analysed.
  func next(
    after history: VisitHistory, to page: QueuedAddress, beganAt: Timestamp, at now: Timestamp
  ) -> (dueAt: Timestamp?, yield: StoredYield?) {
    let isStart = page.priority == .start
    guard isRegular(history), isStart || page.kind == .listing else {
      return (plain(page.kind, isStart, history, of: page.source, at: now), nil)
    }
    return state.withLock { state in
      let yield =
        history.last == .unchanged
        ? count(0, on: page.id, of: page.source, at: beganAt, &state) : nil
      return (state.schedules[page.source]?.next(page.id, from: now) ?? now, yield)
    }
  }

  /// What an analysis changes of the schedule; nil for a visit whose next one stays as it was set.
  func settle(_ page: SettledPage, at now: Timestamp) -> Settlement? {
    guard isRegular(page.history), settings[page.source] != nil else { return nil }
    guard page.isStart || page.kind == .listing else {
      guard !page.isTextNew else { return nil }
      var history = page.history
      history.foundSameText()
      return Settlement(
        dueAt: plain(page.kind, false, history, of: page.source, at: page.beganAt),
        history: history)
    }
    return state.withLock { state in
      let yield = count(
        page.newAdverts, on: page.address, of: page.source, at: page.beganAt, &state)
      return Settlement(
        dueAt: state.schedules[page.source]?.next(page.address, from: page.beganAt),
        history: page.history, yield: yield,
        hours: page.newAdverts > 0 ? state.schedules[page.source]?.shape.adverts : nil)
    }
  }

  private func isRegular(_ history: VisitHistory) -> Bool {
    switch history.last {
    case .changed, .unchanged, .sameText: true
    case nil, .gone, .blocked, .failed, .refused: false
    }
  }

  private func plain(
    _ kind: AddressKind, _ isStart: Bool, _ history: VisitHistory, of source: String,
    at now: Timestamp
  ) -> Timestamp? {
    schedule.next(
      kind: kind, isStart: isStart, history: history,
      settings: settings[source] ?? Source.ScheduleSettings(), at: now)
  }

  private func count(
    _ found: Int, on listing: Int64, of source: String, at beganAt: Timestamp,
    _ state: inout State
  ) -> StoredYield? {
    let earlier = state.counted[listing]
    // One visit is counted once, whatever is analysed again.
    if let earlier, earlier >= beganAt { return nil }
    state.counted[listing] = beganAt
    state.schedules[source]?.visited(listing, at: beganAt, since: earlier, found: found)
    return state.schedules[source]?.yields[listing].map {
      StoredYield(listing: listing, yield: $0, visitedAt: beganAt)
    }
  }
}
