import Bytes
import CaseStore
import Foundation
import Synchronization
import TestSupport
import Testing
import Vocabulary

@testable import Notices

/// From an approval to the peer, and never twice.
@Suite(.timeLimit(.minutes(3))) struct DispatcherTests {
  @Test func whatThePeerGetsIsWhatWasApproved() async throws {
    let office = try Office()
    let peer = try SMTPPeer()
    let id = try office.approved()
    let totals = try await office.round(peer.port)
    #expect(totals.accepted == 1)
    let notice = try #require(try office.store.notice(id))
    #expect(notice.state == .sent)
    let taken = try #require(peer.taken.first)
    let text = String(decoding: taken.body, as: UTF8.self)
    // No line of a base64 letter begins with a dot, so what is on the wire is what was approved.
    #expect(text.hasSuffix(String(decoding: notice.draft.text.rendered, as: UTF8.self)))
    #expect(text.contains("To: <abuse@host.example>\r\n"))
    let token = Office.sender.token(notice: id, round: 1)
    #expect(text.contains("Message-ID: <\(token)@police.example>\r\n"))
    #expect(taken.sender.contains("<unit+\(token)@police.example>"))
    #expect(try await office.round(peer.port) == Dispatcher.Totals())
    #expect(peer.taken.count == 1)
  }

  @Test func aDropAfterTheDotIsNeverSentAgainByItself() async throws {
    let office = try Office()
    let peer = try SMTPPeer(.dropAfterDot)
    let id = try office.approved()
    #expect(try await office.round(peer.port).inDoubt == 1)
    #expect(try office.store.notice(id)?.state == .inDoubt)
    peer.set(.none)
    for _ in 0..<3 {
      office.pass(3600)
      #expect(try await office.round(peer.port) == Dispatcher.Totals())
    }
    #expect(peer.taken.count == 1)
    try office.store.settleDoubt(
      of: id, .resend, why: "not in their log", by: office.officer, at: office.now)
    #expect(try await office.round(peer.port).accepted == 1)
    let bodies = peer.taken.map(\.body)
    #expect(bodies.count == 2 && bodies[0] == bodies[1])
  }

  @Test func greylistingIsWaitedOut() async throws {
    let office = try Office()
    let peer = try SMTPPeer(.greylist)
    let id = try office.approved()
    #expect(try await office.round(peer.port).later == 1)
    #expect(try office.store.notice(id)?.state == .retryWait)
    peer.set(.none)
    #expect(try await office.round(peer.port) == Dispatcher.Totals(), "too early")
    office.pass(400)
    #expect(try await office.round(peer.port).accepted == 1)
    #expect(peer.taken.count == 1)
  }

  @Test func twoDispatchersSendOnce() async throws {
    let office = try Office()
    let peer = try SMTPPeer()
    for number in 0..<6 { _ = try office.approved(to: "abuse\(number)@host.example") }
    _ = try office.dispatcher(peer.port).queueApproved(from: Office.sender)
    let port = peer.port
    async let first = Blocking.run { try office.dispatcher(port, owner: "one").run() }
    async let second = Blocking.run { try office.dispatcher(port, owner: "two").run() }
    let totals = try await (first, second)
    #expect(totals.0.accepted + totals.1.accepted == 6)
    #expect(peer.taken.count == 6)
    #expect(Set(peer.taken.map(\.recipient)).count == 6)
  }

  @Test func demonstrationsNeverLeaveTheMachine() throws {
    let office = try Office()
    let dispatcher = Dispatcher(
      store: office.store, relay: MailRelay(host: "192.0.2.1", port: 25, protection: .tls),
      owner: "one", actor: Office.actor, epoch: NoticeEpoch(data: office.path),
      now: { office.now })
    #expect(throws: CaseStoreError.self) { try dispatcher.run() }
  }

  @Test func aRestoredStoreSendsNothing() async throws {
    let office = try Office()
    let peer = try SMTPPeer()
    _ = try office.approved()
    try FileManager.default.removeItem(atPath: office.path + "/outbox/epoch")
    await #expect(throws: CaseStoreError.self) { try await office.round(peer.port) }
    #expect(try !office.store.noticeControl().isSending)
    #expect(peer.taken.isEmpty)
  }
}
