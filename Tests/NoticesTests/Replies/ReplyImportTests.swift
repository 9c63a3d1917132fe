import Bytes
import CaseStore
import Foundation
import Testing
import Vocabulary

@testable import Notices

/// What came back moves notices along their edges, and never ends one.
@Suite(.timeLimit(.minutes(3))) struct ReplyImportTests {
  private func sent(_ office: Office, _ act: String = "dsa-16") async throws -> (Int64, String) {
    let peer = try SMTPPeer()
    let id = try office.approved(act)
    let totals = try await office.round(peer.port)
    try #require(totals.accepted == 1)
    return (id, Office.sender.address(token: Office.sender.token(notice: id, round: 1)))
  }

  private func take(_ office: Office, _ messages: String...) throws -> ReplyImport.Totals {
    let intake = ReplyImport(
      store: office.store,
      reader: ReplyReader(sender: Office.sender, phrases: try ReplyPhrases()), actor: Office.actor)
    var totals = ReplyImport.Totals()
    for message in messages {
      try intake.take(
        Array(message.replacing("\n", with: "\r\n").utf8), at: office.now, &totals)
    }
    return totals
  }

  private func answer(to address: String, _ text: String, _ header: String = "") -> String {
    "From: abuse@host.example\nTo: <\(address)>\nSubject: Re\n\(header)\n\(text)\n"
  }

  private func failure(to address: String) -> String {
    """
    Return-Path: <>
    To: \(address)
    Auto-Submitted: auto-replied
    Content-Type: multipart/report; report-type=delivery-status; boundary=b

    --b
    Content-Type: message/delivery-status

    Reporting-MTA: dns; relay.example

    Final-Recipient: rfc822; abuse@host.example
    Action: failed
    Status: 5.1.1

    --b--
    """
  }

  @Test func aBounceAfterAcceptanceIsABounce() async throws {
    let office = try Office()
    let (id, address) = try await sent(office)
    let totals = try take(office, failure(to: address))
    #expect(totals.kinds == [.bounced: 1])
    #expect(totals.moved == 1)
    #expect(try office.store.notice(id)?.state == .bounced)
    let thread = try office.store.noticeThread(id)
    #expect(thread.deadlines.contains { $0.kind == "new contact" && $0.met == nil })
    #expect(thread.events.contains { $0.kind == .received("bounced") })
  }

  @Test func everyMessageIsTakenInOnce() async throws {
    let office = try Office()
    let (id, address) = try await sent(office)
    let receipt = answer(to: address, "Ticket 4711 was opened.", "Auto-Submitted: auto-replied\n")
    #expect(try take(office, receipt, receipt).known == 1)
    #expect(try take(office, receipt).known == 1)
    #expect(try office.store.notice(id)?.state == .acknowledged)
    let stored = try office.store.inboundMail(of: id)
    #expect(stored.map(\.ticket) == ["4711"])
    #expect(stored.first.map { Array(SHA256.hash($0.raw).bytes) } == stored.first?.digest)
    #expect(
      try office.store.noticeThread(id).deadlines.contains {
        $0.kind == "acknowledgement" && $0.met != nil
      })
  }

  @Test func aClaimEndsNothing() async throws {
    let office = try Office()
    let (id, address) = try await sent(office)
    #expect(try take(office, answer(to: address, "The advert has been removed.")).moved == 1)
    #expect(try office.store.notice(id)?.state == .actionClaimed)
    let deadlines = try office.store.noticeThread(id).deadlines
    #expect(deadlines.contains { $0.kind == "re-check" && $0.met == nil })
  }

  @Test func aRefusalWaitsForAPerson() async throws {
    let office = try Office()
    let (id, address) = try await sent(office)
    _ = try take(office, answer(to: address, "This is not our customer."))
    #expect(try office.store.notice(id)?.state == .disputed)
    let open = try office.store.inboundMail(openOnly: true)
    #expect(open.map(\.kind) == [.refused])
    // The officer reads it as a receipt: the newest word counts, and the message stays as it came.
    let moved = try office.store.readMail(
      open[0].id, as: .acknowledged, of: nil, why: "they ask the reseller", by: office.officer,
      at: office.now)
    #expect(moved == .acknowledged)
    #expect(try office.store.inboundMail(openOnly: true).isEmpty)
    #expect(try office.store.inboundMail(of: id).map(\.readBy) == ["officer"])
  }

  @Test func onlyAPersonTakesAPreservationForGranted() async throws {
    let office = try Office()
    let (id, address) = try await sent(office, "preserve")
    _ = try take(
      office, answer(to: address, "Ticket 4711 was opened.", "Auto-Submitted: auto-replied\n"),
      answer(to: address, "The data have been preserved."))
    #expect(try office.store.notice(id)?.state == .sent)
    let kept = try #require(try office.store.inboundMail(openOnly: true).first)
    #expect(kept.kind == .kept)
    let moved = try office.store.readMail(
      kept.id, as: .kept, of: nil, why: "they confirm it", by: office.officer, at: office.now)
    #expect(moved == .acknowledged)
  }

  @Test func whatNobodyCanPlaceIsKeptForAPerson() async throws {
    let office = try Office()
    let (id, _) = try await sent(office)
    let totals = try take(office, answer(to: "unit@police.example", "It has been removed."))
    #expect(totals.unmatched == 1 && totals.moved == 0)
    #expect(try office.store.notice(id)?.state == .sent)
    let stray = try #require(try office.store.inboundMail(openOnly: true).first)
    #expect(stray.notice == nil)
    #expect(throws: CaseStoreError.self) {
      try office.store.readMail(
        stray.id, as: .claimed, of: nil, why: "which one?", by: office.officer, at: office.now)
    }
    #expect(
      try office.store.readMail(
        stray.id, as: .claimed, of: id, why: "they name the address", by: office.officer,
        at: office.now) == .actionClaimed)
  }

  @Test func mailDoesNotMoveWhatWasNotSent() throws {
    let office = try Office()
    let id = try office.approved()
    let address = Office.sender.address(token: Office.sender.token(notice: id, round: 1))
    #expect(try take(office, failure(to: address)).moved == 0)
    #expect(try office.store.notice(id)?.state == .approved)
  }

  @Test func whatWasReadStaysWhoeverWrites() async throws {
    let office = try Office()
    let (_, address) = try await sent(office)
    _ = try take(office, answer(to: address, "Who are you?"))
    let mail = try #require(try office.store.inboundMail().first)
    _ = try office.store.readMail(
      mail.id, as: .reply, of: nil, why: "a question", by: office.officer, at: office.now)
    let engine = try SQLiteEngine(path: office.path + "/adwatch.sqlite")
    for statement in [
      "DELETE FROM notice_reading", "UPDATE notice_reading SET kind = 'kept'",
      "DELETE FROM notice_inbound", "UPDATE notice_inbound SET raw = x'00'",
      """
      INSERT INTO notice_reading (inbound, notice, kind, account, at, custody)
      VALUES (1, 1, 'kept', 1, 0, 1)
      """,
      """
      INSERT OR REPLACE INTO notice_reading (id, inbound, notice, kind, account, at, custody)
      SELECT id, inbound, notice, 'kept', account, at, custody FROM notice_reading
      """,
    ] {
      #expect(throws: (any Error).self, "\(statement)") {
        try engine.write { try $0.execute(statement, []) }
      }
    }
  }
}
