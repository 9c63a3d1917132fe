public import Vocabulary

/// What may be sent at all.
public struct NoticeControl: Sendable, Hashable {
  /// The kill switch; off in a new store and in a restored one.
  public var isSending: Bool
  /// Everything but sending.
  public var isDryRun: Bool
  /// Only addresses and domains that were named.
  public var onlyAllowed: Bool
  /// Whether acts of an authority may be sent.
  public var hasMandate: Bool
  /// Messages to one recipient in 24 hours.
  public var mostPerRecipient: Int
  /// Messages in 24 hours.
  public var mostPerDay: Int
  /// Whether time is told by the program and not by the machine; then only loopback is sent to.
  public var isGivenClock: Bool
  /// What ties the store to the file beside it.
  public var epoch: String
  /// Bodies that were ever begun.
  public var bodies: Int64
}

extension CaseStore {
  /// What may be sent at all.
  public func noticeControl() throws -> NoticeControl {
    try engine.read { sql in
      let row = try sql.row(
        """
        SELECT sending, dry_run, allowed_only, mandate, most_per_recipient, most_per_day, clock,
          epoch, bodies FROM notice_control
        """)
      guard let row else { throw CaseStoreError.damaged("notice_control is empty") }
      return NoticeControl(
        isSending: row.integer(0) == 1, isDryRun: row.integer(1) == 1,
        onlyAllowed: row.integer(2) == 1, hasMandate: row.integer(3) == 1,
        mostPerRecipient: Int(row.integer(4) ?? 0), mostPerDay: Int(row.integer(5) ?? 0),
        isGivenClock: row.text(6) == "given", epoch: row.text(7) ?? "", bodies: row.integer(8) ?? 0)
    }
  }

  /// Changes what may be sent, with the reason in the custody log.
  public func setNoticeControl(
    _ control: NoticeControl, why: String, by actor: Actor, at: Timestamp
  ) throws {
    try engine.write { sql in
      _ = try Self.append(
        action: control.isSending ? "notice.sending-on" : "notice.sending-off",
        subject: "notices",
        payload: Self.json([
          "why": why, "dry_run": control.isDryRun ? "yes" : nil,
          "allowed_only": control.onlyAllowed ? "yes" : nil,
          "mandate": control.hasMandate ? "yes" : nil,
          "per_recipient": String(control.mostPerRecipient), "per_day": String(control.mostPerDay),
        ]), by: actor, at: at, in: sql)
      try sql.execute(
        """
        UPDATE notice_control SET sending = ?1, dry_run = ?2, allowed_only = ?3, mandate = ?4,
          most_per_recipient = ?5, most_per_day = ?6, clock = ?7, epoch = ?8
        """,
        [
          SQLValue(control.isSending), SQLValue(control.isDryRun), SQLValue(control.onlyAllowed),
          SQLValue(control.hasMandate), SQLValue(control.mostPerRecipient),
          SQLValue(control.mostPerDay), .text(control.isGivenClock ? "given" : "system"),
          .text(control.epoch),
        ])
      try Self.tellTime(at, in: sql)
    }
  }

  /// Names an address, or a domain as `@example.org`, that may be written to.
  public func allowRecipient(_ address: String, by actor: Actor, at: Timestamp) throws {
    try engine.write { sql in
      _ = try Self.append(
        action: "notice.allow", subject: "notices", payload: Self.json(["address": address]),
        by: actor, at: at, in: sql)
      try sql.execute(
        """
        INSERT INTO notice_allowed (address) SELECT lower(?1)
        WHERE NOT EXISTS (SELECT 1 FROM notice_allowed WHERE address = lower(?1))
        """, [.text(address)])
    }
  }

  /// Names an address that is never written to.
  public func suppressRecipient(
    _ address: String, why: String, by actor: Actor, at: Timestamp
  ) throws {
    try engine.write { sql in
      _ = try Self.append(
        action: "notice.suppress", subject: "notices",
        payload: Self.json(["address": address, "why": why]), by: actor, at: at, in: sql)
      try sql.execute(
        """
        INSERT INTO notice_suppressed (address, reason, at) SELECT lower(?1), ?2, ?3
        WHERE NOT EXISTS (SELECT 1 FROM notice_suppressed WHERE address = lower(?1))
        """, [.text(address), .text(why), .integer(at.milliseconds)])
    }
  }

  /// Why messages of the outbox are not sent now, by notice; sorted and bounded.
  public func noticeStops(_ notice: Int64) throws -> [String] {
    try engine.read { sql in
      try sql.rows(
        """
        SELECT s.stop FROM notice_stop s JOIN notice_outbox o ON o.id = s.outbox
        WHERE o.notice = ?1 ORDER BY s.stop
        """, [.integer(notice)]
      ).compactMap { $0.text(0) }
    }
  }
}
