import CrawlFrontier
import Testing
import Vocabulary
import WebAddress

@Suite struct WhyTests {
  let page = address("https://jobs.example/a#top")

  func why(
    _ extra: String = "", robots: RobotsState = .unknown, group: GroupState? = nil,
    visit: (depth: Int, due: Timestamp?, history: VisitHistory)? = nil
  ) throws -> Why {
    Why(
      page, scope: Scope(try source(extra)), robots: robots, group: group, visit: visit, at: noon)
  }

  @Test func aNewAddressIsFetchedNow() throws {
    let why = try why()
    #expect(why.wouldBeFetched && why.fetchedAt == noon && why.robots == .unasked)
    #expect(why.address.href == "https://jobs.example/a")
  }

  @Test func outOfScopeSaysWhy() throws {
    let why = try why("scope: {exclude: [/a]}")
    #expect(!why.wouldBeFetched && why.scope == .rejected(.excluded) && why.robots == nil)
    #expect(why.sentences[0].contains("scope.exclude"))
  }

  @Test func robotsSaysWhichLine() throws {
    let rules = RobotsState(status: 200, body: bytes("User-agent: *\n\nDisallow: /a\n"), at: noon)
    let why = try why(robots: rules)
    #expect(!why.wouldBeFetched)
    #expect(why.sentences[0].contains("line 3") && why.sentences[0].contains("Disallow: /a"))
  }

  @Test func whatHasToPassFirstAddsUp() throws {
    let state = GroupState(
      key: "jobs.example", nextAllowed: noon + 3, blockedUntil: noon + 900)
    let blocked = try why(group: state)
    #expect(blocked.fetchedAt == noon + 900 && blocked.blockedUntil == noon + 900)
    let later = try why(group: state, visit: (1, noon + 5000, VisitHistory(visits: 1)))
    #expect(later.fetchedAt == noon + 5000)
    let night = try why("schedule: {hours: 20-22}", group: state)
    #expect(night.fetchedAt == Timestamp(rfc3339: "2026-01-02T20:00:00Z"))
    let unreachable = try why(robots: RobotsState(status: 500, body: [], at: noon))
    #expect(unreachable.fetchedAt == noon + 600)
  }

  @Test func neverAgainIsSaid() throws {
    let why = try why(visit: (1, nil, VisitHistory(gone: 3, last: .gone)))
    #expect(!why.wouldBeFetched)
    #expect(why.sentences[0].contains("no further visit"))
  }

  @Test func theDelayIsTheOneInForce() throws {
    let slow = RobotsState(status: 200, body: bytes("User-agent: *\nCrawl-delay: 12"), at: noon)
    #expect(try why(robots: slow).delay == 12)
    let taught = GroupState(key: "jobs.example", pace: 30)
    #expect(try why(group: taught).spacing == 30)
  }

  @Test func aLegalOrderIsNamedWithTheRuleItSetsAside() throws {
    let rules = RobotsState(status: 200, body: bytes("User-agent: *\nDisallow: /"), at: noon)
    let why = try why("politeness: {robots: {except: [/**], order: Court 09/1}}", robots: rules)
    #expect(why.wouldBeFetched)
    #expect(why.sentences.contains { $0.contains("line 2") && $0.contains("Court 09/1") })
  }

  @Test func aPauseAndACalendarAreNamed() throws {
    let paused = Why(
      address("https://jobs.example/a"), scope: Scope(try source()), paused: "asked to", at: noon)
    #expect(!paused.wouldBeFetched && paused.sentences[0].contains("asked to"))
    let closed = try why("schedule: {not_on: [2026-01-02], zone: Europe/Amsterdam}")
    #expect(closed.fetchedAt == Timestamp(rfc3339: "2026-01-02T23:00:00Z"))
    #expect(closed.sentences.contains { $0.contains("schedule.not_on 2026-01-02") })
  }
}
