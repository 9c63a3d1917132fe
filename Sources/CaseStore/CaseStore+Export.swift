public import Vocabulary

extension CaseStore {
  /// Which captures are meant; what is nil or empty leaves nothing out.
  public struct CaptureSelection: Sendable, Hashable {
    /// Exactly these addresses.
    public var urls: [String] = []
    /// Those that showed an advert of this cluster.
    public var cluster: Int64?
    /// Those that showed an advert for review.
    public var flagged = false
    /// Those of this source.
    public var source: String?
    /// Those that began then or later.
    public var from: Timestamp?
    /// Those that began before.
    public var until: Timestamp?

    public init() {}

    /// Whether everything is meant.
    public var isEverything: Bool { self == CaptureSelection() }
  }

  /// A capture as a package shows it.
  public struct SelectedCapture: Sendable, Hashable {
    /// Row number.
    public var id: Int64
    /// The run that made it.
    public var run: Int64
    /// Its source.
    public var source: String
    /// The URL as requested.
    public var url: String
    /// When it began.
    public var beganAt: Timestamp
    /// Name of the outcome.
    public var outcome: String
    /// HTTP status.
    public var status: Int?
    /// Media type of the response.
    public var mediaType: String?
    /// SHA-256 of the payload.
    public var payloadDigest: [UInt8]?
    /// Number of its custody event.
    public var custody: Int64
    /// The title of its page.
    public var title: String?
    /// Its records.
    public var members: [StoredMember]
  }

  /// The captures that are meant and those whose payloads they repeat, oldest first.
  public func select(_ selection: CaptureSelection) throws -> [SelectedCapture] {
    try engine.read { session in
      var wanted: Set<Int64> = []
      let urls = selection.urls.isEmpty ? [nil] : selection.urls.map(Optional.some)
      for url in urls {
        try session.forEach(
          """
          SELECT c.id FROM capture c WHERE c.custody IS NOT NULL
            AND (?1 IS NULL OR c.url = ?1) AND (?2 IS NULL OR c.source = ?2)
            AND (?3 IS NULL OR c.began_at >= ?3) AND (?4 IS NULL OR c.began_at < ?4)
            AND (?5 = 0 OR EXISTS (SELECT 1 FROM advert_sighting s
              JOIN advert_version v ON v.id = s.version
              WHERE s.capture = c.id AND v.flagged = 1))
            AND (?6 IS NULL OR EXISTS (SELECT 1 FROM advert_sighting s
              JOIN link_advert l ON l.advert = s.advert
              WHERE s.capture = c.id AND l.cluster = ?6))
          """,
          [
            SQLValue(url), SQLValue(selection.source), SQLValue(selection.from?.milliseconds),
            SQLValue(selection.until?.milliseconds), SQLValue(selection.flagged),
            SQLValue(selection.cluster),
          ]
        ) { row in
          if let id = row.integer(0) { wanted.insert(id) }
          return true
        }
      }
      var open = wanted
      while let id = open.popFirst() {
        let earlier = try session.integer(
          "SELECT payload_of FROM capture WHERE id = ?1", [.integer(id)])
        if let earlier, wanted.insert(earlier).inserted { open.insert(earlier) }
      }
      return try wanted.sorted().compactMap { try Self.selected($0, in: session) }
    }
  }

  private static func selected(
    _ id: Int64, in session: any SQLSession
  ) throws -> SelectedCapture? {
    let row = try session.row(
      """
      SELECT c.run, c.source, c.url, c.began_at, c.outcome, c.status, c.media_type,
        c.payload_digest, c.custody, p.title
      FROM capture c LEFT JOIN page_analysis p ON p.capture = c.id WHERE c.id = ?1
      """, [.integer(id)])
    guard let row, let run = row.integer(0), let custody = row.integer(8) else { return nil }
    return SelectedCapture(
      id: id, run: run, source: row.text(1) ?? "", url: row.text(2) ?? "",
      beganAt: Timestamp(milliseconds: row.integer(3) ?? 0), outcome: row.text(4) ?? "",
      status: row.integer(5).map(Int.init), mediaType: row.text(6), payloadDigest: row.blob(7),
      custody: custody, title: row.text(9),
      members: try session.rows(
        """
        SELECT f.path, m.offset, m.length, m.digest, m.record_id, m.type
        FROM warc_member m JOIN warc_file f ON f.id = m.file WHERE m.capture = ?1 ORDER BY m.id
        """, [.integer(id)]
      ).map(Self.member))
  }

  /// The first records of files, by the file's path.
  public func firstRecords() throws -> [String: StoredMember] {
    try engine.read { session in
      var members: [String: StoredMember] = [:]
      try session.forEach(
        """
        SELECT f.path, m.offset, m.length, m.digest, m.record_id, m.type
        FROM warc_member m JOIN warc_file f ON f.id = m.file
        WHERE m.capture IS NULL AND m.offset = 0
        """, []
      ) { row in
        let member = Self.member(row)
        members[member.file] = member
        return true
      }
      return members
    }
  }

  /// How many addresses of a source ended how at their last visit; never visited ones as `unvisited`.
  public func outcomes(ofSource name: String) throws -> [String: Int64] {
    try engine.read { session in
      var outcomes: [String: Int64] = [:]
      try session.forEach(
        """
        SELECT COALESCE(outcome, 'unvisited'), COUNT(*) FROM address WHERE source = ?1 GROUP BY 1
        """, [.text(name)]
      ) { row in
        if let outcome = row.text(0) { outcomes[outcome] = row.integer(1) }
        return true
      }
      return outcomes
    }
  }
}
