import Linking
public import Vocabulary

extension CaseStore {
  /// What an earlier analysis of a capture left: enough to assess its adverts again without the page.
  public struct StoredReading: Sendable {
    /// The capture.
    public var capture: Int64
    /// Program, patterns and source that it was analysed with.
    public var version: String
    /// What kind of page it was.
    public var page: PageKind
    /// The adverts that it showed.
    public var adverts: [StoredText]
  }

  /// An advert's text as it was stored last, which may be from a later capture of the same words.
  public struct StoredText: Sendable {
    /// The row that its hits belong to.
    public var version: Int64
    /// The advert's key.
    public var key: String
    /// Its title.
    public var title: String?
    /// What it offers.
    public var form: Form?
    /// ISO 639 code.
    public var language: String?
    /// Whether it is for review.
    public var flagged: Bool
    /// The measures of its links by which it was assessed, by name; empty where nobody looked.
    public var linkage: [String: Int?]
    /// The text that the record's offsets point into.
    public var text: String
    /// SHA-256 of the advert's own words in it.
    public var textDigest: [UInt8]
    /// The scan record as JSON, without its text.
    public var record: String
  }

  /// The readings of the captures within the bounds, by capture.
  public func readings(of captures: ClosedRange<Int64>) throws -> [Int64: StoredReading] {
    try engine.read { session in
      var readings: [Int64: StoredReading] = [:]
      try session.forEach(
        """
        SELECT p.capture, p.version, p.page, v.id, a.key, v.title, v.form, v.language, v.flagged,
          v.text, v.text_digest, v.record,
          \(Self.linkageColumn)
        FROM page_analysis p LEFT JOIN advert_sighting s ON s.capture = p.capture
          LEFT JOIN advert a ON a.id = s.advert LEFT JOIN advert_version v ON v.id = s.version
          LEFT JOIN link_advert l ON l.advert = a.id
        WHERE p.capture BETWEEN ?1 AND ?2 ORDER BY p.capture, a.id
        """, [.integer(captures.lowerBound), .integer(captures.upperBound)]
      ) { row in
        guard let capture = row.integer(0) else { return true }
        let advert = Self.text(row)
        readings[
          capture,
          default: StoredReading(
            capture: capture, version: row.text(1) ?? "",
            page: row.text(2).flatMap(PageKind.init(rawValue:)) ?? .other, adverts: [])
        ].adverts += advert.map { [$0] } ?? []
        return true
      }
      return readings
    }
  }

  static func text(_ row: SQLRow) -> StoredText? {
    guard let version = row.integer(3), let key = row.text(4) else { return nil }
    return StoredText(
      version: version, key: key, title: row.text(5),
      form: row.text(6).flatMap(Form.init(rawValue:)), language: row.text(7),
      flagged: row.integer(8) == 1, linkage: LinkageMeasures.counts(stored: row.text(12)),
      text: row.text(9) ?? "", textDigest: row.blob(10) ?? [],
      record: row.text(11) ?? "")
  }

  /// The patterns that found something in the advert's own words, by indicator.
  public func patterns(ofVersion version: Int64) throws -> [String: Set<String>] {
    try engine.read { try Self.patterns(of: version, in: $0) }
  }

  static func patterns(
    of version: Int64, in session: any SQLSession
  ) throws -> [String: Set<String>] {
    var patterns: [String: Set<String>] = [:]
    try session.forEach(
      "SELECT DISTINCT indicator, pattern FROM hit WHERE advert_version = ?1 AND in_content = 1",
      [.integer(version)]
    ) { row in
      if let indicator = row.text(0), let pattern = row.text(1) {
        patterns[indicator, default: []].insert(pattern)
      }
      return true
    }
    return patterns
  }
}
