import CaseStore
import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Notices

/// What follows on a notice that was sent.
@Suite(.timeLimit(.minutes(2))) struct FollowingTests {
  private func desk(_ office: Office) throws -> NoticeDesk {
    try NoticeDesk(store: office.store) { _ in "jobs.example" }
  }

  private func state(_ office: Office, _ id: Int64) throws -> NoticeState? {
    try office.store.notice(id)?.state
  }

  /// Has a draft approved, and everything that is approved sent.
  private func send(_ office: Office, _ id: Int64, to peer: SMTPPeer) async throws {
    if try state(office, id) == .draft {
      try office.store.moveNotice(
        id, to: .review, why: "done", by: office.author.actor, at: office.now)
    }
    if try state(office, id) == .review { try office.approve(id) }
    _ = try await office.round(peer.port)
    #expect(try state(office, id) == .sent)
  }

  private func number(_ drafted: CaseStore.DraftedNotice) throws -> Int64 {
    guard case .new(let id) = drafted else { throw CaseStoreError.refused("existing") }
    return id
  }

  @Test func whatHasNoEffectIsOverdueAndClimbsWithAnApprovalOfItsOwn() async throws {
    let office = try Office()
    let peer = try SMTPPeer()
    let first = try office.approved(to: "webmaster@site.example")
    try await send(office, first, to: peer)
    office.pass(47 * 3600)
    #expect(try office.store.keepNoticeTime(by: Office.actor, at: office.now).isEmpty)
    office.pass(2 * 3600)
    let moved = try office.store.keepNoticeTime(by: Office.actor, at: office.now)
    #expect(moved == [TimedMove(notice: first, state: .overdue)])
    #expect(try office.store.keepNoticeTime(by: Office.actor, at: office.now).isEmpty)
    let due = try office.store.dueNotices(by: office.now + 2 * 86_400)
    #expect(due.contains { $0.notice == first && $0.kind == "escalation" }, "\(due)")

    let desk = try desk(office)
    let stored = try #require(try office.store.notice(first))
    var plan = try desk.following(stored)
    #expect(plan.fields.earlier.contains("AW-"))
    (plan.recipient, plan.rung, plan.organisation) = ("abuse@host.example", 4, "Host")
    let second = try number(
      desk.follow(stored, plan, reason: "", by: office.author, at: office.now))
    #expect(try office.store.notice(second)?.draft.text.problems == [])
    #expect(try state(office, first) == .overdue)
    try await send(office, second, to: peer)
    #expect(try state(office, first) == .escalated)
    #expect(
      try !office.store.dueNotices(by: office.now + 30 * 86_400).contains { $0.notice == first })
    // Five working days for a host: 3 January 2026 is a Saturday.
    let action = try office.store.dueNotices(by: office.now + 30 * 86_400)
      .first { $0.notice == second && $0.kind == "action" }
    #expect(action?.due.rfc3339.hasPrefix("2026-01-09") == true)
  }

  @Test func anotherRoundToTheSameRecipientTakesAReason() async throws {
    let office = try Office()
    let peer = try SMTPPeer()
    let desk = try desk(office)
    let first = try office.approved()
    let before = try #require(try office.store.notice(first))
    #expect(throws: CaseStoreError.self) {
      try desk.follow(
        before, try desk.following(before), reason: "There again since Monday.",
        by: office.author, at: office.now)
    }
    try await send(office, first, to: peer)
    let stored = try #require(try office.store.notice(first))
    let plan = try desk.following(stored)
    #expect(throws: CaseStoreError.self) {
      try desk.follow(stored, plan, reason: "again", by: office.author, at: office.now)
    }
    let second = try number(
      desk.follow(
        stored, plan, reason: "There again since Monday.", by: office.author, at: office.now))
    #expect(try office.store.notice(second)?.draft.round == 2)
  }

  @Test func everyoneWhoGotAWithdrawnNoticeIsTold() async throws {
    let office = try Office()
    let peer = try SMTPPeer()
    let desk = try desk(office)
    let first = try office.approved(to: "webmaster@site.example")
    try await send(office, first, to: peer)
    office.pass(50 * 3600)
    try office.store.keepNoticeTime(by: Office.actor, at: office.now)
    let stored = try #require(try office.store.notice(first))
    var plan = try desk.following(stored)
    (plan.recipient, plan.rung, plan.organisation) = ("abuse@host.example", 4, "Host")
    let second = try number(
      desk.follow(stored, plan, reason: "", by: office.author, at: office.now))
    try await send(office, second, to: peer)
    (plan.recipient, plan.rung, plan.organisation) = ("abuse@registrar.example", 6, "Registrar")
    let third = try number(
      desk.follow(
        try #require(try office.store.notice(second)), plan, reason: "", by: office.author,
        at: office.now))

    // Nobody skips the retraction, also not with plain SQL under a name in the log.
    let officer = office.officer
    #expect(throws: CaseStoreError.self) {
      try office.store.withdrawNotice(first, why: "quietly", by: officer, at: office.now)
    }
    let done = try desk.withdraw(
      second, facts: [], why: "The verdict was undone.", by: office.author, at: office.now)
    #expect(done.map(\.notice) == [first, second, third])
    #expect(done.map { $0.retraction != nil } == [true, true, false])
    #expect(try [first, second].map { try state(office, $0) } == [.withdrawn, .withdrawn])
    #expect(try state(office, third) == .cancelled)
    let due = try office.store.dueNotices(by: office.now + 86_400)
    #expect(due.map(\.kind) == ["retraction", "retraction"])
    let again = try desk.withdraw(
      first, facts: [], why: "again", by: office.author, at: office.now)
    #expect(again.isEmpty)

    let sent = peer.taken.count
    for told in done.compactMap(\.retraction) {
      #expect(throws: CaseStoreError.self) {
        try office.store.moveNotice(
          told, to: .cancelled, why: "not needed", by: officer.actor, at: office.now)
      }
      #expect(try state(office, told) == .review)
      try await send(office, told, to: peer)
    }
    #expect(peer.taken.count == sent + 2)
    for told in done.compactMap(\.retraction) {
      let letter = NoticeLetter.readable(
        try #require(try office.store.notice(told)).draft.text.rendered)
      #expect(letter.contains("- https://jobs.example/a\n"))
      #expect(letter.contains("is withdrawn"))
      #expect(!letter.contains("undone"))
    }
    #expect(try office.store.dueNotices(by: office.now + 86_400).isEmpty)
  }

  @Test func whatOthersKeepForUsHasItsClock() async throws {
    let office = try Office()
    let peer = try SMTPPeer()
    let store = office.store
    let notice = try office.approved("preserve")
    try await send(office, notice, to: peer)
    office.pass(25 * 3600)
    #expect(
      try store.keepNoticeTime(by: Office.actor, at: office.now)
        == [TimedMove(notice: notice, state: .overdue)])
    #expect(throws: CaseStoreError.self) {
      try store.setPreserved(
        notice, until: office.now + -1, reference: "", by: office.officer, at: office.now)
    }
    let end = office.now + 90 * 86_400
    try store.setPreserved(
      notice, until: end, reference: "T-1", by: office.officer, at: office.now)
    #expect(try state(office, notice) == .active)
    office.pass(76.5 * 86_400)
    #expect(
      try store.keepNoticeTime(by: Office.actor, at: office.now)
        == [TimedMove(notice: notice, state: .renewalDue)])
    #expect(
      try Set(store.dueNotices(by: end).map(\.kind)) == ["renewal", "expiry"])
    // A renewal: the clock begins anew.
    try store.setPreserved(
      notice, until: end + 90 * 86_400, reference: "T-2", by: office.officer, at: office.now)
    #expect(try state(office, notice) == .active)
    #expect(try store.preservations(of: notice).map(\.reference) == ["T-1", "T-2"])
    office.pass(104 * 86_400)
    #expect(
      try store.keepNoticeTime(by: Office.actor, at: office.now)
        == [TimedMove(notice: notice, state: .lapsed)])
    #expect(try store.dueNotices(by: office.now + 86_400).isEmpty)
  }

  @Test func whoKeepsDataIsToldWhenItIsOver() async throws {
    let office = try Office()
    let peer = try SMTPPeer()
    let notice = try office.approved("preserve")
    try await send(office, notice, to: peer)
    try office.store.setPreserved(
      notice, until: office.now + 90 * 86_400, reference: "", by: office.officer, at: office.now)
    let stored = try #require(try office.store.notice(notice))
    let told = try #require(
      try desk(office).close(
        stored, .released, why: "the case is over", by: office.author, at: office.now))
    #expect(try state(office, notice) == .released)
    #expect(try office.store.outcome(of: notice) == .released)
    try await send(office, told, to: peer)
  }

  @Test func aYearIsCountedWithoutPersons() async throws {
    let office = try Office()
    let peer = try SMTPPeer()
    let first = try office.approved()
    try await send(office, first, to: peer)
    office.pass(3 * 3600)
    try office.store.moveNotice(
      first, to: .disputed, why: "message 1", by: Office.actor, at: office.now)
    try office.store.closeNotice(
      first, .refused, why: "they would not", by: office.officer, at: office.now)
    let year = Timestamp(seconds: 1_767_225_600)..<Timestamp(seconds: 1_798_761_600)
    let report = NoticeReport(try office.store.reportedNotices(year))
    let line = try #require(report.lines.first)
    #expect(report.lines.count == 1)
    // The site's operator may be one person, whose name is no figure.
    #expect(line.provider == "operators of sites")
    #expect(line.notices == 1 && line.answered == 1 && line.disputed == 1 && line.refused == 1)
    #expect(line.removed == 0 && line.unanswered == 0)
    #expect(line.hoursToAnswer == 3)
    let next = year.upperBound..<(year.upperBound + 365 * 86_400)
    #expect(try office.store.reportedNotices(next).isEmpty)
  }

  @Test func workingDaysLeaveOutWeekends() throws {
    let friday = try #require(Timestamp(rfc3339: "2026-11-20T15:00:00Z"))
    #expect(NoticeTerms.workingDays(1, after: friday).rfc3339.hasPrefix("2026-11-23T15:00"))
    #expect(NoticeTerms.workingDays(5, after: friday).rfc3339.hasPrefix("2026-11-27T15:00"))
    #expect(NoticeTerms.action(rung: 1, sent: friday).rfc3339.hasPrefix("2026-11-22"))
    #expect(NoticeTerms.action(rung: 6, sent: friday).rfc3339.hasPrefix("2026-11-27"))
  }
}
