public import Vocabulary

extension CaseStore {
  /// A page of the queue, at most `most` groups that follow `after`.
  ///
  /// Reads along an index in the order asked for, of the groups or of those with the first facet.
  public func queue(
    _ filter: QueueFilter, after: QueueCursor?, most: Int, at: Timestamp
  ) throws -> [QueueGroup] {
    try engine.read { session in
      let (query, arguments) = Self.question(filter, after: after, most: most, at: at)
      return try session.rows(query, arguments).map(Self.group)
    }
  }

  /// How the engine would read a page of the queue, in its own words; for tests.
  func queuePlan(_ filter: QueueFilter) throws -> [String] {
    try engine.read { session in
      let (query, arguments) = Self.question(
        filter, after: nil, most: 1, at: Timestamp(milliseconds: 0))
      return try session.rows("EXPLAIN QUERY PLAN " + query, arguments).compactMap { $0.text(3) }
    }
  }

  private static func question(
    _ filter: QueueFilter, after: QueueCursor?, most: Int, at: Timestamp
  ) -> (String, [SQLValue]) {
    let sorted = filter.facets.prefix(QueueFilter.mostFacets)
      .sorted { selectivity($0) < selectivity($1) }
    let order = filter.order
    // A first page begins beyond every value: one text for all pages, and always a range of the index.
    let start =
      after
      ?? QueueCursor(
        rank: order.isAscending ? -.infinity : .infinity, cluster: order.isAscending ? .min : .max)
    var arguments: [SQLValue] = [
      .text(filter.shelf), .real(start.rank), .integer(start.cluster),
      .integer(filter.since?.milliseconds ?? .min), .integer(at.milliseconds), SQLValue(most),
    ]
    for place in 0..<(sorted.isEmpty ? 0 : QueueFilter.mostFacets) {
      let facet = place < sorted.count ? sorted[place] : nil
      arguments += [SQLValue(facet?.kind.rawValue), SQLValue(facet?.value)]
    }
    return (queueQuery(order, byFacet: !sorted.isEmpty), arguments)
  }

  /// Groups on each shelf of a lane, by state; counted up to `most` each.
  public func queueCounts(lane: Lane, most: Int) throws -> [ReviewState: Int] {
    try engine.read { session in
      var counts: [ReviewState: Int] = [:]
      for state in ReviewState.allCases {
        counts[state] = Int(
          try session.integer(
            """
            SELECT COUNT(*) FROM (SELECT 1 FROM review_group WHERE shelf = ?1 LIMIT ?2)
            """,
            [.text(QueueFilter(lane: lane, state: state).shelf), SQLValue(most)]) ?? 0)
      }
      return counts
    }
  }

  /// Adverts for review in a group.
  public func adverts(inGroup group: Int64) throws -> Int {
    try engine.read {
      Int(
        try $0.integer("SELECT adverts FROM review_group WHERE cluster = ?1", [.integer(group)])
          ?? 0)
    }
  }

  /// The cluster that linking has put an advert in; nil for an advert by itself.
  public func cluster(ofAdvert advert: Int64) throws -> Int64? {
    try engine.read {
      try $0.integer("SELECT cluster FROM link_advert WHERE advert = ?1", [.integer(advert)])
    }
  }

  /// Values of a kind that something on the review's shelves has, in order, at most `most`.
  ///
  /// Steps from value to value along the index and never reads the rows between.
  public func facetValues(_ kind: QueueFacet.Kind, most: Int) throws -> [String] {
    try engine.read { session in
      var values: [String] = []
      while values.count < most,
        let next = try session.row(
          "SELECT value FROM review_facet WHERE facet = ?1 AND value > ?2 ORDER BY value LIMIT 1",
          [.text(kind.rawValue), .text(values.last ?? "")])?.text(0)
      {
        values.append(next)
      }
      return values
    }
  }

  /// The kinds that usually few groups have come first.
  private static func selectivity(_ facet: QueueFacet) -> Int {
    QueueFacet.Kind.allCases.firstIndex(of: facet.kind) ?? 0
  }

  /// One of eight constant texts: four orders, of all groups or of those with a facet.
  private static func queueQuery(_ order: QueueOrder, byFacet: Bool) -> String {
    let direction = order.isAscending ? "ASC" : "DESC"
    let beyond = order.isAscending ? ">" : "<"
    let others = (byFacet ? 1..<QueueFilter.mostFacets : 0..<0).map { place in
      """
      AND (?\(7 + 2 * place) IS NULL OR EXISTS (SELECT 1 FROM review_facet o
        WHERE o.cluster = k.cluster AND o.facet = ?\(7 + 2 * place)
          AND o.value = ?\(8 + 2 * place)))
      """
    }.joined(separator: "\n")
    return """
      SELECT g.cluster, g.lead, v.title, i.source, i.form, i.language, i.barriers, i.places,
        g.adverts, g.open, g.priority, g.first_seen, g.last_seen, k.\(order.column),
        (SELECT a.login FROM review_lease l JOIN account a ON a.id = l.account
          WHERE l.cluster = g.cluster AND l.until > ?5)
      FROM \(byFacet ? "review_facet" : "review_group") k
      JOIN review_group g ON g.cluster = k.cluster
      JOIN review_item i ON i.advert = g.lead JOIN advert_version v ON v.id = i.version
      WHERE k.shelf = ?1 \(byFacet ? "AND k.facet = ?7 AND k.value = ?8" : "")
        AND (k.\(order.column), k.cluster) \(beyond) (?2, ?3) AND k.last_seen >= ?4
        \(others)
      ORDER BY k.\(order.column) \(direction), k.cluster \(direction) LIMIT ?6
      """
  }

  private static func group(_ row: SQLRow) -> QueueGroup {
    let cluster = row.integer(0) ?? 0
    return QueueGroup(
      cluster: cluster, lead: row.integer(1) ?? 0, title: row.text(2), source: row.text(3) ?? "",
      form: row.text(4).flatMap(Form.init(rawValue:)), language: row.text(5),
      barriers: (row.text(6) ?? "").split(separator: " ").map(String.init),
      places: (row.text(7) ?? "").split(separator: "\n").map(String.init),
      adverts: Int(row.integer(8) ?? 0), open: Int(row.integer(9) ?? 0),
      priority: row.real(10) ?? 0, firstSeen: Timestamp(milliseconds: row.integer(11) ?? 0),
      lastSeen: Timestamp(milliseconds: row.integer(12) ?? 0), holder: row.text(14),
      cursor: QueueCursor(rank: row.real(13) ?? 0, cluster: cluster))
  }
}
