public import Vocabulary

/// What somebody may do in the review.
public enum Role: String, Sendable, Hashable, CaseIterable {
  case investigator, analyst, `operator`
  case noticeOfficer = "notice-officer"
  case auditor, administrator
}

/// Somebody who may sign in.
public struct Account: Sendable, Hashable {
  /// Row number.
  public var id: Int64
  /// Unique name, as it stands in the custody log.
  public var login: String
  /// What the account may do.
  public var roles: Set<Role>
  /// The password as the review's own derivation wrote it; never the password.
  public var passwordHash: String
  /// The secret of the second factor, Base32; nil where there is none.
  public var secondFactor: String?
  /// The last time step whose code was used.
  public var secondFactorStep: Int64
  /// When the account was made.
  public var createdAt: Timestamp
  /// When it was disabled.
  public var disabledAt: Timestamp?
  /// When it was last signed in.
  public var signedInAt: Timestamp?

  /// The account as the custody log names it.
  public var actor: Actor { Actor(name: login, kind: .person) }
}

extension CaseStore {
  /// Longest name of an account, bytes.
  public static let longestLogin = 64

  /// Makes an account.
  ///
  /// Throws `CaseStoreError.refused` when the name is taken or no name.
  public func addAccount(
    login: String, passwordHash: String, roles: Set<Role>, by actor: Actor, at: Timestamp
  ) throws {
    guard Self.isLogin(login) else {
      throw CaseStoreError.refused(
        "'\(login)' is no name for an account: small letters, digits, '.', '-' and '_', at most "
          + "\(Self.longestLogin)")
    }
    guard !roles.isEmpty else { throw CaseStoreError.refused("an account has one role at least") }
    try engine.write { session in
      guard try Self.account(login: login, in: session) == nil else {
        throw CaseStoreError.refused("there is an account '\(login)' already")
      }
      let person = try Self.identifier(
        of: Actor(name: login, kind: .person), at: at, in: session)
      try session.execute(
        """
        INSERT INTO account (actor, login, password_hash, role, created_at, password_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?5)
        """,
        [
          .integer(person), .text(login), .text(passwordHash), .text(Self.text(roles)),
          .integer(at.milliseconds),
        ])
      _ = try Self.append(
        action: "account.add", subject: "account:\(login)",
        payload: Self.json(["roles": Self.text(roles)]), by: actor, at: at, in: session)
    }
  }

  /// What can be changed of an account.
  public enum AccountChange: Sendable {
    /// A new password, derived.
    case password(hash: String)
    /// A new secret of the second factor, Base32; nil takes it away.
    case secondFactor(String?)
    /// Other roles.
    case roles(Set<Role>)
    /// May not sign in any more.
    case disabled
    /// May sign in again.
    case enabled
  }

  /// Changes an account and ends its sessions.
  ///
  /// Throws `CaseStoreError.refused` when there is none.
  public func change(
    account login: String, _ change: AccountChange, by actor: Actor, at: Timestamp
  ) throws {
    try engine.write { session in
      guard let account = try Self.account(login: login, in: session) else {
        throw CaseStoreError.refused("there is no account '\(login)'")
      }
      let id = SQLValue.integer(account.id)
      let action: String
      var payload: [String: String?] = [:]
      switch change {
      case .password(let hash):
        action = "account.password"
        try session.execute(
          "UPDATE account SET password_hash = ?2, password_at = ?3 WHERE id = ?1",
          [id, .text(hash), .integer(at.milliseconds)])
      case .secondFactor(let secret):
        action = secret == nil ? "account.second-factor-removed" : "account.second-factor"
        try session.execute(
          "UPDATE account SET second_factor = ?2, second_factor_step = 0 WHERE id = ?1",
          [id, SQLValue(secret)])
      case .roles(let roles):
        guard !roles.isEmpty else { throw CaseStoreError.refused("an account has a role") }
        action = "account.roles"
        payload = ["roles": Self.text(roles), "before": Self.text(account.roles)]
        try session.execute(
          "UPDATE account SET role = ?2 WHERE id = ?1", [id, .text(Self.text(roles))])
      case .disabled:
        action = "account.disable"
        try session.execute(
          "UPDATE account SET disabled_at = ?2 WHERE id = ?1", [id, .integer(at.milliseconds)])
      case .enabled:
        action = "account.enable"
        try session.execute("UPDATE account SET disabled_at = NULL WHERE id = ?1", [id])
      }
      try session.execute("DELETE FROM review_session WHERE account = ?1", [id])
      _ = try Self.append(
        action: action, subject: "account:\(login)", payload: Self.json(payload), by: actor,
        at: at, in: session)
    }
  }

  /// The account of a name.
  public func account(login: String) throws -> Account? {
    try engine.read { try Self.account(login: login, in: $0) }
  }

  /// All accounts by name.
  public func accounts() throws -> [Account] {
    try engine.read { session in
      try session.rows("SELECT \(Self.accountColumns) FROM account ORDER BY login")
        .map { Self.account($0) }
    }
  }

  static let accountColumns =
    """
    id, login, role, password_hash, second_factor, second_factor_step, created_at, disabled_at,
    signed_in_at
    """

  static func account(login: String, in session: any SQLSession) throws -> Account? {
    try session.row(
      "SELECT \(accountColumns) FROM account WHERE login = ?1", [.text(login)]
    ).map { account($0) }
  }

  static func account(_ row: SQLRow, from first: Int = 0) -> Account {
    Account(
      id: row.integer(first) ?? 0, login: row.text(first + 1) ?? "",
      roles: Set(
        (row.text(first + 2) ?? "").split(separator: " ").compactMap {
          Role(rawValue: String($0))
        }), passwordHash: row.text(first + 3) ?? "", secondFactor: row.text(first + 4),
      secondFactorStep: row.integer(first + 5) ?? 0,
      createdAt: Timestamp(milliseconds: row.integer(first + 6) ?? 0),
      disabledAt: row.integer(first + 7).map { Timestamp(milliseconds: $0) },
      signedInAt: row.integer(first + 8).map { Timestamp(milliseconds: $0) })
  }

  private static func text(_ roles: Set<Role>) -> String {
    roles.map(\.rawValue).sorted().joined(separator: " ")
  }

  private static func isLogin(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= longestLogin
      && text.utf8.allSatisfy { byte in
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2E
          || byte == 0x2D || byte == 0x5F
      }
  }
}
