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
    /// For each indicator found in the advert's own part of the page, the patterns that found it.
    public var patterns: [String: Set<String>]

    public init(
      key: String, url: String, title: String?, flagged: Bool, patterns: [String: Set<String>]
    ) {
      self.key = key
      self.url = url
      self.title = title
      self.flagged = flagged
      self.patterns = patterns
    }
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
        StoredAssessment(
          key: row.text(0) ?? "", url: row.text(1) ?? "", title: row.text(2),
          flagged: row.integer(3) == 1,
          patterns: try Self.patterns(of: row.integer(4) ?? 0, in: session))
      }
    }
  }
}
