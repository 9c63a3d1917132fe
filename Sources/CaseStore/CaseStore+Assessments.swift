extension CaseStore {
  /// What is stored about an advert of a capture, as far as a replay compares it.
  public struct StoredAssessment: Sendable, Hashable {
    /// The advert's key.
    public var key: String
    /// Where it was seen.
    public var url: String
    /// Its title.
    public var title: String?
    /// Whether it is for review.
    public var flagged: Bool
    /// Indicators found in the advert's own part of the page.
    public var indicators: Set<String>
  }

  /// The program and patterns that a capture's page was analysed with; nil when it was not.
  public func analysisVersion(of capture: Int64) throws -> String? {
    try engine.read { session in
      try session.row(
        "SELECT version FROM page_analysis WHERE capture = ?1", [.integer(capture)])?.text(0)
    }
  }

  /// The adverts that a capture showed.
  public func assessments(of capture: Int64) throws -> [StoredAssessment] {
    try engine.read { session in
      try session.rows(
        """
        SELECT a.key, a.url, v.title, v.flagged, v.id FROM advert_sighting s
        JOIN advert a ON a.id = s.advert JOIN advert_version v ON v.id = s.version
        WHERE s.capture = ?1 ORDER BY a.id
        """, [.integer(capture)]
      ).map { row in
        let hits = try session.rows(
          "SELECT DISTINCT indicator FROM hit WHERE advert_version = ?1 AND in_content = 1",
          [SQLValue(row.integer(4))])
        return StoredAssessment(
          key: row.text(0) ?? "", url: row.text(1) ?? "", title: row.text(2),
          flagged: row.integer(3) == 1, indicators: Set(hits.compactMap { $0.text(0) }))
      }
    }
  }
}
