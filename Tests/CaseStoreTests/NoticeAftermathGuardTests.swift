import CaseStore
import Foundation
import Testing
import Vocabulary

/// Ends, preservations and withdrawals that the database refuses, tried with plain SQL.
@Suite struct NoticeAftermathGuardTests {
  /// A notice that its peer took.
  private func sent(_ fixture: NoticeFixture, _ act: String = "dsa-16") throws -> Int64 {
    let id = try fixture.queued(act)
    let message = try #require(try fixture.lease())
    try fixture.store.beginBody(of: message, at: fixture.now)
    try fixture.store.endAttempt(
      of: message, .accepted(code: 250, reply: "ok"), by: fixture.base.actor, at: fixture.now)
    return id
  }

  /// The refusal of a change of state under an event that has just been logged.
  private func move(
    _ fixture: NoticeFixture, _ id: Int64, _ state: String
  ) throws -> String? {
    let event = try fixture.event(id, by: fixture.officer)
    return fixture.refusal(
      "UPDATE notice SET state = '\(state)', custody = \(event) WHERE id = \(id)")
  }

  @Test func nothingIsClosedWithoutItsOutcome() throws {
    let fixture = try NoticeFixture()
    let id = try sent(fixture)
    for state in ["closed-refused", "closed-referred"] {
      #expect(try move(fixture, id, state)?.contains("how a notice ended") == true, "\(state)")
    }
    let event = try fixture.event(id, by: fixture.officer)
    try fixture.plain(
      "INSERT INTO notice_outcome (notice, code, at, custody) "
        + "VALUES (\(id), 'refused', 0, \(event))")
    #expect(try move(fixture, id, "closed-referred")?.contains("how a notice ended") == true)
    #expect(try move(fixture, id, "closed-refused") == nil)
    for sql in [
      "UPDATE notice_outcome SET code = 'removed'", "DELETE FROM notice_outcome",
      "INSERT OR REPLACE INTO notice_outcome (notice, code, at, custody) "
        + "VALUES (\(id), 'removed', 0, \(event))",
    ] {
      #expect(fixture.refusal(sql) != nil, "\(sql)")
    }
    // An outcome needs an event about that notice.
    let other = try fixture.event(999, by: fixture.officer)
    #expect(
      fixture.refusal(
        "INSERT INTO notice_outcome (notice, code, at, custody) "
          + "VALUES (77, 'removed', 0, \(other))") != nil)
  }

  @Test func nothingIsOverdueBeforeItsTime() throws {
    let fixture = try NoticeFixture()
    let id = try sent(fixture)
    #expect(try move(fixture, id, "overdue")?.contains("deadline") == true)
    fixture.now = fixture.now + 3 * 86_400
    try fixture.store.keepNoticeTime(by: fixture.base.actor, at: fixture.now)
    #expect(try fixture.store.notice(id)?.state == .overdue)
    #expect(try move(fixture, id, "escalated")?.contains("escalated by another") == true)
  }

  @Test func whatNobodyKeepsIsNotActive() throws {
    let fixture = try NoticeFixture()
    let id = try sent(fixture, "preserve")
    #expect(try move(fixture, id, "acknowledged") == nil)
    #expect(try move(fixture, id, "active")?.contains("until a time") == true)
    let until = (fixture.now + 86_400).milliseconds
    func insert(_ account: Account, _ until: Int64, _ notice: Int64) throws -> String? {
      let event = try fixture.event(notice, by: account)
      return fixture.refusal(
        """
        INSERT INTO notice_preservation (notice, until, reference, account, at, custody)
        VALUES (\(notice), \(until), '', \(account.id), 0, \(event))
        """)
    }
    #expect(try insert(fixture.author, until, id) != nil)
    #expect(try insert(fixture.officer, fixture.now.milliseconds, id) != nil)
    #expect(try insert(fixture.officer, until, id) == nil)
    #expect(try move(fixture, id, "active") == nil)
    #expect(try move(fixture, id, "lapsed")?.contains("its time is over") == true)
    #expect(fixture.refusal("UPDATE notice_preservation SET until = until + 1") != nil)
    #expect(fixture.refusal("DELETE FROM notice_preservation") != nil)
    #expect(try move(fixture, id, "released")?.contains("how a notice ended") == true)
  }

  @Test func noWithdrawalWithoutARetraction() throws {
    let fixture = try NoticeFixture()
    let id = try sent(fixture)
    #expect(try move(fixture, id, "withdrawn")?.contains("told so") == true)
    // One to somebody else tells nobody who got it.
    _ = try fixture.draft("retraction", to: "other@host.example", follows: id)
    #expect(try move(fixture, id, "withdrawn")?.contains("told so") == true)
    let told = try fixture.draft("retraction", follows: id)
    #expect(try move(fixture, id, "withdrawn") == nil)
    #expect(try move(fixture, told, "cancelled")?.contains("not given up") == true)
  }

  @Test func anUndoneVerdictAsksForTheWithdrawal() throws {
    let fixture = try NoticeFixture()
    let id = try sent(fixture)
    try fixture.plain(
      """
      INSERT INTO review_verdict (id, at, account, advert, version, choice, indicators,
        asks_second, undoes, custody)
      VALUES (2, 0, \(fixture.author.id), \(fixture.advert), 1, 'nothing', '', 0, 1, 1)
      """)
    for _ in 0..<2 { try fixture.store.keepNoticeTime(by: fixture.base.actor, at: fixture.now) }
    let due = try fixture.store.dueNotices(by: fixture.now + 2 * 86_400)
    #expect(due.count { $0.notice == id && $0.kind == "withdrawal" } == 1)
  }
}
