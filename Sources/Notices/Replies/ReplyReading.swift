public import CaseStore

/// What a received message is about, and what it says of a notice.
public struct ReplyReading: Sendable, Hashable {
  /// The notice's number and round; nil when no token of ours is in it.
  public var token: NoticeToken?
  /// Where the token was: `recipient`, `thread` or `returned message`; nil without one.
  public var matchedBy: String?
  /// What it says.
  public var kind: InboundKind
  /// The number of the recipient's own ticket; nil when none is told.
  public var ticket: String?
  /// Why it is taken for that, in a few words.
  public var why: String
}

/// Reads received messages: pure, whatever they are.
public struct ReplyReader: Sendable {
  private let sender: MailSender
  private let phrases: ReplyPhrases
  private let limits: MailLimits

  public init(sender: MailSender, phrases: ReplyPhrases, limits: MailLimits = MailLimits()) {
    self.sender = sender
    self.phrases = phrases
    self.limits = limits
  }

  /// What a message is.
  public func read(_ bytes: [UInt8]) -> ReplyReading {
    let mail = ReceivedMail(bytes, limits: limits)
    let (token, matchedBy) = match(mail)
    var reading = ReplyReading(token: token, matchedBy: matchedBy, kind: .reply, why: "")
    let reports = DeliveryReport.read(mail, limits)
    let text = ReplyText.withoutQuotes(mail.text)
    let subject = mail.header["subject"].map(EncodedWords.decode) ?? ""
    reading.ticket = phrases.ticket(in: subject + "\n" + text)
    if !reports.isEmpty {
      judge(reports, &reading)
    } else if isFeedbackReport(mail) {
      (reading.kind, reading.why) = (.reply, "a feedback report (RFC 5965)")
    } else if isFromMailer(mail) {
      // A mail server that does not write reports: that it answers at all is all that is known.
      (reading.kind, reading.why) = (.bounced, "an empty return path and a mail server's address")
    } else if let why = automatic(mail.header, subject) {
      let isAway = phrases.speaksOf(.away, in: subject + "\n" + text)
      (reading.kind, reading.why) = (isAway ? .away : .automatic, why)
    } else {
      judge(text, &reading)
    }
    return reading
  }

  private func judge(_ reports: [DeliveryReport], _ reading: inout ReplyReading) {
    guard let report = reports.first(where: { $0.isFailure }) ?? reports.first else { return }
    reading.kind =
      report.isFailure ? .bounced : report.action == "delivered" ? .delivered : .delayed
    reading.why = [report.action, report.status, report.recipient, report.diagnostic]
      .filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// A person's words: only what points one way is taken for it.
  private func judge(_ text: String, _ reading: inout ReplyReading) {
    let meanings = [ReplyPhrases.Meaning.removed, .refused, .kept, .received].filter {
      phrases.speaksOf($0, in: text)
    }
    let (kind, why): (InboundKind, String) =
      switch meanings {
      case [.removed], [.removed, .received]: (.claimed, "it says that something was removed")
      case [.refused], [.refused, .received]: (.refused, "it says that nothing will be done")
      case [.kept], [.kept, .received]: (.kept, "it says that data are kept")
      case [.received]: (.acknowledged, "it says that the notice was received")
      default: (.reply, meanings.isEmpty ? "a person has to read it" : "it says several things")
      }
    (reading.kind, reading.why) = (kind, why)
  }

  /// RFC 3834 section 5, and what programs used before it.
  private func automatic(_ header: MailHeaderFields, _ subject: String) -> String? {
    if let field = header.token("auto-submitted"), field != "no" {
      return "Auto-Submitted: \(field)"
    }
    for name in ["x-autoreply", "x-autorespond", "x-auto-response-suppress"]
    where header[name] != nil { return name }
    if let field = header.token("precedence"), ["bulk", "auto_reply", "junk"].contains(field) {
      return "Precedence: \(field)"
    }
    return phrases.speaksOf(.automatic, in: subject) ? "its subject" : nil
  }

  private func isFeedbackReport(_ mail: ReceivedMail) -> Bool {
    mail.parts.contains { $0.type == "message/feedback-report" }
  }

  private func isFromMailer(_ mail: ReceivedMail) -> Bool {
    guard mail.header["return-path"] == "<>", let from = mail.header["from"]?.lowercased() else {
      return false
    }
    return from.contains("mailer-daemon@") || from.contains("postmaster@")
  }

  /// The token, where it stands: whom the message was for, what it answers, what it gives back.
  private func match(_ mail: ReceivedMail) -> (NoticeToken?, String?) {
    let places: [(String, [String])] = [
      (
        "recipient",
        ["delivered-to", "x-original-to", "envelope-to", "to", "cc"].flatMap(mail.header.all)
      ),
      ("thread", ["in-reply-to", "references"].flatMap(mail.header.all)),
      (
        "returned message",
        mail.parts.filter {
          ["message/rfc822", "text/rfc822-headers", "message/global"].contains($0.type)
        }
        .flatMap { part -> [String] in
          let inner = MailHeaderFields.read(part.body[...], limits).fields
          return ["message-id", "reply-to", "return-path"].flatMap(inner.all)
        }
      ),
    ]
    for (place, fields) in places {
      for field in fields {
        if let token = sender.token(in: field) { return (token, place) }
      }
    }
    return (nil, nil)
  }
}
