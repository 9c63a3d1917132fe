public import Vocabulary

/// What was done with adverts, for the record that Article 25 of Directive (EU) 2016/680 asks for.
public enum AccessKind: String, Sendable, CaseIterable {
  /// A list was shown.
  case list
  /// An advert was shown.
  case read
  /// Texts or selectors were searched.
  case search
  /// An archived page was shown.
  case page
  /// A referral packet was taken.
  case packet
  /// A cluster was shown.
  case cluster
  /// A case report or a partner's extract was taken.
  case report
  /// A list was taken along as a file.
  case export
  /// A changed pattern was tried on the stored texts.
  case trial
  /// A notice, or those to one recipient, were shown.
  case notice
}

/// An entry of who saw what.
public struct AccessEntry: Sendable, Hashable {
  /// Position in the custody log.
  public var sequence: Int64
  /// When.
  public var at: Timestamp
  /// Who.
  public var login: String
  /// What was done.
  public var kind: AccessKind
  /// Why.
  public var purpose: String
  /// The advert, where it was one.
  public var advert: Int64?
  /// What was looked for and the reference of the purpose; nil when it was erased.
  public var detail: String?
}

extension CaseStore {
  /// Records that an account looks at something, before it is shown.
  ///
  /// What was looked for goes into the payload, which can be erased; the entry stays.
  public func recordAccess(
    _ kind: AccessKind, advert: Int64? = nil, query: String? = nil, purpose: ReviewPurpose,
    by account: Account, at: Timestamp
  ) throws {
    try engine.write { session in
      let event = try Self.append(
        action: "review.\(kind.rawValue)",
        subject: advert.map { "advert:\($0)" } ?? "review",
        payload: Self.json([
          "purpose": purpose.kind.rawValue, "reference": purpose.reference, "query": query,
        ]), by: account.actor, at: at, in: session)
      try session.execute(
        """
        INSERT INTO review_access (seq, at, account, kind, purpose, advert)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        """,
        [
          .integer(event), .integer(at.milliseconds), .integer(account.id), .text(kind.rawValue),
          .text(purpose.kind.rawValue), SQLValue(advert),
        ])
    }
  }

  /// Who saw what, the newest first, below entry `before`; of one account or advert when it is named.
  public func accesses(
    by login: String?, advert: Int64?, before: Int64?, most: Int
  ) throws -> [AccessEntry] {
    try engine.read { session in
      let start = SQLValue.integer(before ?? .max)
      let rows =
        if let advert {
          try session.rows(
            Self.accessQuery("x.advert = ?3 AND (?4 IS NULL OR a.login = ?4)"),
            [start, SQLValue(most), .integer(advert), SQLValue(login)])
        } else if let login {
          try session.rows(
            Self.accessQuery("x.account = (SELECT id FROM account WHERE login = ?3)"),
            [start, SQLValue(most), .text(login)])
        } else {
          try session.rows(Self.accessQuery("1 = 1"), [start, SQLValue(most)])
        }
      return rows.compactMap { row in
        guard let kind = row.text(3).flatMap(AccessKind.init(rawValue:)) else { return nil }
        return AccessEntry(
          sequence: row.integer(0) ?? 0, at: Timestamp(milliseconds: row.integer(1) ?? 0),
          login: row.text(2) ?? "", kind: kind, purpose: row.text(4) ?? "",
          advert: row.integer(5), detail: row.text(6))
      }
    }
  }

  /// Whether an account has opened an advert since `since`.
  public func hasRead(_ advert: Int64, account: Account, since: Timestamp) throws -> Bool {
    try engine.read { try Self.hasRead(advert, account: account.id, since: since, in: $0) }
  }

  static func hasRead(
    _ advert: Int64, account: Int64, since: Timestamp, in session: any SQLSession
  ) throws -> Bool {
    try session.row(
      """
      SELECT 1 FROM review_access WHERE advert = ?1 AND kind = 'read' AND account = ?2 AND at >= ?3
      LIMIT 1
      """, [.integer(advert), .integer(account), .integer(since.milliseconds)]) != nil
  }

  private static func accessQuery(_ condition: String) -> String {
    """
    SELECT x.seq, x.at, a.login, x.kind, x.purpose, x.advert, p.body
    FROM review_access x JOIN account a ON a.id = x.account
    LEFT JOIN custody_payload p ON p.seq = x.seq
    WHERE \(condition) AND x.seq < ?1 ORDER BY x.seq DESC LIMIT ?2
    """
  }
}
