import ArgumentParser
import CaseStore
import Crawling
import Notices
import Vocabulary

/// `adwatch notices hold`.
struct NoticesHold: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hold", abstract: "Keeps notices back; nothing under a hold is approved or sent.",
    discussion: """
      Example:
        adwatch notices hold --as k.visser --why "investigation under way" --host jobs.example
      """)

  @OptionGroup var person: PersonOption

  @Option(help: "The reason, for the custody log.")
  var why: String

  @Option(help: "Who wants it: law-enforcement, embargo or safety.")
  var kind = "law-enforcement"

  @Option(help: "One notice.")
  var notice: Int64?

  @Option(help: "All about one advert.")
  var advert: Int64?

  @Option(help: "All about one host.")
  var host: String?

  @OptionGroup var data: DataOption

  func run() throws {
    guard let kind = NoticeHold.Kind(rawValue: kind) else {
      throw UsageProblem(description: "a hold is for law-enforcement, embargo or safety")
    }
    let named: [(NoticeHold.Scope, String)] = [
      notice.map { (.notice, String($0)) }, advert.map { (.advert, String($0)) },
      host.map { (.host, $0.lowercased()) },
    ].compactMap { $0 }
    guard named.count < 2 else {
      throw UsageProblem(description: "a hold is on one notice, advert or host, or on everything")
    }
    let (scope, object) = named.first ?? (.everything, "")
    let store = try DataFolder(path: data.data, access: .read).store
    let account = try person.account(store)
    let id = try refusingByPolicy {
      try store.holdNotices(
        NoticeHold(scope: scope, object: object, kind: kind), why: why, by: account,
        at: Timestamp.now)
    }
    try Output.print("hold \(id)")
  }
}

/// `adwatch notices release`.
struct NoticesRelease: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release", abstract: "Lifts a hold; for whoever placed it, or an administrator.",
    discussion: """
      Example:
        adwatch notices release --as k.visser --why "closed" 2
      """)

  @OptionGroup var person: PersonOption

  @Option(help: "The reason, for the custody log.")
  var why: String

  @OptionGroup var data: DataOption

  @Argument(help: "Number of the hold.")
  var hold: Int64

  func run() throws {
    let store = try DataFolder(path: data.data, access: .read).store
    let account = try person.account(store)
    try refusingByPolicy {
      try store.releaseHold(hold, why: why, by: account, at: Timestamp.now)
    }
  }
}

/// `adwatch notices switch`.
struct NoticesSwitch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "switch", abstract: "Switches sending off and on, and sets what bounds it.",
    discussion: """
      Sending is off in a new data directory. Switching it off takes nobody's password.

      Example:
        adwatch notices switch off --why "wrong recipient in the directory"
      """)

  @Argument(help: "'off', 'dry-run' or 'on'.")
  var state: String

  @Option(help: "The reason, for the custody log.")
  var why: String

  @Option(name: .customLong("as"), help: "The account that switches it on.")
  var login: String?

  @Option(help: "Messages to one recipient in 24 hours.")
  var perRecipient: Int?

  @Option(help: "Messages in 24 hours.")
  var perDay: Int?

  @Option(
    name: .customLong("allow"), help: "Send only to this address or '@domain'; may be repeated.")
  var allowed: [String] = []

  @Flag(help: "Acts of an authority may be sent: the user is one.")
  var mandate = false

  @OptionGroup var data: DataOption

  func run() throws {
    guard ["off", "dry-run", "on"].contains(state) else {
      throw UsageProblem(description: "sending is switched 'off', 'dry-run' or 'on'")
    }
    let store = try DataFolder(path: data.data, access: .read).store
    var control = try store.noticeControl()
    var actor = Operator.actor
    if state != "off" {
      guard let login else { throw UsageProblem(description: "--as names who switches it on") }
      var person = PersonOption()
      person.login = login
      let account = try person.account(store)
      guard !account.roles.isDisjoint(with: [.noticeOfficer, .administrator]) else {
        throw PolicyRefusal(description: "only notice officers and administrators switch it on")
      }
      actor = account.actor
      if mandate { control.hasMandate = true }
      if !allowed.isEmpty { control.onlyAllowed = true }
      if let perRecipient { control.mostPerRecipient = max(0, perRecipient) }
      if let perDay { control.mostPerDay = max(0, perDay) }
    }
    control.isSending = state != "off"
    control.isDryRun = state == "dry-run"
    try refusingByPolicy {
      if state != "off" {
        for address in allowed {
          try store.allowRecipient(address, by: actor, at: Timestamp.now)
        }
      }
      if state != "off" { control.epoch = try NoticeEpoch(data: data.data).renew(control) }
      try store.setNoticeControl(control, why: why, by: actor, at: Timestamp.now)
    }
  }
}
