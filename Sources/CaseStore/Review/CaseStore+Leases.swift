public import Vocabulary

/// Who works on a group, and until when.
public struct ReviewLease: Sendable, Hashable {
  /// Row number of the account.
  public var account: Int64
  /// Who.
  public var login: String
  /// Until then.
  public var until: Timestamp
}

extension CaseStore {
  /// Takes a group for an account until `until`, or keeps it; records it when it is new.
  ///
  /// Throws `CaseStoreError.refused` when somebody else holds it.
  public func take(
    group: Int64, by account: Account, until: Timestamp, at: Timestamp
  ) throws {
    try engine.write { sql in
      try Self.checkLease(of: group, account, at, in: sql)
      try Self.lease(group, account, until: until, at: at, in: sql)
    }
  }

  /// Lets a group go that the account holds.
  public func letGo(group: Int64, by account: Account, at: Timestamp) throws {
    try engine.write { sql in
      let held = try sql.integer(
        "DELETE FROM review_lease WHERE cluster = ?1 AND account = ?2 RETURNING cluster",
        [.integer(group), .integer(account.id)])
      guard held != nil else { return }
      _ = try Self.append(
        action: "review.let-go", subject: "group:\(group)", payload: Self.json([:]),
        by: account.actor, at: at, in: sql)
    }
  }

  /// Takes the group with the highest priority that waits and that nobody holds; nil when none does.
  public func takeNext(
    lane: Lane, by account: Account, until: Timestamp, at: Timestamp
  ) throws -> (group: Int64, lead: Int64)? {
    try engine.write { sql in
      let row = try sql.row(
        """
        SELECT g.cluster, g.lead FROM review_group g WHERE g.shelf = ?1 AND NOT EXISTS (
          SELECT 1 FROM review_lease l WHERE l.cluster = g.cluster AND l.until > ?2
            AND l.account <> ?3)
        ORDER BY g.priority DESC, g.cluster DESC LIMIT 1
        """,
        [
          .text(QueueFilter(lane: lane).shelf), .integer(at.milliseconds), .integer(account.id),
        ])
      guard let row, let group = row.integer(0), let lead = row.integer(1) else { return nil }
      try Self.lease(group, account, until: until, at: at, in: sql)
      return (group, lead)
    }
  }

  /// Who works on a group now.
  public func lease(ofGroup group: Int64, at: Timestamp) throws -> ReviewLease? {
    try engine.read { try Self.lease(of: group, at: at, in: $0) }
  }

  static func lease(
    of group: Int64, at: Timestamp, in sql: any SQLSession
  ) throws -> ReviewLease? {
    try sql.row(
      """
      SELECT l.account, a.login, l.until FROM review_lease l JOIN account a ON a.id = l.account
      WHERE l.cluster = ?1 AND l.until > ?2
      """, [.integer(group), .integer(at.milliseconds)]
    ).map { row in
      ReviewLease(
        account: row.integer(0) ?? 0, login: row.text(1) ?? "",
        until: Timestamp(milliseconds: row.integer(2) ?? 0))
    }
  }

  static func checkLease(
    of group: Int64, _ account: Account, _ at: Timestamp, in sql: any SQLSession
  ) throws {
    if let lease = try lease(of: group, at: at, in: sql), lease.account != account.id {
      throw CaseStoreError.refused("\(lease.login) works on it until \(lease.until.rfc3339)")
    }
  }

  private static func lease(
    _ group: Int64, _ account: Account, until: Timestamp, at: Timestamp, in sql: any SQLSession
  ) throws {
    let isHeld = try lease(of: group, at: at, in: sql)?.account == account.id
    try sql.execute(
      """
      INSERT INTO review_lease (cluster, account, until) VALUES (?1, ?2, ?3)
      ON CONFLICT (cluster) DO UPDATE SET account = excluded.account, until = excluded.until
      """, [.integer(group), .integer(account.id), .integer(until.milliseconds)])
    guard !isHeld else { return }
    _ = try append(
      action: "review.take", subject: "group:\(group)",
      payload: json(["until": until.rfc3339]), by: account.actor, at: at, in: sql)
  }
}
