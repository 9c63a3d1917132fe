import ArgumentParser
import Bytes
import CaseStore
import Crawling
import Foundation
import Notices
import Vocabulary
import WebAddress

/// `adwatch notices`.
struct NoticesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notices",
    abstract: "Requests to preserve and to remove: written by one person, approved by another.",
    discussion: """
      Nothing is sent without the approval of somebody who neither wrote nor edited the notice. Whoever
      acts gives the own password, and a code where the account has a second factor: on the terminal, or
      as lines of standard input.

      Example:
        adwatch notices draft --as j.jansen --act preserve --to abuse@host.example \\
          --organisation Host --rung 4 --period "90 days" 17
      """,
    subcommands: [
      NoticesList.self, NoticesShow.self, NoticesDraft.self, NoticesEdit.self, NoticesSubmit.self,
      NoticesApprove.self, NoticesReject.self, NoticesHold.self, NoticesRelease.self,
      NoticesSend.self, NoticesDoubt.self, NoticesImportReplies.self, NoticesReplies.self,
      NoticesReply.self, NoticesRecheck.self, NoticesDue.self, NoticesEscalate.self,
      NoticesWithdraw.self, NoticesPreserved.self, NoticesClose.self, NoticesReport.self,
      NoticesSwitch.self,
    ])
}

/// A notice that something is done with.
struct NoticeArgument: ParsableArguments {
  @Argument(help: "Number of the notice.")
  var number: Int64

  @OptionGroup var data: DataOption

  /// The store and the notice.
  func open() throws -> (CaseStore, StoredNotice) {
    let store = try DataFolder(path: data.data, access: .read).store
    guard let notice = try store.notice(number) else {
      throw UsageProblem(description: "there is no notice \(number)")
    }
    return (store, notice)
  }
}

/// `adwatch notices list`.
struct NoticesList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Notices with state, act and recipient.",
    discussion: """
      Example:
        adwatch notices list --state review
      """)

  @Option(help: "Only those in this state.")
  var state: String?

  @OptionGroup var data: DataOption

  func run() throws {
    let store = try DataFolder(path: data.data, access: .read).store
    var wanted: NoticeState?
    if let state {
      guard let known = NoticeState(rawValue: state) else {
        let states = NoticeState.allCases.map(\.rawValue).joined(separator: ", ")
        throw UsageProblem(description: "there is no state '\(shown(state))'; states: \(states)")
      }
      wanted = known
    }
    var last: Int64 = 0
    while true {
      let numbers = try store.noticeNumbers(in: wanted, after: last)
      for number in numbers {
        guard let notice = try store.notice(number) else { continue }
        let draft = notice.draft
        try Output.print(
          "\(number) \(notice.state.rawValue) \(draft.act) to \(shown(draft.recipient)) "
            + "(\(shown(draft.text.organisation))), \(draft.targets.count) addresses, "
            + "changed \(notice.changedAt.rfc3339)")
      }
      guard let end = numbers.last else { return }
      last = end
    }
  }
}

/// `adwatch notices show`.
struct NoticesShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "A notice as its recipient will read it, and what keeps it back.",
    discussion: """
      Example:
        adwatch notices show 4
      """)

  @OptionGroup var notice: NoticeArgument

  func run() throws {
    let (store, stored) = try notice.open()
    try NoticePrint.show(stored, obstacles: store.noticeObstacles(stored.id))
  }
}

/// A notice on the terminal.
enum NoticePrint {
  static func show(_ notice: StoredNotice, obstacles: [String]) throws {
    let draft = notice.draft
    try Output.print("notice \(notice.id): \(draft.act), \(notice.state.rawValue)")
    try Output.print("to: \(shown(draft.recipient)) (\(shown(draft.text.organisation)))")
    try Output.print("by: \(notice.author), last edited by \(notice.lastEditor)")
    try Output.print("digest: sha256:\(Hex.encode(draft.text.digest))")
    for problem in draft.text.problems { try Output.print("problem: \(shown(problem))") }
    for obstacle in obstacles { try Output.print("keeps it back: \(obstacle)") }
    try Output.print("")
    for line in NoticeLetter.readable(draft.text.rendered)
      .split(separator: "\n", omittingEmptySubsequences: false)
    {
      try Output.print("  " + shown(String(line)))
    }
  }
}

/// `adwatch notices submit`.
struct NoticesSubmit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit", abstract: "Gives a complete draft to a second person.",
    discussion: """
      Example:
        adwatch notices submit --as j.jansen 4
      """)

  @OptionGroup var person: PersonOption
  @OptionGroup var notice: NoticeArgument

  func run() throws {
    let (store, stored) = try notice.open()
    guard stored.draft.text.problems.isEmpty else {
      for problem in stored.draft.text.problems { Output.complain("adwatch: \(shown(problem))") }
      throw StatusError(status: .refused)
    }
    let account = try person.account(store)
    try refusingByPolicy {
      try store.moveNotice(
        stored.id, to: .review, why: "submitted", by: account.actor, at: Timestamp.now)
    }
  }
}

/// `adwatch notices approve`.
struct NoticesApprove: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve",
    abstract: "Approves what was submitted, by somebody else, with password and code.",
    discussion: """
      Shows the notice and then asks. The approval is of these bytes to this recipient and holds 72
      hours; any edit voids it. A removal waits until its addresses are preserved by somebody, unless
      --waive-preservation says why our own capture will do.

      Example:
        adwatch notices approve --as k.visser 4
      """)

  @OptionGroup var person: PersonOption

  @Option(help: "Why nobody else has to have preserved the addresses first.")
  var waivePreservation: String?

  @OptionGroup var notice: NoticeArgument

  func run() throws {
    let (store, stored) = try notice.open()
    try NoticePrint.show(stored, obstacles: store.noticeObstacles(stored.id))
    let (account, step) = try person.letIn(store, needsCode: true)
    try refusingByPolicy {
      try store.approveNotice(
        stored.id,
        NoticeApproval(digest: stored.draft.text.digest, step: step, waiver: waivePreservation),
        by: account, at: Timestamp.now)
    }
    try Output.print("approved by \(account.login)")
  }
}

/// `adwatch notices reject`.
struct NoticesReject: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reject", abstract: "Gives a notice back to its author, or cancels it.",
    discussion: """
      Example:
        adwatch notices reject --as k.visser --why "the ground is missing an article" 4
      """)

  @OptionGroup var person: PersonOption

  @Option(help: "The reason, for the custody log.")
  var why: String

  @Flag(help: "Cancel it for good.")
  var cancel = false

  @OptionGroup var notice: NoticeArgument

  func run() throws {
    let (store, stored) = try notice.open()
    let account = try person.account(store)
    try refusingByPolicy {
      try store.moveNotice(
        stored.id, to: cancel ? .cancelled : .draft, why: why, by: account.actor,
        at: Timestamp.now)
    }
  }
}
