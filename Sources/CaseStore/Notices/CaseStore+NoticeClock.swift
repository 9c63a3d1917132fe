public import Vocabulary

/// A notice that time has moved.
public struct TimedMove: Sendable, Hashable {
  public var notice: Int64
  public var state: NoticeState

  public init(notice: Int64, state: NoticeState) {
    self.notice = notice
    self.state = state
  }
}

/// Something that is expected of somebody by a time, with the notice that it is about.
public struct DueNotice: Sendable, Hashable {
  public var notice: Int64
  /// What is expected, such as `action`, `new contact` or `renewal`.
  public var kind: String
  /// By when.
  public var due: Timestamp
  public var state: NoticeState
  /// Name of the act.
  public var act: String
  public var recipient: String
  public var organisation: String
}

extension CaseStore {
  /// Notices moved at once.
  private static let mostTimedMoves = 10_000

  /// Moves notices whose time has come, each with its event; run again it finds nothing.
  ///
  /// A removal request without effect and a preservation without answer are overdue; what is kept for us is due for
  /// renewal or has lapsed; a removal that held through its watch is closed; a sent notice whose verdict was
  /// undone gets a deadline for its withdrawal. Nothing is ever sent by this.
  @discardableResult
  public func keepNoticeTime(by actor: Actor, at now: Timestamp) throws -> [TimedMove] {
    try engine.write { sql in
      try Self.tellTime(now, in: sql)
      try Self.expectWithdrawals(at: now, in: sql)
      var moved: [TimedMove] = []
      for step in Self.timedSteps {
        let rows = try sql.rows(
          "\(step.sql) ORDER BY n.id LIMIT \(Self.mostTimedMoves)",
          [.integer(now.milliseconds), .integer((now + Double(NoticeTerms.renewal)).milliseconds)])
        for notice in rows.compactMap({ $0.integer(0) }) {
          if step.state == .closedRemoved {
            try Self.insertOutcome(notice, .removed, why: step.why, by: actor, at: now, in: sql)
          }
          try Self.move(notice, to: step.state, why: step.why, by: actor, at: now, in: sql)
          if step.state == .renewalDue {
            try Self.expectRenewal(of: notice, at: now, in: sql)
          }
          moved.append(TimedMove(notice: notice, state: step.state))
        }
      }
      return moved
    }
  }

  /// What is expected by a time and not met, the earliest first.
  public func dueNotices(by time: Timestamp, limit: Int = 1000) throws -> [DueNotice] {
    try engine.read { sql in
      try sql.rows(
        """
        SELECT n.id, d.kind, d.due_at, n.state, n.act, n.recipient, n.organisation
        FROM notice_deadline d JOIN notice n ON n.id = d.notice
        WHERE d.met_at IS NULL AND d.due_at <= ?1 ORDER BY d.due_at, d.id LIMIT ?2
        """, [.integer(time.milliseconds), SQLValue(limit)]
      ).map { row in
        DueNotice(
          notice: row.integer(0) ?? 0, kind: row.text(1) ?? "",
          due: Timestamp(milliseconds: row.integer(2) ?? 0),
          state: row.text(3).flatMap(NoticeState.init(rawValue:)) ?? .draft, act: row.text(4) ?? "",
          recipient: row.text(5) ?? "", organisation: row.text(6) ?? "")
      }
    }
  }

  /// `?1` is now and `?2` the moment up to which what is kept has to be renewed.
  private static let timedSteps: [(state: NoticeState, why: String, sql: String)] = [
    (
      .overdue, "nothing was done in time",
      """
      SELECT n.id FROM notice n WHERE n.state IN ('sent', 'acknowledged', 'action-claimed')
        AND n.act IN (SELECT name FROM notice_act WHERE kind = 'takedown')
        AND EXISTS (SELECT 1 FROM notice_deadline d WHERE d.notice = n.id AND d.kind = 'action'
          AND d.met_at IS NULL AND d.due_at <= ?1)
        AND (?2 IS NOT NULL) AND EXISTS (SELECT 1 FROM notice_target t WHERE t.notice = n.id
          AND coalesce((SELECT r.finding FROM notice_recheck r WHERE r.notice = n.id
            AND r.url = t.url AND r.finding NOT IN ('blocked', 'unreachable')
            ORDER BY r.at DESC, r.id DESC LIMIT 1), 'unknown') <> 'absent')
      """
    ),
    (
      .overdue, "no answer in time",
      """
      SELECT n.id FROM notice n WHERE n.state = 'sent' AND (?2 IS NOT NULL)
        AND n.act IN (SELECT name FROM notice_act WHERE kind = 'preservation')
        AND EXISTS (SELECT 1 FROM notice_deadline d WHERE d.notice = n.id
          AND d.kind = 'acknowledgement' AND d.met_at IS NULL AND d.due_at <= ?1)
      """
    ),
    (.lapsed, "its time is over", kept("n.state IN ('active', 'renewal-due')", until: "<= ?1")),
    (.renewalDue, "its end comes near", kept("n.state = 'active'", until: "<= ?2")),
    (
      .closedRemoved, "gone through the whole watch",
      """
      SELECT n.id FROM notice n WHERE n.state = 'removed-confirmed'
        AND (?1 IS NOT NULL) AND (?2 IS NOT NULL)
        AND EXISTS (SELECT 1 FROM notice_watch w WHERE w.notice = n.id)
        AND NOT EXISTS (SELECT 1 FROM notice_watch w
          WHERE w.notice = n.id AND w.next_at IS NOT NULL)
      """
    ),
  ]

  private static func kept(_ states: String, until: String) -> String {
    """
    SELECT n.id FROM notice n WHERE \(states) AND (?1 IS NOT NULL) AND (?2 IS NOT NULL) AND (
      SELECT p.until FROM notice_preservation p WHERE p.notice = n.id
      ORDER BY p.id DESC LIMIT 1) \(until)
    """
  }

  private static func expectRenewal(
    of notice: Int64, at now: Timestamp, in sql: any SQLSession
  ) throws {
    let until = try sql.integer(
      "SELECT until FROM notice_preservation WHERE notice = ?1 ORDER BY id DESC LIMIT 1",
      [.integer(notice)])
    let wanted = Timestamp(milliseconds: until ?? 0) + -Double(NoticeTerms.renewed)
    try setDeadline(notice, "renewal", at: max(wanted, now), in: sql)
  }

  /// A verdict that is undone after its notice went out has to be followed by a withdrawal.
  private static func expectWithdrawals(at now: Timestamp, in sql: any SQLSession) throws {
    let rows = try sql.rows(
      """
      SELECT DISTINCT n.id FROM notice n JOIN notice_target t ON t.notice = n.id
      JOIN review_verdict u ON u.undoes = t.verdict
      WHERE n.act <> 'retraction' AND n.state NOT IN ('draft', 'review', 'approved', 'held',
          'withdrawn', 'cancelled', 'moot', 'bounced')
        AND NOT EXISTS (SELECT 1 FROM notice_deadline d
          WHERE d.notice = n.id AND d.kind = 'withdrawal')
      LIMIT \(mostTimedMoves)
      """)
    for notice in rows.compactMap({ $0.integer(0) }) {
      try setDeadline(
        notice, "withdrawal", at: now + Double(NoticeTerms.undoneVerdict), in: sql)
    }
  }
}
