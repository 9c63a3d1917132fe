public import Vocabulary

extension CaseStore {
  /// Places a hold and returns its number.
  ///
  /// Throws `CaseStoreError.refused` when what it names is not there: a slip of the pen would keep
  /// nothing, and nobody would notice before the purge.
  public func hold(
    _ target: LegalHold.Target, why: String, reference: String?, by actor: Actor, at: Timestamp
  ) throws -> Int64 {
    try engine.write { session in
      guard try Self.isThere(target, in: session) else {
        throw CaseStoreError.refused("nothing is held that is \(target.text)")
      }
      let id = try session.integer(
        """
        INSERT INTO legal_hold (kind, target, number, why, reference, placed_at, placed_by)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id
        """,
        [
          .text(target.kind), .text(target.value), SQLValue(target.number), .text(why),
          SQLValue(reference), .integer(at.milliseconds), .text(actor.name),
        ])
      guard let id else { throw CaseStoreError.failed("a hold was not stored") }
      _ = try Self.append(
        action: "hold.add", subject: "hold:\(id)",
        payload: Self.holdPayload(target, why: why, reference: reference), by: actor, at: at,
        in: session)
      return id
    }
  }

  /// Ends a hold; throws `CaseStoreError.refused` when there is none of this number that holds.
  public func liftHold(_ id: Int64, why: String, by actor: Actor, at: Timestamp) throws {
    try engine.write { session in
      let changed = try session.integer(
        """
        UPDATE legal_hold SET lifted_at = ?2, lifted_by = ?3, lifted_why = ?4
        WHERE id = ?1 AND lifted_at IS NULL RETURNING id
        """, [.integer(id), .integer(at.milliseconds), .text(actor.name), .text(why)])
      guard changed != nil else { throw CaseStoreError.refused("no hold \(id) is in force") }
      _ = try Self.append(
        action: "hold.remove", subject: "hold:\(id)", payload: Self.json(["why": why]), by: actor,
        at: at, in: session)
    }
  }

  /// Every hold there ever was, in the order of their numbers; with `inForce` those that hold now.
  public func holds(inForce: Bool) throws -> [LegalHold] {
    try engine.read { session in
      try session.rows(
        """
        SELECT id, kind, target, number, why, reference, placed_at, placed_by, lifted_at, lifted_by,
          lifted_why FROM legal_hold WHERE ?1 = 0 OR lifted_at IS NULL ORDER BY id
        """, [SQLValue(inForce)]
      ).compactMap(Self.hold)
    }
  }

  static func hold(_ row: SQLRow) -> LegalHold? {
    let target: LegalHold.Target
    switch row.text(1) {
    case "everything": target = .everything
    case "source": target = .source(row.text(2) ?? "")
    case "url": target = .url(row.text(2) ?? "")
    case "advert": target = .advert(row.integer(3) ?? 0)
    case "capture": target = .capture(row.integer(3) ?? 0)
    default: return nil
    }
    return LegalHold(
      id: row.integer(0) ?? 0, target: target, why: row.text(4) ?? "", reference: row.text(5),
      placedAt: Timestamp(milliseconds: row.integer(6) ?? 0), placedBy: row.text(7) ?? "",
      liftedAt: row.integer(8).map(Timestamp.init(milliseconds:)), liftedBy: row.text(9),
      liftedWhy: row.text(10))
  }

  static func holdPayload(
    _ target: LegalHold.Target, why: String, reference: String?
  ) -> String {
    json(["reference": reference, "target": target.text, "why": why])
  }

  private static func isThere(
    _ target: LegalHold.Target, in session: any SQLSession
  ) throws -> Bool {
    switch target {
    case .everything: return true
    case .source(let name):
      return try session.row("SELECT 1 FROM source WHERE name = ?1", [.text(name)]) != nil
    case .url(let url):
      return try session.row("SELECT 1 FROM capture WHERE url = ?1 LIMIT 1", [.text(url)]) != nil
    case .advert(let number):
      return try session.row("SELECT 1 FROM advert WHERE id = ?1", [.integer(number)]) != nil
    case .capture(let number):
      return try session.row("SELECT 1 FROM capture WHERE id = ?1", [.integer(number)]) != nil
    }
  }

  /// The number of an advert by its source and key; nil when it is not known.
  public func advertNumber(source: String, key: String) throws -> Int64? {
    try engine.read {
      try $0.integer(
        "SELECT id FROM advert WHERE source = ?1 AND key = ?2", [.text(source), .text(key)])
    }
  }

  /// The adverts of a cluster.
  public func adverts(ofCluster cluster: Int64) throws -> [Int64] {
    try engine.read { session in
      try session.rows(
        "SELECT advert FROM link_advert WHERE cluster = ?1 ORDER BY advert", [.integer(cluster)]
      ).compactMap { $0.integer(0) }
    }
  }
}
