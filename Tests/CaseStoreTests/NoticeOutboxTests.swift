import CaseStore
import Testing
import Vocabulary

/// A message is handed over once, whatever happens to the dispatcher and whoever writes.
@Suite struct NoticeOutboxTests {
  private func end(_ fixture: NoticeFixture, _ message: LeasedMessage, _ outcome: DeliveryOutcome)
    throws
  {
    try fixture.store.endAttempt(
      of: message, outcome, by: fixture.base.actor, at: fixture.now)
  }

  @Test func theMessageHoldsTheApprovedBytes() throws {
    let fixture = try NoticeFixture()
    let id = try fixture.draft()
    try fixture.submit(id)
    try fixture.approve(id)
    let other = try fixture.message(id, body: Array("Something else".utf8))
    #expect(throws: CaseStoreError.self) {
      try fixture.store.queueNotice(id, other, by: fixture.base.actor, at: fixture.now)
    }
    try fixture.queue(id)
    for sql in [
      "UPDATE notice_outbox SET mime = x'00'", "UPDATE notice_outbox SET recipient = 'x@y.example'",
      "DELETE FROM notice_outbox", "UPDATE notice_outbox SET state = 'sent'",
      "UPDATE notice_outbox SET attempt = 5",
      "INSERT OR REPLACE INTO notice_outbox SELECT * FROM notice_outbox",
    ] {
      #expect(fixture.refusal(sql) != nil, "\(sql)")
    }
  }

  @Test func twoDispatchersShareNothing() throws {
    let fixture = try NoticeFixture()
    _ = try fixture.queued()
    let first = try #require(try fixture.lease("one"))
    #expect(try fixture.lease("two") == nil)
    // The first sleeps through its lease; the second takes over.
    fixture.now = fixture.now + 301
    #expect(try fixture.store.recoverLeases(by: fixture.base.actor, at: fixture.now) == 1)
    fixture.now = fixture.now + 3600
    let second = try #require(try fixture.lease("two"))
    #expect(second.attempt == first.attempt + 1)
    #expect(throws: CaseStoreError.self) { try fixture.store.beginBody(of: first, at: fixture.now) }
    #expect(throws: CaseStoreError.self) {
      try end(fixture, first, .accepted(code: 250, reply: ""))
    }
    try fixture.store.beginBody(of: second, at: fixture.now)
  }

  @Test func aLeaseThatIsOverBeginsNoBody() throws {
    let fixture = try NoticeFixture()
    _ = try fixture.queued()
    let message = try #require(try fixture.lease())
    fixture.now = fixture.now + 300
    #expect(throws: CaseStoreError.self) {
      try fixture.store.beginBody(of: message, at: fixture.now)
    }
  }

  @Test func anUnknownEndIsInDoubtAndWaitsForAPerson() throws {
    let fixture = try NoticeFixture()
    let id = try fixture.queued()
    let message = try #require(try fixture.lease())
    try fixture.store.beginBody(of: message, at: fixture.now)
    fixture.now = fixture.now + 301
    #expect(try fixture.store.recoverLeases(by: fixture.base.actor, at: fixture.now) == 1)
    #expect(try fixture.store.notice(id)?.state == .inDoubt)
    fixture.now = fixture.now + 86_400
    #expect(try fixture.lease() == nil)
    #expect(fixture.refusal("UPDATE notice_outbox SET state = 'ready'") != nil)
    #expect(fixture.refusal("UPDATE notice_outbox SET state = 'sent'") != nil)
    #expect(throws: CaseStoreError.self) {
      try fixture.store.settleDoubt(
        of: id, .resend, why: "no officer", by: fixture.author, at: fixture.now)
    }
    try fixture.store.settleDoubt(
      of: id, .resend, why: "not in their log", by: fixture.officer, at: fixture.now)
    let again = try #require(try fixture.lease())
    #expect(again.message == message.message)
    try fixture.store.beginBody(of: again, at: fixture.now)
    try end(fixture, again, .accepted(code: 250, reply: "ok"))
    #expect(try fixture.store.notice(id)?.state == .sent)
  }

  @Test func aPersonSaysThatItArrived() throws {
    let fixture = try NoticeFixture()
    let id = try fixture.queued()
    let message = try #require(try fixture.lease())
    try fixture.store.beginBody(of: message, at: fixture.now)
    try end(fixture, message, .unknown(reason: "dropped"))
    try fixture.store.settleDoubt(
      of: id, .arrived, why: "in their log", by: fixture.officer, at: fixture.now)
    #expect(try fixture.store.notice(id)?.state == .sent)
  }

  @Test func aBodyIsNotBegunTwice() throws {
    let fixture = try NoticeFixture()
    _ = try fixture.queued()
    let message = try #require(try fixture.lease())
    try fixture.store.beginBody(of: message, at: fixture.now)
    #expect(throws: CaseStoreError.self) {
      try fixture.store.beginBody(of: message, at: fixture.now)
    }
    for sql in [
      "DELETE FROM notice_attempt", "UPDATE notice_attempt SET phase = 'final'",
      "INSERT OR REPLACE INTO notice_attempt SELECT * FROM notice_attempt",
      "INSERT INTO notice_attempt VALUES (1, 2, 'data-started', NULL, NULL, 0)",
      "INSERT INTO notice_decision VALUES (1, 1, 'resend', 1, 0, 1)",
    ] {
      #expect(fixture.refusal(sql) != nil, "\(sql)")
    }
  }

  @Test func aRefusalForNowIsTriedAgainAndThenGivenUp() throws {
    let fixture = try NoticeFixture()
    let id = try fixture.queued()
    var attempts = 0
    while let message = try fixture.lease() {
      attempts += 1
      try fixture.store.beginBody(of: message, at: fixture.now)
      try end(fixture, message, .refusedForNow(code: 451, reply: "later"))
      #expect(try fixture.lease() == nil, "at once")
      fixture.now = fixture.now + 21_700
    }
    #expect(attempts == 8)
    #expect(try fixture.store.notice(id)?.state == .bounced)
  }

  @Test func aRefusalIsTheEnd() throws {
    let fixture = try NoticeFixture()
    let id = try fixture.queued()
    try end(fixture, try #require(try fixture.lease()), .refused(code: 550, reply: "no such user"))
    #expect(try fixture.store.notice(id)?.state == .bounced)
    #expect(try fixture.lease() == nil)
  }

  @Test func switchesStopWhatIsUnderWay() throws {
    let fixture = try NoticeFixture()
    let id = try fixture.queued()
    let message = try #require(try fixture.lease())
    try fixture.plain("UPDATE notice_control SET sending = 0")
    #expect(throws: CaseStoreError.self) {
      try fixture.store.beginBody(of: message, at: fixture.now)
    }
    try end(fixture, message, .notBegun(reason: "stopped"))
    fixture.now = fixture.now + 3600
    #expect(try fixture.lease() == nil)
    #expect(try fixture.store.noticeStops(id) == ["sending is off"])
    try fixture.plain("UPDATE notice_control SET sending = 1, dry_run = 1")
    #expect(try fixture.lease() == nil)
    try fixture.plain("UPDATE notice_control SET dry_run = 0, allowed_only = 1")
    #expect(try fixture.lease() == nil)
    try fixture.store.allowRecipient("@HOST.example", by: fixture.base.actor, at: fixture.now)
    #expect(try fixture.lease() != nil)
  }

  @Test func capsHold() throws {
    let fixture = try NoticeFixture()
    try fixture.plain("UPDATE notice_control SET most_per_recipient = 1")
    _ = try fixture.queued()
    let second = try fixture.queued("terms")
    let message = try #require(try fixture.lease())
    #expect(try fixture.lease() == nil)
    #expect(try fixture.store.noticeStops(second) == ["too many to this recipient"])
    try fixture.store.beginBody(of: message, at: fixture.now)
    try end(fixture, message, .accepted(code: 250, reply: ""))
    try fixture.plain("UPDATE notice_control SET most_per_recipient = 9, most_per_day = 1")
    #expect(try fixture.lease() == nil)
    #expect(try fixture.store.noticeStops(second) == ["too many today"])
    fixture.now = fixture.now + 86_401
    try fixture.plain("UPDATE notice_control SET given_at = \(fixture.now.milliseconds)")
    #expect(try fixture.lease()?.notice == second)
  }

  @Test func aNewStoreSendsNothing() throws {
    let fixture = try StoreFixture()
    #expect(try fixture.store.noticeControl().isSending == false)
  }
}
