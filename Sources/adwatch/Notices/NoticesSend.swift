import ArgumentParser
import CaseStore
import Crawling
import Fetching
import Foundation
import Notices
import Vocabulary

/// `adwatch notices send`.
struct NoticesSend: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "send", abstract: "Hands what is approved and due to the mail relay, once.",
    discussion: """
      Example:
        adwatch notices send
      """)

  @OptionGroup var data: DataOption

  func run() throws {
    let settings = try Settings(data: data.data)
    let sender = try NoticeSender.configured(data.data, settings)
    guard let mail = settings.mail else { return }
    let relay = try Self.relay(mail)
    let store = try DataFolder(path: data.data, access: .read).store
    guard try store.noticeControl().isSending else {
      throw PolicyRefusal(description: "sending is off; 'adwatch notices switch on' switches it on")
    }
    let dispatcher = Dispatcher(
      store: store, relay: relay,
      owner: "\(ProcessInfo.processInfo.hostName):\(ProcessInfo.processInfo.processIdentifier)",
      actor: NoticeWork.program, epoch: NoticeEpoch(data: data.data),
      now: { Timestamp.now })
    let totals = try refusingByPolicy {
      try store.keepNoticeTime(by: NoticeWork.program, at: Timestamp.now)
      _ = try dispatcher.queueApproved(from: sender)
      return try dispatcher.run()
    }
    try Output.print(
      "accepted \(totals.accepted), later \(totals.later), refused \(totals.refused), "
        + "in doubt \(totals.inDoubt)")
    if totals.refused + totals.inDoubt > 0 { throw StatusError(status: .found) }
  }

  /// The relay that the settings name, with the password, which is read now and kept nowhere.
  private static func relay(_ mail: MailSettings) throws -> MailRelay {
    let server = try mail.server()
    let isWhole = mail.url.hasPrefix("smtps://")
    let rest = mail.url.dropFirst(isWhole ? 8 : 7).prefix { $0 != "/" }
    let parts = rest.split(separator: ":", maxSplits: 1).map(String.init)
    let named = parts.count > 1 ? UInt16(parts[1]) : (isWhole ? 465 : 25)
    guard let host = parts.first, let port = named else {
      throw UsageProblem(description: "mail.server is smtp://host:port or smtps://host:port")
    }
    var relay = MailRelay(
      host: host, port: port,
      protection: isWhole ? .tls : mail.requiresTLS ? .startTLS : .none)
    relay.login = server.login.map { MailRelay.Login(name: $0.0, password: $0.1) }
    relay.authorities = mail.authorities
    guard relay.isAcceptable else {
      throw PolicyRefusal(description: "notices leave this machine over TLS only: mail.tls")
    }
    return relay
  }
}

/// Who sends notices, as the settings say.
enum NoticeSender {
  /// Throws `UsageProblem` when no mailbox or no key is named.
  static func configured(_ data: String, _ known: Settings? = nil) throws -> MailSender {
    let settings = try known ?? Settings(data: data)
    guard let mail = settings.mail, let path = mail.tokenKey else {
      throw UsageProblem(
        description: "adwatch.yaml names no mail.server, mail.from and mail.token_key")
    }
    guard let key = FileManager.default.contents(atPath: path), (32...64).contains(key.count) else {
      throw UsageProblem(description: "\(path) is no key of 32 to 64 bytes")
    }
    return MailSender(name: settings.operatorName ?? "", mailbox: mail.from, key: [UInt8](key))
  }
}

/// `adwatch notices doubt`.
struct NoticesDoubt: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doubt", abstract: "Says what became of a message whose end is not known.",
    discussion: """
      Example:
        adwatch notices doubt --as k.visser --why "in the relay's log" arrived 4
      """)

  @OptionGroup var person: PersonOption

  @Option(help: "The reason, for the custody log.")
  var why: String

  @Argument(help: "'arrived', 'resend' or 'cancel'.")
  var choice: String

  @OptionGroup var notice: NoticeArgument

  func run() throws {
    guard let decision = CaseStore.DoubtDecision(rawValue: choice) else {
      throw UsageProblem(description: "a message in doubt 'arrived', or 'resend' or 'cancel' it")
    }
    let (store, stored) = try notice.open()
    let account = try person.account(store)
    try refusingByPolicy {
      try store.settleDoubt(of: stored.id, decision, why: why, by: account, at: Timestamp.now)
    }
  }
}
