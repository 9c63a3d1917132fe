import CaseStore
import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Notices

/// One message over SMTP against a peer with faults.
@Suite(.timeLimit(.minutes(2))) struct MailTransferTests {
  private struct Stopped: Error {}

  private static let message = OutboxMessage(
    envelopeFrom: "unit+n1.1.aa@police.example", messageID: "<n1.1.aa@police.example>",
    token: "n1.1.aa",
    mime: Array("Message-ID: <n1.1.aa@police.example>\r\n\r\nOne\r\n.two\r\n".utf8))

  private func send(
    _ peer: SMTPPeer, to recipient: String = "abuse@host.example", stopped: Bool = false
  ) async throws -> (DeliveryOutcome, Int) {
    let port = peer.port
    return try await Blocking.run {
      var begun = 0
      let relay = MailRelay(host: "127.0.0.1", port: port, protection: .none)
      let outcome = MailTransfer(relay: relay).send(Self.message, to: recipient) {
        begun += 1
        if stopped { throw Stopped() }
      }
      return (outcome, begun)
    }
  }

  @Test func thePeerGetsExactlyTheBytes() async throws {
    let peer = try SMTPPeer()
    let (outcome, begun) = try await send(peer)
    #expect(outcome == .accepted(code: 250, reply: "250 2.0.0 queued as A1"))
    #expect(begun == 1)
    let taken = try #require(peer.taken.first)
    #expect(taken.sender.contains("<unit+n1.1.aa@police.example>"))
    #expect(taken.recipient.contains("<abuse@host.example>"))
    // A line that begins with a dot is doubled on the wire (RFC 5321, section 4.5.2).
    let sent = String(decoding: Self.message.mime, as: UTF8.self)
      .unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.first == "." ? "." + String($0) : String($0) }.joined(separator: "\n")
    #expect(taken.body == Array(sent.utf8))
  }

  @Test func refusalsAreToldApart() async throws {
    let cases: [(SMTPPeer.Fault, DeliveryOutcome, Int)] = [
      (.greylist, .refusedForNow(code: 451, reply: "451 4.7.1 greylisted"), 0),
      (.noSuchUser, .refused(code: 550, reply: "550 5.1.1 no such user"), 0),
      (.temporary, .refusedForNow(code: 451, reply: "451 4.3.0 later"), 1),
      (.refusal, .refused(code: 554, reply: "554 5.7.1 no"), 1),
      (.busy, .refusedForNow(code: 421, reply: "421 4.3.2 busy"), 0),
    ]
    for (fault, expected, bodies) in cases {
      let peer = try SMTPPeer(fault)
      let (outcome, begun) = try await send(peer)
      #expect(outcome == expected)
      #expect(begun == bodies && peer.taken.isEmpty)
    }
  }

  @Test func aDropAfterTheDotIsUnknown() async throws {
    let peer = try SMTPPeer(.dropAfterDot)
    let (outcome, begun) = try await send(peer)
    guard case .unknown = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(begun == 1 && peer.taken.count == 1)
  }

  @Test func whatIsStoppedLeavesNoByte() async throws {
    let peer = try SMTPPeer()
    let (outcome, begun) = try await send(peer, stopped: true)
    guard case .notBegun = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(begun == 1 && peer.taken.isEmpty)
  }

  @Test func anAddressIsNeverACommand() async throws {
    let peer = try SMTPPeer()
    for address in [
      "a@b.example>\r\nRCPT TO:<evil@x.example", "a b@c.example", "<a@b.example>", "a@b", "a@b..c",
      ".a@b.example", "a@b.example NOTIFY=NEVER", "\"a\"@b.example", "a@[127.0.0.1]", "",
    ] {
      #expect(!MailAddress.isPlain(address))
      let (outcome, _) = try await send(peer, to: address)
      #expect(outcome == .notBegun(reason: "an address that cannot stand in SMTP"))
    }
    #expect(peer.commands.isEmpty)
    #expect(MailAddress.isPlain("first.last+tag@sub.host-1.example"))
  }

  @Test func aRelayElsewhereNeedsTLS() {
    #expect(!MailRelay(host: "mail.example", port: 25, protection: .none).isAcceptable)
    #expect(!MailRelay(host: "127.evil.example", port: 25, protection: .none).isAcceptable)
    #expect(!MailRelay(host: "localhost", port: 25, protection: .none).isAcceptable)
    #expect(MailRelay(host: "127.0.0.1", port: 25, protection: .none).isAcceptable)
    #expect(MailRelay(host: "mail.example", port: 25, protection: .startTLS).isAcceptable)
  }

  @Test func tokensCannotBeMadeWithoutTheKey() {
    let key = [UInt8](repeating: 0x0B, count: 20)
    // RFC 4231, test case 1.
    #expect(
      MailSender.authenticate(Array("Hi There".utf8), key: key).prefix(4) == [
        0xB0, 0x34, 0x4C, 0x61,
      ])
    let sender = MailSender(name: "Unit", mailbox: "unit@police.example", key: key)
    let token = sender.token(notice: 4, round: 1)
    #expect(token.hasPrefix("n4.1.") && token != sender.token(notice: 4, round: 2))
    #expect(sender.address(token: token) == "unit+\(token)@police.example")
  }

  @Test func aRestoredStoreIsNoticed() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("adwatch-epoch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = try CaseStore(path: folder.path + "/adwatch.sqlite")
    let epoch = NoticeEpoch(data: folder.path)
    var control = try store.noticeControl()
    #expect(epoch.mismatch(control) != nil)
    control.epoch = try epoch.renew(control)
    #expect(epoch.mismatch(control) == nil)
    control.bodies = 3
    try epoch.note(control)
    #expect(epoch.mismatch(control) == nil)
    var yesterday = control
    yesterday.bodies = 2
    #expect(epoch.mismatch(yesterday)?.contains("older") == true)
    var other = control
    other.epoch = "x"
    #expect(epoch.mismatch(other) != nil)
    let path = folder.path + "/outbox/epoch"
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    try bytes.write(to: URL(fileURLWithPath: path + ".copy"))
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.moveItem(atPath: path + ".copy", toPath: path)
    #expect(epoch.mismatch(control)?.contains("copied") == true)
  }
}
