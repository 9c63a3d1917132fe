public import Vocabulary

extension CaseStore {
  /// Moves a notice along an edge, with the reason in its custody event.
  public func moveNotice(
    _ id: Int64, to state: NoticeState, why: String, by actor: Actor, at: Timestamp
  ) throws {
    try engine.write { sql in
      try Self.tellTime(at, in: sql)
      try Self.move(id, to: state, why: why, by: actor, at: at, in: sql)
    }
  }

  /// The same within a transaction; what was expected in the state before is met, and what is expected in the
  /// new one becomes a deadline.
  static func move(
    _ id: Int64, to state: NoticeState, why: String, by actor: Actor, at: Timestamp,
    in sql: any SQLSession
  ) throws {
    let before = try sql.row(
      """
      SELECT n.state, k.kind, n.rung, n.follows FROM notice n JOIN notice_act k ON k.name = n.act
      WHERE n.id = ?1
      """, [.integer(id)])
    let custody = try logNotice(
      id, "notice.\(state.rawValue)", ["why": why], by: actor, at: at, in: sql)
    try sql.execute(
      "UPDATE notice SET state = ?2, changed_at = ?3, custody = ?4 WHERE id = ?1",
      [.integer(id), .text(state.rawValue), .integer(at.milliseconds), .integer(custody)])
    guard let before, let old = before.text(0).flatMap(NoticeState.init(rawValue:)), old != state
    else { return }
    if let kind = expected(in: old)?.kind { try meetDeadlines(id, kind, at: at, in: sql) }
    if state.isFinal { try meetDeadlines(id, nil, at: at, in: sql) }
    if let (kind, seconds) = expected(in: state) {
      try setDeadline(id, kind, at: at + Double(seconds), in: sql)
    }
    if state == .acknowledged { try meetDeadlines(id, "acknowledgement", at: at, in: sql) }
    guard state == .sent else { return }
    try meetDeadlines(id, "retraction", at: at, in: sql)
    let kind = before.text(1) ?? ""
    if kind != "retraction" {
      try setDeadline(
        id, "acknowledgement", at: at + Double(NoticeTerms.acknowledgement), in: sql)
    }
    guard kind == "takedown" else { return }
    try setDeadline(
      id, "action", at: NoticeTerms.action(rung: Int(before.integer(2) ?? 1), sent: at), in: sql)
    guard let earlier = before.integer(3) else { return }
    let standing = try sql.row("SELECT state FROM notice WHERE id = ?1", [.integer(earlier)])
    let open: Set<NoticeState> = [.overdue, .bounced, .disputed, .reappeared]
    guard let standing = standing?.text(0).flatMap(NoticeState.init(rawValue:)),
      open.contains(standing)
    else { return }
    try move(earlier, to: .escalated, why: "notice \(id)", by: actor, at: at, in: sql)
  }

  /// What is expected of a person while a notice stands in a state, and within how many seconds.
  private static func expected(in state: NoticeState) -> (kind: String, seconds: Int64)? {
    switch state {
    case .inDoubt: ("doubt", 3600)
    case .bounced: ("new contact", 4 * 3600)
    case .disputed: ("answer", NoticeTerms.decision)
    case .actionClaimed: ("re-check", 2 * 3600)
    case .overdue: ("escalation", NoticeTerms.decision)
    case .reappeared: ("reappeared", NoticeTerms.decision)
    default: nil
    }
  }

  /// Meets what was expected, of one kind or all of it.
  static func meetDeadlines(
    _ notice: Int64, _ kind: String?, at: Timestamp, in sql: any SQLSession
  ) throws {
    try sql.execute(
      """
      UPDATE notice_deadline SET met_at = ?3
      WHERE notice = ?1 AND (?2 IS NULL OR kind = ?2) AND met_at IS NULL
      """, [.integer(notice), SQLValue(kind), .integer(at.milliseconds)])
  }

  static func setDeadline(
    _ notice: Int64, _ kind: String, at due: Timestamp, in sql: any SQLSession
  ) throws {
    let known = try sql.integer(
      "SELECT 1 FROM notice_deadline WHERE notice = ?1 AND kind = ?2 AND due_at = ?3",
      [.integer(notice), .text(kind), .integer(due.milliseconds)])
    guard known == nil else { return }
    try sql.execute(
      "INSERT INTO notice_deadline (notice, kind, due_at) VALUES (?1, ?2, ?3)",
      [.integer(notice), .text(kind), .integer(due.milliseconds)])
  }
}

extension NoticeState {
  /// Whether nothing more is expected of anybody.
  public var isFinal: Bool {
    switch self {
    case .withdrawn, .cancelled, .moot, .escalated, .converted, .released, .lapsed, .closedRemoved,
      .closedMoved, .closedRefused, .closedReferred:
      true
    default: false
    }
  }
}
