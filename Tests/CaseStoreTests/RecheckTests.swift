import CaseStore
import CrawlFrontier
import Testing
import Vocabulary
import WebAddress

/// What a look found, and what looks amount to: the decisions alone.
@Suite struct RecheckTests {
  private func look(
    _ status: Int?, outcome: String = "fetched", page: PageKind? = nil, shows: Bool = false,
    same: Bool = true, empty: Bool = false, redirect: Recheck.Redirect? = nil
  ) -> Recheck.Finding {
    var look = Recheck.Look(outcome: outcome, status: status, page: page)
    look.showsAdvert = shows
    look.hasSameText = shows && same
    look.isKnownEmpty = empty
    look.redirect = redirect
    return Recheck(look).finding
  }

  @Test(arguments: [404, 410]) func noSuchPageIsAbsence(_ status: Int) {
    #expect(look(status) == .absent)
    #expect(look(status, page: .gone) == .absent)
    #expect(look(status, page: .blocked) == .blocked, "a wall in the clothes of a missing page")
  }

  @Test(arguments: [401, 402, 403, 407, 429, 451])
  func refusalsAreNeverAbsence(_ status: Int) { #expect(look(status) == .blocked) }

  @Test(arguments: [400, 408, 418, 500, 502, 503, 504, 520])
  func failuresAreNeverAbsence(_ status: Int) { #expect(look(status) == .unreachable) }

  @Test(arguments: [
    "timed-out", "dns-failure", "connection-refused", "tls-failure", "disconnected",
    "bad-response", "proxy-failure", "cancelled", "internal-error",
  ])
  func noAnswerIsNeverAbsence(_ outcome: String) {
    #expect(look(nil, outcome: outcome) == .unreachable)
    #expect(look(404, outcome: outcome) == .unreachable)
  }

  @Test(arguments: ["robots", "out-of-scope", "refused-address"])
  func whatWasNotAskedIsNoAbsence(_ outcome: String) {
    #expect(look(nil, outcome: outcome) == .blocked)
  }

  @Test func pagesThatAreThere() {
    #expect(look(200, page: .advert, shows: true) == .online)
    #expect(look(304, outcome: "not-modified", page: .advert, shows: true) == .online)
    #expect(look(200, page: .advert, shows: true, same: false) == .changed)
    #expect(look(200, page: .gone) == .absent, "a soft 404")
    #expect(look(200, page: .other, empty: true) == .absent, "a soft 404 by its bytes")
    #expect(look(200, page: .other) == .changed)
    #expect(look(200, page: .listing) == .changed)
    #expect(look(200, page: nil) == .changed)
    #expect(look(200, page: .blocked) == .blocked)
    #expect(look(200, page: .blocked, empty: true) == .blocked)
  }

  @Test func redirects() {
    #expect(look(301, redirect: .sameAdvert) == .moved)
    #expect(look(302, redirect: .listing) == .absent)
    #expect(look(302, redirect: .elsewhere) == .changed)
    #expect(look(302) == .unreachable)
  }

  private func verdict(_ looks: [(Int64, Recheck.Finding, Bool)]) -> RecheckVerdict {
    RecheckVerdict(
      looks.map {
        RecheckVerdict.Counted(
          at: Timestamp(seconds: $0.0 * 3600), finding: $0.1, isControlled: $0.2)
      })
  }

  @Test func threeAbsencesOverADay() {
    #expect(verdict([]) == .unknown)
    #expect(verdict([(0, .absent, true)]) == .goneSuspected)
    #expect(verdict([(0, .absent, true), (12, .absent, true)]) == .goneSuspected)
    #expect(verdict([(0, .absent, true), (30, .absent, true)]) == .goneSuspected)
    #expect(
      verdict([(0, .absent, true), (12, .absent, true), (23, .absent, true)]) == .goneSuspected)
    #expect(
      verdict([(0, .absent, true), (12, .absent, true), (24, .absent, true)]) == .goneConfirmed)
  }

  @Test func whatDoesNotCountResetsNothing() {
    #expect(
      verdict([
        (0, .absent, true), (6, .blocked, false), (12, .absent, true), (18, .unreachable, false),
        (20, .absent, false), (24, .absent, true),
      ]) == .goneConfirmed)
    #expect(
      verdict([(0, .absent, false), (12, .absent, false), (24, .absent, false)]) == .unreachable)
    #expect(
      verdict([(0, .blocked, false), (24, .blocked, false), (48, .blocked, false)]) == .blocked)
  }

  @Test func whatIsThereAgainBeginsAnew() {
    #expect(
      verdict([(0, .absent, true), (12, .online, false), (24, .absent, true), (36, .absent, true)])
        == .goneSuspected)
    let gone: [(Int64, Recheck.Finding, Bool)] = [
      (0, .absent, true), (12, .absent, true), (24, .absent, true),
    ]
    #expect(verdict(gone + [(48, .online, false)]) == .reappeared)
    #expect(verdict(gone + [(48, .blocked, false)]) == .goneConfirmed)
  }

  @Test(arguments: [
    (0, RecheckVerdict.unknown, 2), (3, .online, 10), (30, .online, 24), (30, .goneSuspected, 13),
    (20 * 24, .goneConfirmed, 168),
  ])
  func looksGetRarer(_ age: Int64, _ verdict: RecheckVerdict, _ gap: Int64) {
    let sent = Timestamp(seconds: 1_000_000)
    let now = sent + Double(age * 3600)
    #expect(
      RecheckSchedule.next(sent: sent, verdict: verdict, now: now) == now + Double(gap * 3600))
    let end = sent + Double(90 * 24 * 3600)
    #expect(RecheckSchedule.next(sent: sent, verdict: verdict, now: end) == nil)
  }

  @Test func noticesMoveByAllTheirTargets() {
    typealias Rule = RecheckSchedule
    #expect(Rule.state(of: .sent, [.goneConfirmed, .goneConfirmed]) == .removedConfirmed)
    #expect(Rule.state(of: .sent, [.goneConfirmed, .goneSuspected]) == nil)
    #expect(Rule.state(of: .sent, [.goneConfirmed, .moved]) == .moved)
    #expect(Rule.state(of: .withdrawn, [.goneConfirmed]) == nil)
    #expect(Rule.state(of: .removedConfirmed, [.reappeared]) == .reappeared)
    #expect(Rule.state(of: .removedConfirmed, [.goneConfirmed]) == nil)
    #expect(Rule.state(of: .sent, []) == nil)
  }
}

/// Looks as captures of watched addresses, and what becomes of the notice.
@Suite struct StoredRecheckTests {
  /// A sent notice whose address, like the front page, is in the frontier.
  private func sent() throws -> (NoticeFixture, Int64) {
    let fixture = try NoticeFixture()
    try fixture.plain(
      """
      INSERT INTO address (source, group_key, url, kind, depth, priority, found_at)
      VALUES ('jobs', 'jobs.example', '\(NoticeFixture.url)', 'advert', 1, 3, 0)
      """)
    try fixture.plain(
      """
      UPDATE capture SET address = (SELECT id FROM address WHERE url = '\(NoticeFixture.url)')
      WHERE url = '\(NoticeFixture.url)'
      """)
    try fixture.look(NoticeFixture.front, status: 200, page: .listing)
    let id = try fixture.queued()
    fixture.now = fixture.now + 60
    let message = try #require(try fixture.lease())
    try fixture.store.beginBody(of: message, at: fixture.now)
    try fixture.store.endAttempt(
      of: message, .accepted(code: 250, reply: ""), by: fixture.base.actor, at: fixture.now)
    return (fixture, id)
  }

  private func settle(_ fixture: NoticeFixture) throws -> [SettledRecheck] {
    try fixture.store.settleRechecks(
      isFinal: true, by: fixture.base.actor, at: fixture.now + 1)
  }

  @Test func aSentNoticeIsWatchedAndQueued() throws {
    let (fixture, id) = try sent()
    #expect(try fixture.store.hasDueRechecks(at: fixture.now) == false)
    fixture.now = fixture.now + 7200
    #expect(try fixture.store.hasDueRechecks(at: fixture.now))
    #expect(try fixture.store.askRechecks(at: fixture.now) == ["jobs.example"])
    #expect(try fixture.store.hasDueRechecks(at: fixture.now) == false, "queued once")
    let due = try fixture.store.dueAddresses(
      group: "jobs.example", at: fixture.now, limit: 10, onlyWatched: true)
    #expect(Set(due.map(\.address.href)) == [NoticeFixture.url, NoticeFixture.front])
    #expect(try fixture.store.watchedTargets(of: id).map(\.verdict) == [.unknown])
  }

  @Test func goneIsConfirmedByThreeControlledLooks() throws {
    let (fixture, id) = try sent()
    for round in 0..<3 {
      fixture.now = fixture.now + 13 * 3600
      try fixture.look(status: 404, page: .gone)
      try fixture.look(NoticeFixture.front, status: 200, page: .listing)
      let settled = try settle(fixture)
      #expect(settled.map(\.finding) == [.absent])
      #expect(settled.map(\.verdict) == [round < 2 ? .goneSuspected : .goneConfirmed])
    }
    #expect(try fixture.store.notice(id)?.state == .removedConfirmed)
    #expect(try settle(fixture).isEmpty, "a capture is judged once")
    fixture.now = fixture.now + 24 * 3600
    try fixture.look(status: 200, page: .advert, showsAdvert: true)
    #expect(try settle(fixture).map(\.verdict) == [.reappeared])
    #expect(try fixture.store.notice(id)?.state == .reappeared)
  }

  @Test func aSuspectedRemovalIsNotOverdueAndAnAdvertThatIsThereIs() throws {
    let (fixture, id) = try sent()
    fixture.now = fixture.now + 3 * 86_400
    try fixture.look(NoticeFixture.front, status: 200, page: .listing)
    try fixture.look(status: 404, page: .gone)
    #expect(try settle(fixture).map(\.finding) == [.absent])
    try fixture.store.keepNoticeTime(by: fixture.base.actor, at: fixture.now)
    #expect(try fixture.store.notice(id)?.state == .sent)
    fixture.now = fixture.now + 3600
    try fixture.look(status: 200, page: .advert, showsAdvert: true)
    #expect(try settle(fixture).map(\.finding) == [.online])
    try fixture.store.keepNoticeTime(by: fixture.base.actor, at: fixture.now)
    #expect(try fixture.store.notice(id)?.state == .overdue)
  }

  @Test func aSiteThatIsDownTakesNothingDown() throws {
    let (fixture, id) = try sent()
    for _ in 0..<4 {
      fixture.now = fixture.now + 13 * 3600
      try fixture.look(status: 404)
      try fixture.look(NoticeFixture.front, status: 404)
      #expect(try settle(fixture).map(\.verdict) == [.unreachable])
    }
    for status in [403, 429, 500, 503] {
      fixture.now = fixture.now + 13 * 3600
      try fixture.look(status: status)
      try fixture.look(NoticeFixture.front, status: 200, page: .listing)
      #expect(try settle(fixture).allSatisfy { $0.verdict != .goneSuspected })
    }
    #expect(try fixture.store.notice(id)?.state == .sent)
  }

  @Test func anAbsenceWaitsForItsControl() throws {
    let (fixture, _) = try sent()
    fixture.now = fixture.now + 7200
    try fixture.look(status: 410)
    let early = try fixture.store.settleRechecks(by: fixture.base.actor, at: fixture.now + 10)
    #expect(early.isEmpty)
    try fixture.look(NoticeFixture.front, status: 200, page: .listing)
    let later = try fixture.store.settleRechecks(by: fixture.base.actor, at: fixture.now + 20)
    #expect(later.map(\.verdict) == [.goneSuspected])
  }

  @Test func plainSQLCannotInventALook() throws {
    let (fixture, id) = try sent()
    let row = { (finding: String, control: String, capture: String, beside: String) in
      fixture.refusal(
        """
        INSERT INTO notice_recheck (notice, url, at, finding, status, control, egress, detail, custody,
          capture, control_capture)
        VALUES (\(id), '\(NoticeFixture.url)', \(fixture.now.milliseconds), '\(finding)', 404,
          '\(control)', 'one', '', 1, \(capture), \(beside))
        """)
    }
    #expect(row("online", "none", "NULL", "NULL")?.contains("a look is a capture") == true)
    let refused = try fixture.look(status: 403)
    let up = try fixture.look(NoticeFixture.front, status: 200)
    #expect(row("absent", "ok", "\(refused)", "\(up)")?.contains("an answer") == true)
    let gone = try fixture.look(status: 404)
    let down = try fixture.look(NoticeFixture.front, status: 503)
    #expect(row("absent", "ok", "\(gone)", "\(down)")?.contains("seen to be up") == true)
    #expect(row("absent", "ok", "\(gone)", "\(gone)")?.contains("seen to be up") == true)
    #expect(row("absent", "ok", "\(gone)", "\(up)") == nil)
  }
}
