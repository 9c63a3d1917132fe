public import Vocabulary
import WebAddress

extension Frontier {
  /// Takes an event in and returns what follows from it directly.
  ///
  /// What else there is to do, `next(at:)` says, which is to be called after it.
  public mutating func handle(_ event: Event, at now: Timestamp) -> [Action] {
    switch event {
    case .loaded(let batch): loaded(batch, at: now)
    case .started(let ticket): started(ticket, at: now)
    case .finished(let ticket, let facts): finished(ticket, facts, at: now)
    case .robots(let group, let origin, let state): robots(slot(group), origin, state, at: now)
    case .discovered(let group, let due): discovered(group, due, at: now)
    case .resolved(let group, let peers): resolved(group, peers, at: now)
    case .stop: stop()
    }
  }

  private mutating func loaded(_ batch: Batch, at now: Timestamp) -> [Action] {
    guard let index = indexes[batch.group], slots[index].isLoading else { return [] }
    loadsOut -= 1
    slots[index].isLoading = false
    let out = Set(slots[index].out.values.compactMap { $0 })
    let left = slots[index].left
    slots[index].left = []
    slots[index].window = batch.addresses
      .filter { $0.group == batch.group && !left.contains($0.id) && !out.contains($0.id) }
      .sorted { ($0.priority, $0.due, $0.id) < ($1.priority, $1.due, $1.id) }
    slots[index].window.removeLast(max(0, slots[index].window.count - windowSize))
    for (origin, state) in batch.robots where slots[index].robots[origin] == nil {
      slots[index].robots[origin] = state
    }
    slots[index].trimRobots(to: limits.origins)
    slots[index].due = batch.more ? now : earliest(batch.nextDue, slots[index].reopens)
    slots[index].members.formUnion(slots[index].window.map(\.source))
    applyRobots(index)
    slots[index].settle(at: now)
    reschedule(index, at: now)
    return []
  }

  private mutating func started(_ ticket: Ticket, at now: Timestamp) -> [Action] {
    guard let index = indexes[ticket.group], slots[index].out[ticket.number] != nil else {
      return []
    }
    slots[index].lastStart = max(now, slots[index].lastStart ?? now)
    slots[index].stretch(to: slots[index].state.delay)
    reschedule(index, at: now)
    return slots[index].unsaved().map { [.save($0)] } ?? []
  }

  private mutating func finished(
    _ ticket: Ticket, _ facts: FetchFacts, at now: Timestamp
  ) -> [Action] {
    guard let index = indexes[ticket.group],
      let id = slots[index].out.removeValue(forKey: ticket.number)
    else { return [] }
    ticketsOut -= 1
    if let id {
      if slots[index].isLoading { slots[index].left.insert(id) }
      slots[index].isStale = true
    }
    if case .robots(let origin) = ticket.purpose {
      slots[index].asked.remove(origin)
      let state = slots[index].robots[origin] ?? .unknown
      if case .unasked = state.decision(for: ticket.address, agent: agent, at: now) {
        // Nobody said what the answer meant; without rules nothing may be fetched.
        slots[index].robots[origin] = RobotsState(
          status: nil, body: [], at: now, previous: state)
      }
    }
    slots[index].state = politeness.finished(slots[index].state, facts, at: now)
    slots[index].stretch(to: slots[index].state.delay)
    slots[index].settle(at: now)
    reschedule(index, at: now)
    return slots[index].unsaved().map { [.save($0)] } ?? []
  }

  private mutating func robots(
    _ index: Int, _ origin: String, _ state: RobotsState, at now: Timestamp
  ) -> [Action] {
    slots[index].robots[origin] = state
    slots[index].trimRobots(to: limits.origins)
    applyRobots(index)
    reschedule(index, at: now)
    return slots[index].unsaved().map { [.save($0)] } ?? []
  }

  /// Takes the longest crawl delay of the group's origins over; what was restored holds until one of
  /// them is known.
  private mutating func applyRobots(_ index: Int) {
    let known = slots[index].robots.values.filter {
      if case .known = $0 { return true }
      return false
    }
    if !known.isEmpty {
      slots[index].state.crawlDelay = known.compactMap { $0.crawlDelay(agent: agent) }.max()
    }
    applyMembers(index)
  }

  private mutating func discovered(
    _ group: String, _ due: Timestamp, at now: Timestamp
  ) -> [Action] {
    let index = slot(group)
    slots[index].due = earliest(slots[index].due, due)
    reschedule(index, at: now)
    return []
  }

  private mutating func stop() -> [Action] {
    isStopping = true
    busy = []
    for index in slots.indices {
      slots[index].window = []
      queue.set(index, nil)
    }
    return []
  }
}
