import Bytes
public import Vocabulary

/// An approval as it is given, after its approver was let in with password and code.
public struct NoticeApproval: Sendable, Hashable {
  /// The digest that the approver was shown.
  public var digest: [UInt8]
  /// The time step of the code that was used.
  public var step: Int64
  /// Why nobody else has to have preserved the page first; nil when somebody has.
  public var waiver: String?

  public init(digest: [UInt8], step: Int64, waiver: String?) {
    self.digest = digest
    self.step = step
    self.waiver = waiver
  }
}

/// Something that keeps notices back.
public struct NoticeHold: Sendable, Hashable {
  /// What it is about.
  public enum Scope: String, Sendable, CaseIterable { case notice, advert, host, everything }
  /// Who wants it.
  public enum Kind: String, Sendable, CaseIterable {
    case lawEnforcement = "law-enforcement"
    case embargo, safety
  }
  /// What it is about.
  public var scope: Scope
  /// Number or host; empty for everything.
  public var object: String
  /// Who wants it.
  public var kind: Kind

  public init(scope: Scope, object: String, kind: Kind) {
    self.scope = scope
    self.object = object
    self.kind = kind
  }
}

extension CaseStore {
  /// For how long an approval holds, seconds: longer than a message is retried.
  public static let approvalSeconds = 72 * 3600

  /// Approves a notice under review as it reads, which uses up the approver's code.
  ///
  /// Throws `CaseStoreError.refused` when the approver wrote or edited it, is no notice officer, used
  /// no second factor, or saw other bytes; the guards say so, not this.
  public func approveNotice(
    _ id: Int64, _ approval: NoticeApproval, by account: Account, at: Timestamp
  ) throws {
    try engine.write { sql in
      try Self.tellTime(at, in: sql)
      let used = try sql.integer(
        """
        UPDATE account SET second_factor_step = ?2 WHERE id = ?1 AND second_factor_step < ?2
        RETURNING id
        """, [.integer(account.id), .integer(approval.step)])
      guard used != nil else { throw CaseStoreError.refused("this code was used before") }
      let custody = try Self.logNotice(
        id, "notice.approve",
        ["digest": Hex.encode(approval.digest), "waiver": approval.waiver],
        by: account.actor, at: at, in: sql)
      try sql.execute(
        """
        INSERT INTO notice_approval (notice, approver, recipient, rendered, digest, step, waiver, at,
          expires_at, custody)
        SELECT id, ?2, recipient, rendered, ?3, ?4, ?5, ?6, ?7, ?8 FROM notice WHERE id = ?1
        """,
        [
          .integer(id), .integer(account.id), .blob(approval.digest), .integer(approval.step),
          SQLValue(approval.waiver), .integer(at.milliseconds),
          .integer(at.milliseconds + Int64(Self.approvalSeconds) * 1000), .integer(custody),
        ])
      try Self.move(id, to: .approved, why: "approved", by: account.actor, at: at, in: sql)
    }
  }

  /// Keeps notices back; returns the hold's number.
  public func holdNotices(
    _ hold: NoticeHold, why: String, by account: Account, at: Timestamp
  ) throws -> Int64 {
    try engine.write { sql in
      let custody = try Self.append(
        action: "notice.hold", subject: "\(hold.scope.rawValue):\(hold.object)",
        payload: Self.json(["kind": hold.kind.rawValue, "why": why]), by: account.actor, at: at,
        in: sql)
      let id = try sql.integer(
        """
        INSERT INTO notice_hold (scope, object, kind, placed_by, placed_at, custody)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id
        """,
        [
          .text(hold.scope.rawValue), .text(hold.object), .text(hold.kind.rawValue),
          .integer(account.id), .integer(at.milliseconds), .integer(custody),
        ])
      return id ?? 0
    }
  }

  /// Lifts a hold; for whoever placed it, or an administrator.
  public func releaseHold(
    _ id: Int64, why: String, by account: Account, at: Timestamp
  ) throws {
    try engine.write { sql in
      _ = try Self.append(
        action: "notice.release", subject: "hold:\(id)", payload: Self.json(["why": why]),
        by: account.actor, at: at, in: sql)
      let done = try sql.integer(
        """
        UPDATE notice_hold SET released_by = ?2, released_at = ?3 WHERE id = ?1 RETURNING id
        """, [.integer(id), .integer(account.id), .integer(at.milliseconds)])
      guard done != nil else { throw CaseStoreError.refused("there is no hold \(id)") }
    }
  }

  /// Holds that nobody has lifted.
  public func openHolds() throws -> [(id: Int64, hold: NoticeHold, at: Timestamp)] {
    try engine.read { sql in
      try sql.rows(
        """
        SELECT id, scope, object, kind, placed_at FROM notice_hold
        WHERE released_at IS NULL ORDER BY id
        """
      ).compactMap { row in
        guard let scope = row.text(1).flatMap(NoticeHold.Scope.init(rawValue:)),
          let kind = row.text(3).flatMap(NoticeHold.Kind.init(rawValue:))
        else { return nil }
        return (
          row.integer(0) ?? 0,
          NoticeHold(scope: scope, object: row.text(2) ?? "", kind: kind),
          Timestamp(milliseconds: row.integer(4) ?? 0)
        )
      }
    }
  }

  /// What a notice about an advert may rest on.
  ///
  /// Throws `CaseStoreError.refused` when nobody decided to refer it, or no page of it was captured.
  public func noticeEvidence(advert: Int64, host: (String) -> String?) throws -> NoticeEvidence {
    try engine.read { sql in
      let verdict = try sql.integer(
        """
        SELECT v.id FROM review_verdict v WHERE v.advert = ?1 AND v.choice = 'referral'
          AND NOT EXISTS (SELECT 1 FROM review_verdict u WHERE u.undoes = v.id)
        ORDER BY v.id DESC LIMIT 1
        """, [.integer(advert)])
      guard let verdict else {
        throw CaseStoreError.refused("nobody decided to refer advert \(advert)")
      }
      let row = try sql.row(
        """
        SELECT c.id, c.url, c.payload_digest, a.key, a.first_seen, a.last_seen, v.record, v.text,
          c.began_at
        FROM advert_sighting s JOIN capture c ON c.id = s.capture
        JOIN advert a ON a.id = s.advert JOIN advert_version v ON v.id = s.version
        WHERE s.advert = ?1 ORDER BY c.payload_of IS NULL DESC, s.seen_at DESC, c.id DESC LIMIT 1
        """, [.integer(advert)])
      guard let row, let capture = row.integer(0), let url = row.text(1), let host = host(url)
      else { throw CaseStoreError.refused("there is no capture of advert \(advert)") }
      let selectors = try sql.rows(
        """
        SELECT DISTINCT s.value FROM selector s JOIN advert_selector r ON r.selector = s.id
        JOIN advert_version v ON v.id = r.advert_version WHERE v.advert = ?1 LIMIT 1000
        """, [.integer(advert)]
      ).compactMap { $0.text(0) }
      return NoticeEvidence(
        target: NoticeTarget(
          url: url, host: host, advert: advert, verdict: verdict, capture: capture),
        key: row.text(3) ?? "", payloadDigest: row.blob(2) ?? [],
        firstSeen: Timestamp(milliseconds: row.integer(4) ?? 0),
        lastSeen: Timestamp(milliseconds: row.integer(5) ?? 0), selectors: selectors,
        record: row.text(6) ?? "", text: row.text(7) ?? "",
        captureDate: Timestamp(milliseconds: row.integer(8) ?? 0))
    }
  }

  /// What is still known of the addresses of a notice, also where the evidence was purged since.
  public func noticedEvidence(of notice: NoticeDraft) throws -> [NoticeEvidence] {
    try engine.read { sql in
      try notice.targets.map { target in
        let row = try sql.row(
          """
          SELECT c.payload_digest, c.began_at, a.key, a.first_seen, a.last_seen
          FROM (SELECT ?1 AS capture, ?2 AS advert) t LEFT JOIN capture c ON c.id = t.capture
          LEFT JOIN advert a ON a.id = t.advert
          """, [.integer(target.capture), .integer(target.advert)])
        let seen = Timestamp(milliseconds: row?.integer(1) ?? 0)
        return NoticeEvidence(
          target: target, key: row?.text(2) ?? "", payloadDigest: row?.blob(0) ?? [],
          firstSeen: row?.integer(3).map(Timestamp.init(milliseconds:)) ?? seen,
          lastSeen: row?.integer(4).map(Timestamp.init(milliseconds:)) ?? seen, selectors: [],
          record: "", text: "", captureDate: seen)
      }
    }
  }

  /// When a notice was first known to have reached its recipient; nil when it never was.
  public func sentAt(of notice: Int64) throws -> Timestamp? {
    try engine.read { sql in
      try sql.integer(
        """
        SELECT min(at) FROM custody_event
        WHERE subject = 'notice:' || ?1 AND action <> 'capture' AND action = 'notice.sent'
        """, [.integer(notice)]
      ).map(Timestamp.init(milliseconds:))
    }
  }

  /// Whether an address is a selector of any advert: nobody who appears in one is written to.
  public func isSelector(_ address: String) throws -> Bool {
    try engine.read { sql in
      try sql.integer(
        "SELECT 1 FROM selector WHERE lower(value) = lower(?1) LIMIT 1", [.text(address)]) != nil
    }
  }
}
