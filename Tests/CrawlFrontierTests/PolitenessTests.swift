import CrawlFrontier
import Testing
import Vocabulary

@Suite struct PolitenessTests {
  let rules = Politeness()
  let fresh = GroupState(key: "jobs.example")

  func after(_ facts: FetchFacts..., gap: Double = 0) -> (state: GroupState, time: Timestamp) {
    var state = fresh
    var time = noon
    for fact in facts {
      state = rules.started(state, at: time)
      state = rules.finished(state, fact, at: time)
      time = max(state.open, time + gap)
    }
    return (state, time)
  }

  @Test func aStartMovesTheNextOneByTheDelay() {
    let state = rules.started(fresh, at: noon)
    #expect(state.nextAllowed == noon + 2)
    #expect(state.inFlight == 1)
    #expect(rules.finished(state, FetchFacts(status: 200), at: noon + 0.5).inFlight == 0)
  }

  @Test(arguments: [
    (2.0, nil as Double?, 2.0), (5, 3, 5), (2, 30, 30), (2, 0, 2), (0, nil, 0), (0, 1.5, 1.5),
    (2, 1e300, 315_360_000),
  ])
  func delayIsTheLongestAskedFor(_ source: Double, _ crawlDelay: Double?, _ expected: Double) {
    #expect(rules.delay(source: source, crawlDelay: crawlDelay) == expected)
  }

  @Test func retryAfterInSecondsBlocksTheGroup() {
    let state = after(FetchFacts(status: 429, retryAfter: "120")).state
    let wait = (state.blockedUntil ?? noon) - noon
    #expect(wait >= 120 && wait <= 132)
    #expect(state.open == state.blockedUntil)
  }

  @Test func retryAfterAsADateBlocksTheGroup() {
    let state = after(FetchFacts(status: 503, retryAfter: "Fri, 02 Jan 2026 04:04:05 GMT")).state
    let wait = (state.blockedUntil ?? noon) - noon
    #expect(wait >= 3600 && wait <= 3960)
  }

  @Test func aRefusalWidensTheSpacingAndGoodAnswersNarrowItToWithinCaution() {
    var state = GroupState(key: "own.example", delay: 0.02)
    state = rules.finished(state, FetchFacts(status: 429), at: noon)
    #expect(state.pace == 0.25 && state.refusedPace == 0.02)
    state = rules.finished(state, FetchFacts(status: 503), at: noon)
    #expect(state.pace == 1 && state.refusedPace == 0.25)
    for _ in 0..<500 { state = rules.finished(state, FetchFacts(status: 200), at: noon + 60) }
    #expect(state.pace > 0.36 && state.pace < 0.375)
    let kept = rules.finished(state, FetchFacts(status: 404), at: noon + 60)
    #expect(kept.pace == state.pace)
    for _ in 0..<500 { state = rules.finished(state, FetchFacts(status: 200), at: noon + 90_000) }
    #expect(state.spacing == 0.02, "refusals are forgiven in time: \(state.pace)")
  }

  @Test func theSpacingFollowsTheServersLatency() {
    var state = rules.finished(fresh, FetchFacts(status: 200, latency: 4), at: noon)
    #expect(state.spacing == 8)
    state = rules.finished(state, FetchFacts(status: 500, latency: 0.01), at: noon)
    #expect(state.spacing == 8)
    state = rules.finished(state, FetchFacts(status: 200, latency: 0.01), at: noon)
    #expect(state.spacing < 8 && state.spacing > 7.7)
  }

  @Test func backOffDoublesUpToADayWithAtMostATenthOfJitter() {
    var state = fresh
    var time = noon
    var expected = 60.0
    for _ in 0..<14 {
      state = rules.finished(rules.started(state, at: time), FetchFacts(status: 503), at: time)
      let wait = (state.blockedUntil ?? time) - time
      #expect(wait >= expected && wait <= expected * 1.1 + 0.001)
      // The next answer comes at once, so that no half hour of quiet passes.
      time = time + 1
      state.blockedUntil = nil
      expected = min(expected * 2, 86_400)
    }
  }

  @Test func jitterDependsOnTheGroupAndTheSeedAlone() {
    let other = GroupState(key: "other.example")
    let facts = FetchFacts(status: 503)
    var seeded = rules
    seeded.seed = 9
    let a = rules.finished(fresh, facts, at: noon).blockedUntil
    #expect(a == rules.finished(fresh, facts, at: noon).blockedUntil)
    #expect(a != rules.finished(other, facts, at: noon).blockedUntil)
    #expect(a != seeded.finished(fresh, facts, at: noon).blockedUntil)
  }

  @Test func halfAnHourOfQuietForgives() {
    var state = after(FetchFacts(status: 503), FetchFacts(status: 503)).state
    #expect(state.backoffStep == 2)
    let trouble = state.lastFailure ?? noon
    state = rules.finished(state, FetchFacts(status: 200), at: trouble + 1799)
    #expect(state.backoffStep == 2)
    state = rules.finished(state, FetchFacts(status: 200), at: trouble + 1800)
    #expect(state.backoffStep == 0)
  }

  @Test func aServerThatAlwaysSaysOneSecondIsNotAskedEverySecond() {
    var state = fresh
    var time = noon
    for _ in 0..<5 {
      let facts = FetchFacts(status: 429, retryAfter: "1")
      state = rules.finished(rules.started(state, at: time), facts, at: time)
      time = state.open
    }
    #expect((state.blockedUntil ?? noon) - (state.lastFailure ?? noon) >= 240)
  }

  @Test func failuresBackOffMoreGently() {
    let once = after(FetchFacts(failure: .timeout)).state
    #expect(once.open - noon >= 10 && once.open - noon <= 11.001)
    #expect(once.backoffStep == 0)
    var state = fresh
    for _ in 0..<20 { state = rules.finished(state, FetchFacts(failure: .connection), at: noon) }
    #expect(state.open - noon <= 3960.001)
    #expect(rules.finished(state, FetchFacts(status: 200), at: noon).failureStep == 0)
  }

  @Test func ourOwnLimitsAreNotTheServersFault() {
    #expect(after(FetchFacts(status: 200, failure: .limit)).state.blockedUntil == nil)
    #expect(after(FetchFacts(failure: .notAsked)).state.blockedUntil == nil)
  }

  @Test func aSlowServerGetsAsLongARest() {
    let state = rules.finished(
      rules.started(fresh, at: noon), FetchFacts(status: 200, latency: 12), at: noon + 12)
    #expect(state.nextAllowed == noon + 24)
    let stuck = rules.finished(fresh, FetchFacts(status: 200, latency: 1e9), at: noon)
    #expect(stuck.nextAllowed == noon + 30)
  }

  @Test func redirectsCountAsRequests() {
    let state = rules.finished(
      rules.started(fresh, at: noon), FetchFacts(status: 200, requests: 3), at: noon + 1.5)
    #expect(state.nextAllowed == noon + 3.5)
  }

  @Test func aBlockIsNeverShortened() {
    var state = after(FetchFacts(status: 429, retryAfter: "3600")).state
    state = rules.finished(state, FetchFacts(status: 429, retryAfter: "5"), at: noon + 1)
    #expect((state.blockedUntil ?? noon) - noon >= 3600)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, -5, 1e308])
  func hostileNumbersDoNotTrap(_ number: Double) {
    var state = fresh
    state.delay = number
    state = rules.started(state, at: noon)
    state = rules.finished(state, FetchFacts(status: 429, latency: number), at: noon)
    #expect(state.open >= noon)
  }
}

@Suite struct RetryAfterTests {
  @Test(arguments: [
    ("0", 0.0), ("120", 120), (" 7 ", 7), ("99999999999999999999999", 315_360_000),
    ("Fri, 02 Jan 2026 03:05:05 GMT", 60), ("Friday, 02-Jan-26 03:05:05 GMT", 60),
    ("Fri Jan  2 03:05:05 2026", 60), ("Thu, 01 Jan 2015 00:00:00 GMT", 0),
  ])
  func values(_ text: String, _ seconds: Double) {
    #expect(RetryAfter.seconds(text, now: noon) == seconds)
  }

  @Test(arguments: ["", "soon", "-5", "1.5", "12 apples", "Fri, 99 Foo 2026 03:05:05 GMT"])
  func nonsense(_ text: String) { #expect(RetryAfter.seconds(text, now: noon) == nil) }
}
