import ArgumentParser
import CaseStore
import Crawling
import Notices
import Vocabulary
import WebAddress

/// What people say in a notice, as options.
struct NoticeFieldOptions: ParsableArguments {
  @Option(help: "Language: en, nl, de or fr.")
  var language: String?

  @Option(help: "Name of the organisation that is written to.")
  var organisation: String?

  @Option(name: .customLong("fact"), help: "Something that was observed; may be repeated.")
  var facts: [String] = []

  @Option(help: "The provision that the content is against.")
  var ground: String?

  @Option(help: "Authority that issues the act.")
  var authority: String?

  @Option(help: "Why an order is needed.")
  var necessity: String?

  @Option(help: "Where an order applies.")
  var scope: String?

  @Option(help: "For how long data are to be kept.")
  var period: String?

  @Option(help: "What will follow.")
  var followUp: String?

  @Option(help: "Who was asked before, when, and what came of it.")
  var earlier: String?

  @Option(help: "How the addressee can object.")
  var redress: String?

  @Option(help: "Who hears whether an order was given effect.")
  var effect: String?

  @Option(help: "The day by which an answer is asked for.")
  var replyBy: String?

  @Option(help: "Why earlier rungs are skipped.")
  var skip: String?

  /// Changes what was said.
  func apply(to plan: inout NoticeDesk.Plan) {
    if let language { plan.language = language }
    if let organisation { plan.organisation = organisation }
    if let skip { plan.skip = skip }
    apply(to: &plan.fields)
  }

  private func apply(to fields: inout NoticeFields) {
    if !facts.isEmpty { fields.facts = facts }
    if let ground { fields.ground = ground }
    if let authority { fields.authority = authority }
    if let necessity { fields.necessity = necessity }
    if let scope { fields.scope = scope }
    if let period { fields.period = period }
    if let followUp { fields.followUp = followUp }
    if let earlier { fields.earlier = earlier }
    if let redress { fields.redress = redress }
    if let effect { fields.effect = effect }
    if let replyBy { fields.replyBy = replyBy }
  }
}

/// `adwatch notices draft`.
struct NoticesDraft: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draft", abstract: "Writes a notice about adverts that were referred.",
    discussion: """
      Acts: dsa-16, dsa-9, ntd-nl, terms, preserve, budapest-16, budapest-29, epoc-pr, us-2703f,
      referral. What is missing or has no place in a notice is listed, and the exit code is 1.

      Example:
        adwatch notices draft --as j.jansen --act dsa-16 --to abuse@host.example --organisation Host \\
          --rung 1 --fact "The advert says that passports are kept." --ground "Article 273f" 17
        adwatch notices draft --as j.jansen --act preserve --rung host --period "90 days" 17
      """)

  @OptionGroup var person: PersonOption

  @Option(help: "The act.")
  var act: String

  @Option(
    help: """
      Address that it goes to, or the https address of a form; by default whom 'adwatch contacts' found \
      for the rung.
      """)
  var to: String?

  @Option(
    help: """
      Step of the ladder: site, platform, cdn, host, network, registrar, registry, partner, or 1 to 8.
      """)
  var rung: String

  @OptionGroup var fields: NoticeFieldOptions

  @OptionGroup var data: DataOption

  @Argument(help: "Numbers of the adverts.")
  var adverts: [Int64]

  func run() throws {
    let store = try DataFolder(path: data.data, access: .read).store
    let settings = try Settings(data: data.data)
    let account = try person.account(store)
    var plan = NoticeDesk.Plan()
    let step = try NoticeWork.rung(rung)
    (plan.act, plan.rung) = (act, step.rawValue)
    if let to {
      plan.recipient = to
    } else {
      let found = try FoundContact(
        adverts, step, store: store, fresh: settings.contacts.fresh, at: Timestamp.now)
      plan.recipient = found.recipient
      plan.organisation = found.organisation
    }
    plan.fields.notifier = settings.operatorName ?? ""
    plan.fields.mailbox = settings.operatorMailbox ?? ""
    fields.apply(to: &plan)
    let drafted = try refusingByPolicy {
      try NoticeWork.desk(store) {
        try $0.draft(plan, about: adverts, by: account, at: Timestamp.now)
      }
    }
    try NoticeWork.report(drafted, store)
  }
}

/// `adwatch notices edit`.
struct NoticesEdit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit", abstract: "Changes what a notice says; it is a draft again.",
    discussion: """
      What is not given stays as it is. Approvals are void.

      Example:
        adwatch notices edit --as j.jansen --ground "Article 273f" 4
      """)

  @OptionGroup var person: PersonOption
  @OptionGroup var fields: NoticeFieldOptions
  @OptionGroup var notice: NoticeArgument

  func run() throws {
    let (store, stored) = try notice.open()
    let account = try person.account(store)
    var plan = try NoticeDesk.plan(of: stored)
    fields.apply(to: &plan)
    try refusingByPolicy {
      try NoticeWork.desk(store) {
        try $0.edit(stored, to: plan, by: account, at: Timestamp.now)
      }
    }
    try NoticeWork.complain(store.notice(stored.id))
  }
}

/// What drafting and editing share.
enum NoticeWork {
  /// Who moves what nobody decides.
  static let program = Actor(name: "adwatch notices", kind: .program)

  static func desk<T>(_ store: CaseStore, _ body: (NoticeDesk) throws -> T) throws -> T {
    do {
      return try body(NoticeDesk(store: store) { Address($0)?.hostname })
    } catch let problem as NoticeLetter.Problem {
      throw UsageProblem(description: shown(problem.description))
    }
  }

  /// The rung of a name or a number.
  static func rung(_ name: String) throws -> ContactRung {
    guard let step = ContactRung(name) else {
      let names = ContactRung.allCases.map(\.name).joined(separator: ", ")
      throw UsageProblem(description: "there is no rung '\(shown(name))'; rungs: \(names)")
    }
    return step
  }

  /// Says which notice was written.
  static func report(_ drafted: CaseStore.DraftedNotice, _ store: CaseStore) throws {
    switch drafted {
    case .existing(let id):
      throw PolicyRefusal(description: "the same intent is there already: notice \(id)")
    case .new(let id):
      try Output.print("notice \(id)")
      try complain(store.notice(id))
    }
  }

  /// Says what is missing; the exit code is then 1.
  static func complain(_ notice: StoredNotice?) throws {
    let problems = notice?.draft.text.problems ?? []
    for problem in problems { try Output.print("problem: \(shown(problem))") }
    if !problems.isEmpty { throw StatusError(status: .found) }
  }
}
