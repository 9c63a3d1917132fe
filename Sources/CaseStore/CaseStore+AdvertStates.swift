public import Vocabulary

/// What became of an advert at some time.
public enum AdvertState: String, Sendable, Hashable, CaseIterable {
  /// It was seen for the first time.
  case seen
  /// Its text was another than at the sighting before.
  case edited
  /// Its page answered 404 or 410.
  case vanished
  /// Its page was there and said that the advert is over.
  case expired
  /// It was there again.
  case reappeared
}

extension CaseStore {
  /// A state with its date.
  public struct AdvertChange: Sendable, Hashable {
    public var state: AdvertState
    /// When the capture that showed it began.
    public var at: Timestamp
  }

  /// The states of the adverts of an address that are no parts of a listing, oldest first.
  public func advertChanges(url: String, source: String) throws -> [AdvertChange] {
    try engine.read { session in
      try session.rows(
        """
        SELECT s.state, s.at FROM advert_state s JOIN advert a ON a.id = s.advert
        WHERE a.source = ?1 AND a.url = ?2 ORDER BY s.at, s.advert LIMIT 1000
        """, [.text(source), .text(url)]
      ).compactMap { row in
        guard let state = row.text(0).flatMap(AdvertState.init(rawValue:)), let at = row.integer(1)
        else { return nil }
        return AdvertChange(state: state, at: Timestamp(milliseconds: at))
      }
    }
  }

  /// Notes what a sighting says of an advert, before the sighting itself is stored; true when its
  /// text is news.
  ///
  /// A page that is analysed again is compared with the sighting before its own, so that another
  /// version of the program does not look like an edit.
  static func noteSighting(
    of advert: Int64, digest: [UInt8], isNew: Bool, wasGone: Bool, in capture: Int64,
    at: Timestamp, _ session: any SQLSession
  ) throws -> Bool {
    if isNew {
      try note(.seen, of: advert, in: capture, at: at, session)
      return true
    }
    if wasGone { try note(.reappeared, of: advert, in: capture, at: at, session) }
    let before = try session.row(
      """
      SELECT v.text_digest FROM advert_sighting s JOIN advert_version v ON v.id = s.version
      WHERE s.advert = ?1 AND s.capture <> ?2 AND s.seen_at < ?3
      ORDER BY s.seen_at DESC LIMIT 1
      """, [.integer(advert), .integer(capture), .integer(at.milliseconds)])
    guard let before, before.blob(0) != digest else { return before == nil }
    try note(.edited, of: advert, in: capture, at: at, session)
    return true
  }

  /// Marks the adverts of an address as gone, keeping everything that is known of them.
  static func markGone(
    address: Int64, in capture: Int64, at: Timestamp, _ session: any SQLSession
  ) throws {
    let arguments: [SQLValue] = [
      .integer(address), .integer(capture), .integer(at.milliseconds),
    ]
    try session.execute(
      """
      INSERT INTO advert_state (advert, at, state, capture)
      SELECT DISTINCT a.id, ?3,
        CASE WHEN (SELECT status FROM capture WHERE id = ?2) IN (404, 410) THEN 'vanished'
          ELSE 'expired' END, ?2
      FROM advert a JOIN advert_version v ON v.advert = a.id JOIN capture c ON c.id = v.capture
      WHERE c.address = ?1 AND v.part = 0 AND a.state = 'seen' AND a.last_seen < ?3
      ON CONFLICT (advert, at, state) DO NOTHING
      """, arguments)
    try session.execute(
      """
      UPDATE advert SET state = 'gone' WHERE id IN (
        SELECT v.advert FROM advert_version v JOIN capture c ON c.id = v.capture
        WHERE c.address = ?1 AND v.part = 0)
      """, [.integer(address)])
  }

  /// Notes which adverts of an earlier capture are there again, since its payload came again.
  static func noteReappearance(
    from earlier: Int64, in capture: Int64, at: Timestamp, _ session: any SQLSession
  ) throws {
    try session.execute(
      """
      INSERT INTO advert_state (advert, at, state, capture)
      SELECT a.id, ?3, 'reappeared', ?2 FROM advert a
      WHERE a.state = 'gone' AND a.id IN (SELECT advert FROM advert_sighting WHERE capture = ?1)
      ON CONFLICT (advert, at, state) DO NOTHING
      """, [.integer(earlier), .integer(capture), .integer(at.milliseconds)])
  }

  private static func note(
    _ state: AdvertState, of advert: Int64, in capture: Int64, at: Timestamp,
    _ session: any SQLSession
  ) throws {
    try session.execute(
      """
      INSERT INTO advert_state (advert, at, state, capture) VALUES (?1, ?2, ?3, ?4)
      ON CONFLICT (advert, at, state) DO NOTHING
      """,
      [.integer(advert), .integer(at.milliseconds), .text(state.rawValue), .integer(capture)])
  }
}
