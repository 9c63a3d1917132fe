import Vocabulary
import WebAddress

/// What the frontier holds of one politeness group.
struct GroupSlot: Sendable {
  var state: GroupState
  /// What the store was last told.
  var saved: GroupState?
  /// Due addresses, the next one first.
  var window: [QueuedAddress] = []
  /// When the store has something due that is not in the window; nil for never.
  var due: Timestamp?
  /// When the first source that was left out of the last load opens again.
  var reopens: Timestamp?
  var isLoading = false
  /// The store has given addresses new due times since the last load was asked for.
  var isStale = false
  /// Addresses that left the window since the running load was asked for; it may still bring them.
  var left: Set<Int64> = []
  /// Tickets that are out, with the address of each page.
  var out: [UInt64: Int64?] = [:]
  var robots: [String: RobotsState] = [:]
  /// Origins whose robots.txt is being fetched.
  var asked: Set<String> = []
  /// Sources with addresses in this group.
  var members: Set<String> = []
  var concurrency = 1
  /// A person has paused the group.
  var isPaused = false
  /// Its addresses are being looked up.
  var isResolving = false
  /// When they were looked up in this run.
  var resolvedAt: Timestamp?
  /// Another group on the same address has just been asked.
  var gatedUntil: Timestamp?
  /// When the last request of this run started.
  var lastStart: Timestamp?

  init(_ state: GroupState, due: Timestamp?) {
    self.state = state
    self.due = due
    self.state.inFlight = 0
  }

  /// Addresses in the window wait for nothing but the gate.
  var hasCandidate: Bool {
    guard !asked.isEmpty else { return !window.isEmpty }
    return window.contains { !asked.contains($0.address.origin) }
  }

  /// When something can next happen without an event; nil for never.
  var wake: Timestamp? {
    guard !isPaused, !isResolving, out.count < concurrency else { return nil }
    if hasCandidate { return max(state.open, gatedUntil ?? state.open) }
    // A window without a candidate waits for robots.txt, whose answer is an event.
    return isLoading || !window.isEmpty ? nil : due.map { max($0, state.open) }
  }

  /// Asks the store once more before a group rests: what became of the addresses that left since the
  /// last load, and when they are due again, is for the store to say.
  mutating func settle(at now: Timestamp) {
    guard isStale, !isLoading, window.isEmpty, out.isEmpty else { return }
    due = earliest(due, now)
  }

  /// Applies a longer delay to the request that started last, too.
  mutating func stretch(to delay: Double) {
    state.delay = delay
    if let lastStart {
      state.nextAllowed = max(state.nextAllowed, lastStart.later(by: state.spacing))
    }
  }

  /// The state to be written down when it is news to the store.
  mutating func unsaved() -> GroupState? {
    var current = state
    current.inFlight = 0
    guard current != saved else { return nil }
    saved = current
    return current
  }

  /// Forgets robots.txt of origins beyond the limit that nothing in the window needs.
  mutating func trimRobots(to limit: Int) {
    guard robots.count > limit else { return }
    let needed = Set(window.map(\.address.origin)).union(asked)
    for origin in robots.keys.sorted() where robots.count > limit && !needed.contains(origin) {
      robots[origin] = nil
    }
  }
}
