import CrawlFrontier
import Testing
import Vocabulary
import WebAddress

@Suite struct LeaveTests {
  static let start = Timestamp(seconds: 1_767_225_600)

  /// A frontier that has given out one ticket for a page, with robots.txt known.
  static func frontier(robots: String = "") throws -> (Frontier, Ticket) {
    let source = try source(start: "https://jobs.example/a")
    var frontier = Frontier()
    frontier.add(source: source)
    let group = "jobs.example"
    _ = frontier.handle(.discovered(group: group, due: start), at: start)
    let page = QueuedAddress(
      id: 1, address: try #require(Address("https://jobs.example/a")), source: source.name,
      group: group, kind: .listing, priority: .start, due: start)
    let known = RobotsState(status: 200, body: Array(robots.utf8), at: start)
    _ = frontier.next(at: start)
    _ = frontier.handle(
      .loaded(
        Frontier.Batch(group: group, addresses: [page], robots: ["https://jobs.example": known])),
      at: start)
    let actions = frontier.next(at: start)
    let ticket = try #require(
      actions.compactMap { action -> Ticket? in
        if case .fetch(let ticket) = action { return ticket }
        return nil
      }.first)
    return (frontier, ticket)
  }

  @Test func eachLeaveMovesTheNextAllowedTimeOn() throws {
    var (frontier, ticket) = try Self.frontier()
    let form = try #require(Address("https://jobs.example/age-check"))
    var starts: [Double] = []
    for _ in 0..<3 {
      guard case .granted(let at, let saved) = frontier.leave(for: ticket, to: form, at: Self.start)
      else { throw Failure() }
      starts.append(at - Self.start)
      #expect(saved.nextAllowed - at == Politeness.defaultDelay)
      #expect(saved.inFlight == 0)
    }
    #expect(starts == [2, 4, 6])
    // Nobody else gets the moments that were given away.
    #expect(frontier.state(of: "jobs.example")?.open == Timestamp(seconds: 1_767_225_608))
  }

  @Test func whatMayNotBeAskedIsRefused() throws {
    var (frontier, ticket) = try Self.frontier(robots: "User-agent: *\nDisallow: /secret\n")
    func leave(_ text: String) throws -> Frontier.Leave {
      frontier.leave(for: ticket, to: try #require(Address(text)), at: Self.start)
    }
    guard case .refused = try leave("https://elsewhere.example/") else { throw Failure() }
    guard case .refused(let why) = try leave("https://jobs.example/secret/1") else {
      throw Failure()
    }
    #expect(why.contains("Disallow"))
    #expect(try leave("http://jobs.example/x") == .robotsFirst(origin: "http://jobs.example"))
    _ = frontier.handle(.stop, at: Self.start)
    guard case .notNow = try leave("https://jobs.example/x") else { throw Failure() }
  }

  @Test func aLateStartMovesTheNextOneOn() throws {
    var (frontier, ticket) = try Self.frontier()
    let form = try #require(Address("https://jobs.example/age-check"))
    _ = frontier.leave(for: ticket, to: form, at: Self.start)
    let late = Timestamp(seconds: 1_767_225_605)
    #expect(frontier.went(to: form, of: "demo", at: late).count == 1)
    guard case .granted(let at, _) = frontier.leave(for: ticket, to: form, at: late) else {
      throw Failure()
    }
    #expect(at - late == 2)
  }

  struct Failure: Error {}
}
