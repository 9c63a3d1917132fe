public import Vocabulary

/// A question that an account keeps: a page with its filters or words.
public struct SavedSearch: Sendable, Hashable {
  /// Row number.
  public var id: Int64
  /// What its owner calls it.
  public var name: String
  /// The page: `/queue`, `/urgent` or `/search`.
  public var page: String
  /// The address's query.
  public var query: String
}

extension CaseStore {
  /// Questions that one account keeps.
  public static let mostSearches = 50

  /// Keeps a question under a name; one of the same name is replaced.
  ///
  /// Throws `CaseStoreError.refused` when the account keeps `mostSearches` already.
  public func save(
    search name: String, page: String, query: String, of account: Account, at: Timestamp
  ) throws {
    try engine.write { sql in
      let held = try sql.integer(
        "SELECT COUNT(*) FROM review_search WHERE account = ?1 AND name <> ?2",
        [.integer(account.id), .text(name)])
      guard (held ?? 0) < Int64(Self.mostSearches) else {
        throw CaseStoreError.refused("an account keeps \(Self.mostSearches) searches at most")
      }
      try sql.execute(
        """
        INSERT INTO review_search (account, name, page, query, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (account, name) DO UPDATE SET page = excluded.page, query = excluded.query
        """,
        [
          .integer(account.id), .text(name), .text(page), .text(query),
          .integer(at.milliseconds),
        ])
    }
  }

  /// Forgets a question of an account; does nothing when it is not there or another's.
  public func forget(search id: Int64, of account: Account) throws {
    try engine.write {
      try $0.execute(
        "DELETE FROM review_search WHERE id = ?1 AND account = ?2",
        [.integer(id), .integer(account.id)])
    }
  }

  /// The questions that an account keeps, by name.
  public func searches(of account: Account) throws -> [SavedSearch] {
    try engine.read { session in
      try session.rows(
        "SELECT id, name, page, query FROM review_search WHERE account = ?1 ORDER BY name",
        [.integer(account.id)]
      ).map { row in
        SavedSearch(
          id: row.integer(0) ?? 0, name: row.text(1) ?? "", page: row.text(2) ?? "",
          query: row.text(3) ?? "")
      }
    }
  }

  /// How often an account opened adverts and archived pages since `since`.
  public func exposure(of account: Account, since: Timestamp) throws -> Int {
    try engine.read { session in
      Int(
        try session.integer(
          """
          SELECT COUNT(*) FROM review_access
          WHERE account = ?1 AND at >= ?2 AND kind IN ('read', 'page')
          """, [.integer(account.id), .integer(since.milliseconds)]) ?? 0)
    }
  }
}
