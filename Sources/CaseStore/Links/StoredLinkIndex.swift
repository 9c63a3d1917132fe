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
    var known: [Int64: KeyHolders] = [:]
    for key in keys { known[Int64(bitPattern: key)] = KeyHolders() }
    let asked = Array(known.keys)
    for start in stride(from: 0, to: asked.count, by: Self.keysAtOnce) {
      // A place that is left over asks for key 0, which no text has.
      var values = asked[start..<min(start + Self.keysAtOnce, asked.count)].map(SQLValue.integer)
      values += repeatElement(.integer(0), count: Self.keysAtOnce - values.count)
      try session.forEach(Self.spreadsOfKeys, values) { row in
        if let key = row.integer(0), let texts = row.integer(1) { known[key]?.spread = Int(texts) }
        return true
      }
      guard most > 0 else { continue }
      try session.forEach(Self.holdersOfKeys, values) { row in
        if let key = row.integer(0), let holder = row.integer(1),
          known[key].map({ $0.holders.count < most }) ?? false
        {
          known[key]?.holders.append(holder)
        }
        return true
      }
    }
    return keys.map { known[Int64(bitPattern: $0)] ?? KeyHolders() }
  }

  /// Keys of one question: those of most texts.
  private static let keysAtOnce = 64
  private static let places = (1...keysAtOnce).map { "?\($0)" }.joined(separator: ", ")
  private static let spreadsOfKeys = "SELECT key, texts FROM link_spread WHERE key IN (\(places))"
  private static let holdersOfKeys =
    "SELECT key, holder FROM link_key WHERE key IN (\(places)) ORDER BY key, id"

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

  public mutating func release(_ keys: [UInt64], by holder: Int64) throws {
    for key in keys {
      try session.execute(
        "DELETE FROM link_key WHERE key = ?1 AND holder = ?2",
        [.integer(Int64(bitPattern: key)), .integer(holder)])
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
