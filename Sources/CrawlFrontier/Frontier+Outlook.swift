public import Vocabulary

extension Frontier {
  /// The group's state that `Event.finished` is going to lead to.
  ///
  /// The shell commits it with the exchange, before it reports the end: a crash between the two must
  /// not forget that a server asked for patience. Nil for a ticket that is not out.
  public func outlook(_ ticket: Ticket, _ facts: FetchFacts, at now: Timestamp) -> GroupState? {
    guard let index = indexes[ticket.group], slots[index].out[ticket.number] != nil else {
      return nil
    }
    var state = politeness.finished(slots[index].state, facts, at: now)
    state.inFlight = 0
    return state
  }

  /// Groups that have something due and may not ask for it yet, the longest wait first.
  public func waitingGroups(at now: Timestamp) -> [GroupState] {
    busy.map { slots[$0].state }.filter { $0.open > now }
      .sorted { ($1.open, $0.key) < ($0.open, $1.key) }
  }

  /// When the first of the groups with something due can next ask for it; nil when none can without
  /// an answer that is to come.
  ///
  /// What is only going to be due does not count: a single pass that waits for a blocked group would
  /// else take in each visit that comes due meanwhile, and never end.
  public var nextTurn: Timestamp? { busy.compactMap { slots[$0].wake }.min() }
}
