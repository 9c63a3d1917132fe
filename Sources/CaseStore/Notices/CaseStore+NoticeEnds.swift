public import Vocabulary

/// How a notice ended.
///
/// The codes of ICCAM, the exchange of the INHOPE hotlines, where it has one.
public enum NoticeOutcome: String, Sendable, Hashable, CaseIterable {
  /// Taken down (CR).
  case removed
  /// The whole site or account is gone (CU).
  case unavailable
  /// It stands elsewhere now (MO).
  case moved
  /// The recipient would not.
  case refused
  /// The recipient, or we, came to the view that it is not illegal (NI).
  case notIllegal = "not-illegal"
  /// Nobody ever answered.
  case noAnswer = "no-answer"
  /// An authority took it over (LEA).
  case authority
  /// What was kept for us need not be kept any more.
  case released
  /// What was kept for us was handed over, or a request to hand it over was made.
  case converted

  /// The state that a notice of this outcome is closed in.
  public var state: NoticeState {
    switch self {
    case .removed, .unavailable: .closedRemoved
    case .moved: .closedMoved
    case .refused, .notIllegal, .noAnswer: .closedRefused
    case .authority: .closedReferred
    case .released: .released
    case .converted: .converted
    }
  }

  /// The code of ICCAM; nil where it has none.
  public var iccam: String? {
    switch self {
    case .removed: "CR"
    case .unavailable: "CU"
    case .moved: "MO"
    case .notIllegal: "NI"
    case .authority: "LEA"
    case .refused, .noAnswer, .released, .converted: nil
    }
  }
}

/// Until when data are kept that we asked to keep.
public struct StoredPreservation: Sendable, Hashable {
  public var until: Timestamp
  /// The recipient's own number; empty when it gave none.
  public var reference: String
  /// Who wrote it down.
  public var login: String
  public var at: Timestamp
}

extension CaseStore {
  /// Writes down until when a recipient keeps what a notice asked to keep; the notice is active then.
  ///
  /// Said again with a later day it is a renewal. Throws `CaseStoreError.refused` for a notice that asked for
  /// no preservation or was not sent, for a day in the past, and for anybody but a notice officer.
  public func setPreserved(
    _ notice: Int64, until: Timestamp, reference: String, by account: Account, at: Timestamp
  ) throws {
    try engine.write { sql in
      try Self.tellTime(at, in: sql)
      let row = try sql.row("SELECT state FROM notice WHERE id = ?1", [.integer(notice)])
      guard let state = row?.text(0).flatMap(NoticeState.init(rawValue:)) else {
        throw CaseStoreError.refused("there is no notice \(notice)")
      }
      let custody = try Self.logNotice(
        notice, "notice.preserved", ["until": until.rfc3339, "reference": reference],
        by: account.actor, at: at, in: sql)
      try sql.execute(
        """
        INSERT INTO notice_preservation (notice, until, reference, account, at, custody)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        """,
        [
          .integer(notice), .integer(until.milliseconds), .text(reference), .integer(account.id),
          .integer(at.milliseconds), .integer(custody),
        ])
      for kind in ["expiry", "renewal"] {
        try Self.meetDeadlines(notice, kind, at: at, in: sql)
      }
      try Self.setDeadline(notice, "expiry", at: until, in: sql)
      let why = "kept until \(until.rfc3339)"
      if [.sent, .overdue].contains(state) {
        try Self.move(notice, to: .acknowledged, why: why, by: account.actor, at: at, in: sql)
      }
      guard state != .active else { return }
      try Self.move(notice, to: .active, why: why, by: account.actor, at: at, in: sql)
    }
  }

  /// Until when data are kept for a notice, as it was said, the newest last.
  public func preservations(of notice: Int64) throws -> [StoredPreservation] {
    try engine.read { sql in
      try sql.rows(
        """
        SELECT p.until, p.reference, a.login, p.at FROM notice_preservation p
        JOIN account a ON a.id = p.account WHERE p.notice = ?1 ORDER BY p.id
        """, [.integer(notice)]
      ).map { row in
        StoredPreservation(
          until: Timestamp(milliseconds: row.integer(0) ?? 0), reference: row.text(1) ?? "",
          login: row.text(2) ?? "", at: Timestamp(milliseconds: row.integer(3) ?? 0))
      }
    }
  }

  /// Closes a notice with how it ended.
  public func closeNotice(
    _ notice: Int64, _ outcome: NoticeOutcome, why: String, by account: Account, at: Timestamp
  ) throws {
    guard account.roles.contains(.noticeOfficer) else {
      throw CaseStoreError.refused("how a notice ended is for a notice officer to say")
    }
    try engine.write { sql in
      try Self.tellTime(at, in: sql)
      try Self.insertOutcome(notice, outcome, why: why, by: account.actor, at: at, in: sql)
      try Self.move(notice, to: outcome.state, why: why, by: account.actor, at: at, in: sql)
    }
  }

  /// How a notice ended; nil while it has not.
  public func outcome(of notice: Int64) throws -> NoticeOutcome? {
    try engine.read { sql in
      try sql.row("SELECT code FROM notice_outcome WHERE notice = ?1", [.integer(notice)])?.text(0)
        .flatMap(NoticeOutcome.init(rawValue:))
    }
  }

  static func insertOutcome(
    _ notice: Int64, _ outcome: NoticeOutcome, why: String, by actor: Actor, at: Timestamp,
    in sql: any SQLSession
  ) throws {
    let custody = try logNotice(
      notice, "notice.outcome", ["code": outcome.rawValue, "why": why], by: actor, at: at, in: sql)
    try sql.execute(
      "INSERT INTO notice_outcome (notice, code, at, custody) VALUES (?1, ?2, ?3, ?4)",
      [
        .integer(notice), .text(outcome.rawValue), .integer(at.milliseconds), .integer(custody),
      ])
  }
}
