public import Vocabulary

/// A notice as a board shows it.
public struct NoticeCard: Sendable, Hashable {
  /// Row number.
  public var id: Int64
  /// Name of the act.
  public var act: String
  /// Where it stands.
  public var state: NoticeState
  /// Step of the ladder, 1 (the site) to 8.
  public var rung: Int
  /// 1, or one more than the notice that it follows.
  public var round: Int
  /// Name of the organisation that is written to.
  public var organisation: String
  /// Address or form.
  public var recipient: String
  /// Who wrote it.
  public var author: String
  /// Who edited it last.
  public var lastEditor: String
  /// When it last changed.
  public var changedAt: Timestamp
  /// Addresses that it is about.
  public var targets: Int
  /// The deadline that comes first of those that are not met.
  public var deadline: NoticeDeadline?
  /// Where the next page goes on.
  public var cursor: NoticeCursor
}

/// Something that is expected of somebody by a time.
public struct NoticeDeadline: Sendable, Hashable {
  /// What is expected.
  public var kind: String
  /// By when.
  public var due: Timestamp
  /// When it was met; nil while it is not.
  public var met: Timestamp?
}

/// Where a page of notices ends and the next begins.
public struct NoticeCursor: Sendable, Hashable {
  /// Milliseconds of the deadline; the latest there is where there is none.
  public var due: Int64
  /// The notice.
  public var id: Int64

  /// The form in which it stands in an address.
  public var text: String { "\(due)_\(id)" }

  /// Reads `text`; nil for anything else.
  public init?(text: String) {
    let parts = text.split(separator: "_", omittingEmptySubsequences: false)
    guard parts.count == 2, let due = Int64(parts[0]), let id = Int64(parts[1]) else { return nil }
    self.init(due: due, id: id)
  }

  init(due: Int64, id: Int64) {
    self.due = due
    self.id = id
  }
}

extension CaseStore {
  /// Notices in some states, what is due first first, and those without a deadline after them.
  public func noticeCards(
    in states: Set<NoticeState>, after: NoticeCursor? = nil, most: Int
  ) throws -> [NoticeCard] {
    let names = states.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
    return try noticeCards(where: "n.state IN (\(names))", [], after: after, most: most)
  }

  /// Notices to one recipient, whatever the case of its letters.
  public func noticeCards(
    to recipient: String, after: NoticeCursor? = nil, most: Int
  ) throws -> [NoticeCard] {
    try noticeCards(
      where: "lower(n.recipient) = lower(?4)", [.text(recipient)], after: after, most: most)
  }

  /// Notices about an advert.
  public func noticeCards(
    about advert: Int64, after: NoticeCursor? = nil, most: Int
  ) throws -> [NoticeCard] {
    try noticeCards(
      where: "n.id IN (SELECT t.notice FROM notice_target t WHERE t.advert = ?4)",
      [.integer(advert)], after: after, most: most)
  }

  private func noticeCards(
    where condition: String, _ arguments: [SQLValue], after: NoticeCursor?, most: Int
  ) throws -> [NoticeCard] {
    try engine.read { sql in
      try sql.rows(
        """
        SELECT n.id, n.act, n.state, n.rung, n.round, n.organisation, n.recipient, a.login, e.login,
          n.changed_at, (SELECT count(*) FROM notice_target t WHERE t.notice = n.id),
          d.kind, d.due_at, coalesce(d.due_at, 9223372036854775807)
        FROM notice n JOIN account a ON a.id = n.author JOIN account e ON e.id = n.last_editor
        LEFT JOIN notice_deadline d ON d.id = (
          SELECT x.id FROM notice_deadline x WHERE x.notice = n.id AND x.met_at IS NULL
          ORDER BY x.due_at, x.id LIMIT 1)
        WHERE \(condition)
          AND (coalesce(d.due_at, 9223372036854775807), n.id) > (?1, ?2)
        ORDER BY 14, n.id LIMIT ?3
        """,
        [
          .integer(after?.due ?? .min), .integer(after?.id ?? 0), SQLValue(most),
        ] + arguments
      ).compactMap { row in
        guard let id = row.integer(0),
          let state = row.text(2).flatMap(NoticeState.init(rawValue:))
        else { return nil }
        return NoticeCard(
          id: id, act: row.text(1) ?? "", state: state, rung: Int(row.integer(3) ?? 0),
          round: Int(row.integer(4) ?? 0), organisation: row.text(5) ?? "",
          recipient: row.text(6) ?? "", author: row.text(7) ?? "", lastEditor: row.text(8) ?? "",
          changedAt: Timestamp(milliseconds: row.integer(9) ?? 0),
          targets: Int(row.integer(10) ?? 0),
          deadline: row.text(11).map { kind in
            NoticeDeadline(
              kind: kind, due: Timestamp(milliseconds: row.integer(12) ?? 0), met: nil)
          }, cursor: NoticeCursor(due: row.integer(13) ?? .max, id: id))
      }
    }
  }

  /// How many notices stand in each state.
  public func noticeCounts() throws -> [NoticeState: Int] {
    try engine.read { sql in
      var counts: [NoticeState: Int] = [:]
      for row in try sql.rows("SELECT state, count(*) FROM notice GROUP BY state") {
        guard let state = row.text(0).flatMap(NoticeState.init(rawValue:)) else { continue }
        counts[state] = Int(row.integer(1) ?? 0)
      }
      return counts
    }
  }
}
