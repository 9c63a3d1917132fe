import CaseStore
import Testing
import Vocabulary

/// Tries in plain SQL what must never happen, past the program.
@Suite struct NoticeGuardTests {
  @Test func theWholeWayIsOpen() throws {
    let fixture = try NoticeFixture()
    let id = try fixture.queued()
    let message = try #require(try fixture.lease())
    try fixture.store.beginBody(of: message, at: fixture.now)
    try fixture.store.endAttempt(
      of: message, .accepted(code: 250, reply: "queued"), by: fixture.base.actor, at: fixture.now)
    #expect(try fixture.store.notice(id)?.state == .sent)
    #expect(try fixture.store.noticeControl().bodies == 1)
    #expect(try fixture.lease() == nil)
  }

  @Test func aNoticeBeginsAsADraft() throws {
    let fixture = try NoticeFixture()
    let id = try fixture.draft()
    for (state, editor) in [("approved", 1), ("draft", 2)] {
      let why = fixture.refusal(
        """
        INSERT INTO notice SELECT 99, zeroblob(32), act, language, channel, rung, round, follows,
          reason, skip_reason, organisation, recipient, fields, problems, rendered, digest, author,
          \(editor == 1 ? "author" : "author + 1"), '\(state)', created_at, changed_at, custody
        FROM notice WHERE id = \(id)
        """)
      #expect(why?.contains("begins as a draft") == true)
    }
  }

  @Test(arguments: [
    "INSERT OR REPLACE INTO notice SELECT * FROM notice",
    "DELETE FROM notice", "DELETE FROM notice_target", "UPDATE notice_target SET url = url",
    "INSERT OR REPLACE INTO notice_target SELECT * FROM notice_target",
    "INSERT OR REPLACE INTO notice_control (id, sending) VALUES (1, 1)",
    "DELETE FROM notice_control", "UPDATE notice_control SET clock = 'system'",
    "UPDATE notice_control SET bodies = bodies - 1",
    "UPDATE notice_control SET given_at = given_at - 1",
    "INSERT INTO notice_edge VALUES ('takedown', 'draft', 'sent')", "DELETE FROM notice_edge",
    "UPDATE notice_edge SET after = 'sent'",
    "INSERT OR REPLACE INTO notice_act VALUES ('dsa-9', 'referral', 0)",
    "UPDATE notice_act SET authority = 0", "DELETE FROM notice_act",
    "UPDATE notice SET state = 'review'", "UPDATE notice SET recipient = 'x@y.example'",
    "UPDATE notice SET author = author + 1", "UPDATE notice SET idem_key = zeroblob(32)",
    "UPDATE notice SET rendered = x'00'", "UPDATE notice SET act = 'referral'",
  ])
  func nothingIsReplacedOrRewritten(_ sql: String) throws {
    let fixture = try NoticeFixture()
    _ = try fixture.draft()
    #expect(fixture.refusal(sql) != nil, "went through")
  }

  @Test func statesFollowTheTable() throws {
    let fixture = try NoticeFixture()
    let id = try fixture.draft()
    for state in NoticeState.allCases where ![.draft, .review, .cancelled].contains(state) {
      let event = try fixture.event(id, by: fixture.author)
      let why = fixture.refusal(
        "UPDATE notice SET state = '\(state.rawValue)', custody = \(event) WHERE id = \(id)")
      #expect(why != nil, "draft went to \(state)")
    }
  }

  @Test func everyChangeNamesItsOwnEvent() throws {
    let fixture = try NoticeFixture()
    let id = try fixture.draft()
    let other = try fixture.event(id + 7, by: fixture.author)
    for custody in ["custody", "custody + 1000", "\(other)"] {
      let why = fixture.refusal("UPDATE notice SET state = 'review', custody = \(custody)")
      #expect(why?.contains("custody event") == true)
    }
  }

  @Test func neitherAuthorNorLastEditorApproves() throws {
    let fixture = try NoticeFixture()
    let id = try fixture.draft()
    try fixture.store.editNotice(
      id, fixture.text("Subject: Other\r\n\r\nPlease.\r\n"), by: fixture.editor, at: fixture.now)
    try fixture.submit(id)
    for account in [fixture.author, fixture.editor] {
      #expect(throws: CaseStoreError.self) { try fixture.approve(id, by: account) }
    }
    try fixture.approve(id)
    #expect(try fixture.store.notice(id)?.state == .approved)
  }

  @Test func anEditIsByWhoStandsInTheLog() throws {
    let fixture = try NoticeFixture()
    let id = try fixture.draft()
    let event = try fixture.event(id, by: fixture.officer)
    let why = fixture.refusal(
      "UPDATE notice SET rendered = x'41', custody = \(event) WHERE id = \(id)")
    #expect(why?.contains("who edits") == true)
  }

  @Test func anApprovalTakesASecondFactor() throws {
    let fixture = try NoticeFixture()
    let id = try fixture.draft()
    try fixture.submit(id)
    let event = try fixture.event(id, by: fixture.officer)
    let insert = { (account: Int64, step: String, more: String) in
      """
      INSERT INTO notice_approval (notice, approver, recipient, rendered, digest, step, at,
        expires_at, custody)
      SELECT id, \(account), recipient, rendered, digest, \(step), 0,
        (SELECT at FROM notice_now) + \(more), \(event) FROM notice WHERE id = \(id)
      """
    }
    // No code was used at that step.
    #expect(fixture.refusal(insert(fixture.officer.id, "77", "1000"))?.contains("second") == true)
    try fixture.plain("UPDATE account SET second_factor_step = 77")
    // An analyst, and somebody whom the event does not name.
    try fixture.plain("UPDATE account SET role = 'analyst' WHERE login = 'officer'")
    #expect(fixture.refusal(insert(fixture.officer.id, "77", "1000")) != nil)
    try fixture.plain("UPDATE account SET role = 'notice-officer' WHERE login = 'officer'")
    #expect(fixture.refusal(insert(fixture.editor.id, "77", "1000")) != nil)
    // Too long, and over already.
    #expect(fixture.refusal(insert(fixture.officer.id, "77", "400000000"))?.contains("72") == true)
    #expect(fixture.refusal(insert(fixture.officer.id, "77", "0"))?.contains("72") == true)
    #expect(fixture.refusal(insert(fixture.officer.id, "77", "1000")) == nil)
    // The same code a second time.
    #expect(fixture.refusal(insert(fixture.officer.id, "77", "1000")) != nil)
    for sql in [
      "DELETE FROM notice_approval", "UPDATE notice_approval SET expires_at = expires_at + 1",
      "INSERT OR REPLACE INTO notice_approval SELECT * FROM notice_approval",
    ] {
      #expect(fixture.refusal(sql) != nil, "\(sql)")
    }
  }

  @Test func anApprovalIsOfTheBytesThatWereShown() throws {
    let fixture = try NoticeFixture()
    let id = try fixture.draft()
    try fixture.submit(id)
    #expect(throws: CaseStoreError.self) {
      try fixture.store.approveNotice(
        id, NoticeApproval(digest: [UInt8](repeating: 0, count: 32), step: 5, waiver: nil),
        by: fixture.officer, at: fixture.now)
    }
    #expect(try fixture.store.notice(id)?.state == .review)
  }

  @Test func anEditVoidsAnApproval() throws {
    let fixture = try NoticeFixture()
    let id = try fixture.draft()
    try fixture.submit(id)
    try fixture.approve(id)
    #expect(throws: CaseStoreError.self) {
      try fixture.store.editNotice(id, fixture.text("x"), by: fixture.author, at: fixture.now)
    }
    try fixture.store.moveNotice(
      id, to: .review, why: "typing error", by: fixture.author.actor, at: fixture.now)
    #expect(try fixture.store.noticeObstacles(id).contains("not approved"))
    try fixture.store.editNotice(id, fixture.text("x"), by: fixture.author, at: fixture.now)
    #expect(try fixture.store.notice(id)?.state == .draft)
    #expect(
      try fixture.count("SELECT count(*) FROM notice_approval WHERE revoked_at IS NULL") == 0)
  }

  @Test func anApprovalEnds() throws {
    let fixture = try NoticeFixture()
    let id = try fixture.queued()
    fixture.now = fixture.now + Double(CaseStore.approvalSeconds)
    #expect(try fixture.lease() == nil)
    #expect(try fixture.store.noticeObstacles(id) == ["not approved"])
    let why = fixture.refusal(
      """
      UPDATE notice_outbox SET state = 'leased', owner = 'x', lease_until = 1e15, attempt = 1
      """.replacing("1e15", with: "999999999999999"))
    #expect(why?.contains("nothing is sent now") == true)
  }

  @Test func takedownWaitsForPreservation() throws {
    let fixture = try NoticeFixture()
    let id = try fixture.draft()
    try fixture.submit(id)
    try fixture.approve(id, waiver: nil)
    #expect(try fixture.store.noticeObstacles(id) == ["not preserved"])
    #expect(throws: CaseStoreError.self) { try fixture.queue(id) }
    // Somebody acknowledges that it is kept.
    let kept = try fixture.queued("preserve", to: "legal@host.example")
    let message = try #require(try fixture.lease())
    try fixture.store.beginBody(of: message, at: fixture.now)
    try fixture.store.endAttempt(
      of: message, .accepted(code: 250, reply: ""), by: fixture.base.actor, at: fixture.now)
    #expect(try fixture.store.noticeObstacles(id) == ["not preserved"])
    try fixture.store.moveNotice(
      kept, to: .acknowledged, why: "ticket", by: fixture.officer.actor, at: fixture.now)
    try fixture.queue(id)
    #expect(try fixture.store.notice(id)?.state == .queued)
  }

  @Test func aWaiverTakesAWholeCaptureOfOurOwn() throws {
    let fixture = try NoticeFixture(accepts: 404)
    let id = try fixture.draft()
    try fixture.submit(id)
    try fixture.approve(id)
    #expect(try fixture.store.noticeObstacles(id) == ["not preserved"])
    let short = try NoticeFixture()
    let other = try short.draft()
    try short.submit(other)
    #expect(throws: CaseStoreError.self) { try short.approve(other, waiver: "no") }
  }

  @Test(arguments: [
    ("everything", ""), ("host", "jobs.example"), ("advert", "1"), ("notice", "1"),
  ])
  func holdsKeepNoticesBack(_ scope: String, _ object: String) throws {
    let fixture = try NoticeFixture()
    let id = try fixture.queued()
    let hold = try fixture.store.holdNotices(
      NoticeHold(
        scope: try #require(.init(rawValue: scope)), object: object, kind: .lawEnforcement),
      why: "ongoing", by: fixture.officer, at: fixture.now)
    #expect(try fixture.lease() == nil)
    #expect(try fixture.store.noticeObstacles(id) == ["on hold"])
    #expect(
      fixture.refusal(
        "UPDATE notice_outbox SET state = 'leased', owner = 'x', lease_until = 9, attempt = 1")
        != nil)
    #expect(fixture.refusal("DELETE FROM notice_hold") != nil)
    #expect(fixture.refusal("UPDATE notice_hold SET kind = 'safety'") != nil)
    #expect(throws: CaseStoreError.self) {
      try fixture.store.releaseHold(hold, why: "mine?", by: fixture.author, at: fixture.now)
    }
    try fixture.store.releaseHold(hold, why: "over", by: fixture.officer, at: fixture.now)
    #expect(try fixture.lease()?.notice == id)
  }

  @Test func noneForTheUrgentLane() throws {
    let fixture = try NoticeFixture(lane: .urgent)
    let id = try fixture.draft()
    #expect(try fixture.store.noticeObstacles(id).contains("urgent lane"))
    #expect(throws: CaseStoreError.self) { try fixture.submit(id) }
    // And one that became urgent after it was approved.
    let later = try NoticeFixture()
    _ = try later.queued()
    try later.plain("UPDATE advert_version SET lane = 'urgent'")
    #expect(try later.lease() == nil)
  }

  @Test func nobodyInAnAdvertIsWrittenTo() throws {
    let fixture = try NoticeFixture()
    let id = try fixture.draft(to: "Anna@Jobs.example")
    #expect(try fixture.store.noticeObstacles(id).contains("recipient is a selector"))
    #expect(throws: CaseStoreError.self) { try fixture.submit(id) }
    // An address that an advert brings after the approval.
    let queued = try fixture.queued()
    try fixture.plain("INSERT INTO selector (kind, value) VALUES ('email', 'ABUSE@host.example')")
    #expect(try fixture.lease() == nil)
    #expect(try fixture.store.noticeObstacles(queued) == ["recipient is a selector"])
  }

  @Test(arguments: [
    "a@b.example\r\nRCPT TO:<c@d.example>", "a b@c.example", "<a@b.example>", "a@b@c.example",
    "a@localhost", "@b.example", "a@b.example,c@d.example", "ä@b.example", "a@[192.0.2.1]",
    "\"a\"@b.example", "a@b.example\0", String(repeating: "a", count: 250) + "@b.example",
  ])
  func addressesThatAreNone(_ address: String) throws {
    let fixture = try NoticeFixture()
    #expect(throws: CaseStoreError.self) { try fixture.draft(to: address) }
  }

  @Test func aTargetIsByteForByteEvidence() throws {
    let fixture = try NoticeFixture()
    for url in ["https://jobs.example/A", "https://jobs.example/a/", "https://jobs.example/b"] {
      #expect(throws: CaseStoreError.self) { try fixture.draft(url: url) }
    }
    let id = try fixture.draft()
    try fixture.submit(id)
    #expect(
      fixture.refusal(
        """
        INSERT INTO notice_target SELECT notice, 'https://jobs.example/b', host, advert, verdict,
          capture FROM notice_target
        """) != nil)
  }

  @Test func aScoreIsNoVerdict() throws {
    let fixture = try NoticeFixture()
    let id = try fixture.queued()
    try fixture.plain(
      """
      INSERT INTO review_verdict (at, account, advert, version, choice, indicators, asks_second,
        undoes, custody) VALUES (0, 1, \(fixture.advert), 1, 'undo', '', 0, 1, 1)
      """)
    #expect(try fixture.lease() == nil)
    #expect(try fixture.store.noticeObstacles(id) == ["no verdict"])
  }

  @Test func theSameIntentIsThereOnce() throws {
    let fixture = try NoticeFixture()
    let first = try fixture.draft()
    #expect(throws: CaseStoreError.self) { try fixture.draft() }
    try fixture.submit(first)
    // Another key does not make it another intent.
    let second = try fixture.draft(to: "Abuse@host.example")
    #expect(try fixture.store.noticeObstacles(second).contains("the same intent"))
    #expect(throws: CaseStoreError.self) { try fixture.submit(second) }
  }

  @Test func anotherRoundFollowsASentNotice() throws {
    let fixture = try NoticeFixture()
    let first = try fixture.queued()
    let again = {
      try fixture.draft(round: 2, follows: first, reason: "no answer for two days")
    }
    #expect(throws: CaseStoreError.self) { try again() }
    let message = try #require(try fixture.lease())
    try fixture.store.beginBody(of: message, at: fixture.now)
    try fixture.store.endAttempt(
      of: message, .accepted(code: 250, reply: ""), by: fixture.base.actor, at: fixture.now)
    #expect(throws: CaseStoreError.self) { try fixture.draft(round: 2, follows: first) }
    try fixture.submit(try again())
  }

  @Test func earlierRungsComeFirst() throws {
    let fixture = try NoticeFixture()
    let id = try fixture.draft(rung: 4)
    #expect(try fixture.store.noticeObstacles(id).contains("earlier rung"))
    #expect(throws: CaseStoreError.self) { try fixture.submit(id) }
    var text = fixture.text()
    text.skipReason = "the webmaster is the person in the advert"
    try fixture.store.editNotice(id, text, by: fixture.author, at: fixture.now)
    try fixture.submit(id)
  }

  @Test func actsOfAnAuthorityNeedAMandate() throws {
    let fixture = try NoticeFixture()
    let id = try fixture.draft("dsa-9")
    try fixture.submit(id)
    try fixture.approve(id)
    #expect(throws: CaseStoreError.self) { try fixture.queue(id) }
    #expect(try fixture.store.noticeObstacles(id) == ["no mandate"])
  }

  @Test func anIncompleteNoticeIsNotReviewed() throws {
    let fixture = try NoticeFixture()
    var text = fixture.text()
    text.problems = ["no legal ground"]
    let id = try fixture.draft(text: text)
    #expect(throws: CaseStoreError.self) { try fixture.submit(id) }
    let event = try fixture.event(id, by: fixture.author)
    // Mending and moving at once is seen whole.
    #expect(
      fixture.refusal("UPDATE notice SET state = 'review', custody = \(event) WHERE id = \(id)")
        != nil)
  }

  @Test func aRemovalIsSeenThreeTimesOverADay() throws {
    let fixture = try NoticeFixture()
    let id = try fixture.queued()
    let message = try #require(try fixture.lease())
    try fixture.store.beginBody(of: message, at: fixture.now)
    try fixture.store.endAttempt(
      of: message, .accepted(code: 250, reply: ""), by: fixture.base.actor, at: fixture.now)
    let look = { (finding: String, control: String) in
      let status = ["absent": 404, "blocked": 403][finding] ?? 200
      let seen = try fixture.look(status: status)
      let beside = try fixture.look(NoticeFixture.front, status: control == "ok" ? 200 : 503)
      try fixture.plain(
        """
        INSERT INTO notice_recheck (notice, url, at, finding, status, control, egress, detail, custody,
          capture, control_capture)
        VALUES (\(id), '\(NoticeFixture.url)', \(fixture.now.milliseconds), '\(finding)', \(status),
          '\(control)', 'one', '', 1, \(seen), \(beside))
        """)
    }
    let confirm = {
      let event = try fixture.event(id, by: fixture.officer)
      return fixture.refusal(
        "UPDATE notice SET state = 'removed-confirmed', custody = \(event) WHERE id = \(id)")
    }
    let hours = { (count: Double) in
      fixture.now = fixture.now + count * 3600
      var control = try fixture.store.noticeControl()
      control.isSending = true
      try fixture.store.setNoticeControl(
        control, why: "time", by: fixture.base.actor, at: fixture.now)
    }
    try look("absent", "ok")
    try hours(12)
    try look("absent", "failed")
    try look("blocked", "ok")
    try look("absent", "ok")
    try hours(11)
    try look("absent", "ok")
    #expect(try confirm()?.contains("three absences") == true, "less than a day")
    try hours(2)
    try look("online", "ok")
    try hours(25)
    try look("absent", "ok")
    #expect(try confirm() != nil, "it was online in between")
    try hours(13)
    try look("absent", "ok")
    try hours(13)
    try look("absent", "ok")
    #expect(try confirm() == nil)
    #expect(fixture.refusal("DELETE FROM notice_recheck") != nil)
    #expect(fixture.refusal("UPDATE notice_recheck SET finding = 'absent'") != nil)
  }
}
