public import Vocabulary

/// What came of a referral, as far as the partner said.
public enum ReferralOutcome: String, Sendable, Hashable, CaseIterable {
  /// The partner found what the indicators warned of.
  case confirmed
  /// It helped, without that being established.
  case useful
  /// The partner found nothing of it.
  case unfounded
  /// No answer came.
  case unanswered
}

/// An advert that was referred to a partner.
public struct Referral: Sendable, Hashable {
  /// An answer of the partner.
  public struct Answer: Sendable, Hashable {
    /// When it was recorded.
    public var at: Timestamp
    /// Who recorded it.
    public var login: String
    /// What came of it.
    public var outcome: ReferralOutcome
    /// In the analyst's words, as JSON; nil when it was erased.
    public var detail: String?
  }

  /// Row number.
  public var id: Int64
  /// When.
  public var at: Timestamp
  /// Who.
  public var login: String
  /// The advert.
  public var advert: Int64
  /// The kind of partner, by its key in the file of partners.
  public var partner: String
  /// The answers, oldest first; the last one holds.
  public var answers: [Answer]
}

/// How often referrals led to something, by what led to them.
public struct ReferralFeedback: Sendable, Hashable {
  /// Referrals made.
  public var referrals = 0
  /// Those by their last answer; referrals without an answer are in none.
  public var outcomes: [ReferralOutcome: Int] = [:]
}

extension CaseStore {
  /// Records that an advert goes to a partner.
  ///
  /// Throws `CaseStoreError.refused` unless the advert is in the urgent lane or somebody's verdict that
  /// holds says that its indicators warrant a referral.
  @discardableResult
  public func refer(
    advert: Int64, to partner: String, by account: Account, at: Timestamp
  ) throws -> Int64 {
    try engine.write { sql in
      let item = try sql.row(
        "SELECT version, lane, source, cluster FROM review_item WHERE advert = ?1",
        [.integer(advert)])
      guard let item, let version = item.integer(0), let cluster = item.integer(3) else {
        throw CaseStoreError.refused("advert \(advert) is not for review")
      }
      try Self.checkLease(of: cluster, account, at, in: sql)
      let holding = Verdict.holding(try Self.verdicts(on: advert, withReasons: false, in: sql))
      guard
        item.text(1) == Lane.urgent.rawValue
          || holding.contains(where: { $0.choice == .referral })
      else {
        throw CaseStoreError.refused("a referral needs a verdict that warrants it")
      }
      let event = try Self.append(
        action: "review.refer", subject: "advert:\(advert)",
        payload: Self.json(["partner": partner]), by: account.actor, at: at, in: sql)
      let id = try sql.integer(
        """
        INSERT INTO review_referral (at, account, advert, version, source, partner, custody)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id
        """,
        [
          .integer(at.milliseconds), .integer(account.id), .integer(advert), .integer(version),
          .text(item.text(2) ?? ""), .text(partner), .integer(event),
        ])
      guard let id else { throw CaseStoreError.failed("a referral was not stored") }
      return id
    }
  }

  /// Records what came of a referral; a later answer takes the place of an earlier one.
  public func answer(
    referral: Int64, _ outcome: ReferralOutcome, note: String, by account: Account, at: Timestamp
  ) throws {
    try engine.write { sql in
      guard
        let advert = try sql.integer(
          "SELECT advert FROM review_referral WHERE id = ?1", [.integer(referral)])
      else { throw CaseStoreError.refused("there is no referral \(referral)") }
      let event = try Self.append(
        action: "review.outcome", subject: "advert:\(advert)",
        payload: Self.json([
          "referral": String(referral), "outcome": outcome.rawValue, "note": note,
        ]), by: account.actor, at: at, in: sql)
      try sql.execute(
        """
        INSERT INTO review_outcome (at, account, referral, outcome, custody)
        VALUES (?1, ?2, ?3, ?4, ?5)
        """,
        [
          .integer(at.milliseconds), .integer(account.id), .integer(referral),
          .text(outcome.rawValue), .integer(event),
        ])
    }
  }

  /// The advert of a referral; nil when there is none.
  public func advert(ofReferral referral: Int64) throws -> Int64? {
    try engine.read {
      try $0.integer("SELECT advert FROM review_referral WHERE id = ?1", [.integer(referral)])
    }
  }

  /// The referrals of an advert with their answers, oldest first.
  public func referrals(of advert: Int64) throws -> [Referral] {
    try engine.read { session in
      try session.rows(
        """
        SELECT r.id, r.at, a.login, r.partner FROM review_referral r
        JOIN account a ON a.id = r.account WHERE r.advert = ?1 ORDER BY r.id
        """, [.integer(advert)]
      ).map { row in
        let id = row.integer(0) ?? 0
        return Referral(
          id: id, at: Timestamp(milliseconds: row.integer(1) ?? 0), login: row.text(2) ?? "",
          advert: advert, partner: row.text(3) ?? "",
          answers: try Self.answers(to: id, in: session))
      }
    }
  }

  private static func answers(
    to referral: Int64, in session: any SQLSession
  ) throws -> [Referral.Answer] {
    try session.rows(
      """
      SELECT o.at, a.login, o.outcome, p.body FROM review_outcome o
      JOIN account a ON a.id = o.account LEFT JOIN custody_payload p ON p.seq = o.custody
      WHERE o.referral = ?1 ORDER BY o.id
      """, [.integer(referral)]
    ).compactMap { row in
      guard let outcome = row.text(2).flatMap(ReferralOutcome.init(rawValue:)) else { return nil }
      return Referral.Answer(
        at: Timestamp(milliseconds: row.integer(0) ?? 0), login: row.text(1) ?? "",
        outcome: outcome, detail: row.text(3))
    }
  }

  /// What came of referrals, by the indicators in the referred text and by source.
  public func referralFeedback() throws -> (
    byIndicator: [String: ReferralFeedback], bySource: [String: ReferralFeedback]
  ) {
    try engine.read { session in
      var byIndicator: [String: ReferralFeedback] = [:]
      var bySource: [String: ReferralFeedback] = [:]
      try session.forEach(
        """
        SELECT r.version, r.source, (SELECT o.outcome FROM review_outcome o
          WHERE o.referral = r.id ORDER BY o.id DESC LIMIT 1) FROM review_referral r
        """, []
      ) { row in
        guard let version = row.integer(0), let source = row.text(1) else { return true }
        let outcome = row.text(2).flatMap(ReferralOutcome.init(rawValue:))
        for indicator in try Self.indicators(of: version, in: session) {
          byIndicator[indicator, default: ReferralFeedback()].count(outcome)
        }
        bySource[source, default: ReferralFeedback()].count(outcome)
        return true
      }
      return (byIndicator, bySource)
    }
  }
}

extension ReferralFeedback {
  fileprivate mutating func count(_ outcome: ReferralOutcome?) {
    referrals += 1
    if let outcome { outcomes[outcome, default: 0] += 1 }
  }
}
