import Vocabulary

extension CaseStore {
  /// Adverts whose rows are made in one transaction when a database is brought up to date.
  static let queueBatch = 500

  static func queueWaits(in session: any SQLSession) throws -> Bool {
    try session.integer(
      """
      SELECT 1 WHERE EXISTS (SELECT 1 FROM review_changed)
        OR EXISTS (SELECT 1 FROM review_regrouped)
      """) != nil
  }

  /// Makes the queue's rows again for what changed, at most `most` adverts with their groups.
  static func settleQueue(most: Int, in session: any SQLSession) throws {
    guard try queueWaits(in: session) else { return }
    let changed = try session.rows(
      "SELECT advert FROM review_changed ORDER BY advert LIMIT ?1", [SQLValue(most)]
    ).compactMap { $0.integer(0) }
    for advert in changed { try settle(advert, in: session) }
    if let last = changed.last {
      try session.execute("DELETE FROM review_changed WHERE advert <= ?1", [.integer(last)])
    }
    let groups = try session.rows("SELECT cluster FROM review_regrouped").compactMap {
      $0.integer(0)
    }
    for group in groups { try regroup(group, in: session) }
    try session.execute("DELETE FROM review_regrouped")
  }

  /// The newest text that was flagged stands for the advert: editing it does not take it off the queue.
  private static func settle(_ advert: Int64, in session: any SQLSession) throws {
    // Its deletion marks the group that it leaves.
    try session.execute("DELETE FROM review_item WHERE advert = ?1", [.integer(advert)])
    let row = try session.row(
      """
      SELECT v.id, v.lane, v.priority, a.first_seen, a.last_seen, a.source, v.form, v.language,
        v.barriers, v.record, l.cluster
      FROM advert a JOIN advert_version v ON v.id = (SELECT n.id FROM advert_version n
        WHERE n.advert = a.id AND n.flagged = 1 ORDER BY n.seen_at DESC, n.id DESC LIMIT 1)
      LEFT JOIN link_advert l ON l.advert = a.id WHERE a.id = ?1
      """, [.integer(advert)])
    guard let row, let version = row.integer(0) else { return }
    let lane = row.text(1).flatMap(Lane.init(rawValue:)) ?? .review
    let barriers = (row.text(8) ?? "").split(separator: " ")
    let priority = row.real(2) ?? 0
    // An urgent advert stands by itself: nothing is decided about it together with others.
    let cluster = lane == .urgent ? -advert : row.integer(10) ?? advert
    let state = ReviewState(
      try verdicts(on: advert, withReasons: false, in: session),
      indicators: try indicators(of: version, in: session))
    try session.execute(
      """
      INSERT INTO review_item (advert, cluster, version, lane, state, priority, breadth, first_seen,
        last_seen, source, form, language, barriers, places)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
      """,
      [
        .integer(advert), .integer(cluster), .integer(version), .text(lane.rawValue),
        .text(state.rawValue), .real(priority), .real(Double(barriers.count * 1000) + priority),
        row.values[3], row.values[4], row.values[5], row.values[6], row.values[7],
        .text(row.text(8) ?? ""), .text(places(inRecord: row.text(9) ?? "")),
      ])
    try session.execute(
      "INSERT INTO review_regrouped (cluster) VALUES (?1) ON CONFLICT (cluster) DO NOTHING",
      [.integer(cluster)])
  }

  /// Indicators found in the advert's own words of a version.
  static func indicators(of version: Int64, in session: any SQLSession) throws -> Set<String> {
    Set(
      try session.rows(
        "SELECT DISTINCT indicator FROM hit WHERE advert_version = ?1 AND in_content = 1",
        [.integer(version)]
      ).compactMap { $0.text(0) })
  }

  private static func regroup(_ cluster: Int64, in session: any SQLSession) throws {
    let key: [SQLValue] = [.integer(cluster)]
    try session.execute("DELETE FROM review_facet WHERE cluster = ?1", key)
    try session.execute("DELETE FROM review_group WHERE cluster = ?1", key)
    // Where some are open, they alone say how urgent the group is.
    try session.execute(
      """
      INSERT INTO review_group (cluster, shelf, lead, adverts, open, priority, breadth, first_seen,
        last_seen)
      SELECT ?1, m.lane || '.' || m.state,
        (SELECT advert FROM review_item WHERE cluster = ?1 AND state = m.state
          ORDER BY priority DESC, advert LIMIT 1),
        m.adverts, m.open,
        (SELECT MAX(priority) FROM review_item WHERE cluster = ?1 AND state = m.state),
        (SELECT MAX(breadth) FROM review_item WHERE cluster = ?1 AND state = m.state),
        m.first_seen, m.last_seen
      FROM (SELECT MIN(lane) AS lane, COUNT(*) AS adverts, MIN(first_seen) AS first_seen,
          MAX(last_seen) AS last_seen, SUM(CASE WHEN state = 'open' THEN 1 ELSE 0 END) AS open,
          CASE WHEN SUM(CASE WHEN state = 'open' THEN 1 ELSE 0 END) > 0 THEN 'open'
            WHEN SUM(CASE WHEN state = 'held' THEN 1 ELSE 0 END) > 0 THEN 'held'
            ELSE 'done' END AS state
        FROM review_item WHERE cluster = ?1) m
      WHERE m.adverts > 0
      """, key)
    try insertFacets(of: cluster, in: session)
  }

  private static func insertFacets(of cluster: Int64, in session: any SQLSession) throws {
    let key = SQLValue.integer(cluster)
    var facets: Set<QueueFacet> = []
    try session.forEach(
      """
      SELECT source, form, language, barriers, places FROM review_item WHERE cluster = ?1
      """, [key]
    ) { row in
      if let source = row.text(0) { facets.insert(QueueFacet(.source, source)) }
      if let form = row.text(1) { facets.insert(QueueFacet(.form, form)) }
      if let language = row.text(2) { facets.insert(QueueFacet(.language, language)) }
      for barrier in (row.text(3) ?? "").split(separator: " ") {
        facets.insert(QueueFacet(.barrier, String(barrier)))
      }
      for place in (row.text(4) ?? "").split(separator: "\n") {
        facets.insert(QueueFacet(.place, String(place)))
      }
      return true
    }
    for facet in facets {
      try session.execute(
        """
        INSERT INTO review_facet (cluster, facet, value, shelf, priority, breadth, first_seen, last_seen)
        SELECT cluster, ?2, ?3, shelf, priority, breadth, first_seen, last_seen
        FROM review_group WHERE cluster = ?1
        """, [key, .text(facet.kind.rawValue), .text(facet.value)])
    }
    try session.execute(
      """
      INSERT INTO review_facet (cluster, facet, value, shelf, priority, breadth, first_seen, last_seen)
      SELECT g.cluster, 'indicator', f.indicator, g.shelf, g.priority, g.breadth, g.first_seen,
        g.last_seen
      FROM review_group g JOIN (SELECT DISTINCT h.indicator AS indicator FROM review_item i
        JOIN hit h ON h.advert_version = i.version AND h.in_content = 1 WHERE i.cluster = ?1) f
      WHERE g.cluster = ?1
      """, [key])
    try session.execute(
      """
      INSERT INTO review_facet (cluster, facet, value, shelf, priority, breadth, first_seen, last_seen)
      SELECT g.cluster, 'selector', f.name, g.shelf, g.priority, g.breadth, g.first_seen, g.last_seen
      FROM review_group g JOIN (SELECT DISTINCT s.kind || ':' || s.value AS name FROM review_item i
        JOIN advert_selector x ON x.advert_version = i.version AND x.in_content = 1
        JOIN selector s ON s.id = x.selector WHERE i.cluster = ?1 AND s.kind <> 'url') f
      WHERE g.cluster = ?1
      """, [key])
  }
}
