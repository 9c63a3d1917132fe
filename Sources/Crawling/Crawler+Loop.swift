import CaseStore
import CrawlFrontier
import Fetching
import Logging
import Vocabulary
import WebAddress

extension Crawler {
  /// Asks the frontier what to do and does it, until there is nothing to do at the moment.
  func pump() {
    while failure == nil {
      guard isStopping || !lane.isFull else { return }
      let actions = frontier.next(at: clock())
      guard perform(actions) else { break }
    }
    endWhenSpent()
    endIfDone()
  }

  /// Performs actions in order; true when the frontier has to be asked again at once.
  @discardableResult
  func perform(_ actions: [Frontier.Action]) -> Bool {
    let saves = actions.compactMap { action in
      if case .save(let state) = action { return state }
      return nil
    }
    var again = false
    do {
      if !saves.isEmpty { try folder.store.save(groups: saves) }
      for action in actions { again = try perform(action) || again }
    } catch {
      fail(CrawlError(error))
    }
    return again
  }

  private func perform(_ action: Frontier.Action) throws -> Bool {
    switch action {
    case .save: return false
    case .fetch(let ticket):
      begin(ticket)
      return false
    case .load(let group, let limit, let without):
      let now = clock()
      perform(frontier.handle(.loaded(try batch(group, limit, without, at: now)), at: now))
      return true
    case .refuse(let queued, let refusal):
      try refuse(queued, refusal)
      return false
    case .postpone(let group, let origin, let until):
      try folder.store.postpone(group: group, origin: origin, until: until)
      return false
    case .resolve(let group, let address, let source):
      resolve(group, address, for: source)
      return false
    case .wait(let until, let reason):
      waitFor(until, reason)
      return false
    case .idle:
      waitFor(nil, nil)
      return false
    }
  }

  private func batch(
    _ group: String, _ limit: Int, _ without: [String], at now: Timestamp
  ) throws -> Frontier.Batch {
    let store = folder.store
    let without = without + absent
    let due = try store.dueAddresses(
      group: group, at: now, limit: limit + 1, without: without,
      onlyWatched: options.onlyRechecks)
    var robots: [String: RobotsState] = [:]
    for origin in Set(due.map(\.address.origin)) {
      robots[origin] = try store.robots(origin: origin).map(RobotsState.init(stored:))
    }
    return Frontier.Batch(
      group: group, addresses: Array(due.prefix(limit)), robots: robots, more: due.count > limit,
      nextDue: try store.nextDue(group: group, after: now, without: without))
  }

  private func refuse(_ queued: QueuedAddress, _ refusal: Frontier.Refusal) throws {
    totals.refused += 1
    var history = try folder.store.visitBasis(address: queued.id)?.history ?? VisitHistory()
    history.record(.refused)
    let settings = sources[queued.source]?.schedule ?? Source.ScheduleSettings()
    switch refusal {
    case .scope(let reason):
      try folder.store.refuse(
        address: queued.id, outcome: FetchOutcome.outOfScope.rawValue, note: reason.explanation,
        until: nil)
    case .robots(let rule):
      let again = Schedule().next(
        kind: queued.kind, isStart: queued.priority == .start, history: history,
        settings: settings, at: clock())
      try folder.store.refuse(
        address: queued.id, outcome: FetchOutcome.robots.rawValue,
        note: "robots.txt line \(rule.line): \(rule.text)", until: again)
    }
  }

  private func waitFor(_ until: Timestamp?, _ reason: Frontier.Wait?) {
    // A single pass links what is left when it ends.
    if reason != .answers, !options.once { commits?.submit(.linking) }
    wait = (wait.generation + 1, until, reason)
    guard let until, reason != .answers else { return }
    let generation = wait.generation
    let seconds = max(0.001, min(until - clock(), 3600))
    Task { [weak self] in
      try? await Task.sleep(for: .seconds(seconds))
      await self?.wake(generation)
    }
  }

  private func wake(_ generation: Int) {
    guard generation == wait.generation else { return }
    pump()
  }

  func fail(_ error: CrawlError) {
    guard failure == nil else { return }
    failure = error
    logger.error("the crawl stops", metadata: ["why": "\(error)"])
    for transfer in transfers.values { transfer.cancel() }
    _ = frontier.handle(.stop, at: clock())
    endIfDone()
  }

  /// Ends the run when nothing is under way and nothing is to come.
  func endIfDone() {
    let isQuiet = transfers.isEmpty && (failure != nil || (committing == 0 && analysing == 0))
    guard isQuiet, let continuation = ending else { return }
    guard failure != nil || isStopping || (options.once && isPassOver) else { return }
    ending = nil
    continuation.resume()
  }

  /// True when a single pass has nothing more to wait for.
  private var isPassOver: Bool {
    switch wait.reason {
    case nil, .schedule: return true
    case .answers: return false
    case .politeness:
      guard let turn = frontier.nextTurn else { return false }
      return turn - clock() > options.longestWait
    }
  }

  func waitingGroups() -> [CrawlProgress.Waiting] {
    let now = clock()
    return frontier.waitingGroups(at: now).map {
      CrawlProgress.Waiting(
        group: $0.key, until: $0.open, isBlocked: ($0.blockedUntil ?? now) > now)
    }
  }
}
