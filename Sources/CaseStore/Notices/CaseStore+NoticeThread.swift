public import Vocabulary

/// Something that happened to a notice.
public struct NoticeEvent: Sendable, Hashable {
  /// Where it comes from.
  public enum Kind: Sendable, Hashable {
    /// An event of the custody log, with its action.
    case custody(String)
    /// An attempt to hand the message over: which one, how far it came, and the peer's code.
    case attempt(Int, phase: String, code: Int?)
    /// Something that was received, by kind.
    case received(String)
    /// What a look at an address found.
    case recheck(String, url: String)
  }

  /// When.
  public var at: Timestamp
  /// What.
  public var kind: Kind
  /// Who; nil for a peer and a program.
  public var who: String?
  /// The event's own words: a payload as JSON, a reply, the start of a message; nil when erased.
  public var detail: String?
}

/// The message of a notice in the outbox.
public struct NoticeMessage: Sendable, Hashable {
  /// Where it stands in the outbox.
  public var state: String
  /// `Message-ID` with its angle brackets.
  public var messageID: String
  /// Attempts that were begun.
  public var attempts: Int
  /// When it is tried next.
  public var due: Timestamp
  /// SHA-256 of the frozen bytes.
  public var digest: [UInt8]
}

/// An approval as it stands.
public struct StoredApproval: Sendable, Hashable {
  /// Who approved.
  public var login: String
  /// When.
  public var at: Timestamp
  /// Until when it holds.
  public var until: Timestamp
  /// When it was made void.
  public var revoked: Timestamp?
  /// Why nobody else has to have preserved the addresses.
  public var waiver: String?
}

/// Everything that was sent, received and done about a notice.
public struct NoticeThread: Sendable, Hashable {
  /// What happened, in its order.
  public var events: [NoticeEvent] = []
  /// True when there was more than is listed.
  public var isCut = false
  /// What stands in the outbox; nil when nothing does.
  public var message: NoticeMessage?
  public var approvals: [StoredApproval] = []
  public var deadlines: [NoticeDeadline] = []
}

extension CaseStore {
  /// Bytes of a received message that a thread shows.
  private static let shownBytes = 4096

  /// Everything that was sent, received and done about a notice; of each kind at most `most`.
  public func noticeThread(_ id: Int64, most: Int = 200) throws -> NoticeThread {
    try engine.read { sql in
      var thread = NoticeThread()
      let parts = [
        try Self.custodyEvents(id, most, in: sql), try Self.attempts(id, most, in: sql),
        try Self.received(id, most, in: sql), try Self.rechecks(id, most, in: sql),
      ]
      thread.isCut = parts.contains { $0.count >= most }
      thread.events = parts.flatMap { $0 }.enumerated()
        .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
      let message = try sql.row(
        "SELECT state, message_id, attempt, due_at, digest FROM notice_outbox WHERE notice = ?1",
        [.integer(id)])
      thread.message = message.map {
        NoticeMessage(
          state: $0.text(0) ?? "", messageID: $0.text(1) ?? "", attempts: Int($0.integer(2) ?? 0),
          due: Timestamp(milliseconds: $0.integer(3) ?? 0), digest: $0.blob(4) ?? [])
      }
      thread.approvals = try sql.rows(
        """
        SELECT a.login, p.at, p.expires_at, p.revoked_at, p.waiver FROM notice_approval p
        JOIN account a ON a.id = p.approver WHERE p.notice = ?1 ORDER BY p.id
        """, [.integer(id)]
      ).map { row in
        StoredApproval(
          login: row.text(0) ?? "", at: Timestamp(milliseconds: row.integer(1) ?? 0),
          until: Timestamp(milliseconds: row.integer(2) ?? 0),
          revoked: row.integer(3).map { Timestamp(milliseconds: $0) }, waiver: row.text(4))
      }
      thread.deadlines = try sql.rows(
        "SELECT kind, due_at, met_at FROM notice_deadline WHERE notice = ?1 ORDER BY due_at, id",
        [.integer(id)]
      ).map { row in
        NoticeDeadline(
          kind: row.text(0) ?? "", due: Timestamp(milliseconds: row.integer(1) ?? 0),
          met: row.integer(2).map { Timestamp(milliseconds: $0) })
      }
      return thread
    }
  }

  private static func custodyEvents(
    _ id: Int64, _ most: Int, in sql: any SQLSession
  ) throws -> [NoticeEvent] {
    // The index on subjects leaves captures out, so the query does too.
    try sql.rows(
      """
      SELECT e.at, e.action, a.name, p.body FROM custody_event e JOIN actor a ON a.id = e.actor
      LEFT JOIN custody_payload p ON p.seq = e.seq
      WHERE e.subject = 'notice:' || ?1 AND e.action <> 'capture' ORDER BY e.seq LIMIT ?2
      """, [.integer(id), SQLValue(most)]
    ).map { row in
      NoticeEvent(
        at: Timestamp(milliseconds: row.integer(0) ?? 0), kind: .custody(row.text(1) ?? ""),
        who: row.text(2), detail: row.text(3))
    }
  }

  private static func attempts(
    _ id: Int64, _ most: Int, in sql: any SQLSession
  ) throws -> [NoticeEvent] {
    try sql.rows(
      """
      SELECT t.at, t.n, t.phase, t.code, t.reply FROM notice_outbox o
      JOIN notice_attempt t ON t.outbox = o.id WHERE o.notice = ?1 ORDER BY t.n, t.at LIMIT ?2
      """, [.integer(id), SQLValue(most)]
    ).map { row in
      NoticeEvent(
        at: Timestamp(milliseconds: row.integer(0) ?? 0),
        kind: .attempt(
          Int(row.integer(1) ?? 0), phase: row.text(2) ?? "", code: row.integer(3).map { Int($0) }),
        who: nil, detail: row.text(4) ?? "")
    }
  }

  private static func received(
    _ id: Int64, _ most: Int, in sql: any SQLSession
  ) throws -> [NoticeEvent] {
    try sql.rows(
      """
      SELECT at, kind, ticket, substr(raw, 1, ?3) FROM notice_inbound WHERE notice = ?1
      ORDER BY id LIMIT ?2
      """, [.integer(id), SQLValue(most), SQLValue(shownBytes)]
    ).map { row in
      let shown = String(decoding: row.blob(3) ?? [], as: UTF8.self)
      return NoticeEvent(
        at: Timestamp(milliseconds: row.integer(0) ?? 0), kind: .received(row.text(1) ?? ""),
        who: row.text(2), detail: shown)
    }
  }

  private static func rechecks(
    _ id: Int64, _ most: Int, in sql: any SQLSession
  ) throws -> [NoticeEvent] {
    try sql.rows(
      """
      SELECT at, finding, url, status, detail FROM notice_recheck WHERE notice = ?1
      ORDER BY at, id LIMIT ?2
      """, [.integer(id), SQLValue(most)]
    ).map { row in
      NoticeEvent(
        at: Timestamp(milliseconds: row.integer(0) ?? 0),
        kind: .recheck(row.text(1) ?? "", url: row.text(2) ?? ""), who: nil,
        detail: [row.integer(3).map { String($0) }, row.text(4)].compactMap { $0 }
          .filter { !$0.isEmpty }.joined(separator: " "))
    }
  }
}
