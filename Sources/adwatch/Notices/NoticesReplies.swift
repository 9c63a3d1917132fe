import ArgumentParser
import Bytes
import CaseStore
import Configuration
import Crawling
import Foundation
import Notices
import Vocabulary

/// `adwatch notices import-replies`.
struct NoticesImportReplies: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import-replies",
    abstract: "Takes in what came back: bounces, receipts, refusals, claims of removal.",
    discussion: """
      Reads a Maildir. Every message is kept as it came, once, and matched to its notice by the token
      that only we can make. Its notice moves as far as the message's word goes: nothing that came by mail
      ends one. What only a person can judge waits in 'adwatch notices replies'.

      Example:
        adwatch notices import-replies /var/mail/notices
      """)

  @Argument(help: "The Maildir.")
  var maildir: String

  @OptionGroup var data: DataOption

  func run() throws {
    let sender = try NoticeSender.configured(data.data)
    let limits = MailLimits()
    let box = try refusingUsage { try Maildir(path: maildir) }
    let store = try DataFolder(path: data.data, access: .read).store
    let intake = ReplyImport(
      store: store,
      reader: ReplyReader(sender: sender, phrases: try ReplyPhrases(), limits: limits),
      actor: Actor(name: "adwatch notices", kind: .program))
    var totals = ReplyImport.Totals()
    var unread = 0
    for entry in try box.entries() {
      do {
        try intake.take(
          box.read(entry, most: limits.maximumBytes), at: Timestamp.now, &totals)
        try box.markSeen(entry)
      } catch let failure as Maildir.Failure {
        unread += 1
        Output.complain("adwatch: \(shown(failure.description)); it stays where it is")
      }
    }
    let kinds = InboundKind.allCases.compactMap { kind in
      totals.kinds[kind].map { "\(kind.rawValue) \($0)" }
    }
    try Output.print(
      (kinds + [
        "known \(totals.known)", "without a notice \(totals.unmatched)", "moved \(totals.moved)",
      ]).joined(separator: ", "))
    if unread > 0 { throw StatusError(status: .found) }
  }

  private func refusingUsage<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let failure as Maildir.Failure {
      throw UsageProblem(description: failure.description)
    }
  }
}

/// `adwatch notices replies`.
struct NoticesReplies: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replies", abstract: "Messages that came in and what they say.",
    discussion: """
      Example:
        adwatch notices replies --open
      """)

  @Flag(help: "Only those that a person has to read.")
  var open = false

  @Option(help: "Only those about this notice.")
  var notice: Int64?

  @OptionGroup var data: DataOption

  func run() throws {
    let store = try DataFolder(path: data.data, access: .read).store
    for mail in try store.inboundMail(of: notice, openOnly: open) {
      let about = mail.notice.map { "notice \($0)" } ?? "no notice"
      let ticket = mail.ticket.map { ", ticket \(shown($0))" } ?? ""
      let reader = mail.readBy.map { ", read by \($0)" } ?? (mail.isOpen ? ", to be read" : "")
      try Output.print(
        "\(mail.id) \(mail.at.rfc3339) \(mail.kind.rawValue), \(about)\(ticket)\(reader), "
          + "sha256:\(Hex.encode(mail.digest))")
    }
  }
}

/// `adwatch notices reply`.
struct NoticesReply: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reply", abstract: "Says what a message means, after reading it.",
    discussion: """
      Without --means it shows the message. The message stays as it came; the newest word about it counts.

      Example:
        adwatch notices reply --as k.visser --means kept --why "they confirm it" 3
      """)

  @Option(name: .customLong("as"), help: "The notice officer who says so.")
  var login: String?

  @Option(help: "What it means: one of the kinds that 'replies' lists.")
  var means: String?

  @Option(help: "The notice it is about, when it does not say so itself.")
  var about: Int64?

  @Option(help: "The reason, for the custody log.")
  var why: String?

  @Argument(help: "Number of the message.")
  var number: Int64

  @OptionGroup var data: DataOption

  func run() throws {
    let store = try DataFolder(path: data.data, access: .read).store
    guard let means else { return try show(store) }
    guard let kind = InboundKind(rawValue: means) else {
      let kinds = InboundKind.allCases.map(\.rawValue).joined(separator: ", ")
      throw UsageProblem(description: "a message means one of: \(kinds)")
    }
    guard let login, let why else {
      throw UsageProblem(description: "--as names who says so, --why the reason")
    }
    var person = PersonOption()
    person.login = login
    let account = try person.account(store)
    let moved = try refusingByPolicy {
      try store.readMail(number, as: kind, of: about, why: why, by: account, at: Timestamp.now)
    }
    try Output.print(moved.map { "its notice is now \($0.rawValue)" } ?? "its notice stays")
  }

  private func show(_ store: CaseStore) throws {
    guard let mail = try store.inboundMail(number: number) else {
      throw UsageProblem(description: "there is no message \(number)")
    }
    guard !mail.raw.isEmpty else {
      throw UsageProblem(description: "message \(number) was erased; its digest stays")
    }
    let message = ReceivedMail(mail.raw)
    for name in ["from", "to", "date", "subject"] {
      for value in message.header.all(name).prefix(1) {
        try Output.print("\(name): \(shown(value))")
      }
    }
    try Output.print("")
    for line in message.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      try Output.print("  " + shown(String(line)))
    }
  }
}
