import ArgumentParser
import CaseStore
import Crawling
import Fetching
import Foundation
import Operations
import Vocabulary

/// `adwatch alert`.
struct AlertCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alert",
    abstract: "Mail what a person on duty has to know.",
    discussion: """
      Looks at disk, age, sources that keep us out, pages set aside, and adverts of the urgent lane,
      and mails what is new to the role that adwatch.yaml names: counts and a link, never an advert's
      words. What lasts is mailed again after a day. To be run every few minutes (ops/systemd does).

      Example:
        adwatch alert --dry-run
      """)

  @OptionGroup var data: DataOption

  @Flag(help: "Print what there is to tell and mail nothing.")
  var dryRun = false

  func run() async throws {
    let settings = try Settings(data: data.data)
    let store = try DataFolder(path: data.data, access: .read).store
    let now = Timestamp.now
    let alerts = Alert.all(
      try store.health(at: now), diskFree: Disk.free(at: data.data), rules: settings.alertRules,
      now: now)
    if dryRun {
      for alert in alerts { try Output.print(shown(alert.text)) }
      if alerts.isEmpty { try Output.print("Nothing to tell.") }
      return
    }
    guard let mail = settings.mail, !settings.alertTo.isEmpty else {
      throw UsageProblem(
        description: "adwatch.yaml has to say mail.server, mail.from and alerts.to")
    }
    let news = Alert.news(
      alerts, mailed: try store.alertsMailed(), rules: settings.alertRules, now: now)
    if !news.isEmpty {
      let message = Alert.message(
        news, from: mail.from, to: settings.alertTo, link: settings.alertLink,
        host: ProcessInfo.processInfo.hostName, now: now,
        identifier: UUID().uuidString.lowercased())
      let server = try mail.server()
      let letter = Mail(from: mail.from, to: settings.alertTo, message: message)
      do {
        try await onThread { () throws(MailServer.Failure) in try server.send(letter) }
      } catch let failure as MailServer.Failure {
        Output.complain("adwatch: the mail was not taken: \(shown(failure.description))")
        // One that may have been taken counts as told: nobody is written to twice for that.
        guard failure.isInDoubt else { throw StatusError(status: .unfinished) }
      }
      try Output.print("\(news.count) alerts mailed to \(settings.alertTo.joined(separator: ", "))")
    }
    try store.noteAlerts(
      mailed: Dictionary(news.map { ($0.name, $0.count) }, uniquingKeysWith: max),
      current: Set(alerts.map(\.name)), at: now)
  }

  /// Runs what blocks on a thread of its own.
  private func onThread(_ body: @escaping @Sendable () throws -> Void) async throws {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
    }
  }
}
