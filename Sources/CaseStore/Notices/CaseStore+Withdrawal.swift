public import Vocabulary

/// What withdrawing a notice takes.
public enum Withdrawal: Sendable, Hashable {
  /// Nobody has read it: it is only given up.
  case givenUp
  /// Its recipient may have read it and has to be told.
  case retracted
  /// It is withdrawn, or was never going anywhere.
  case over
  /// It is being handed over at this moment.
  case underWay
}

extension CaseStore {
  /// Notices of one ladder: a notice with those that it follows and those that follow it, by number;
  /// retractions are left out.
  public func ladder(of notice: Int64) throws -> [Int64] {
    try engine.read { sql in
      try sql.rows(
        """
        WITH RECURSIVE up (id) AS (
          SELECT ?1 UNION SELECT n.follows FROM notice n JOIN up ON n.id = up.id
          WHERE n.follows IS NOT NULL),
        all_of (id) AS (
          SELECT id FROM up UNION SELECT n.id FROM notice n JOIN all_of ON n.follows = all_of.id)
        SELECT n.id FROM notice n JOIN all_of ON all_of.id = n.id WHERE n.act <> 'retraction'
        ORDER BY n.id
        """, [.integer(notice)]
      ).compactMap { $0.integer(0) }
    }
  }

  /// What withdrawing a notice takes, as it stands.
  public func withdrawal(of notice: StoredNotice) throws -> Withdrawal {
    switch notice.state {
    case .withdrawn, .cancelled, .moot, .lapsed, .released, .converted, .closedReferred: .over
    case .sending: .underWay
    case .draft, .review, .approved, .held, .queued, .retryWait, .bounced: .givenUp
    default: .retracted
    }
  }

  /// Withdraws a notice: what waits in the outbox does not leave it any more.
  ///
  /// Throws `CaseStoreError.refused` while it is being handed over, and when its recipient may have read it and
  /// no retraction to that recipient about all its addresses was drafted.
  public func withdrawNotice(
    _ id: Int64, why: String, by account: Account, at: Timestamp
  ) throws {
    guard account.roles.contains(.noticeOfficer) else {
      throw CaseStoreError.refused("a notice is withdrawn by a notice officer")
    }
    try engine.write { sql in
      try Self.tellTime(at, in: sql)
      guard let notice = try Self.notice(id, in: sql) else {
        throw CaseStoreError.refused("there is no notice \(id)")
      }
      try sql.execute(
        """
        UPDATE notice_outbox SET state = 'cancelled', changed_at = ?2
        WHERE notice = ?1 AND state = 'ready'
        """, [.integer(id), .integer(at.milliseconds)])
      let unsent: Set<NoticeState> = [.draft, .review, .approved, .held]
      try Self.move(
        id, to: unsent.contains(notice.state) ? .cancelled : .withdrawn, why: why,
        by: account.actor, at: at, in: sql)
    }
  }

  /// The newest retraction to the recipient of a notice about just its addresses.
  public func retraction(of notice: StoredNotice) throws -> StoredNotice? {
    try engine.read { sql in
      let id = try sql.integer(
        """
        SELECT r.id FROM notice r WHERE r.act = 'retraction' AND r.state <> 'cancelled'
          AND lower(r.recipient) = lower(?2)
          AND (SELECT count(*) FROM notice_target u WHERE u.notice = r.id) = (
            SELECT count(*) FROM notice_target t WHERE t.notice = ?1)
          AND NOT EXISTS (SELECT 1 FROM notice_target t WHERE t.notice = ?1
            AND NOT EXISTS (SELECT 1 FROM notice_target u
              WHERE u.notice = r.id AND u.url = t.url))
        ORDER BY r.id DESC LIMIT 1
        """, [.integer(notice.id), .text(notice.draft.recipient)])
      return try id.flatMap { try Self.notice($0, in: sql) }
    }
  }

  /// Expects the retraction within a day.
  public func expectRetraction(_ id: Int64, at: Timestamp) throws {
    try engine.write { sql in
      try Self.tellTime(at, in: sql)
      try Self.setDeadline(id, "retraction", at: at + Double(NoticeTerms.retraction), in: sql)
    }
  }
}
