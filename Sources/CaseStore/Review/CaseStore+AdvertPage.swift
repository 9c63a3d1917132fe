public import Vocabulary

/// A text that an advert has had, with the newest assessment of it.
public struct AdvertVersion: Sendable, Hashable {
  /// Row number.
  public var id: Int64
  /// The capture that it was read from.
  public var capture: Int64
  /// Its title.
  public var title: String?
  /// What it offers.
  public var form: Form?
  /// ISO 639 code.
  public var language: String?
  /// The text that the record's offsets point into.
  public var text: String
  /// The scan record as JSON, without its text.
  public var record: String
  /// Whether it is for review.
  public var flagged: Bool
  /// When that text was first stored.
  public var seenAt: Timestamp
}

/// A capture that showed an advert.
public struct AdvertSighting: Sendable, Hashable {
  /// Row number of the capture.
  public var capture: Int64
  /// The text that it showed.
  public var version: Int64
  /// When.
  public var at: Timestamp
  /// The URL as requested.
  public var url: String
}

/// The evidence behind a capture: where its records are and what their digests are.
public struct CaptureEvidence: Sendable, Hashable {
  /// A record in the archive.
  public struct Member: Sendable, Hashable {
    public var file: String
    public var offset: Int64
    public var length: Int64
    /// SHA-256 of the compressed member.
    public var digest: [UInt8]
    public var recordID: String
    public var type: String
  }
  /// Row number.
  public var capture: Int64
  /// Name of the source.
  public var source: String
  /// The URL as requested.
  public var url: String
  /// When the exchange began.
  public var beganAt: Timestamp
  /// HTTP status.
  public var status: Int?
  /// SHA-256 of the payload as it was received.
  public var payloadDigest: [UInt8]?
  /// The capture that holds the payload, when this one repeats it.
  public var payloadOf: Int64?
  /// Its entry in the custody log.
  public var custody: Int64?
  /// Its records.
  public var members: [Member]
}

/// Everything the store has of one advert for the page about it.
public struct AdvertDetail: Sendable {
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
  /// The version shown now.
  public var latest: Int64?
  /// The version that stands in the queue; nil when it is not for review.
  public var judged: Int64?
  /// The group it is judged with.
  public var cluster: Int64?
  /// The queue it belongs to.
  public var lane: Lane?
  /// Where it stands in the review.
  public var state: ReviewState?
  /// Its texts, the newest first, at most `CaseStore.mostVersions`.
  public var versions: [AdvertVersion]
  /// Where it was seen, the newest first, at most `CaseStore.mostSightings`.
  public var sightings: [AdvertSighting]
}

extension CaseStore {
  /// Texts of an advert that are shown.
  public static let mostVersions = 20
  /// Sightings of an advert that are shown.
  public static let mostSightings = 100

  /// An advert with its texts and sightings; nil when there is none.
  public func detail(ofAdvert id: Int64) throws -> AdvertDetail? {
    try engine.read { session in
      let row = try session.row(
        """
        SELECT a.source, a.key, a.url, a.first_seen, a.last_seen, a.state, a.latest, i.version,
          i.cluster, i.lane, i.state
        FROM advert a LEFT JOIN review_item i ON i.advert = a.id WHERE a.id = ?1
        """, [.integer(id)])
      guard let row else { return nil }
      let versions = try session.rows(
        """
        SELECT id, capture, title, form, language, text, record, flagged, seen_at
        FROM advert_version WHERE advert = ?1 ORDER BY seen_at DESC, id DESC LIMIT ?2
        """, [.integer(id), SQLValue(Self.mostVersions)]
      ).map { row in
        AdvertVersion(
          id: row.integer(0) ?? 0, capture: row.integer(1) ?? 0, title: row.text(2),
          form: row.text(3).flatMap(Form.init(rawValue:)), language: row.text(4),
          text: row.text(5) ?? "", record: row.text(6) ?? "", flagged: row.integer(7) == 1,
          seenAt: Timestamp(milliseconds: row.integer(8) ?? 0))
      }
      let sightings = try session.rows(
        """
        SELECT s.capture, s.version, s.seen_at, c.url FROM advert_sighting s
        JOIN capture c ON c.id = s.capture WHERE s.advert = ?1
        ORDER BY s.seen_at DESC, s.capture DESC LIMIT ?2
        """, [.integer(id), SQLValue(Self.mostSightings)]
      ).map { row in
        AdvertSighting(
          capture: row.integer(0) ?? 0, version: row.integer(1) ?? 0,
          at: Timestamp(milliseconds: row.integer(2) ?? 0), url: row.text(3) ?? "")
      }
      return AdvertDetail(
        id: id, source: row.text(0) ?? "", key: row.text(1) ?? "", url: row.text(2) ?? "",
        firstSeen: Timestamp(milliseconds: row.integer(3) ?? 0),
        lastSeen: Timestamp(milliseconds: row.integer(4) ?? 0), gone: row.text(5) == "gone",
        latest: row.integer(6), judged: row.integer(7), cluster: row.integer(8),
        lane: row.text(9).flatMap(Lane.init(rawValue:)),
        state: row.text(10).flatMap(ReviewState.init(rawValue:)), versions: versions,
        sightings: sightings)
    }
  }

  /// Where the records of a capture are; nil when there is none.
  public func evidence(ofCapture id: Int64) throws -> CaptureEvidence? {
    try engine.read { session in
      let row = try session.row(
        """
        SELECT source, url, began_at, status, payload_digest, payload_of, custody FROM capture
        WHERE id = ?1
        """, [.integer(id)])
      guard let row else { return nil }
      let members = try session.rows(
        """
        SELECT f.path, m.offset, m.length, m.digest, m.record_id, m.type FROM warc_member m
        JOIN warc_file f ON f.id = m.file WHERE m.capture = ?1 ORDER BY m.id
        """, [.integer(id)]
      ).map { row in
        CaptureEvidence.Member(
          file: row.text(0) ?? "", offset: row.integer(1) ?? 0, length: row.integer(2) ?? 0,
          digest: row.blob(3) ?? [], recordID: row.text(4) ?? "", type: row.text(5) ?? "")
      }
      return CaptureEvidence(
        capture: id, source: row.text(0) ?? "", url: row.text(1) ?? "",
        beganAt: Timestamp(milliseconds: row.integer(2) ?? 0), status: row.integer(3).map(Int.init),
        payloadDigest: row.blob(4), payloadOf: row.integer(5), custody: row.integer(6),
        members: members)
    }
  }

  /// An advert of a group as its page lists it.
  public struct GroupMember: Sendable, Hashable {
    /// Row number of the advert.
    public var advert: Int64
    /// Its title.
    public var title: String?
    /// The text that is judged.
    public var text: String
    /// Its scan record as JSON, without its text.
    public var record: String
    /// Name of the source.
    public var source: String
    /// Its priority.
    public var priority: Double
    /// Where it stands in the review.
    public var state: ReviewState
    /// Places that it names.
    public var places: [String]
    /// When it was first seen.
    public var firstSeen: Timestamp
    /// When it was last seen.
    public var lastSeen: Timestamp
  }

  /// The adverts of a group that are for review, highest priority first, at most `mostJudged`.
  public func members(ofGroup cluster: Int64) throws -> [GroupMember] {
    try engine.read { session in
      try session.rows(
        """
        SELECT i.advert, v.title, v.text, i.source, i.priority, i.state, i.places, i.first_seen,
          i.last_seen, v.record
        FROM review_item i JOIN advert_version v ON v.id = i.version WHERE i.cluster = ?1
        ORDER BY i.priority DESC, i.advert DESC LIMIT ?2
        """, [.integer(cluster), SQLValue(Self.mostJudged)]
      ).map { row in
        GroupMember(
          advert: row.integer(0) ?? 0, title: row.text(1), text: row.text(2) ?? "",
          record: row.text(9) ?? "", source: row.text(3) ?? "", priority: row.real(4) ?? 0,
          state: row.text(5).flatMap(ReviewState.init(rawValue:)) ?? .open,
          places: (row.text(6) ?? "").split(separator: "\n").map(String.init),
          firstSeen: Timestamp(milliseconds: row.integer(7) ?? 0),
          lastSeen: Timestamp(milliseconds: row.integer(8) ?? 0))
      }
    }
  }
}
