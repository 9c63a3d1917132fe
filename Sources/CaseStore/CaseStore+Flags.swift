import Linking
public import Vocabulary

/// An advert for review, as the queue shows it.
public struct FlaggedAdvert: Sendable, Hashable {
  /// Row number.
  public var id: Int64
  /// Name of the source.
  public var source: String
  /// The site's own identifier, else the canonical URL.
  public var key: String
  /// Where it was last seen.
  public var url: String
  /// When it was first seen.
  public var firstSeen: Timestamp
  /// When it was last seen.
  public var lastSeen: Timestamp
  /// True when the site says it is gone.
  public var gone: Bool
  /// True when a later text of the advert is not flagged.
  public var editedSince: Bool
  /// Its title.
  public var title: String?
  /// The queue it belongs to.
  public var lane: Lane
  /// Order in the queue, higher first.
  public var priority: Double
  /// The page's visible text that the record's offsets point into.
  public var text: String
  /// The scan record as JSON, without its text.
  public var record: String
  /// What its links measure now, by the names that conditions use.
  public var linkage: [String: Int]
  /// The cluster that it is in.
  public var cluster: Int64?
  /// Adverts of that cluster, itself included; 0 without one.
  public var clusterSize: Int64
}

extension CaseStore {
  /// Calls `body` with each advert for review: the urgent lane first, then by priority.
  ///
  /// An advert whose text changed since stays in the list with the newest text that was flagged:
  /// editing an advert does not take it off the queue.
  public func forEachFlagged(_ body: (FlaggedAdvert) throws -> Bool) throws {
    try engine.read { session in
      try session.forEach(
        """
        SELECT a.id, a.source, a.key, a.url, a.first_seen, a.last_seen, a.state, a.latest, v.id,
          v.title, v.lane, v.priority, v.text, v.record, l.measures, l.cluster,
          (SELECT COUNT(*) FROM link_advert o WHERE o.cluster = l.cluster)
        FROM advert_version v JOIN advert a ON a.id = v.advert
          LEFT JOIN link_advert l ON l.advert = a.id
        WHERE v.flagged = 1 AND v.id = (SELECT n.id FROM advert_version n
          WHERE n.advert = a.id AND n.flagged = 1 ORDER BY n.seen_at DESC, n.id DESC LIMIT 1)
        ORDER BY CASE v.lane WHEN 'urgent' THEN 0 ELSE 1 END, v.priority DESC, a.id
        """, []
      ) { row in
        try body(
          FlaggedAdvert(
            id: row.integer(0) ?? 0, source: row.text(1) ?? "", key: row.text(2) ?? "",
            url: row.text(3) ?? "", firstSeen: Timestamp(milliseconds: row.integer(4) ?? 0),
            lastSeen: Timestamp(milliseconds: row.integer(5) ?? 0), gone: row.text(6) == "gone",
            editedSince: row.integer(7) != row.integer(8), title: row.text(9),
            lane: row.text(10).flatMap(Lane.init(rawValue:)) ?? .review,
            priority: row.real(11) ?? 0, text: row.text(12) ?? "", record: row.text(13) ?? "",
            linkage: LinkageMeasures.counts(stored: row.text(14)).compactMapValues { $0 },
            cluster: row.integer(15), clusterSize: row.integer(16) ?? 0))
      }
    }
  }

  /// For each indicator, in how many adverts it was found within the advert's own part of the page.
  public func indicatorCounts() throws -> (adverts: Int64, byIndicator: [String: Int64]) {
    try engine.read { session in
      var counts: [String: Int64] = [:]
      try session.forEach(
        """
        SELECT h.indicator, COUNT(DISTINCT a.id) FROM hit h JOIN advert a ON a.latest = h.advert_version
        WHERE h.in_content = 1 GROUP BY h.indicator
        """, []
      ) { row in
        if let indicator = row.text(0) { counts[indicator] = row.integer(1) }
        return true
      }
      return (try session.integer("SELECT COUNT(*) FROM advert") ?? 0, counts)
    }
  }
}
