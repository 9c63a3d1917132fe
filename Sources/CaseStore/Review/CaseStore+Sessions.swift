public import Vocabulary

/// Why somebody looks at adverts: asked once a session, kept with everything that is looked at.
public struct ReviewPurpose: Sendable, Hashable {
  /// Which of the purposes that there are.
  public enum Kind: String, Sendable, CaseIterable {
    /// Looking for indicators in what was crawled.
    case detection
    /// An investigation that has a number.
    case investigation
    /// A partner's question.
    case request
    /// Checking patterns and earlier verdicts.
    case quality
    /// Checking what others did.
    case audit
  }
  public var kind: Kind
  /// Such as the investigation's number.
  public var reference: String

  public init(_ kind: Kind, reference: String) {
    self.kind = kind
    self.reference = reference
  }
}

/// A session as it is stored.
public struct ReviewSession: Sendable, Hashable {
  /// How far signing in has come.
  public enum Stage: String, Sendable {
    /// The password was right; a code is missing.
    case second
    /// Signed in; the purpose is missing.
    case purpose
    /// Open.
    case open
  }
  /// Whose it is.
  public var account: Account
  /// How far signing in has come.
  public var stage: Stage
  /// Why, once it was said.
  public var purpose: ReviewPurpose?
  /// When it began.
  public var createdAt: Timestamp
}

extension CaseStore {
  /// Begins a session of which only the token's digest is kept; ends the one that it replaces.
  public func beginSession(
    digest: [UInt8], account: Account, stage: ReviewSession.Stage, replacing old: [UInt8]?,
    until: Timestamp, from address: String, at: Timestamp
  ) throws {
    try engine.write { session in
      if let old {
        try session.execute("DELETE FROM review_session WHERE digest = ?1", [.blob(old)])
      }
      try session.execute(
        "DELETE FROM review_session WHERE expires_at <= ?1", [.integer(at.milliseconds)])
      try session.execute(
        """
        INSERT INTO review_session (digest, account, stage, created_at, seen_at, expires_at)
        VALUES (?1, ?2, ?3, ?4, ?4, ?5)
        """,
        [
          .blob(digest), .integer(account.id), .text(stage.rawValue), .integer(at.milliseconds),
          .integer(until.milliseconds),
        ])
      guard stage != .second else { return }
      try session.execute(
        "UPDATE account SET signed_in_at = ?2 WHERE id = ?1",
        [.integer(account.id), .integer(at.milliseconds)])
      _ = try Self.append(
        action: "session.begin", subject: "account:\(account.login)",
        payload: Self.json(["from": address]), by: account.actor, at: at, in: session)
    }
  }

  /// The session of a token's digest when neither its time nor its account has ended.
  ///
  /// `idle` is how long it may rest, seconds; being asked for is noted once a minute.
  public func session(digest: [UInt8], idle: Int, at: Timestamp) throws -> ReviewSession? {
    let row = try engine.read { session in
      try session.row(
        """
        SELECT s.stage, s.purpose, s.reference, s.created_at, s.seen_at, \(Self.prefixed)
        FROM review_session s JOIN account a ON a.id = s.account
        WHERE s.digest = ?1 AND s.expires_at > ?2 AND s.seen_at > ?3 AND a.disabled_at IS NULL
        """,
        [
          .blob(digest), .integer(at.milliseconds),
          .integer(at.milliseconds - Int64(idle) * 1000),
        ])
    }
    guard let row, let stage = row.text(0).flatMap(ReviewSession.Stage.init(rawValue:)) else {
      return nil
    }
    if at.milliseconds - (row.integer(4) ?? 0) > 60_000 {
      try engine.write {
        try $0.execute(
          "UPDATE review_session SET seen_at = ?2 WHERE digest = ?1",
          [.blob(digest), .integer(at.milliseconds)])
      }
    }
    let purpose = row.text(1).flatMap(ReviewPurpose.Kind.init(rawValue:)).map {
      ReviewPurpose($0, reference: row.text(2) ?? "")
    }
    return ReviewSession(
      account: Self.account(row, from: 5), stage: stage, purpose: purpose,
      createdAt: Timestamp(milliseconds: row.integer(3) ?? 0))
  }

  private static let prefixed =
    """
    a.id, a.login, a.role, a.password_hash, a.second_factor, a.second_factor_step, a.created_at,
    a.disabled_at, a.signed_in_at
    """

  /// Notes why somebody looks at adverts in a session, which is open from then on.
  public func setPurpose(
    _ purpose: ReviewPurpose, ofSession digest: [UInt8], account: Account, at: Timestamp
  ) throws {
    try engine.write { session in
      try session.execute(
        """
        UPDATE review_session SET purpose = ?2, reference = ?3, stage = 'open'
        WHERE digest = ?1 AND stage IN ('purpose', 'open')
        """, [.blob(digest), .text(purpose.kind.rawValue), .text(purpose.reference)])
      _ = try Self.append(
        action: "session.purpose", subject: "account:\(account.login)",
        payload: Self.json(["purpose": purpose.kind.rawValue, "reference": purpose.reference]),
        by: account.actor, at: at, in: session)
    }
  }

  /// Ends a session.
  public func endSession(digest: [UInt8], account: Account, at: Timestamp) throws {
    try engine.write { session in
      try session.execute("DELETE FROM review_session WHERE digest = ?1", [.blob(digest)])
      _ = try Self.append(
        action: "session.end", subject: "account:\(account.login)", payload: Self.json([:]),
        by: account.actor, at: at, in: session)
    }
  }

  /// Uses up a time step of the second factor; false when it, or a later one, was used before.
  public func useStep(_ step: Int64, of account: Account) throws -> Bool {
    try engine.write { session in
      try session.integer(
        """
        UPDATE account SET second_factor_step = ?2 WHERE id = ?1 AND second_factor_step < ?2
        RETURNING id
        """, [.integer(account.id), .integer(step)]) != nil
    }
  }

  /// Notes an attempt to sign in before it is tried, unless there were too many: then false.
  ///
  /// Attempts count until they are `window` seconds old or signing in succeeds.
  public func attemptSignIn(
    login: String, address: String, mostOfLogin: Int, mostOfAddress: Int, window: Int, at: Timestamp
  ) throws -> Bool {
    try engine.write { session in
      let start = SQLValue.integer(at.milliseconds - Int64(window) * 1000)
      try session.execute("DELETE FROM sign_in_attempt WHERE at <= ?1", [start])
      let ofLogin = try session.integer(
        "SELECT COUNT(*) FROM sign_in_attempt WHERE login = ?1", [.text(login)])
      let ofAddress = try session.integer(
        "SELECT COUNT(*) FROM sign_in_attempt WHERE address = ?1", [.text(address)])
      guard ofLogin ?? 0 < mostOfLogin, ofAddress ?? 0 < mostOfAddress else { return false }
      try session.execute(
        "INSERT INTO sign_in_attempt (at, login, address) VALUES (?1, ?2, ?3)",
        [.integer(at.milliseconds), .text(login), .text(address)])
      return true
    }
  }

  /// Forgets the attempts of a name, after signing in succeeded.
  public func forgetAttempts(login: String) throws {
    try engine.write {
      try $0.execute("DELETE FROM sign_in_attempt WHERE login = ?1", [.text(login)])
    }
  }

  /// Records that signing in failed; the name goes into the payload, as it may be a password.
  public func recordFailedSignIn(login: String, from address: String, at: Timestamp) throws {
    _ = try record(
      action: "session.refused", subject: "sign-in", payload: ["login": login, "from": address],
      by: Actor(name: "adwatch review", kind: .program), at: at)
  }
}
