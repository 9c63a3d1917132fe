import Bytes
public import Vocabulary

/// A message as it goes into the outbox: frozen from then on.
public struct OutboxMessage: Sendable, Hashable {
  /// Envelope sender, to which bounces come.
  public var envelopeFrom: String
  /// `Message-ID` with its angle brackets.
  public var messageID: String
  /// What replies are matched by.
  public var token: String
  /// The whole message.
  public var mime: [UInt8]

  public init(envelopeFrom: String, messageID: String, token: String, mime: [UInt8]) {
    self.envelopeFrom = envelopeFrom
    self.messageID = messageID
    self.token = token
    self.mime = mime
  }
}

/// A message that this dispatcher has for a while.
public struct LeasedMessage: Sendable, Hashable {
  /// Row number.
  public var id: Int64
  /// The notice.
  public var notice: Int64
  /// Where it goes.
  public var recipient: String
  /// The message.
  public var message: OutboxMessage
  /// Number of the lease: the fencing token of everything that is written about it.
  public var attempt: Int64
}

/// How handing a message over ended.
public enum DeliveryOutcome: Sendable, Hashable {
  /// The peer took it.
  case accepted(code: Int, reply: String)
  /// The peer refused for now, before or after the body.
  case refusedForNow(code: Int, reply: String)
  /// The peer refused for good.
  case refused(code: Int, reply: String)
  /// No body was begun: no connection, no TLS, or this end gave up.
  case notBegun(reason: String)
  /// A body was begun and no reply came.
  case unknown(reason: String)
}

extension CaseStore {
  /// Most attempts of a message.
  public static let mostAttempts: Int64 = 8
  /// For how long a message is tried, seconds; less than an approval holds.
  public static let triedSeconds: Int64 = 48 * 3600

  /// Puts an approved notice into the outbox, in one transaction with its state.
  public func queueNotice(
    _ id: Int64, _ message: OutboxMessage, by actor: Actor, at: Timestamp
  ) throws {
    try engine.write { sql in
      try Self.tellTime(at, in: sql)
      try sql.execute(
        """
        INSERT INTO notice_outbox (notice, recipient, envelope_from, message_id, token, mime, digest,
          state, due_at, created_at, changed_at)
        SELECT id, recipient, ?2, ?3, ?4, ?5, ?6, 'ready', ?7, ?7, ?7 FROM notice WHERE id = ?1
        """,
        [
          .integer(id), .text(message.envelopeFrom), .text(message.messageID),
          .text(message.token), .blob(message.mime), .blob(SHA256.hash(message.mime).bytes),
          .integer(Self.dueNow(at)),
        ])
      try Self.move(id, to: .queued, why: message.messageID, by: actor, at: at, in: sql)
    }
  }

  /// Takes the next message that is due and may be sent; nil when there is none.
  public func leaseMessage(
    owner: String, seconds: Int64, by actor: Actor, at: Timestamp
  ) throws -> LeasedMessage? {
    try engine.write { sql in
      try Self.tellTime(at, in: sql)
      let row = try sql.row(
        """
        SELECT o.id, o.notice, o.recipient, o.envelope_from, o.message_id, o.token, o.mime, o.attempt,
          n.state
        FROM notice_outbox o JOIN notice n ON n.id = o.notice
        WHERE o.state = 'ready' AND o.due_at <= (SELECT at FROM notice_now)
          AND n.state IN ('queued', 'retry-wait')
          AND NOT EXISTS (SELECT 1 FROM notice_stop s WHERE s.outbox = o.id)
          AND NOT EXISTS (SELECT 1 FROM notice_obstacle b WHERE b.notice = o.notice)
        ORDER BY o.due_at, o.id LIMIT 1
        """)
      guard let row, let id = row.integer(0), let notice = row.integer(1) else { return nil }
      let attempt = (row.integer(7) ?? 0) + 1
      if row.text(8) == "retry-wait" {
        try Self.settle(notice, .queued, "due again", by: actor, at: at, in: sql)
      }
      try sql.execute(
        """
        UPDATE notice_outbox SET state = 'leased', owner = ?2, lease_until = ?3, attempt = ?4,
          changed_at = ?5 WHERE id = ?1
        """,
        [
          .integer(id), .text(owner), .integer(at.milliseconds + seconds * 1000),
          .integer(attempt), .integer(at.milliseconds),
        ])
      try Self.settle(notice, .sending, "attempt \(attempt)", by: actor, at: at, in: sql)
      try Self.insertAttempt(id, attempt, "connecting", nil, nil, at: at, in: sql)
      return LeasedMessage(
        id: id, notice: notice, recipient: row.text(2) ?? "",
        message: OutboxMessage(
          envelopeFrom: row.text(3) ?? "", messageID: row.text(4) ?? "", token: row.text(5) ?? "",
          mime: row.blob(6) ?? []), attempt: attempt)
    }
  }

  /// Marks, durably, that the body of a message is about to leave.
  ///
  /// Throws when the lease was lost or sending was stopped: then not one byte may leave.
  public func beginBody(of message: LeasedMessage, at: Timestamp) throws {
    try engine.write { sql in
      try Self.tellTime(at, in: sql)
      try Self.insertAttempt(
        message.id, message.attempt, "data-started", nil, nil, at: at, in: sql)
    }
  }

  /// Writes down how an attempt ended, with what follows for message and notice.
  ///
  /// Throws when the lease was lost.
  public func endAttempt(
    of message: LeasedMessage, _ outcome: DeliveryOutcome, by actor: Actor, at: Timestamp
  ) throws {
    try engine.write { sql in
      try Self.tellTime(at, in: sql)
      let owned = try sql.integer(
        "SELECT 1 FROM notice_outbox WHERE id = ?1 AND state = 'leased' AND attempt = ?2",
        [.integer(message.id), .integer(message.attempt)])
      guard owned != nil else { throw CaseStoreError.refused("the lease was lost") }
      func final(_ code: Int?, _ reply: String) throws {
        try Self.insertAttempt(
          message.id, message.attempt, "final", code, reply, at: at, in: sql)
      }
      let age = try sql.integer(
        "SELECT created_at FROM notice_outbox WHERE id = ?1", [.integer(message.id)])
      let isOver =
        message.attempt >= Self.mostAttempts
        || at.milliseconds - (age ?? 0) > Self.triedSeconds * 1000
      switch outcome {
      case .accepted(let code, let reply):
        try final(code, reply)
        try Self.end(message, "sent", .sent, reply, by: actor, at: at, in: sql)
      case .refused(let code, let reply):
        try final(code, reply)
        try Self.end(message, "failed", .bounced, reply, by: actor, at: at, in: sql)
      case .refusedForNow(let code, let reply):
        try final(code, reply)
        if isOver {
          try Self.end(message, "failed", .bounced, reply, by: actor, at: at, in: sql)
        } else {
          try Self.end(message, "ready", .retryWait, reply, by: actor, at: at, in: sql)
        }
      case .notBegun(let reason):
        try final(nil, reason)
        try Self.end(message, "ready", .retryWait, reason, by: actor, at: at, in: sql)
        if isOver { try Self.giveUp(message, reason, by: actor, at: at, in: sql) }
      case .unknown(let reason):
        try Self.end(message, "in-doubt", .inDoubt, reason, by: actor, at: at, in: sql)
      }
    }
  }

  /// Brings messages of dispatchers that did not come back to where they belong; their number.
  ///
  /// A body that was begun is in doubt; everything else is ready again.
  @discardableResult
  public func recoverLeases(by actor: Actor, at: Timestamp) throws -> Int {
    try engine.write { sql in
      try Self.tellTime(at, in: sql)
      let rows = try sql.rows(
        """
        SELECT o.id, o.notice, o.attempt,
          EXISTS (SELECT 1 FROM notice_attempt a WHERE a.outbox = o.id AND a.n = o.attempt
            AND a.phase = 'data-started')
        FROM notice_outbox o
        WHERE o.state = 'leased' AND o.lease_until <= (SELECT at FROM notice_now)
        """)
      for row in rows {
        let message = LeasedMessage(
          id: row.integer(0) ?? 0, notice: row.integer(1) ?? 0, recipient: "",
          message: OutboxMessage(envelopeFrom: "", messageID: "", token: "", mime: []),
          attempt: row.integer(2) ?? 0)
        let isBegun = row.integer(3) == 1
        try Self.end(
          message, isBegun ? "in-doubt" : "ready", isBegun ? .inDoubt : .retryWait,
          "the dispatcher did not come back", by: actor, at: at, in: sql)
      }
      return rows.count
    }
  }

  /// What a person makes of a message in doubt.
  public enum DoubtDecision: String, Sendable, CaseIterable {
    /// It got there.
    case arrived
    /// It is sent once more, with the same bytes.
    case resend
    /// It is given up.
    case cancel
  }

  /// Settles a message in doubt; for notice officers.
  public func settleDoubt(
    of notice: Int64, _ decision: DoubtDecision, why: String, by account: Account, at: Timestamp
  ) throws {
    try engine.write { sql in
      try Self.tellTime(at, in: sql)
      let row = try sql.row(
        "SELECT id, attempt FROM notice_outbox WHERE notice = ?1 AND state = 'in-doubt'",
        [.integer(notice)])
      guard let row, let id = row.integer(0), let attempt = row.integer(1) else {
        throw CaseStoreError.refused("notice \(notice) has no message in doubt")
      }
      let custody = try Self.logNotice(
        notice, "notice.doubt-\(decision.rawValue)", ["why": why], by: account.actor, at: at,
        in: sql)
      try sql.execute(
        """
        INSERT INTO notice_decision (outbox, attempt, choice, account, at, custody)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        """,
        [
          .integer(id), .integer(attempt), .text(decision.rawValue), .integer(account.id),
          .integer(at.milliseconds), .integer(custody),
        ])
      let (box, state): (String, NoticeState) =
        switch decision {
        case .arrived: ("sent", .sent)
        case .resend: ("ready", .queued)
        case .cancel: ("cancelled", .cancelled)
        }
      try sql.execute(
        "UPDATE notice_outbox SET state = ?2, due_at = ?3, changed_at = ?4 WHERE id = ?1",
        [.integer(id), .text(box), .integer(Self.dueNow(at)), .integer(at.milliseconds)])
      try Self.settle(notice, state, why, by: account.actor, at: at, in: sql)
    }
  }

  /// The second that has begun: the database's clock counts whole ones, and what is due in this one is
  /// due at once.
  private static func dueNow(_ at: Timestamp) -> Int64 {
    at.milliseconds - (at.milliseconds % 1000 + 1000) % 1000
  }

  private static func end(
    _ message: LeasedMessage, _ box: String, _ state: NoticeState, _ why: String, by actor: Actor,
    at: Timestamp, in sql: any SQLSession
  ) throws {
    try sql.execute(
      """
      UPDATE notice_outbox SET state = ?2, owner = NULL, lease_until = NULL, due_at = ?3,
        changed_at = ?4 WHERE id = ?1
      """,
      [
        .integer(message.id), .text(box),
        .integer(at.milliseconds + pause(message) * 1000), .integer(at.milliseconds),
      ])
    try settle(message.notice, state, why, by: actor, at: at, in: sql)
  }

  private static func giveUp(
    _ message: LeasedMessage, _ why: String, by actor: Actor, at: Timestamp,
    in sql: any SQLSession
  ) throws {
    try sql.execute(
      "UPDATE notice_outbox SET state = 'failed', changed_at = ?2 WHERE id = ?1",
      [.integer(message.id), .integer(at.milliseconds)])
    try settle(message.notice, .bounced, "given up: \(why)", by: actor, at: at, in: sql)
  }

  /// Seconds until a message is tried again: five minutes doubled each time, six hours at most.
  ///
  /// Spread by the message's number, so that messages which failed together do not come back together.
  private static func pause(_ message: LeasedMessage) -> Int64 {
    let doubled: Int64 = 300 << max(0, min(message.attempt - 1, 7))
    return min(21_600, doubled) + (message.id % 60)
  }

  private static func settle(
    _ notice: Int64, _ state: NoticeState, _ why: String, by actor: Actor, at: Timestamp,
    in sql: any SQLSession
  ) throws {
    try move(notice, to: state, why: why, by: actor, at: at, in: sql)
  }

  private static func insertAttempt(
    _ id: Int64, _ n: Int64, _ phase: String, _ code: Int?, _ reply: String?, at: Timestamp,
    in sql: any SQLSession
  ) throws {
    try sql.execute(
      """
      INSERT INTO notice_attempt (outbox, n, phase, code, reply, at)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6)
      """,
      [
        .integer(id), .integer(n), .text(phase), SQLValue(code), SQLValue(reply),
        .integer(at.milliseconds),
      ])
  }
}
