import ArgumentParser
import CaseStore
import Crawling
import Notices
import Vocabulary

/// `adwatch notices escalate`.
struct NoticesEscalate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "escalate", abstract: "Writes the notice that follows one without effect.",
    discussion: """
      What the earlier notice said is taken over, with a sentence on when it was sent; every field can be given
      anew. It goes to whom --to or --rung names, or with --again once more to the same recipient. It is a notice
      of its own, with an approval of its own; the earlier one is escalated when it was sent.

      Example:
        adwatch notices escalate --as j.jansen --rung host 4
        adwatch notices escalate --as j.jansen --again --why "the advert is there again" 4
      """)

  @OptionGroup var person: PersonOption

  @Option(help: "The act; by default that of the earlier notice.")
  var act: String?

  @Option(help: "Address that it goes to, or the https address of a form.")
  var to: String?

  @Option(help: "Step of the ladder, as in 'draft'.")
  var rung: String?

  @Flag(help: "Another round to the same recipient.")
  var again = false

  @Option(help: "Why there is another round, in ten characters at least.")
  var why = ""

  @OptionGroup var fields: NoticeFieldOptions
  @OptionGroup var notice: NoticeArgument

  func run() throws {
    guard again != (to != nil || rung != nil) else {
      throw UsageProblem(description: "--rung or --to names the next recipient; --again the same")
    }
    let (store, stored) = try notice.open()
    let account = try person.account(store)
    let drafted = try refusingByPolicy {
      try NoticeWork.desk(store) { desk in
        var plan = try desk.following(stored)
        if let act { plan.act = act }
        if let step = try rung.map(NoticeWork.rung) { plan.rung = step.rawValue }
        if !again { try address(&plan, stored, store) }
        fields.apply(to: &plan)
        return try desk.follow(stored, plan, reason: why, by: account, at: Timestamp.now)
      }
    }
    try NoticeWork.report(drafted, store)
  }

  private func address(
    _ plan: inout NoticeDesk.Plan, _ stored: StoredNotice, _ store: CaseStore
  ) throws {
    plan.organisation = ""
    if let to {
      plan.recipient = to
    } else if let step = ContactRung(rawValue: plan.rung) {
      let found = try FoundContact(
        stored.draft.targets.map(\.advert), step, store: store,
        fresh: Settings(data: notice.data.data).contacts.fresh, at: Timestamp.now)
      (plan.recipient, plan.organisation) = (found.recipient, found.organisation)
    }
  }
}

/// `adwatch notices withdraw`.
struct NoticesWithdraw: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw", abstract: "Takes a notice back, and tells everyone who got it.",
    discussion: """
      Takes back the notice with those that it follows and those that follow it. What was not sent is given up;
      everyone else gets a retraction, which waits for its approval like any notice and is due within a day.

      Example:
        adwatch notices withdraw --as j.jansen --why "the verdict was undone" 4
      """)

  @OptionGroup var person: PersonOption

  @Option(help: "The reason, for the custody log; recipients do not read it.")
  var why: String

  @Option(name: .customLong("fact"), help: "What recipients read; may be repeated.")
  var facts: [String] = []

  @OptionGroup var notice: NoticeArgument

  func run() throws {
    let (store, stored) = try notice.open()
    let account = try person.account(store)
    let done = try refusingByPolicy {
      try NoticeWork.desk(store) {
        try $0.withdraw(stored.id, facts: facts, why: why, by: account, at: Timestamp.now)
      }
    }
    for item in done {
      let told = item.retraction.map { "retraction \($0) waits for its approval" }
      try Output.print("notice \(item.notice): \(told ?? "given up, nobody had got it")")
      try NoticeWork.complain(item.retraction.flatMap { try store.notice($0) })
    }
    if done.isEmpty { try Output.print("nothing of notice \(stored.id) is left to withdraw") }
  }
}

/// `adwatch notices preserved`.
struct NoticesPreserved: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preserved",
    abstract: "Says until when a recipient keeps what it was asked to keep.",
    discussion: """
      Said again with a later day it is a renewal. Fourteen days before the day the notice is due for renewal, and
      after it it has lapsed.

      Example:
        adwatch notices preserved --as k.visser --until 2027-02-22 --reference T-1234 3
      """)

  @OptionGroup var person: PersonOption

  @Option(help: "The day up to which data are kept, or a time with its zone.")
  var until: String

  @Option(help: "The recipient's own number.")
  var reference = ""

  @OptionGroup var notice: NoticeArgument

  func run() throws {
    guard let day = Timestamp(rfc3339: until.count == 10 ? until + "T00:00:00Z" : until) else {
      throw UsageProblem(description: "'\(shown(until))' is no day such as 2027-02-22")
    }
    let (store, stored) = try notice.open()
    let account = try person.account(store)
    try refusingByPolicy {
      try store.setPreserved(
        stored.id, until: day, reference: reference, by: account, at: Timestamp.now)
    }
  }
}

/// `adwatch notices close`.
struct NoticesClose: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "close", abstract: "Closes a notice with how it ended.",
    discussion: """
      Outcomes: removed, unavailable (the whole site is gone), moved, refused, not-illegal, no-answer, authority
      (taken over by one), and of what was kept for us released and converted (handed over or requested). With
      'released' its keeper is told, by a message that waits for its approval.

      Example:
        adwatch notices close --as k.visser --outcome refused --why "appeal without success" 4
      """)

  @OptionGroup var person: PersonOption

  @Option(help: "How it ended.")
  var outcome: String

  @Option(help: "The reason, for the custody log.")
  var why: String

  @OptionGroup var notice: NoticeArgument

  func run() throws {
    guard let ended = NoticeOutcome(rawValue: outcome) else {
      let all = NoticeOutcome.allCases.map(\.rawValue).joined(separator: ", ")
      throw UsageProblem(description: "there is no outcome '\(shown(outcome))'; outcomes: \(all)")
    }
    let (store, stored) = try notice.open()
    let account = try person.account(store)
    let told = try refusingByPolicy {
      try NoticeWork.desk(store) {
        try $0.close(stored, ended, why: why, by: account, at: Timestamp.now)
      }
    }
    if let told { try Output.print("notice \(told) tells it and waits for its approval") }
  }
}
