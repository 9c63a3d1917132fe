public import Vocabulary
public import WebAddress

extension Frontier {
  /// What the frontier says to a further request of a visit that is under way.
  public enum Leave: Sendable, Hashable {
    /// It may start at this time, not before; the state is to be written down first.
    case granted(at: Timestamp, save: GroupState)
    /// The origin's robots.txt has to be fetched first.
    case robotsFirst(origin: String)
    /// It may not be made; why.
    case refused(String)
    /// It may not be made now, for no reason of the site's: the crawl stops, the source is paused.
    case notNow(String)
  }

  /// Longest wait in seconds that a visit under way may have for one more request.
  public static let longestLeave = 900.0

  /// Leave for one more request of the visit that `ticket` was given for: a step through a gate, or
  /// a part of a page that is rendered.
  ///
  /// It holds to the same scope, robots rules and politeness as a page of the queue; the group's next
  /// allowed time moves on with every leave, so that nobody else is given the same moment.
  public mutating func leave(
    for ticket: Ticket, to address: Address, isRobots: Bool = false, at now: Timestamp
  ) -> Leave {
    guard !isStopping else { return .notNow("the crawl stops") }
    guard allowance != 0 else { return .notNow("the run has no requests left") }
    guard let scope = scopes[ticket.source] else { return .notNow("the source is gone") }
    guard !pausedSources.contains(ticket.source) else { return .notNow("the source is paused") }
    // robots.txt may be redirected to a host of its own, as for any page.
    if !isRobots, let reason = scope.forbids(address) { return .refused(reason.explanation) }
    let index = slot(scope.source.group(for: address.canonical))
    guard !slots[index].isPaused else { return .notNow("the group is paused") }
    slots[index].members.insert(ticket.source)
    applyMembers(index)
    if !isRobots {
      let origin = address.origin
      let state = slots[index].robots[origin] ?? .unknown
      switch state.decision(
        for: address, agent: agent, order: scope.source.politeness.robotsOrder, at: now)
      {
      case .allowed, .ordered: break
      case .unasked: return .robotsFirst(origin: origin)
      case .disallowed(let rule):
        return .refused("robots.txt line \(rule.line): \(rule.text)")
      case .unreachable: return .refused("robots.txt of \(origin) cannot be had")
      }
    }
    let gate = slots[index].state.peers.compactMap { gates[$0] }.max()
    let start = max(now, slots[index].state.open, gate ?? now)
    guard start - now <= Self.longestLeave else {
      return .notNow("the server asks for more patience than a visit has")
    }
    allowance = allowance.map { max(0, $0 - 1) }
    closeGates(of: index, at: start)
    // Nothing is out in addition: the visit has its place already.
    let inFlight = slots[index].state.inFlight
    slots[index].state = politeness.started(slots[index].state, at: start)
    slots[index].state.inFlight = inFlight
    slots[index].lastStart = max(start, slots[index].lastStart ?? start)
    reschedule(index, at: now)
    var stored = slots[index].state
    stored.inFlight = 0
    slots[index].saved = stored
    return .granted(at: start, save: stored)
  }

  /// A request of a visit really went out at this time, later than its leave said; the next one is
  /// counted from it.
  public mutating func went(to address: Address, of source: String, at start: Timestamp) -> [Action]
  {
    guard let scope = scopes[source],
      let index = indexes[scope.source.group(for: address.canonical)]
    else { return [] }
    slots[index].lastStart = max(start, slots[index].lastStart ?? start)
    slots[index].stretch(to: slots[index].state.delay)
    reschedule(index, at: start)
    return slots[index].unsaved().map { [.save($0)] } ?? []
  }
}

extension Scope {
  /// Why an address may not be asked for at all, whatever leads to it; nil when it may.
  ///
  /// Of the rules those that protect others: scheme, credentials, host, exclusions, length. What says
  /// which pages are worth a visit is for links.
  public func forbids(_ address: Address) -> ScopeReason? {
    guard case .rejected(let reason) = judge(address, depth: 0) else { return nil }
    switch reason {
    case .notHTTP, .credentials, .host, .tooLong, .excluded: return reason
    default: return nil
    }
  }
}
