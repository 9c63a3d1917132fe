public import CaseStore
public import Configuration
import Foundation
public import Vocabulary

/// Drafting and editing on a store: the same from the command line and in the review.
public struct NoticeDesk: Sendable {
  /// What a notice is made as.
  public struct Plan: Sendable, Hashable {
    public var act = ""
    /// `en`, `nl`, `de` or `fr`.
    public var language = "en"
    /// Address, or the https address of a form.
    public var recipient = ""
    /// Step of the ladder, 1 (the site) to 8.
    public var rung = 1
    public var organisation = ""
    public var fields = NoticeFields()
    /// Why earlier rungs are skipped.
    public var skip = ""

    public init() {}
  }

  let store: CaseStore
  let acts: NoticeActs
  private let host: @Sendable (String) -> String?

  /// `host` reads the host of an address; nil when it has none.
  public init(
    store: CaseStore, host: @escaping @Sendable (String) -> String?
  ) throws(ConfigurationProblems) {
    self.store = store
    self.host = host
    acts = try NoticeActs()
  }

  /// Writes a notice about adverts that were referred.
  ///
  /// Throws `NoticeLetter.Problem` for an act or a language that there is not, and
  /// `CaseStoreError.refused` for what the guards refuse.
  public func draft(
    _ plan: Plan, about adverts: [Int64], by account: Account, at: Timestamp
  ) throws -> CaseStore.DraftedNotice {
    try store.draftNotice(
      try written(plan, evidence(of: adverts), round: 1), by: account, at: at)
  }

  /// Changes what a notice says; its act, recipient, rung and addresses stay, and it is a draft again.
  public func edit(
    _ stored: StoredNotice, to plan: Plan, by account: Account, at: Timestamp
  ) throws {
    let old = stored.draft
    var plan = plan
    (plan.act, plan.recipient, plan.rung) = (old.act, old.recipient, old.rung)
    try store.editNotice(
      stored.id, try written(plan, asDrafted(old), round: old.round).text, by: account, at: at)
  }

  /// The evidence of a notice; its addresses are those that were drafted, another capture since then does not
  /// change them.
  func asDrafted(_ old: NoticeDraft) throws -> [NoticeEvidence] {
    if old.act == NoticeActs.retraction { return try store.noticedEvidence(of: old) }
    return try evidence(of: old.targets.map(\.advert)).map { item in
      var item = item
      if let target = old.targets.first(where: { $0.advert == item.target.advert }) {
        item.target = target
      }
      return item
    }
  }

  /// What a stored notice was made as.
  ///
  /// Throws `CaseStoreError.damaged` when its fields cannot be read.
  public static func plan(of stored: StoredNotice) throws -> Plan {
    let draft = stored.draft
    guard
      let fields = try? JSONDecoder().decode(
        NoticeFields.self, from: Data(draft.text.fields.utf8))
    else { throw CaseStoreError.damaged("the fields of notice \(stored.id)") }
    var plan = Plan()
    plan.act = draft.act
    plan.language = draft.text.language
    plan.recipient = draft.recipient
    plan.rung = draft.rung
    plan.organisation = draft.text.organisation
    plan.fields = fields
    plan.skip = draft.text.skipReason
    return plan
  }

  private func evidence(of adverts: [Int64]) throws -> [NoticeEvidence] {
    try Set(adverts).sorted().map { try store.noticeEvidence(advert: $0, host: host) }
  }

  func written(
    _ plan: Plan, _ evidence: [NoticeEvidence], round: Int, follows: Int64? = nil,
    reason: String = ""
  ) throws -> NoticeDraft {
    try NoticeDraft.write(
      act: plan.act, language: plan.language,
      channel: plan.recipient.hasPrefix("https://") ? .form : .mail, rung: plan.rung,
      organisation: plan.organisation, recipient: plan.recipient, fields: plan.fields,
      evidence: evidence, skipReason: plan.skip, round: round, follows: follows,
      reason: reason, acts: acts)
  }
}
