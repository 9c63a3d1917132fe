public import Vocabulary

/// A verdict as it is given: on one advert, or on several of a group at once.
public struct VerdictRequest: Sendable {
  /// The adverts.
  public var adverts: [Int64]
  /// The group they were judged as; nil for an advert by itself.
  public var cluster: Int64?
  /// What was decided.
  public var choice: VerdictChoice
  /// The reason in the analyst's words.
  public var why: String
  /// Whether somebody else is asked to judge too.
  public var asksSecond: Bool

  public init(
    adverts: [Int64], cluster: Int64?, choice: VerdictChoice, why: String, asksSecond: Bool
  ) {
    self.adverts = adverts
    self.cluster = cluster
    self.choice = choice
    self.why = why
    self.asksSecond = asksSecond
  }
}

/// A note on an advert.
public struct AdvertNote: Sendable, Hashable {
  /// When.
  public var at: Timestamp
  /// Who.
  public var login: String
  /// What; nil when it was erased.
  public var text: String?
}

/// How often two people judged the same advert, and how often they differed.
public struct SecondOpinions: Sendable, Hashable {
  /// Adverts that two people or more have judged.
  public var pairs = 0
  /// Of them those on which they differ.
  public var differing = 0
}

extension CaseStore {
  /// Adverts that are judged at once.
  public static let mostJudged = 200

  /// Records verdicts with their custody events; all of them or none.
  ///
  /// Throws `CaseStoreError.refused` when an advert is not for review, when several are judged at once
  /// though one is urgent or is in another group, when somebody else works on them, or when a serious
  /// verdict is about an advert that the account has not opened since `session`.
  @discardableResult
  public func judge(
    _ request: VerdictRequest, by account: Account, since session: Timestamp, at: Timestamp
  ) throws -> [Int64] {
    guard !request.adverts.isEmpty, request.adverts.count <= Self.mostJudged,
      Set(request.adverts).count == request.adverts.count
    else { throw CaseStoreError.refused("1 to \(Self.mostJudged) adverts are judged at once") }
    return try write { sql in
      try request.adverts.map { advert in
        let row = try sql.row(
          "SELECT version, cluster, lane FROM review_item WHERE advert = ?1", [.integer(advert)])
        guard let row, let version = row.integer(0), let cluster = row.integer(1) else {
          throw CaseStoreError.refused("advert \(advert) is not for review")
        }
        if let group = request.cluster {
          guard row.text(2) != Lane.urgent.rawValue else {
            throw CaseStoreError.refused("an urgent advert is judged by itself")
          }
          guard group == cluster else {
            throw CaseStoreError.refused("advert \(advert) is not in group \(group) any more")
          }
        } else if request.adverts.count > 1 {
          throw CaseStoreError.refused("only adverts of one group are judged at once")
        }
        try Self.checkLease(of: cluster, account, at, in: sql)
        guard
          try !request.choice.isSerious
            || Self.hasRead(advert, account: account.id, since: session, in: sql)
        else {
          throw CaseStoreError.refused(
            "advert \(advert) has to be opened before it can be referred")
        }
        return try Self.insertVerdict(
          on: advert, version: version, request, by: account, at: at, in: sql)
      }
    }
  }

  private static func insertVerdict(
    on advert: Int64, version: Int64, _ request: VerdictRequest, by account: Account,
    at: Timestamp, in sql: any SQLSession
  ) throws -> Int64 {
    let event = try append(
      action: "review.verdict", subject: "advert:\(advert)",
      payload: json([
        "verdict": request.choice.rawValue, "why": request.why,
        "group": request.cluster.map(String.init), "second": request.asksSecond ? "asked" : nil,
      ]), by: account.actor, at: at, in: sql)
    let indicators = try indicators(of: version, in: sql).sorted().joined(separator: " ")
    let id = try sql.integer(
      """
      INSERT INTO review_verdict (at, account, advert, version, cluster, choice, indicators,
        asks_second, undoes, custody)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, NULL, ?9) RETURNING id
      """,
      [
        .integer(at.milliseconds), .integer(account.id), .integer(advert), .integer(version),
        SQLValue(request.cluster), .text(request.choice.rawValue), .text(indicators),
        SQLValue(request.asksSecond), .integer(event),
      ])
    guard let id else { throw CaseStoreError.failed("a verdict was not stored") }
    return id
  }

  /// Takes back an account's own verdict by a new entry.
  ///
  /// Throws `CaseStoreError.refused` otherwise.
  public func undo(verdict: Int64, why: String, by account: Account, at: Timestamp) throws {
    try write { sql in
      let row = try sql.row(
        """
        SELECT advert, version, cluster, account, choice,
          EXISTS (SELECT 1 FROM review_verdict u WHERE u.undoes = v.id)
        FROM review_verdict v WHERE id = ?1
        """, [.integer(verdict)])
      guard let row, let advert = row.integer(0), row.text(4) != "undo" else {
        throw CaseStoreError.refused("there is no verdict \(verdict)")
      }
      guard row.integer(3) == account.id else {
        throw CaseStoreError.refused("only who gave a verdict can take it back")
      }
      guard row.integer(5) != 1 else {
        throw CaseStoreError.refused("verdict \(verdict) was taken back before")
      }
      let event = try Self.append(
        action: "review.undo", subject: "advert:\(advert)",
        payload: Self.json(["verdict": String(verdict), "why": why]), by: account.actor, at: at,
        in: sql)
      try sql.execute(
        """
        INSERT INTO review_verdict (at, account, advert, version, cluster, choice, indicators,
          asks_second, undoes, custody)
        VALUES (?1, ?2, ?3, ?4, ?5, 'undo', '', 0, ?6, ?7)
        """,
        [
          .integer(at.milliseconds), .integer(account.id), .integer(advert), row.values[1],
          row.values[2], .integer(verdict), .integer(event),
        ])
    }
  }

  /// The record of verdicts on an advert, oldest first.
  public func verdicts(on advert: Int64) throws -> [Verdict] {
    try engine.read { try Self.verdicts(on: advert, withReasons: true, in: $0) }
  }

  static func verdicts(
    on advert: Int64, withReasons: Bool, in session: any SQLSession
  ) throws -> [Verdict] {
    try session.rows(
      """
      SELECT v.id, v.at, v.account, a.login, v.cluster, v.choice, v.indicators, v.asks_second,
        v.undoes, CASE WHEN ?2 = 1 THEN
          (SELECT p.body FROM custody_payload p WHERE p.seq = v.custody) END
      FROM review_verdict v JOIN account a ON a.id = v.account WHERE v.advert = ?1 ORDER BY v.id
      """, [.integer(advert), SQLValue(withReasons)]
    ).map { row in
      Verdict(
        id: row.integer(0) ?? 0, at: Timestamp(milliseconds: row.integer(1) ?? 0),
        account: row.integer(2) ?? 0, login: row.text(3) ?? "", advert: advert,
        cluster: row.integer(4), choice: row.text(5).flatMap(VerdictChoice.init(rawValue:)),
        why: row.text(9),
        indicators: Set((row.text(6) ?? "").split(separator: " ").map(String.init)),
        asksSecond: row.integer(7) == 1, undoes: row.integer(8))
    }
  }

  /// Writes a note on an advert.
  public func addNote(_ text: String, on advert: Int64, by account: Account, at: Timestamp) throws {
    try engine.write { sql in
      guard try sql.row("SELECT 1 FROM advert WHERE id = ?1", [.integer(advert)]) != nil else {
        throw CaseStoreError.refused("there is no advert \(advert)")
      }
      let event = try Self.append(
        action: "review.note", subject: "advert:\(advert)", payload: Self.json(["note": text]),
        by: account.actor, at: at, in: sql)
      try sql.execute(
        "INSERT INTO review_note (at, account, advert, custody) VALUES (?1, ?2, ?3, ?4)",
        [
          .integer(at.milliseconds), .integer(account.id), .integer(advert), .integer(event),
        ])
    }
  }

  /// The notes on an advert, oldest first; their text is the event's payload.
  public func notes(on advert: Int64) throws -> [AdvertNote] {
    try engine.read { session in
      try session.rows(
        """
        SELECT n.at, a.login, p.body FROM review_note n JOIN account a ON a.id = n.account
        LEFT JOIN custody_payload p ON p.seq = n.custody WHERE n.advert = ?1 ORDER BY n.id
        """, [.integer(advert)]
      ).map { row in
        AdvertNote(
          at: Timestamp(milliseconds: row.integer(0) ?? 0), login: row.text(1) ?? "",
          text: row.text(2))
      }
    }
  }

  /// How often people agree who judged the same advert.
  public func secondOpinions() throws -> SecondOpinions {
    try engine.read { session in
      let row = try session.row(
        """
        SELECT COUNT(*), SUM(CASE WHEN choices > 1 THEN 1 ELSE 0 END) FROM (
          SELECT COUNT(DISTINCT v.choice) AS choices FROM review_verdict v
          WHERE v.undoes IS NULL
            AND NOT EXISTS (SELECT 1 FROM review_verdict u WHERE u.undoes = v.id)
            AND NOT EXISTS (SELECT 1 FROM review_verdict n WHERE n.advert = v.advert
              AND n.account = v.account AND n.id > v.id AND n.undoes IS NULL
              AND NOT EXISTS (SELECT 1 FROM review_verdict u WHERE u.undoes = n.id))
          GROUP BY v.advert HAVING COUNT(DISTINCT v.account) > 1)
        """)
      return SecondOpinions(
        pairs: Int(row?.integer(0) ?? 0), differing: Int(row?.integer(1) ?? 0))
    }
  }
}
