public import Vocabulary

extension CaseStore {
  /// Seconds in which a person reads what only a person can.
  private static let readingSeconds: Int64 = 24 * 3600

  /// Keeps a message that came in, once, and moves its notice as far as its word goes.
  ///
  /// A notice moves along the edges of `notice_edge` only; what does not fit is kept all the same.
  public func importMail(_ mail: InboundMail, by actor: Actor, at: Timestamp) throws -> ImportedMail
  {
    try engine.write { sql in
      let known = try sql.integer(
        "SELECT id FROM notice_inbound WHERE digest = ?1", [.blob(mail.digest)])
      guard known == nil else { return .known }
      try Self.tellTime(at, in: sql)
      let about = try mail.notice.flatMap { try Self.standing(of: $0, in: sql) }
      let notice = about == nil ? nil : mail.notice
      let id = (try sql.integer("SELECT max(id) FROM notice_inbound") ?? 0) + 1
      let payload: [String: String?] = [
        "kind": mail.kind.rawValue, "matched_by": mail.matchedBy, "ticket": mail.ticket,
        "why": mail.why,
      ]
      let custody = try Self.append(
        action: "notice.received", subject: notice.map { "notice:\($0)" } ?? "inbound:\(id)",
        payload: Self.json(payload), by: actor, at: at, in: sql)
      try sql.execute(
        """
        INSERT INTO notice_inbound (id, digest, notice, kind, matched_by, ticket, at, raw, custody)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        """,
        [
          .integer(id), .blob(mail.digest), SQLValue(notice), .text(mail.kind.rawValue),
          SQLValue(mail.matchedBy), SQLValue(mail.ticket), .integer(at.milliseconds),
          .blob(mail.raw), .integer(custody),
        ])
      guard let notice, let about else { return .kept(id, moved: nil) }
      let moved = try Self.follow(
        mail.kind, notice, about, why: "message \(id): \(mail.why)", isPerson: false, by: actor,
        at: at, in: sql)
      if mail.kind.isForPerson || mail.kind == .bounced && moved == nil {
        try Self.setDeadline(
          notice, "reading",
          at: Timestamp(milliseconds: at.milliseconds + Self.readingSeconds * 1000),
          in: sql)
      }
      return .kept(id, moved: moved)
    }
  }

  /// A person says what a message means, and which notice it is about.
  ///
  /// The message stays as it came; the newest word counts. Throws `CaseStoreError.refused` for a message
  /// or a notice that is not there, and for what the guards refuse.
  public func readMail(
    _ id: Int64, as kind: InboundKind, of notice: Int64?, why: String, by account: Account,
    at: Timestamp
  ) throws -> NoticeState? {
    try engine.write { sql in
      try Self.tellTime(at, in: sql)
      guard
        let row = try sql.row("SELECT notice FROM notice_inbound WHERE id = ?1", [.integer(id)])
      else { throw CaseStoreError.refused("there is no message \(id)") }
      guard let about = notice ?? row.integer(0) else {
        throw CaseStoreError.refused("message \(id) names no notice; say which one it is about")
      }
      guard let standing = try Self.standing(of: about, in: sql) else {
        throw CaseStoreError.refused("there is no notice \(about)")
      }
      let custody = try Self.logNotice(
        about, "notice.read", ["message": String(id), "kind": kind.rawValue, "why": why],
        by: account.actor, at: at, in: sql)
      try sql.execute(
        """
        INSERT INTO notice_reading (inbound, notice, kind, account, at, custody)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        """,
        [
          .integer(id), .integer(about), .text(kind.rawValue), .integer(account.id),
          .integer(at.milliseconds), .integer(custody),
        ])
      try Self.meetDeadlines(about, "reading", at: at, in: sql)
      return try Self.follow(
        kind, about, standing, why: "message \(id): \(why)", isPerson: true, by: account.actor,
        at: at, in: sql)
    }
  }

  /// Messages that came in, newest first, 200 at most; of a notice, or those a person has to read.
  public func inboundMail(of notice: Int64? = nil, openOnly: Bool = false) throws -> [StoredInbound]
  {
    try engine.read { sql in
      try sql.rows(
        """
        \(Self.inboundColumns)
        WHERE (?1 IS NULL OR coalesce(r.notice, i.notice) = ?1)
          AND (?2 = 0 OR r.id IS NULL AND (i.notice IS NULL
            OR i.kind IN ('reply', 'refused', 'kept', 'claimed')))
        ORDER BY i.id DESC LIMIT 200
        """, [SQLValue(notice), .integer(openOnly ? 1 : 0)]
      ).map(Self.inbound)
    }
  }

  /// One message that came in.
  public func inboundMail(number: Int64) throws -> StoredInbound? {
    try engine.read { sql in
      try sql.row("\(Self.inboundColumns) WHERE i.id = ?1", [.integer(number)]).map(Self.inbound)
    }
  }

  private static let inboundColumns = """
    SELECT i.id, i.at, coalesce(r.notice, i.notice), coalesce(r.kind, i.kind), a.login, i.ticket,
      i.digest, i.raw, i.notice, i.kind
    FROM notice_inbound i
    LEFT JOIN notice_reading r ON r.id =
      (SELECT max(id) FROM notice_reading l WHERE l.inbound = i.id)
    LEFT JOIN account a ON a.id = r.account
    """

  private static func inbound(_ row: SQLRow) -> StoredInbound {
    let readBy = row.text(4)
    let words = InboundKind(rawValue: row.text(9) ?? "") ?? .reply
    return StoredInbound(
      id: row.integer(0) ?? 0, at: Timestamp(milliseconds: row.integer(1) ?? 0),
      notice: row.integer(2), kind: InboundKind(rawValue: row.text(3) ?? "") ?? .reply,
      readBy: readBy, ticket: row.text(5), digest: row.blob(6) ?? [], raw: row.blob(7) ?? [],
      isOpen: readBy == nil && (row.integer(8) == nil || words.isForPerson))
  }

  private static func standing(
    of notice: Int64, in sql: any SQLSession
  ) throws -> (act: String, state: String)? {
    try sql.row(
      "SELECT k.kind, n.state FROM notice n JOIN notice_act k ON k.name = n.act WHERE n.id = ?1",
      [.integer(notice)]
    ).map { ($0.text(0) ?? "", $0.text(1) ?? "") }
  }

  /// Moves a notice that was sent on a message's word, where an edge leads there.
  private static func follow(
    _ kind: InboundKind, _ notice: Int64, _ standing: (act: String, state: String), why: String,
    isPerson: Bool, by actor: Actor, at: Timestamp, in sql: any SQLSession
  ) throws -> NoticeState? {
    guard let state = kind.state(of: standing.act, isPerson: isPerson) else { return nil }
    // What is under way, in doubt or over is not moved by mail.
    let waiting = ["sent", "acknowledged", "disputed", "overdue", "action-claimed"]
    guard waiting.contains(standing.state),
      try sql.integer(
        "SELECT 1 FROM notice_edge WHERE kind = ?1 AND before = ?2 AND after = ?3",
        [.text(standing.act), .text(standing.state), .text(state.rawValue)]) != nil
    else { return nil }
    try move(notice, to: state, why: why, by: actor, at: at, in: sql)
    return state
  }
}
