import CaseStore
import Testing

@testable import Notices

/// What messages say, whatever they are.
@Suite struct ReplyReaderTests {
  private static let sender = MailSender(
    name: "Unit", mailbox: "unit@police.example", key: [UInt8](repeating: 9, count: 32))
  private static let token = sender.token(notice: 4, round: 1)

  private func read(_ text: String, _ key: UInt8 = 9) throws -> ReplyReading {
    let sender = MailSender(
      name: "Unit", mailbox: "unit@police.example", key: [UInt8](repeating: key, count: 32))
    return ReplyReader(sender: sender, phrases: try ReplyPhrases()).read(
      Array(
        text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n").utf8
      ))
  }

  private func answer(_ header: String, _ text: String) -> String {
    """
    From: Desk <abuse@host.example>
    To: <unit+\(Self.token)@police.example>
    Subject: Re: Request
    \(header)
    \(text)
    """
  }

  /// As Postfix writes it.
  private func bounce(to recipient: String, action: String, status: String) -> String {
    """
    Return-Path: <>
    Delivered-To: \(recipient)
    From: MAILER-DAEMON@relay.example (Mail Delivery System)
    Subject: Undelivered Mail Returned to Sender
    To: \(recipient)
    Auto-Submitted: auto-replied
    MIME-Version: 1.0
    Content-Type: multipart/report; report-type=delivery-status;
    \tboundary="1A2B.1/relay.example"

    This is a MIME-encapsulated message.

    --1A2B.1/relay.example
    Content-Type: text/plain; charset=us-ascii

    I'm sorry: the message was removed from the queue.

    --1A2B.1/relay.example
    Content-Type: message/delivery-status

    Reporting-MTA: dns; relay.example
    Arrival-Date: Tue, 24 Nov 2026 10:00:00 +0000

    Final-Recipient: rfc822; abuse@host.example
    Original-Recipient: rfc822;abuse@host.example
    Action: \(action)
    Status: \(status)
    Diagnostic-Code: smtp; 550 5.1.1 no such
        mailbox

    --1A2B.1/relay.example
    Content-Type: message/rfc822

    From: Unit <unit@police.example>
    Message-ID: <\(Self.token)@police.example>

    text
    --1A2B.1/relay.example--
    """
  }

  @Test func aBounceIsMatchedByWhomItIsFor() throws {
    let reading = try read(
      bounce(to: "unit+\(Self.token)@police.example", action: "failed", status: "5.1.1"))
    #expect(reading.token == NoticeToken(notice: 4, round: 1))
    #expect(reading.matchedBy == "recipient")
    #expect(reading.kind == .bounced)
    #expect(reading.why == "failed 5.1.1 abuse@host.example 550 5.1.1 no such mailbox")
  }

  @Test func aBounceToThePlainMailboxIsMatchedByWhatItGivesBack() throws {
    let reading = try read(bounce(to: "unit@police.example", action: "failed", status: "5.1.1"))
    #expect(reading.token == NoticeToken(notice: 4, round: 1))
    #expect(reading.matchedBy == "returned message")
  }

  @Test(arguments: [
    ("delayed", "4.4.1", InboundKind.delayed), ("failed", "4.4.7", .delayed),
    ("delivered", "2.0.0", .delivered), ("failed", "5.7.1", .bounced),
  ])
  func aReportSaysWhatBecameOfIt(_ action: String, _ status: String, _ kind: InboundKind) throws {
    #expect(
      try read(bounce(to: "unit+\(Self.token)@police.example", action: action, status: status)).kind
        == kind)
  }

  @Test func whoeverLacksOurKeyMovesNothing() throws {
    let forged = bounce(to: "unit+\(Self.token)@police.example", action: "failed", status: "5.1.1")
    #expect(try read(forged, 8).token == nil)
    let guess = forged.replacing(Self.token, with: "n4.1.00000000000000000000")
    #expect(try read(guess).token == nil)
    // Of another round, or another notice, the same code is none.
    let other = forged.replacing("n4.1.", with: "n5.1.")
    #expect(try read(other).token == nil)
  }

  @Test(arguments: [
    ("We removed the advert. It is gone.", InboundKind.claimed),
    ("De advertentie is verwijderd.", .claimed), ("Die Anzeige wurde gelöscht.", .claimed),
    ("L’annonce a été supprimée.", .claimed),
    ("This is not our customer, ask the reseller.", .refused),
    ("Wij gaan dit niet verwijderen.", .refused), ("Das ist kein Kunde von uns.", .refused),
    ("Ce site n’est pas notre client.", .refused),
    ("The data have been preserved for 90 days.", .kept),
    ("De gegevens zijn bewaard.", .kept),
    ("We have received your message and will look at it.", .acknowledged),
    ("Who are you?", .reply),
    // Both ways at once is for a person.
    ("The first was removed. The second does not violate our rules.", .reply),
    ("It has not been removed.", .refused),
  ])
  func aPersonsWordsSayOneThingOrArePutToAPerson(_ text: String, _ kind: InboundKind) throws {
    let reading = try read(answer("Content-Type: text/plain; charset=utf-8\n", text))
    #expect(reading.kind == kind, "\(reading.why)")
    #expect(reading.matchedBy == "recipient")
  }

  @Test func whatIsQuotedFromUsSaysNothing() throws {
    let reading = try read(
      answer(
        "In-Reply-To: <\(Self.token)@police.example>\n",
        """
        We will look.

        On Tuesday the unit wrote:
        The advert was removed elsewhere.
        > it has been removed
        """))
    #expect(reading.kind == .reply)
    #expect(
      try read(answer("", "Hello\n> The advert has been removed.\nBye")).kind == .reply)
  }

  @Test func anAutomaticAnswerNeverClaimsARemoval() throws {
    let reading = try read(
      answer(
        "Auto-Submitted: auto-replied\n",
        "Ticket [#AB-12345]: content that violates our terms has been removed in the past."))
    #expect(reading.kind == .automatic)
    #expect(reading.ticket == "AB-12345")
    #expect(try read(answer("Auto-Submitted: no\n", "It has been removed.")).kind == .claimed)
    #expect(
      try read(answer("Precedence: auto_reply\n", "I am out of office until Monday.")).kind == .away
    )
  }

  @Test func ticketsAreFoundInSubjects() throws {
    let encoded = answer("", "Thank you for your report.").replacing(
      "Subject: Re: Request",
      with: "Subject: =?utf-8?Q?Re=3A_Zaaknummer=3A_?= =?utf-8?B?MjAyNi00NzEx?=")
    #expect(try read(encoded).ticket == "2026-4711")
    #expect(try read(answer("", "No ticket for you, in case of fire.")).ticket == nil)
  }

  @Test func htmlAndEncodingsAreRead() throws {
    let html = answer(
      "Content-Type: text/html; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n",
      "<p>L'annonce a =E9t=E9 supprim=\n=E9e.</p><style>not our customer</style>")
    #expect(try read(html).kind == .claimed)
    let base64 = answer(
      "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n",
      "VGhlIGFkdmVydCB3\nYXMgcmVtb3ZlZC4=")
    #expect(try read(base64).kind == .claimed)
  }

  @Test func nothingIsTooStrange() throws {
    let reader = ReplyReader(sender: Self.sender, phrases: try ReplyPhrases())
    var deep = "Content-Type: multipart/mixed; boundary=b0\r\n\r\n"
    for level in 0..<400 {
      deep += "--b\(level)\r\nContent-Type: multipart/mixed; boundary=b\(level + 1)\r\n\r\n"
    }
    let many =
      "Content-Type: multipart/mixed; boundary=x\r\n\r\n"
      + String(repeating: "--x\r\n\r\npart\r\n", count: 50_000)
    let hostile: [[UInt8]] = [
      [], [0x0A], [0x3A], Array(":\r\n:\r\n".utf8), Array(deep.utf8), Array(many.utf8),
      Array(String(repeating: "X: y\r\n", count: 100_000).utf8),
      Array(("Subject: " + String(repeating: "=?utf-8?B?", count: 20_000)).utf8),
      Array(("To: " + String(repeating: "n", count: 200_000)).utf8),
      Array(("To: " + String(repeating: "n9999999999999999999.1.", count: 9_000)).utf8),
      (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 8) },
      Array("Content-Type: text/plain; charset=\"\\".utf8),
      Array("Content-Type: multipart/report; boundary=\"\"\r\n\r\n--\r\n----\r\n".utf8),
    ]
    for bytes in hostile { #expect(reader.read(bytes).token == nil) }
    #expect(ReceivedMail(Array(many.utf8)).parts.count <= MailLimits().maximumParts)
  }

  @Test func everyBeginningOfAMessageIsRead() throws {
    let reader = ReplyReader(sender: Self.sender, phrases: try ReplyPhrases())
    let whole = Array(
      bounce(to: "unit+\(Self.token)@police.example", action: "failed", status: "5.1.1").utf8)
    for end in whole.indices { _ = reader.read(Array(whole[..<end])) }
    #expect(reader.read(whole).kind == .bounced)
  }
}
