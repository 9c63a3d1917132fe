public import CaseStore
public import Vocabulary

/// What follows on a notice that was sent: the next rung, another round, or taking it back.
extension NoticeDesk {
  /// What withdrawing did to one notice of a ladder.
  public struct Withdrawn: Sendable, Hashable {
    public var notice: Int64
    /// The retraction that its recipient gets; nil where nobody has to be told.
    public var retraction: Int64?
  }

  /// The plan of a notice that follows another one: what was said stays, and what came of the earlier one is
  /// added.
  public func following(_ stored: StoredNotice) throws -> Plan {
    var plan = try Self.plan(of: stored)
    plan.fields.earlier = try phrase("escalation_text", of: stored, in: plan.language)
    return plan
  }

  /// Writes a notice that follows one that was sent: to another recipient, or to the same one in another round.
  ///
  /// It needs an approval of its own. The earlier notice is escalated when this one was sent. Throws
  /// `CaseStoreError.refused` when the earlier one was not sent, and when another round has no reason.
  public func follow(
    _ stored: StoredNotice, _ plan: Plan, reason: String, by account: Account, at: Timestamp
  ) throws -> CaseStore.DraftedNotice {
    let bounced = stored.state == .bounced
    guard try bounced || store.sentAt(of: stored.id) != nil else {
      throw CaseStoreError.refused("notice \(stored.id) was not sent yet")
    }
    let old = stored.draft
    let isSame = plan.act == old.act && plan.recipient.lowercased() == old.recipient.lowercased()
    return try store.draftNotice(
      try written(
        plan, asDrafted(old), round: isSame ? old.round + 1 : 1, follows: stored.id,
        reason: isSame ? reason : ""), by: account, at: at)
  }

  /// Takes a notice back, with all of its ladder: what was not sent is given up, and whoever may have got the rest
  /// gets a retraction, which needs an approval like any notice.
  ///
  /// `facts` is what recipients read; empty for the plain sentence. Done again after a crash it goes on where it
  /// stopped. Throws `CaseStoreError.refused` while one of them is being handed over.
  public func withdraw(
    _ notice: Int64, facts: [String], why: String, by account: Account, at: Timestamp
  ) throws -> [Withdrawn] {
    let ladder = try store.ladder(of: notice).compactMap { try store.notice($0) }
    for item in ladder where try store.withdrawal(of: item) == .underWay {
      throw CaseStoreError.refused(
        "notice \(item.id) is being handed over now: switch sending off, and withdraw it then")
    }
    var done: [Withdrawn] = []
    for item in ladder {
      switch try store.withdrawal(of: item) {
      case .over, .underWay: continue
      case .givenUp:
        try store.withdrawNotice(item.id, why: why, by: account, at: at)
        done.append(Withdrawn(notice: item.id, retraction: nil))
      case .retracted:
        let told = try retract(
          item, "retraction_text", facts: facts, why: why, by: account, at: at)
        try store.withdrawNotice(item.id, why: why, by: account, at: at)
        done.append(Withdrawn(notice: item.id, retraction: told))
      }
    }
    return done
  }

  /// Closes a notice with how it ended; who kept data for us is told when they need not be kept any longer
  /// (for a European Preservation Order Regulation (EU) 2023/1543, Article 11(3), asks for that).
  ///
  /// Returns the message that says so.
  public func close(
    _ stored: StoredNotice, _ outcome: NoticeOutcome, why: String, by account: Account,
    at: Timestamp
  ) throws -> Int64? {
    var told: Int64?
    if outcome == .released {
      told = try retract(stored, "released_text", facts: [], why: why, by: account, at: at)
    }
    try store.closeNotice(stored.id, outcome, why: why, by: account, at: at)
    return told
  }

  /// The retraction of a notice: the one that there is since it was sent, or a new one, under review when it
  /// is complete.
  private func retract(
    _ stored: StoredNotice, _ text: String, facts: [String], why: String, by account: Account,
    at: Timestamp
  ) throws -> Int64 {
    let known = try store.retraction(of: stored)
    if let known, known.id > stored.id { return known.id }
    var plan = try Self.plan(of: stored)
    plan.act = NoticeActs.retraction
    plan.skip = ""
    let (notifier, mailbox) = (plan.fields.notifier, plan.fields.mailbox)
    plan.fields = NoticeFields()
    (plan.fields.notifier, plan.fields.mailbox) = (notifier, mailbox)
    plan.fields.facts =
      facts.isEmpty ? [try phrase(text, of: stored, in: plan.language)] : facts
    let draft = try written(
      plan, store.noticedEvidence(of: stored.draft), round: (known?.draft.round ?? 0) + 1,
      follows: known?.id ?? stored.id, reason: known == nil ? "" : why)
    switch try store.draftNotice(draft, by: account, at: at) {
    case .existing(let id): return id
    case .new(let id):
      try store.expectRetraction(id, at: at)
      if draft.text.problems.isEmpty {
        try store.moveNotice(id, to: .review, why: "withdrawal", by: account.actor, at: at)
      }
      return id
    }
  }

  private func phrase(_ name: String, of stored: StoredNotice, in language: String) throws -> String
  {
    let sent = try store.sentAt(of: stored.id) ?? stored.createdAt
    return (acts.phrases[name]?[language] ?? "")
      .replacing("{organisation}", with: stored.draft.text.organisation)
      .replacing("{date}", with: String(sent.rfc3339.prefix(10)))
      .replacing("{reference}", with: NoticeLetter.reference(intent: stored.draft.intent))
  }
}
