public import Vocabulary

/// An advert as linking reads it from the store: its texts, the newest first, and when each was seen.
public struct LinkableAdvert: Sendable {
  /// One text that the advert has had.
  public struct Version: Sendable {
    /// Row number.
    public var id: Int64
    /// What it offers.
    public var form: Form?
    /// ISO 639 code.
    public var language: String?
    /// Its title.
    public var title: String?
    /// The text that the record's offsets point into.
    public var text: String
    /// The scan record as JSON, without its text.
    public var record: String
    /// Program, patterns and source that it was assessed with.
    public var version: String
    /// Whether it is for review.
    public var flagged: Bool
    /// The measures by which it was assessed, as stored; nil where nobody looked at its links.
    var linkage: String?
    /// When it was seen: the first time on each day.
    public var seen: [Timestamp]
    /// What is kept of the pictures it was shown with.
    public var images: [StoredImage]
  }

  /// Row number.
  public var id: Int64
  /// Name of the source.
  public var source: String
  /// The site's own identifier, else the canonical URL.
  public var key: String
  /// Its texts, the one it shows now first; never empty.
  public var versions: [Version]

  /// Texts of one advert that are read; older ones are left out.
  static let mostVersions = 20
  /// Sightings of one text that are read, the newest.
  static let mostSightings = 400
}

/// What assessing an advert again gave.
public struct Reassessment: Sendable {
  /// Program, patterns and source that it was assessed with.
  public var version: String
  /// The scan record as JSON, without its text.
  public var record: String
  /// Whether indicators warrant a look by a person.
  public var flagged: Bool
  /// The queue it belongs to.
  public var lane: Lane?
  /// Order in the queue, higher first.
  public var priority: Double
  /// The barriers that are positive.
  public var barriers: [Barrier]
  /// Name and version of the rule that decided.
  public var rule: String
  /// Where indicators were found.
  public var hits: [StoredHit]

  public init(
    version: String, record: String, flagged: Bool, lane: Lane?, priority: Double,
    barriers: [Barrier], rule: String, hits: [StoredHit]
  ) {
    self.version = version
    self.record = record
    self.flagged = flagged
    self.lane = lane
    self.priority = priority
    self.barriers = barriers
    self.rule = rule
    self.hits = hits
  }
}

extension LinkableAdvert {
  /// Reads an advert; nil when it is not in the store any more.
  init?(_ id: Int64, in session: any SQLSession) throws {
    guard
      let row = try session.row(
        "SELECT source, key, latest FROM advert WHERE id = ?1", [.integer(id)]),
      let source = row.text(0), let key = row.text(1), let latest = row.integer(2)
    else { return nil }
    let versions = try session.rows(
      """
      SELECT id, form, language, title, text, record, version, flagged, linkage
      FROM advert_version
      WHERE advert = ?1 ORDER BY CASE id WHEN ?2 THEN 0 ELSE 1 END, seen_at DESC, id DESC LIMIT ?3
      """, [.integer(id), .integer(latest), SQLValue(Self.mostVersions)]
    ).map { row in
      let version = row.integer(0) ?? 0
      return Version(
        id: version, form: row.text(1).flatMap(Form.init(rawValue:)), language: row.text(2),
        title: row.text(3), text: row.text(4) ?? "", record: row.text(5) ?? "",
        version: row.text(6) ?? "", flagged: row.integer(7) == 1, linkage: row.text(8),
        seen: try Self.sightings(of: version, in: session),
        images: try CaseStore.images(of: version, source: source, in: session))
    }
    guard versions.first?.id == latest else { return nil }
    self.init(id: id, source: source, key: key, versions: versions)
  }

  private static func sightings(
    of version: Int64, in session: any SQLSession
  ) throws -> [Timestamp] {
    try session.rows(
      """
      SELECT MIN(seen_at) FROM advert_sighting WHERE version = ?1
      GROUP BY seen_at / 86400000 ORDER BY 1 DESC LIMIT ?2
      """, [.integer(version), SQLValue(mostSightings)]
    ).compactMap { $0.integer(0).map(Timestamp.init(milliseconds:)) }
  }
}
