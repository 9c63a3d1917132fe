import Vocabulary

/// The second gate: groups whose hosts share an address share a minimum spacing, too.
extension Frontier {
  /// Seconds after which a group's addresses are looked up again.
  static let peerLifetime = 3600.0
  /// Addresses of one group that are heeded.
  static let maximumPeers = 8

  /// Whether a group may make a request as far as its servers' addresses go.
  ///
  /// Addresses that are not known are asked for first: two hundred sites on one machine must not all
  /// begin at the same moment.
  mutating func passesGate(_ index: Int, at now: Timestamp, _ actions: inout [Action]) -> Bool {
    guard politeness.addressSpacing > 0 else { return true }
    guard let first = slots[index].window.first else { return true }
    if slots[index].resolvedAt.map({ now - $0 >= Self.peerLifetime || now < $0 }) ?? true {
      guard !slots[index].isResolving else { return false }
      slots[index].isResolving = true
      resolving += 1
      actions.append(
        .resolve(group: slots[index].state.key, first.address, source: first.source))
      return false
    }
    let gate = slots[index].state.peers.compactMap { gates[$0] }.max()
    guard let gate, gate > now else { return true }
    slots[index].gatedUntil = gate
    return false
  }

  /// A request of the group starts: the others on its addresses wait.
  mutating func closeGates(of index: Int, at now: Timestamp) {
    guard politeness.addressSpacing > 0 else { return }
    let spacing = min(politeness.addressSpacing, slots[index].state.spacing)
    guard spacing > 0 else { return }
    for peer in slots[index].state.peers {
      gates[peer] = max(gates[peer] ?? now, now.later(by: spacing))
    }
  }

  /// Gates as they were before a restart, or later: a group's last request began at its next allowed
  /// time less its spacing, or earlier.
  mutating func restoreGates(of state: GroupState) {
    guard politeness.addressSpacing > 0 else { return }
    let spacing = min(politeness.addressSpacing, state.spacing)
    let gate = state.nextAllowed + (spacing - state.spacing)
    for peer in state.peers { gates[peer] = max(gates[peer] ?? gate, gate) }
  }

  /// The group's addresses are these; none when a proxy resolves its names or nobody could.
  mutating func resolved(
    _ group: String, _ peers: [String], at now: Timestamp
  ) -> [Action] {
    guard let index = indexes[group], slots[index].isResolving else { return [] }
    slots[index].isResolving = false
    slots[index].resolvedAt = now
    resolving -= 1
    slots[index].state.peers = Array(peers.sorted().prefix(Self.maximumPeers))
    reschedule(index, at: now)
    return slots[index].unsaved().map { [.save($0)] } ?? []
  }
}
