import CrawlFrontier
import Testing
import Vocabulary
import WebAddress

/// A web, a store and a shell around a frontier, all in virtual time and the same in every run.
///
/// The servers write an access log, from which the tests judge; they do not ask the frontier whether
/// it was polite.
struct SimulatedWorld {
  /// One line of the servers' access log.
  struct Access {
    var start: Timestamp
    var end: Timestamp
    var group: String
    var origin: String
    var path: String
    var status: Int?
    /// The earliest time at which the answer's `Retry-After` lets the next request in.
    var blockedUntil: Timestamp?
    /// Ticket and number of crashes before it, which together name the request.
    var ticket: UInt64
    var life: Int
    /// The answer came in before the machine died.
    var isDelivered = false
  }

  struct Site {
    var origin: String
    var group: String
    var robots: [UInt8]
    var crawlDelay: Double
    /// Percentages of answers that are 429, 503 or nothing.
    var trouble: Int
    var robotsFailures: Int
  }

  var frontier = Frontier()
  var limits: FrontierLimits
  var sources: [Source] = []
  var sites: [String: Site] = [:]
  var chance: Chance
  var now = noon

  // The store: what survives a crash.
  var pending: [String: [Int64: QueuedAddress]] = [:]
  var saved: [String: GroupState] = [:]

  // The rest is lost in one.
  var coming: [(time: Timestamp, event: Frontier.Event, ticket: Ticket?)] = []

  // The judges' notes.
  var log: [Access] = []
  var refused: Set<Int64> = []
  var done: [Int64: Int] = [:]
  var lost = 0
  var crashes = 0
  var mostHeld = 0
  var saves = 0
  var faults: [String] = []
  var ended = false

  init(seed: UInt64, groups: Int, pages: Int, limits: FrontierLimits) throws {
    chance = Chance(state: seed)
    self.limits = limits
    var id: Int64 = 0
    for number in 0..<groups {
      let name = "site\(number)"
      let hosts = ["\(name).example", "www.\(name).example"]
      let delay = 2 + chance.next(4)
      let source = try source(
        """
        scope: {hosts: [\(hosts.joined(separator: ", "))]}
        politeness: {delay: \(delay)s, concurrency: \(1 + number % 3), group: \(name)}
        """, name: name, start: "https://\(hosts[0])/")
      sources.append(source)
      for host in hosts {
        let crawlDelay = chance.next(4) == 0 ? Double(3 + chance.next(10)) : 0
        let text = "User-agent: *\nDisallow: /private\nCrawl-delay: \(crawlDelay)\n"
        sites["https://" + host] = Site(
          origin: "https://" + host, group: name, robots: bytes(text), crawlDelay: crawlDelay,
          trouble: chance.next(3) * 4, robotsFailures: number % 7 == 0 ? 2 : 0)
      }
      for page in 0..<pages {
        id += 1
        let folder = page % 10 == 9 ? "private" : "open"
        let text = "https://\(hosts[chance.next(2)])/\(folder)/\(page)"
        pending[name, default: [:]][id] = QueuedAddress(
          id: id, address: address(text), source: name, group: name, kind: .other,
          priority: VisitPriority.allCases[chance.next(5)],
          due: noon + Double(chance.next(600) - 300))
      }
    }
    boot()
  }

  /// Starts a frontier from the store alone.
  mutating func boot() {
    frontier = Frontier(limits: limits)
    coming = []
    for source in sources {
      frontier.add(source: source)
      let due = pending[source.name]?.values.map(\.due).min()
      frontier.add(group: saved[source.name] ?? GroupState(key: source.name), due: due)
    }
  }

  mutating func crash() {
    crashes += 1
    for item in coming where item.ticket != nil { lost += 1 }
    for index in log.indices where log[index].end > now { log[index].end = now }
    boot()
  }

  /// Lets the world run until everything is done; `crashEvery` is the mean number of actions between
  /// two crashes, 0 for none.
  mutating func run(crashEvery: Int, crashes limit: Int) {
    var turns = 0
    while !ended, turns < 400_000 {
      turns += 1
      let actions = frontier.next(at: now)
      if perform(actions, crashEvery: crashes < limit ? crashEvery : 0) {
        crash()
        continue
      }
      mostHeld = max(mostHeld, frontier.held)
      advance(actions.last)
    }
    if !ended { faults.append("did not end") }
  }

  /// True when the machine died on the way.
  private mutating func perform(_ actions: [Frontier.Action], crashEvery: Int) -> Bool {
    var announced: [String: GroupState] = [:]
    for action in actions {
      if crashEvery > 0, chance.next(crashEvery) == 0 { return true }
      switch action {
      case .save(let state):
        saves += 1
        saved[state.key] = state
        announced[state.key] = state
      case .fetch(let ticket):
        if announced.removeValue(forKey: ticket.group)?.nextAllowed ?? now <= now {
          faults.append("no save before the fetch of \(ticket.address)")
        }
        serve(ticket)
      case .load(let group, let limit, let without): load(group, limit, without)
      case .refuse(let queued, _):
        refused.insert(queued.id)
        pending[queued.group]?[queued.id] = nil
      case .postpone(let group, let origin, let until):
        for (id, queued) in pending[group] ?? [:]
        where queued.address.origin == origin && queued.due < until {
          pending[group]?[id]?.due = until
        }
      case .resolve, .wait, .idle: break
      }
    }
    return false
  }

  /// The store answers a little later with what it holds now, which may be stale by then.
  private mutating func load(_ group: String, _ limit: Int, _ without: [String]) {
    let all = (pending[group] ?? [:]).values.filter { !without.contains($0.source) }
    let due = all.filter { $0.due <= now }
      .sorted { ($0.priority, $0.due, $0.id) < ($1.priority, $1.due, $1.id) }
    let batch = Frontier.Batch(
      group: group, addresses: Array(due.prefix(limit)), more: due.count > limit,
      nextDue: all.filter { $0.due > now }.map(\.due).min())
    coming.append((now + Double(chance.next(2000)) / 1000, .loaded(batch), nil))
  }

  private mutating func serve(_ ticket: Ticket) {
    let origin = ticket.address.origin
    guard let site = sites[origin] else { return }
    let end = now + 0.02 + Double(chance.next(chance.next(10) == 0 ? 9000 : 800)) / 1000
    var facts = FetchFacts(status: 200, latency: end - now)
    if ticket.page == nil {
      if site.robotsFailures > 0 {
        sites[origin]?.robotsFailures -= 1
        facts.status = 500
      }
    } else if chance.next(100) < site.trouble {
      switch chance.next(4) {
      case 0: facts = FetchFacts(status: 429, latency: 0.1, retryAfter: "\(chance.next(200))")
      case 1: facts = FetchFacts(status: 503, latency: 0.1)
      case 2: facts = FetchFacts(failure: .timeout, latency: end - now)
      default: facts = FetchFacts(status: 500, latency: 0.1)
      }
    }
    let block = facts.retryAfter.flatMap { RetryAfter.seconds($0, now: end) }
    log.append(
      Access(
        start: now, end: end, group: ticket.group, origin: origin, path: ticket.address.pathname,
        status: facts.status, blockedUntil: block.map { end + $0 }, ticket: ticket.number,
        life: crashes))
    coming.append((end, .finished(ticket, facts), ticket))
  }

  /// Goes to the next event or the end of the wait, whichever is first.
  private mutating func advance(_ last: Frontier.Action?) {
    var next = coming.map(\.time).min()
    switch last {
    case .wait(let until?, _):
      if until <= now { faults.append("waits for what has passed") }
      next = next.map { min($0, until) } ?? until
    case .wait(nil, _):
      if next == nil { faults.append("waits for an event that cannot come") }
    default:
      if next == nil { ended = true }
    }
    guard let next else {
      ended = true
      return
    }
    now = max(now, next)
    while let index = coming.firstIndex(where: { $0.time <= now }) {
      take(coming.remove(at: index))
    }
  }

  private mutating func take(_ item: (time: Timestamp, event: Frontier.Event, ticket: Ticket?)) {
    if case .finished(let ticket, let facts) = item.event {
      let index = log.lastIndex { $0.ticket == ticket.number && $0.life == crashes }
      if let index { log[index].isDelivered = true }
      commit(ticket, facts)
    }
    _ = perform(frontier.handle(item.event, at: now), crashEvery: 0)
  }

  /// What the shell writes down before it tells the frontier.
  private mutating func commit(_ ticket: Ticket, _ facts: FetchFacts) {
    guard let page = ticket.page else {
      let origin = ticket.address.origin
      let state = RobotsState(
        status: facts.status, body: sites[origin]?.robots ?? [], at: now)
      _ = perform(
        frontier.handle(.robots(group: ticket.group, origin: origin, state), at: now),
        crashEvery: 0)
      return
    }
    if facts.status == 200 {
      done[page.id, default: 0] += 1
      pending[page.group]?[page.id] = nil
    } else {
      pending[page.group]?[page.id]?.due = now + 300
    }
  }
}
