public import Vocabulary
import WebAddress

/// Says what to fetch next, when, and whether we may: event in, actions out.
///
/// The frontier owns order and politeness; nothing else in the program sleeps or counts per host. It
/// has no clock, no files and no chance: the shell tells it the time, performs its actions in order,
/// and reports what happened. Pages wait in the store, of which the frontier holds a small window per
/// group, so its memory does not grow with the crawl.
///
/// The shell's loop: `next(at:)`, perform the actions; when an event comes or the wait is over,
/// `handle(_:at:)` the event, perform what it returns, and call `next(at:)` again. A `save` has to be
/// on disk before the actions after it are begun; several saves may share a transaction.
public struct Frontier: Sendable {
  /// How much is done and held at once.
  public let limits: FrontierLimits
  /// The rules of budgets.
  public let politeness: Politeness
  /// Our product token in robots.txt.
  public let agent: String

  var scopes: [String: Scope] = [:]
  var slots: [GroupSlot] = []
  var indexes: [String: Int] = [:]
  var queue = WakeQueue()
  /// Groups with due addresses, as far as is known.
  var busy: Set<Int> = []
  var ticketsOut = 0
  var loadsOut = 0
  var isStopping = false
  /// Sources and groups that a person has paused.
  var pausedSources: Set<String> = []
  var pausedGroups: Set<String> = []
  /// Look-ups of names that are out.
  var resolving = 0
  /// No request before these times to any group that shares the address.
  var gates: [String: Timestamp] = [:]
  /// Requests that may still be given out; nil for no limit.
  public var allowance: Int?
  private var ticketNumber: UInt64 = 0

  public init(
    limits: FrontierLimits = FrontierLimits(), politeness: Politeness = Politeness(),
    agent: String = "Adwatch"
  ) {
    self.limits = limits
    self.politeness = politeness
    self.agent = agent
  }

  /// Adds a source, or replaces the one of the same name.
  ///
  /// Its addresses are in the store, or come there and are announced with `Event.discovered`.
  public mutating func add(source: Source, traps: TrapLimits = TrapLimits()) {
    scopes[source.name] = Scope(source, limits: traps)
    for index in slots.indices where slots[index].members.contains(source.name) {
      applyMembers(index)
    }
  }

  /// Forgets a source; its queued addresses are refused from now on.
  public mutating func remove(source name: String) { scopes[name] = nil }

  /// Adds a group as the store has it, with the due time of its earliest address; nil when it has none.
  public mutating func add(group state: GroupState, due: Timestamp?) {
    let index = slot(state.key)
    var slot = GroupSlot(state, due: due)
    slot.saved = slot.state
    slot.isPaused = pausedGroups.contains(state.key)
    slots[index] = slot
    restoreGates(of: state)
    queue.set(index, slot.wake)
  }

  /// Addresses that are held in memory.
  public var held: Int { slots.reduce(0) { $0 + $1.window.count } }

  /// Requests that are out.
  public var inFlight: Int { ticketsOut }

  /// How a group stands; nil for one that is not known.
  public func state(of group: String) -> GroupState? { indexes[group].map { slots[$0].state } }

  /// What to do now.
  ///
  /// The last action is `wait` or `idle`, and there is one of these only.
  public mutating func next(at now: Timestamp) -> [Action] {
    var actions: [Action] = []
    while !isStopping, allowance != 0, ticketsOut < limits.concurrency, let first = queue.first(),
      first.time <= now
    {
      turn(first.group, at: now, &actions)
      reschedule(first.group, at: now)
    }
    actions.append(pause())
    return actions
  }

  /// One chance for a group: at most one request, so that groups that never wait take turns.
  private mutating func turn(_ index: Int, at now: Timestamp, _ actions: inout [Action]) {
    var gave = !passesGate(index, at: now, &actions)
    while !gave, slots[index].state.open <= now,
      slots[index].out.count < slots[index].concurrency,
      let place = slots[index].window.firstIndex(where: { isFree($0, index) })
    {
      gave = consider(place, of: index, at: now, &actions)
    }
    slots[index].settle(at: now)
    load(index, at: now, &actions)
  }

  private func isFree(_ queued: QueuedAddress, _ index: Int) -> Bool {
    slots[index].asked.isEmpty || !slots[index].asked.contains(queued.address.origin)
  }

  /// Decides about one address of the window; true when a request was given out.
  private mutating func consider(
    _ place: Int, of index: Int, at now: Timestamp, _ actions: inout [Action]
  ) -> Bool {
    let queued = slots[index].window[place]
    guard let scope = scopes[queued.source] else {
      refuse(place, of: index, .scope(.noSource), &actions)
      return false
    }
    let calendar = scope.source.schedule.calendar
    guard !pausedSources.contains(queued.source), calendar.contains(now) else {
      // It stays due in the store and is asked for again when its source opens.
      slots[index].window.removeAll { $0.source == queued.source }
      if !pausedSources.contains(queued.source) {
        slots[index].due = earliest(slots[index].due, calendar.opening(from: now))
      }
      return false
    }
    if case .rejected(let reason) = scope.judge(
      queued.address, depth: queued.depth, as: queued.kind)
    {
      refuse(place, of: index, .scope(reason), &actions)
      return false
    }
    let origin = queued.address.origin
    switch robotsDecision(queued, scope.source, slots[index], at: now) {
    case .allowed, .ordered:
      slots[index].window.remove(at: place)
      if slots[index].isLoading { slots[index].left.insert(queued.id) }
      issue(.page(queued), queued.address, queued.source, index, at: now, &actions)
      return true
    case .disallowed(let rule):
      refuse(place, of: index, .robots(rule), &actions)
      return false
    case .unreachable(_, let retryAt):
      for other in slots[index].window where other.address.origin == origin {
        slots[index].left.insert(other.id)
      }
      slots[index].window.removeAll { $0.address.origin == origin }
      slots[index].due = earliest(slots[index].due, retryAt)
      actions.append(.postpone(group: slots[index].state.key, origin: origin, until: retryAt))
      return false
    case .unasked:
      guard let file = queued.address.resolving("/robots.txt") else {
        refuse(place, of: index, .scope(.notHTTP), &actions)
        return false
      }
      slots[index].asked.insert(origin)
      issue(.robots(origin: origin), file, queued.source, index, at: now, &actions)
      return true
    }
  }

  private func robotsDecision(
    _ queued: QueuedAddress, _ source: Source, _ slot: GroupSlot, at now: Timestamp
  ) -> RobotsDecision {
    let state = slot.robots[queued.address.origin] ?? .unknown
    return state.decision(
      for: queued.address, agent: agent, order: source.politeness.robotsOrder, at: now)
  }

  private mutating func refuse(
    _ place: Int, of index: Int, _ refusal: Refusal, _ actions: inout [Action]
  ) {
    let queued = slots[index].window.remove(at: place)
    if slots[index].isLoading { slots[index].left.insert(queued.id) }
    slots[index].isStale = true
    actions.append(.refuse(queued, refusal))
  }

  /// Gives out a request, and the time of the next one to be saved before it.
  ///
  /// A crash between the two costs a pause and never a burst.
  private mutating func issue(
    _ purpose: Ticket.Purpose, _ address: Address, _ source: String, _ index: Int,
    at now: Timestamp, _ actions: inout [Action]
  ) {
    ticketNumber += 1
    ticketsOut += 1
    allowance = allowance.map { max(0, $0 - 1) }
    closeGates(of: index, at: now)
    slots[index].out[ticketNumber] = .some(nil)
    if case .page(let queued) = purpose { slots[index].out[ticketNumber] = .some(queued.id) }
    slots[index].state = politeness.started(slots[index].state, at: now)
    slots[index].lastStart = now
    var stored = slots[index].state
    stored.inFlight = 0
    slots[index].saved = stored
    actions.append(.save(stored))
    actions.append(
      .fetch(
        Ticket(
          number: ticketNumber, purpose: purpose, address: address, group: stored.key,
          source: source, issuedAt: now)))
  }

  /// Asks the store for more when the window runs low and there is more.
  private mutating func load(_ index: Int, at now: Timestamp, _ actions: inout [Action]) {
    let size = windowSize
    guard !slots[index].isLoading, let due = slots[index].due, due <= now,
      slots[index].window.count <= size / 2
    else { return }
    let closed = scopes.values.map(\.source).filter { !$0.schedule.calendar.contains(now) }
    let reopening = closed.filter { !pausedSources.contains($0.name) }
    slots[index].reopens = reopening.compactMap { $0.schedule.calendar.opening(from: now) }.min()
    slots[index].isLoading = true
    slots[index].isStale = false
    slots[index].left = []
    loadsOut += 1
    // What is out is still due in the store and may come back, so room is made for it.
    actions.append(
      .load(
        group: slots[index].state.key, limit: size + slots[index].out.count,
        without: pausedSources.union(closed.map(\.name)).sorted()))
  }

  var windowSize: Int { min(limits.window, max(4, limits.held / max(1, slots.count))) }

  private mutating func pause() -> Action {
    let isWaiting = ticketsOut > 0 || loadsOut > 0 || resolving > 0
    if isStopping || allowance == 0 { return isWaiting ? .wait(until: nil, .answers) : .idle }
    if ticketsOut >= limits.concurrency { return .wait(until: nil, .answers) }
    guard let first = queue.first() else { return isWaiting ? .wait(until: nil, .answers) : .idle }
    return .wait(
      until: first.time, !busy.isEmpty ? .politeness : isWaiting ? .answers : .schedule)
  }

  mutating func reschedule(_ index: Int, at now: Timestamp) {
    let slot = slots[index]
    let isDue = slot.due.map { $0 <= now } ?? false
    if !slot.isPaused, !slot.window.isEmpty || isDue {
      busy.insert(index)
    } else {
      busy.remove(index)
    }
    queue.set(index, isStopping ? nil : slot.wake)
  }

  /// The place of a group, which is made when there is none.
  mutating func slot(_ key: String) -> Int {
    if let index = indexes[key] { return index }
    slots.append(GroupSlot(GroupState(key: key), due: nil))
    slots[slots.count - 1].isPaused = pausedGroups.contains(key)
    indexes[key] = slots.count - 1
    return slots.count - 1
  }

  /// Works out delay and concurrency of a group from the sources that share it: the gentlest counts.
  mutating func applyMembers(_ index: Int) {
    let settings = slots[index].members.compactMap { scopes[$0]?.source.politeness }
    let source = settings.map(\.delay).max() ?? Politeness.defaultDelay
    slots[index].concurrency = max(1, settings.map(\.concurrency).min() ?? 1)
    slots[index].stretch(
      to: politeness.delay(source: source, crawlDelay: slots[index].state.crawlDelay))
  }
}
