import Bytes
import Foundation
public import Vocabulary

extension CaseStore {
  /// Most targets of a notice.
  public static let mostTargets = 10_000

  /// What came of storing a draft.
  public enum DraftedNotice: Sendable, Hashable {
    /// A new one.
    case new(Int64)
    /// The same intent is there already.
    case existing(Int64)
  }

  /// Stores a draft with its targets and its custody event.
  ///
  /// The same intent is stored once. Throws `CaseStoreError.refused` for what the guards refuse.
  public func draftNotice(
    _ draft: NoticeDraft, by account: Account, at: Timestamp
  ) throws -> DraftedNotice {
    guard !draft.targets.isEmpty, draft.targets.count <= Self.mostTargets else {
      throw CaseStoreError.refused("a notice has 1 to \(Self.mostTargets) targets")
    }
    // The database sees a text as far as its first zero byte.
    guard draft.recipient.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw CaseStoreError.refused("an address is printable ASCII")
    }
    return try engine.write { sql in
      if let id = try sql.integer(
        "SELECT id FROM notice WHERE idem_key = ?1", [.blob(draft.intent)])
      {
        return .existing(id)
      }
      try Self.tellTime(at, in: sql)
      let id = (try sql.integer("SELECT max(id) FROM notice") ?? 0) + 1
      let custody = try Self.logNotice(
        id, "notice.draft",
        ["act": draft.act, "recipient": draft.recipient, "round": String(draft.round)],
        by: account.actor, at: at, in: sql)
      try sql.execute(
        """
        INSERT INTO notice (id, idem_key, act, language, channel, rung, round, follows, reason,
          skip_reason, organisation, recipient, fields, problems, rendered, digest, author,
          last_editor, state, created_at, changed_at, custody)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?17,
          'draft', ?18, ?18, ?19)
        """,
        [
          .integer(id), .blob(draft.intent), .text(draft.act), .text(draft.text.language),
          .text(draft.channel.rawValue), SQLValue(draft.rung), SQLValue(draft.round),
          SQLValue(draft.follows), .text(draft.reason), .text(draft.text.skipReason),
          .text(draft.text.organisation), .text(draft.recipient), .text(draft.text.fields),
          .text(Self.list(draft.text.problems)), .blob(draft.text.rendered),
          .blob(draft.text.digest), .integer(account.id), .integer(at.milliseconds),
          .integer(custody),
        ])
      for target in draft.targets {
        try sql.execute(
          """
          INSERT INTO notice_target (notice, url, host, advert, verdict, capture)
          VALUES (?1, ?2, ?3, ?4, ?5, ?6)
          """,
          [
            .integer(id), .text(target.url), .text(target.host), .integer(target.advert),
            .integer(target.verdict), .integer(target.capture),
          ])
      }
      return .new(id)
    }
  }

  /// Gives a draft, or one under review, another text; it is a draft again and approvals are void.
  public func editNotice(
    _ id: Int64, _ text: NoticeText, by account: Account, at: Timestamp
  ) throws {
    try engine.write { sql in
      try Self.tellTime(at, in: sql)
      let custody = try Self.logNotice(
        id, "notice.edit", ["digest": Hex.encode(text.digest)], by: account.actor, at: at, in: sql)
      try sql.execute(
        """
        UPDATE notice SET language = ?2, organisation = ?3, fields = ?4, problems = ?5,
          rendered = ?6, digest = ?7, skip_reason = ?8, last_editor = ?9, changed_at = ?10,
          custody = ?11, state = 'draft'
        WHERE id = ?1
        """,
        [
          .integer(id), .text(text.language), .text(text.organisation), .text(text.fields),
          .text(Self.list(text.problems)), .blob(text.rendered), .blob(text.digest),
          .text(text.skipReason), .integer(account.id), .integer(at.milliseconds),
          .integer(custody),
        ])
    }
  }

  /// Why a notice may not go out now, in words; empty when it may.
  public func noticeObstacles(_ id: Int64) throws -> [String] {
    try engine.read { sql in
      try sql.rows(
        "SELECT obstacle FROM notice_obstacle WHERE notice = ?1 ORDER BY obstacle", [.integer(id)]
      ).compactMap { $0.text(0) }
    }
  }

  /// A notice with its targets.
  public func notice(_ id: Int64) throws -> StoredNotice? {
    try engine.read { try Self.notice(id, in: $0) }
  }

  static func notice(_ id: Int64, in sql: any SQLSession) throws -> StoredNotice? {
    let row = try sql.row(
      """
      SELECT n.idem_key, n.act, n.channel, n.rung, n.round, n.follows, n.reason, n.recipient,
        n.language, n.organisation, n.fields, n.problems, n.rendered, n.digest, n.skip_reason,
        k.kind, n.state, a.login, e.login, n.created_at, n.changed_at
      FROM notice n JOIN notice_act k ON k.name = n.act JOIN account a ON a.id = n.author
      JOIN account e ON e.id = n.last_editor WHERE n.id = ?1
      """, [.integer(id)])
    guard let row else { return nil }
    let targets = try sql.rows(
      """
      SELECT url, host, advert, verdict, capture FROM notice_target WHERE notice = ?1 ORDER BY url
      """, [.integer(id)]
    ).map {
      NoticeTarget(
        url: $0.text(0) ?? "", host: $0.text(1) ?? "", advert: $0.integer(2) ?? 0,
        verdict: $0.integer(3) ?? 0, capture: $0.integer(4) ?? 0)
    }
    let text = NoticeText(
      language: row.text(8) ?? "", organisation: row.text(9) ?? "", fields: row.text(10) ?? "",
      problems: Self.strings(row.text(11) ?? ""), rendered: row.blob(12) ?? [],
      digest: row.blob(13) ?? [], skipReason: row.text(14) ?? "")
    let draft = NoticeDraft(
      intent: row.blob(0) ?? [], act: row.text(1) ?? "",
      channel: row.text(2).flatMap(NoticeDraft.Channel.init(rawValue:)) ?? .mail,
      rung: Int(row.integer(3) ?? 0), round: Int(row.integer(4) ?? 0), follows: row.integer(5),
      reason: row.text(6) ?? "", recipient: row.text(7) ?? "", targets: targets, text: text)
    return StoredNotice(
      id: id, draft: draft, kind: row.text(15) ?? "",
      state: row.text(16).flatMap(NoticeState.init(rawValue:)) ?? .draft,
      author: row.text(17) ?? "", lastEditor: row.text(18) ?? "",
      createdAt: Timestamp(milliseconds: row.integer(19) ?? 0),
      changedAt: Timestamp(milliseconds: row.integer(20) ?? 0))
  }

  /// Numbers of notices after `id`, in one state or in any, at most `limit`.
  public func noticeNumbers(
    in state: NoticeState? = nil, after id: Int64 = 0, limit: Int = 1000
  ) throws -> [Int64] {
    try engine.read { sql in
      try sql.rows(
        """
        SELECT id FROM notice WHERE id > ?1 AND (?2 IS NULL OR state = ?2) ORDER BY id LIMIT ?3
        """, [.integer(id), SQLValue(state?.rawValue), SQLValue(limit)]
      ).compactMap { $0.integer(0) }
    }
  }

  /// Appends the custody event of a notice and returns its number.
  static func logNotice(
    _ id: Int64, _ action: String, _ payload: [String: String?], by actor: Actor, at: Timestamp,
    in sql: any SQLSession
  ) throws -> Int64 {
    try append(
      action: action, subject: "notice:\(id)", payload: json(payload), by: actor, at: at, in: sql)
  }

  /// Moves the given clock on, where the store runs on one.
  static func tellTime(_ at: Timestamp, in sql: any SQLSession) throws {
    try sql.execute(
      """
      UPDATE notice_control SET given_at = ?1 WHERE clock = 'given' AND coalesce(given_at, 0) < ?1
      """, [.integer(at.milliseconds)])
  }

  /// A list of strings as JSON; `[]` when it is empty, which the guards compare with.
  private static func list(_ strings: [String]) -> String {
    var json = JSONWriter()
    json.array { json in for string in strings { json.string(string) } }
    return json.text
  }

  private static func strings(_ text: String) -> [String] {
    (try? JSONDecoder().decode([String].self, from: Data(text.utf8))) ?? ["unreadable"]
  }
}
