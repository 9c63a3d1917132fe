import CrawlFrontier
import Testing
import Vocabulary
import WebAddress

/// A frontier with one group, and short words for what happens to it.
struct OneGroup {
  var frontier: Frontier
  var time = noon
  let group = "jobs.example"

  init(_ extra: String = "", limits: FrontierLimits = FrontierLimits()) throws {
    frontier = Frontier(limits: limits)
    frontier.add(source: try source(extra))
    frontier.add(group: GroupState(key: group), due: noon)
  }

  func queued(
    _ id: Int64, _ path: String, _ priority: VisitPriority = .other, due: Timestamp = noon,
    source: String = "demo"
  ) -> QueuedAddress {
    QueuedAddress(
      id: id, address: address("https://jobs.example" + path), source: source, group: group,
      kind: .other, priority: priority, due: due)
  }

  mutating func next() -> [Frontier.Action] { frontier.next(at: time) }

  /// Answers the first load with these addresses and known robots.txt rules.
  @discardableResult
  mutating func load(
    _ addresses: [QueuedAddress], robots: String? = "", more: Bool = false,
    nextDue: Timestamp? = nil
  ) -> [Frontier.Action] {
    _ = next()
    var states: [String: RobotsState] = [:]
    if let robots {
      states["https://jobs.example"] = RobotsState(status: 200, body: bytes(robots), at: time)
    }
    let batch = Frontier.Batch(
      group: group, addresses: addresses, robots: states, more: more, nextDue: nextDue)
    _ = frontier.handle(.loaded(batch), at: time)
    return next()
  }

  mutating func finish(_ ticket: Ticket, _ facts: FetchFacts = FetchFacts(status: 200)) {
    _ = frontier.handle(.finished(ticket, facts), at: time)
  }
}

extension [Frontier.Action] {
  var tickets: [Ticket] {
    compactMap { if case .fetch(let ticket) = $0 { ticket } else { nil } }
  }
  var paths: [String] { tickets.map(\.address.pathname) }
  var refused: [Int64] {
    compactMap { if case .refuse(let queued, _) = $0 { queued.id } else { nil } }
  }
  var loads: [(limit: Int, without: [String])] {
    compactMap {
      if case .load(_, let limit, let without) = $0 { (limit, without) } else { nil }
    }
  }
}

@Suite struct FrontierTests {
  @Test func anEmptyFrontierIsIdle() {
    var frontier = Frontier()
    #expect(frontier.next(at: noon) == [.idle])
  }

  /// A single pass waited for whatever came due while one group was blocked, and never ended.
  @Test func whatIsNotDueYetIsNoTurnOfThisPass() {
    var frontier = Frontier()
    let blocked = noon.plus(7200)
    frontier.add(group: GroupState(key: "soon-due.example"), due: noon.plus(300))
    _ = frontier.handle(.discovered(group: "soon-due.example", due: noon.plus(300)), at: noon)
    #expect(frontier.nextTurn == nil)
    frontier.add(group: GroupState(key: "blocked.example", blockedUntil: blocked), due: noon)
    _ = frontier.handle(.discovered(group: "blocked.example", due: noon), at: noon)
    #expect(frontier.next(at: noon) == [.wait(until: noon.plus(300), .politeness)])
    #expect(frontier.nextTurn == blocked)
  }

  @Test func dueGroupsAreLoadedFirst() throws {
    var world = try OneGroup()
    #expect(
      world.next() == [
        .load(group: "jobs.example", limit: 64, without: []), .wait(until: nil, .answers),
      ])
  }

  @Test func robotsIsFetchedFirstAndThroughTheSameGate() throws {
    var world = try OneGroup()
    let actions = world.load([world.queued(1, "/a")], robots: nil)
    let ticket = try #require(actions.tickets.first)
    #expect(ticket.address.href == "https://jobs.example/robots.txt")
    #expect(ticket.purpose == .robots(origin: "https://jobs.example"))
    #expect(actions.last == .wait(until: nil, .answers))
    world.time = world.time + 0.2
    let state = RobotsState(status: 200, body: bytes("User-agent: *\nCrawl-delay: 7"), at: noon)
    let saved = world.frontier.handle(
      .robots(group: world.group, origin: "https://jobs.example", state), at: world.time)
    // The delay that was just learned holds for the request that taught it.
    #expect(
      saved == [
        .save(GroupState(key: "jobs.example", delay: 7, nextAllowed: noon + 7, crawlDelay: 7))
      ])
    world.finish(ticket)
    #expect(world.next() == [.wait(until: noon + 7, .politeness)])
    world.time = noon + 7
    #expect(world.next().paths == ["/a"])
  }

  @Test func theNextTimeIsSavedBeforeEachFetch() throws {
    var world = try OneGroup("politeness: {delay: 5s}")
    let actions = world.load([world.queued(1, "/a")])
    #expect(
      actions.first == .save(GroupState(key: "jobs.example", delay: 5, nextAllowed: noon + 5)))
    #expect(actions.tickets.count == 1)
  }

  @Test func disallowedAddressesAreRefusedWithTheirRule() throws {
    var world = try OneGroup()
    let actions = world.load(
      [world.queued(1, "/private/x"), world.queued(2, "/open")],
      robots: "User-agent: *\nDisallow: /private")
    let rule = RobotsRule(line: 2, text: "Disallow: /private", allows: false)
    #expect(actions.first == .refuse(world.queued(1, "/private/x"), .robots(rule)))
    #expect(actions.paths == ["/open"])
  }

  @Test func aLegalOrderSetsRulesAsideForWhatItCoversOnly() throws {
    var world = try OneGroup("politeness: {robots: {except: [/a], order: order 7}}")
    let rules = "User-agent: *\nDisallow: /a\nDisallow: /b"
    let actions = world.load([world.queued(1, "/b"), world.queued(2, "/a")], robots: rules)
    #expect(actions.paths == ["/a"])
    guard case .refuse(let queued, .robots(let rule))? = actions.first else {
      Issue.record("nothing was refused: \(actions)")
      return
    }
    #expect(queued.address.pathname == "/b" && rule.line == 3)
  }

  @Test func robotsIsAskedForWithALegalOrderToo() throws {
    var world = try OneGroup("politeness: {robots: {except: [/**], order: order 7}}")
    #expect(world.load([world.queued(1, "/a")], robots: nil).paths == ["/robots.txt"])
  }

  @Test func unreachableRobotsPostponesTheOriginAndIsAskedForAgain() throws {
    var world = try OneGroup()
    let ticket = try #require(world.load([world.queued(1, "/a")], robots: nil).tickets.first)
    // The shell says nothing about the answer: that counts as none.
    world.finish(ticket, FetchFacts(status: 200))
    world.time = noon + 2
    #expect(
      world.next() == [
        .postpone(group: "jobs.example", origin: "https://jobs.example", until: noon + 600),
        .wait(until: noon + 600, .schedule),
      ])
    world.time = noon + 600
    #expect(world.next().loads.count == 1)
    _ = world.frontier.handle(
      .loaded(Frontier.Batch(group: world.group, addresses: [world.queued(1, "/a")])),
      at: world.time)
    #expect(world.next().paths == ["/robots.txt"])
  }

  @Test func addressesOutsideTheirSourceAreRefused() throws {
    var world = try OneGroup("scope: {exclude: [/old/**]}")
    let stale = world.queued(1, "/old/x")
    let orphan = world.queued(2, "/x", source: "gone")
    let actions = world.load([stale, orphan])
    #expect(
      actions.prefix(2) == [
        .refuse(stale, .scope(.excluded)), .refuse(orphan, .scope(.noSource)),
      ])
  }

  @Test func orderIsPriorityThenDueTime() throws {
    var world = try OneGroup()
    let all: [QueuedAddress] = [
      world.queued(1, "/other", .other, due: noon + -500), world.queued(2, "/again", .revisit),
      world.queued(3, "/new", .newAdvert), world.queued(4, "/list", .listing),
      world.queued(5, "/start", .start), world.queued(6, "/list-early", .listing, due: noon + -9),
    ]
    var actions = world.load(all)
    var order: [String] = []
    while let ticket = actions.tickets.first {
      order.append(ticket.address.pathname)
      world.finish(ticket)
      world.time = world.time + 2
      actions = world.next()
    }
    #expect(order == ["/start", "/list-early", "/list", "/new", "/again", "/other"])
    // What became of them is asked once more; then there is nothing left.
    #expect(actions.loads.count == 1)
    #expect(world.load([]) == [.idle])
  }

  @Test func aBlockHoldsTheWholeGroup() throws {
    var world = try OneGroup()
    let actions = world.load([world.queued(1, "/a"), world.queued(2, "/b")])
    let ticket = try #require(actions.tickets.first)
    let saved = world.frontier.handle(
      .finished(ticket, FetchFacts(status: 429, retryAfter: "300")), at: world.time)
    guard case .save(let state)? = saved.first else {
      Issue.record("nothing saved")
      return
    }
    let until = try #require(state.blockedUntil)
    #expect(until >= noon + 300 && until <= noon + 330)
    #expect(world.next() == [.wait(until: until, .politeness)])
  }

  @Test func aRestoredGroupKeepsItsTime() throws {
    var frontier = Frontier()
    frontier.add(source: try source())
    let state = GroupState(
      key: "jobs.example", nextAllowed: noon + 50, blockedUntil: noon + 900, backoffStep: 3)
    frontier.add(group: state, due: noon)
    #expect(frontier.next(at: noon).last == .wait(until: noon + 900, .schedule))
  }

  @Test func groupsOfOneKeyShareOneBudgetAtTheGentlestPace() throws {
    var frontier = Frontier()
    frontier.add(source: try source("politeness: {group: shared, delay: 3s}", name: "one"))
    frontier.add(
      source: try source(
        "politeness: {group: shared, delay: 9s}", name: "two", start: "https://work.test/"))
    frontier.add(group: GroupState(key: "shared"), due: noon)
    _ = frontier.next(at: noon)
    let addresses = [("https://jobs.example/a", "one"), ("https://work.test/b", "two")]
      .enumerated().map { index, item in
        QueuedAddress(
          id: Int64(index), address: address(item.0), source: item.1, group: "shared",
          kind: .other, priority: .other, due: noon)
      }
    let known = RobotsState(status: 404, body: [], at: noon)
    let robots = ["https://jobs.example": known, "https://work.test": known]
    _ = frontier.handle(
      .loaded(Frontier.Batch(group: "shared", addresses: addresses, robots: robots)), at: noon)
    let ticket = try #require(frontier.next(at: noon).tickets.first)
    _ = frontier.handle(.finished(ticket, FetchFacts(status: 200)), at: noon)
    #expect(frontier.next(at: noon) == [.wait(until: noon + 9, .politeness)])
  }

  @Test func limitsOfGroupAndWholeHold() throws {
    var world = try OneGroup(
      "politeness: {concurrency: 2}", limits: FrontierLimits(concurrency: 3))
    var actions = world.load((1...9).map { world.queued($0, "/\($0)") })
    world.time = world.time + 2
    actions += world.next()
    world.time = world.time + 2
    actions += world.next()
    #expect(actions.tickets.count == 2)
    #expect(world.next() == [.wait(until: nil, .answers)])
    world.finish(actions.tickets[0])
    #expect(world.next().tickets.count == 1)
  }

  @Test func aDelayOfZeroGivesOutAllAtOnceUpToTheLimits() throws {
    var frontier = Frontier(limits: FrontierLimits(concurrency: 5))
    frontier.add(
      source: try source(
        "politeness: {delay: 0, concurrency: 8}",
        start: "http://127.0.0.1:8080/"))
    frontier.add(group: GroupState(key: "g"), due: noon)
    _ = frontier.next(at: noon)
    let all = (1...9).map {
      QueuedAddress(
        id: $0, address: address("http://127.0.0.1:8080/\($0)"), source: "demo", group: "g",
        kind: .other, priority: .other, due: noon)
    }
    _ = frontier.handle(
      .loaded(
        Frontier.Batch(
          group: "g", addresses: all,
          robots: ["http://127.0.0.1:8080": RobotsState(status: 404, body: [], at: noon)])),
      at: noon)
    let actions = frontier.next(at: noon)
    #expect(actions.tickets.count == 5)
    #expect(actions.last == .wait(until: nil, .answers))
  }

  @Test func theWindowIsRefilledWhenItRunsLow() throws {
    var world = try OneGroup(limits: FrontierLimits(window: 4))
    var actions = world.load((1...4).map { world.queued($0, "/\($0)") }, more: true)
    #expect(actions.loads.isEmpty)
    world.finish(actions.tickets[0])
    world.time = world.time + 2
    actions = world.next()
    // Two are left of four; one is out and may come back, so five are asked for.
    #expect(actions.loads.map(\.limit) == [5])
    // The store still has what is out (2) and what was given out meanwhile.
    world.finish(actions.tickets[0])
    _ = world.frontier.handle(
      .loaded(
        Frontier.Batch(group: world.group, addresses: (2...6).map { world.queued($0, "/\($0)") })),
      at: world.time)
    var order: [String] = []
    for _ in 0..<9 {
      world.time = world.time + 2
      actions = world.next()
      guard let ticket = actions.tickets.first else { break }
      order.append(ticket.address.pathname)
      world.finish(ticket)
    }
    #expect(order == ["/3", "/4", "/5", "/6"])
  }

  @Test func hoursOfASourceAreKept() throws {
    // It is 03:04 UTC.
    var world = try OneGroup("schedule: {hours: 8-18}")
    let opening = Timestamp(rfc3339: "2026-01-02T08:00:00Z")
    #expect(world.next().loads.first?.without == ["demo"])
    _ = world.frontier.handle(.loaded(Frontier.Batch(group: world.group, addresses: [])), at: noon)
    #expect(world.next() == [.wait(until: opening, .schedule)])
    world.time = try #require(opening)
    #expect(world.next().loads.first?.without == [])
  }

  @Test func hoursThatEndInTheMiddleStopTheSource() throws {
    var world = try OneGroup("schedule: {hours: 3-4}")
    let ticket = try #require(
      world.load([world.queued(1, "/a"), world.queued(2, "/b")]).tickets.first)
    world.time = noon + 3600
    world.finish(ticket)
    #expect(world.next().loads.map(\.without) == [["demo"]])
    #expect(
      world.load([]) == [.wait(until: Timestamp(rfc3339: "2026-01-03T03:00:00Z"), .schedule)])
  }

  @Test func waitingNamesTheNextDueTime() throws {
    var world = try OneGroup()
    #expect(world.load([], nextDue: noon + 77) == [.wait(until: noon + 77, .schedule)])
    _ = world.frontier.handle(.discovered(group: world.group, due: noon + 5), at: noon)
    #expect(world.next() == [.wait(until: noon + 5, .schedule)])
  }

  @Test func newGroupsCanBeDiscovered() throws {
    var frontier = Frontier()
    frontier.add(source: try source())
    _ = frontier.handle(.discovered(group: "new.example", due: noon), at: noon)
    #expect(frontier.next(at: noon).loads.count == 1)
  }

  @Test func stopLetsWhatIsOutComeIn() throws {
    var world = try OneGroup()
    let ticket = try #require(
      world.load([world.queued(1, "/a"), world.queued(2, "/b")]).tickets.first)
    _ = world.frontier.handle(.stop, at: noon)
    world.time = noon + 60
    #expect(world.next() == [.wait(until: nil, .answers)])
    world.finish(ticket)
    #expect(world.next() == [.idle])
    _ = world.frontier.handle(.discovered(group: world.group, due: noon), at: noon)
    #expect(world.next() == [.idle])
  }

  @Test func aLateStartMovesTheNextOne() throws {
    var world = try OneGroup("politeness: {concurrency: 2}")
    let ticket = try #require(
      world.load([world.queued(1, "/a"), world.queued(2, "/b")]).tickets.first)
    world.time = noon + 1.5
    #expect(!world.frontier.handle(.started(ticket), at: world.time).isEmpty)
    #expect(world.next() == [.wait(until: noon + 3.5, .politeness)])
  }

  @Test func eventsThatMakeNoSenseAreIgnored() throws {
    var world = try OneGroup()
    let ticket = try #require(world.load([world.queued(1, "/a")]).tickets.first)
    world.finish(ticket)
    world.finish(ticket)
    _ = world.frontier.handle(.loaded(Frontier.Batch(group: "nobody", addresses: [])), at: noon)
    _ = world.frontier.handle(.loaded(Frontier.Batch(group: world.group, addresses: [])), at: noon)
    world.time = noon + 10
    #expect(world.load([]) == [.idle])
    let late = Frontier.Batch(group: world.group, addresses: [world.queued(9, "/late")])
    _ = world.frontier.handle(.loaded(late), at: noon)
    #expect(world.next() == [.idle])
  }

  /// The store's answer can be older than what became of a page that was out at the time.
  @Test func whatBecameDueWhileALoadWasRunningIsNotForgotten() throws {
    var world = try OneGroup(limits: FrontierLimits(window: 2))
    let actions = world.load([world.queued(1, "/a")], more: true)
    let ticket = try #require(actions.tickets.first)
    #expect(actions.loads.count == 1)
    // The page fails and is due again in five minutes, which the load under way does not know.
    world.finish(ticket, FetchFacts(status: 500))
    _ = world.frontier.handle(
      .loaded(Frontier.Batch(group: world.group, addresses: [world.queued(1, "/a")])), at: noon)
    world.time = noon + 2
    #expect(world.next().loads.count == 1)
    _ = world.frontier.handle(
      .loaded(Frontier.Batch(group: world.group, addresses: [], nextDue: noon + 300)),
      at: world.time)
    #expect(world.next() == [.wait(until: noon + 300, .schedule)])
  }
}
