public import Vocabulary
public import WebAddress

/// Whether an address would be fetched, when, and why not: what `adwatch sources why` shows.
public struct Why: Sendable, Hashable {
  /// The address in canonical form.
  public var address: Address
  /// Whether it belongs to the source.
  public var scope: ScopeDecision
  /// What robots.txt says; nil when the address does not belong to the source.
  public var robots: RobotsDecision?
  /// Politeness group.
  public var group: String
  /// Seconds between two requests to the group.
  public var delay: Double
  /// Seconds between two requests to the group with what its server has taught.
  public var spacing: Double
  /// A person has paused the source or the group, with the reason; nil when nobody has.
  public var paused: String?
  /// The group is asked to stay away until then; nil when it is not.
  public var blockedUntil: Timestamp?
  /// Before this no request to the group starts; nil when one may start now.
  public var nextAllowed: Timestamp?
  /// The rule of the calendar that keeps the source closed now; nil when it is open.
  public var closedBy: VisitCalendar.Rule?
  /// When the source is closed and opens again; nil when it is open or stays closed for a year.
  public var opens: Timestamp?
  /// When the next visit is due; nil when none is.
  public var due: Timestamp?
  /// What the next visit's time depends on; nil for an address the store does not know.
  public var history: VisitHistory?
  /// When it would be fetched at the earliest; nil when it would not.
  public var fetchedAt: Timestamp?

  /// True when it would be fetched sooner or later.
  public var wouldBeFetched: Bool { fetchedAt != nil }

  /// Explains an address of a source.
  ///
  /// `visit` is what the store has about the address: its depth, due time (nil for never again) and
  /// history; nil when the store does not know it, and then it counts as new, one link from a start.
  public init(
    _ address: Address, scope: Scope, memory: ScopeMemory = ScopeMemory(),
    robots: RobotsState = .unknown, agent: String = "Adwatch", group state: GroupState? = nil,
    visit: (depth: Int, due: Timestamp?, history: VisitHistory)? = nil, paused: String? = nil,
    at now: Timestamp
  ) {
    let source = scope.source
    self.address = SessionIdentifiers.removed(from: address.canonical)
    self.scope =
      visit.map { scope.judge(address, depth: $0.depth) }
      ?? scope.judge(address, depth: 1, memory: memory)
    group = source.group(for: address.canonical)
    let politeness = Politeness()
    delay = politeness.delay(
      source: source.politeness.delay,
      crawlDelay: robots.crawlDelay(agent: agent) ?? state?.crawlDelay)
    spacing = max(delay, state?.pace ?? 0)
    blockedUntil = state?.blockedUntil.flatMap { $0 > now ? $0 : nil }
    nextAllowed = state.flatMap { $0.open > now ? $0.open : nil }
    due = visit == nil ? now : visit?.due
    history = visit?.history
    let calendar = source.schedule.calendar
    closedBy = calendar.rule(closing: now)
    opens = closedBy == nil ? nil : calendar.opening(from: now)
    self.paused = paused

    guard case .accepted = self.scope else { return }
    let decision = robots.decision(
      for: address.canonical, agent: agent, order: source.politeness.robotsOrder, at: now)
    self.robots = decision
    guard paused == nil else { return }
    guard var earliest = due.map({ max($0, nextAllowed ?? now, now) }) else { return }
    switch decision {
    case .disallowed: return
    case .unreachable(_, let retryAt): earliest = max(earliest, retryAt)
    case .allowed, .unasked, .ordered: break
    }
    fetchedAt = calendar.opening(from: earliest)
  }

  /// The explanation in sentences, the decisive one first.
  public var sentences: [String] {
    var result: [String] = []
    switch scope {
    case .rejected(let reason):
      return ["Not fetched: it is outside the source's scope. \(reason.explanation)"]
    case .accepted(let accepted):
      if let fetchedAt {
        result.append("Fetched at \(fetchedAt.rfc3339) at the earliest.")
      } else if let paused {
        result.append("Not fetched: paused. \(paused)")
      } else if case .disallowed(let rule) = robots {
        result.append("Not fetched: robots.txt line \(rule.line) forbids it: \(rule.text)")
      } else {
        result.append("Not fetched: no further visit is planned.")
      }
      let place = accepted.isStart ? ", a start address" : ""
      let key = accepted.advertKey.map { " with the identifier \($0)" } ?? ""
      result.append("In scope as \(accepted.kind.rawValue)\(place)\(key).")
    }
    switch robots {
    case .allowed(let rule?):
      result.append("robots.txt line \(rule.line) allows it: \(rule.text)")
    case .allowed(nil): result.append("No rule of robots.txt matches, so it is allowed.")
    case .unreachable(let since, let retryAt):
      result.append(
        "robots.txt could not be read since \(since.rfc3339), so nothing is fetched; "
          + "next try at \(retryAt.rfc3339).")
    case .unasked: result.append("robots.txt has to be fetched first.")
    case .ordered(let rule?, let order):
      result.append("robots.txt line \(rule.line) (\(rule.text)) is set aside by order: \(order)")
    case .ordered(nil, let order):
      result.append("robots.txt cannot be read; it is fetched by order: \(order)")
    case .disallowed, nil: break
    }
    if let blockedUntil {
      result.append("The group \(group) is left alone until \(blockedUntil.rfc3339).")
    } else if let nextAllowed {
      result.append("The group \(group) may be asked again at \(nextAllowed.rfc3339).")
    }
    result.append("Requests to the group \(group) start at least \(spacing) s apart.")
    if spacing > delay {
      result.append("Of that, \(delay) s are asked for; its server taught the rest.")
    }
    if let closedBy {
      let opening = opens.map { "it opens at \($0.rfc3339)" } ?? "it stays closed for a year"
      result.append("The source is closed by \(closedBy); \(opening).")
    }
    if let due { result.append("The visit is due since or at \(due.rfc3339).") }
    return result
  }
}
