public import Bytes

/// What is kept of a picture that was fetched: digests, size and type, and never the picture.
public struct StoredImage: Sendable, Hashable {
  /// The digest of the file.
  public var sha256: SHA256Digest
  /// A hash of what it shows; nil where there is none.
  public var likeness: UInt64?
  /// `hashed`, `none` for a picture that says nothing, or why it was not read.
  public var reading: String
  /// Bytes of the file.
  public var bytes: Int
  /// What the file is by its first bytes: `jpeg`, `png`, `webp`, `gif`…; nil of anything else.
  public var format: String?
  /// Points of a row; nil when it was not read.
  public var width: Int?
  /// Rows; nil when it was not read.
  public var height: Int?

  public init(
    sha256: SHA256Digest, likeness: UInt64?, reading: String, bytes: Int, format: String? = nil,
    width: Int? = nil, height: Int? = nil
  ) {
    self.sha256 = sha256
    self.likeness = likeness
    self.reading = reading
    self.bytes = bytes
    self.format = format
    self.width = width
    self.height = height
  }

  /// Whether the same file, or one that looks alike, says anything: not an icon, a plain field, a
  /// broken file or what is no picture at all, such as a page that says that the picture is gone.
  public var links: Bool {
    likeness != nil || (format != nil && ["unsupported", "unread"].contains(reading))
  }
}

extension CaseStore {
  /// Redirects that a picture may have come by and still be the one that its advert shows.
  private static let mostRedirects = 5

  /// Keeps what a picture is, and has the adverts that show it linked again.
  static func save(
    _ image: StoredImage, of capture: CaptureCommit, as id: Int64, in session: any SQLSession
  ) throws {
    // Where redirects led here, it is the picture of each address on the way.
    var urls = [capture.url]
    var address = capture.address
    while let here = address, urls.count <= mostRedirects {
      let row = try session.row(
        """
        SELECT f.id, f.url FROM address a JOIN address f ON f.id = a.found_on
        WHERE a.id = ?1 AND f.kind = 'image'
        """, [.integer(here)])
      guard let url = row?.text(1), !urls.contains(url) else { break }
      urls.append(url)
      address = row?.integer(0)
    }
    for url in urls {
      try session.execute(
        """
        INSERT INTO image (source, url, capture, sha256, likeness, bytes, format, width, height,
          reading)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        ON CONFLICT (source, url) DO UPDATE SET capture = excluded.capture,
          sha256 = excluded.sha256, likeness = excluded.likeness, bytes = excluded.bytes,
          format = excluded.format, width = excluded.width, height = excluded.height,
          reading = excluded.reading
        """,
        [
          .text(capture.source), .text(url), .integer(id), .blob(image.sha256.bytes),
          SQLValue(image.likeness.map { Int64(bitPattern: $0) }), SQLValue(image.bytes),
          SQLValue(image.format), SQLValue(image.width), SQLValue(image.height),
          .text(image.reading),
        ])
      try awaitLinks(showing: url, of: capture.source, in: session)
    }
  }

  /// Has the links of the adverts that show a picture looked at again.
  static func awaitLinks(
    showing url: String, of source: String, in session: any SQLSession
  ) throws {
    try session.execute(
      """
      INSERT INTO link_waiting (advert)
      SELECT DISTINCT v.advert FROM advert_image i JOIN advert_version v ON v.id = i.version
      JOIN advert a ON a.id = v.advert WHERE i.url = ?1 AND a.source = ?2
      ON CONFLICT (advert) DO NOTHING
      """, [.text(url), .text(source)])
  }

  /// Notes which pictures a text was shown with.
  ///
  /// A picture that was not fetched yet and that no advert shows any more is not fetched.
  static func replaceImages(
    of version: Int64, source: String, with urls: [String], in session: any SQLSession
  ) throws {
    let before = try session.rows(
      "SELECT url FROM advert_image WHERE version = ?1", [.integer(version)]
    ).compactMap { $0.text(0) }
    guard before != urls.sorted() else { return }
    try session.execute("DELETE FROM advert_image WHERE version = ?1", [.integer(version)])
    for url in urls {
      try session.execute(
        "INSERT INTO advert_image (version, url) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        [.integer(version), .text(url)])
    }
    for url in Set(before).subtracting(urls) where try !isShown(url, of: source, in: session) {
      try session.execute(
        """
        UPDATE address SET due_at = NULL WHERE source = ?1 AND url = ?2 AND kind = 'image'
          AND visited_at IS NULL
        """, [.text(source), .text(url)])
    }
  }

  /// Whether a text that is held was shown with a picture.
  static func isShown(_ url: String, of source: String, in session: any SQLSession) throws -> Bool {
    try session.row(
      """
      SELECT 1 FROM advert_image i JOIN advert_version v ON v.id = i.version
      JOIN advert a ON a.id = v.advert WHERE i.url = ?1 AND a.source = ?2 LIMIT 1
      """, [.text(url), .text(source)]) != nil
  }

  /// What is kept of the pictures that a text of an advert was shown with.
  static func images(
    of version: Int64, source: String, in session: any SQLSession
  ) throws -> [StoredImage] {
    try session.rows(
      """
      SELECT m.sha256, m.likeness, m.reading, m.bytes, m.format, m.width, m.height
      FROM advert_image i JOIN image m ON m.source = ?2 AND m.url = i.url
      WHERE i.version = ?1 ORDER BY m.sha256
      """, [.integer(version), .text(source)]
    ).compactMap { row in
      guard let digest = row.blob(0).flatMap({ SHA256Digest($0) }) else { return nil }
      return StoredImage(
        sha256: digest, likeness: row.integer(1).map { UInt64(bitPattern: $0) },
        reading: row.text(2) ?? "", bytes: Int(row.integer(3) ?? 0), format: row.text(4),
        width: row.integer(5).map { Int($0) }, height: row.integer(6).map { Int($0) })
    }
  }

  /// How many pictures were fetched, by what became of reading them.
  public func imageCounts() throws -> [String: Int] {
    try engine.read { session in
      var counts: [String: Int] = [:]
      for row in try session.rows("SELECT reading, COUNT(*) FROM image GROUP BY reading") {
        if let reading = row.text(0), let count = row.integer(1) { counts[reading] = Int(count) }
      }
      return counts
    }
  }
}
