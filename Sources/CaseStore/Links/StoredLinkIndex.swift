public import Linking
import Vocabulary

/// What linking knows, in the database, within one transaction.
public struct StoredLinkIndex: LinkIndex {
  let session: any SQLSession
  let cache: LinkCache

  /// Without a cache nothing is kept beyond this transaction.
  init(session: any SQLSession, cache: LinkCache = LinkCache()) {
    self.session = session
    self.cache = cache
  }

  // MARK: Keys of texts

  public func holders(of keys: [UInt64], most: Int) throws -> [KeyHolders] {
    try keys.map { key in
      let key = SQLValue.integer(Int64(bitPattern: key))
      let spread = try session.integer("SELECT texts FROM link_spread WHERE key = ?1", [key])
      guard most > 0 else { return KeyHolders(spread: Int(spread ?? 0)) }
      let holders = try session.rows(
        "SELECT holder FROM link_key WHERE key = ?1 ORDER BY id LIMIT ?2", [key, SQLValue(most)]
      ).compactMap { $0.integer(0) }
      return KeyHolders(holders: holders, spread: Int(spread ?? 0))
    }
  }

  public mutating func hold(_ keys: [UInt64], by holder: Int64) throws {
    for key in keys {
      try session.execute(
        """
        INSERT INTO link_key (key, holder) SELECT ?1, ?2
        WHERE NOT EXISTS (SELECT 1 FROM link_key WHERE key = ?1 AND holder = ?2)
          AND (SELECT COUNT(*) FROM link_key WHERE key = ?1) < ?3
        """,
        [.integer(Int64(bitPattern: key)), .integer(holder), SQLValue(Self.mostHolders)])
    }
  }

  /// Holders of a key beyond this many are not kept: nobody asks for them.
  private static let mostHolders = 64

  public mutating func spread(_ keys: [UInt64], by change: Int) throws {
    for key in keys {
      try session.execute(
        """
        INSERT INTO link_spread (key, texts) VALUES (?1, CASE WHEN ?2 > 0 THEN ?2 ELSE 0 END)
        ON CONFLICT (key) DO UPDATE SET texts =
          CASE WHEN link_spread.texts + ?2 > 0 THEN link_spread.texts + ?2 ELSE 0 END
        """, [.integer(Int64(bitPattern: key)), SQLValue(change)])
    }
  }

  // MARK: Templates

  public func template(_ id: Int64) throws -> TextTemplate? {
    let row = try session.row(
      "SELECT text_group, body FROM link_template WHERE id = ?1", [.integer(id)])
    guard let row, let group = row.integer(0), let bytes = row.blob(1) else { return nil }
    return TextTemplate(id: id, group: group, bytes: bytes)
  }

  public mutating func save(_ template: TextTemplate) throws {
    try session.execute(
      """
      INSERT INTO link_template (id, text_group, body) VALUES (?1, ?2, ?3)
      ON CONFLICT (id) DO UPDATE SET text_group = excluded.text_group, body = excluded.body
      """, [.integer(template.id), .integer(template.group), .blob(template.bytes)])
  }

  public mutating func remove(template id: Int64) throws {
    try session.execute("DELETE FROM link_key WHERE holder = ?1", [.integer(id)])
    try session.execute("DELETE FROM link_template WHERE id = ?1", [.integer(id)])
  }

  public func templateCount() throws -> Int {
    Int(try session.integer("SELECT COUNT(*) FROM link_template") ?? 0)
  }

  public func templates(ofGroup group: Int64) throws -> [Int64] {
    try session.rows(
      "SELECT id FROM link_template WHERE text_group = ?1 ORDER BY id", [.integer(group)]
    ).compactMap { $0.integer(0) }
  }

  // MARK: Clusters

  public func cluster(of advert: Int64) throws -> Int64? {
    try session.integer("SELECT cluster FROM link_advert WHERE advert = ?1", [.integer(advert)])
  }

  public mutating func assign(_ cluster: Int64?, to adverts: [Int64]) throws {
    for advert in adverts {
      try session.execute(
        "UPDATE link_advert SET cluster = ?2 WHERE advert = ?1",
        [.integer(advert), SQLValue(cluster)])
    }
  }

  public func adverts(ofCluster cluster: Int64) throws -> [Int64] {
    try session.rows(
      "SELECT advert FROM link_advert WHERE cluster = ?1 ORDER BY advert", [.integer(cluster)]
    ).compactMap { $0.integer(0) }
  }

  public func decisions() throws -> [ClusterDecision] {
    try session.rows(
      """
      SELECT d.id, d.at, a.name, d.why, d.act FROM cluster_decision d
      JOIN actor a ON a.id = d.actor ORDER BY d.id
      """
    ).compactMap { row in
      guard let id = row.integer(0), let act = row.text(4).flatMap(ClusterDecision.Act.init(text:))
      else { return nil }
      return ClusterDecision(
        id: id, when: Timestamp(milliseconds: row.integer(1) ?? 0), who: row.text(2) ?? "",
        why: row.text(3) ?? "", act: act)
    }
  }
}
