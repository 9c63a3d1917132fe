public import Vocabulary

/// A capture whose analysis is to be done, with where its payload lies.
public struct StoredCapture: Sendable, Hashable {
  /// Row number.
  public var id: Int64
  /// The address it was fetched from.
  public var address: Int64?
  /// Name of the source.
  public var source: String
  /// The URL as requested.
  public var url: String
  /// What the source's rules say the address is.
  public var kind: String?
  /// Links from a start address.
  public var depth: Int
  /// When the exchange began.
  public var beganAt: Timestamp
  /// HTTP status.
  public var status: Int?
  /// How often an analysis of it was begun and not ended.
  public var attempts: Int
  /// File of the response record, relative to the data directory.
  public var file: String
  /// Offset of the response record's member.
  public var offset: Int64
  /// Length of the response record's member.
  public var length: Int64
}

extension CaseStore {
  /// Captures whose analysis did not end before the program did, oldest first.
  public func waitingCaptures(after id: Int64 = 0, limit: Int = 256) throws -> [StoredCapture] {
    try captures(
      """
      SELECT c.id, c.address, c.source, c.url, a.kind, a.depth, c.began_at, c.status, c.attempts,
        f.path, m.offset, m.length
      FROM capture c JOIN warc_member m ON m.capture = c.id
        AND m.id = (SELECT x.id FROM warc_member x WHERE x.capture = c.id
        AND x.type IN ('response', 'conversion') ORDER BY x.type = 'response', x.id LIMIT 1)
      JOIN warc_file f ON f.id = m.file LEFT JOIN address a ON a.id = c.address
      WHERE c.analysis = 'waiting' AND c.id > ?1 ORDER BY c.id LIMIT ?2
      """, after: id, limit: limit)
  }

  /// Captures that hold a payload of their own, oldest first: what a replay goes through.
  ///
  /// Quarantined ones are left out, and those whose first analysis is still to be done by a crawl: it
  /// brings links that a replay does not take up. The joins are written so that captures come first.
  public func payloadCaptures(after id: Int64, limit: Int) throws -> [StoredCapture] {
    try captures(
      """
      SELECT c.id, c.address, c.source, c.url, a.kind, a.depth, c.began_at, c.status, c.attempts,
        f.path, m.offset, m.length
      FROM capture c CROSS JOIN warc_member m CROSS JOIN warc_file f
      LEFT JOIN address a ON a.id = c.address
      WHERE m.capture = c.id AND f.id = m.file AND m.id = (SELECT x.id FROM warc_member x WHERE x.capture = c.id
        AND x.type IN ('response', 'conversion') ORDER BY x.type = 'response', x.id LIMIT 1)
        AND c.analysis IN ('done', 'failed') AND c.id > ?1 ORDER BY c.id LIMIT ?2
      """, after: id, limit: limit)
  }

  private func captures(_ sql: String, after id: Int64, limit: Int) throws -> [StoredCapture] {
    try engine.read { session in
      try session.rows(sql, [.integer(id), SQLValue(limit)]).map { row in
        StoredCapture(
          id: row.integer(0) ?? 0, address: row.integer(1), source: row.text(2) ?? "",
          url: row.text(3) ?? "", kind: row.text(4), depth: Int(row.integer(5) ?? 0),
          beganAt: Timestamp(milliseconds: row.integer(6) ?? 0),
          status: row.integer(7).map(Int.init), attempts: Int(row.integer(8) ?? 0),
          file: row.text(9) ?? "", offset: row.integer(10) ?? 0, length: row.integer(11) ?? 0)
      }
    }
  }

  /// Counts the beginning of an analysis, before it begins: a crash leaves the count behind.
  public func beginAnalysis(of capture: Int64) throws {
    try engine.write { session in
      try session.execute(
        "UPDATE capture SET attempts = attempts + 1 WHERE id = ?1", [.integer(capture)])
    }
  }

  /// Takes the count back: the beginning came to an end that was not the page's fault.
  public func forgetAttempt(at capture: Int64) throws {
    try engine.write { session in
      try session.execute(
        "UPDATE capture SET attempts = attempts - 1 WHERE id = ?1 AND attempts > 0",
        [.integer(capture)])
    }
  }

  /// Sets a capture aside whose analysis brought the program down; its evidence stays.
  public func quarantine(
    capture: Int64, reason: String, by actor: Actor, at: Timestamp
  ) throws {
    try engine.write { session in
      try session.execute(
        "UPDATE capture SET analysis = 'quarantined' WHERE id = ?1", [.integer(capture)])
      _ = try Self.append(
        action: "capture.quarantine", subject: "capture:\(capture)",
        payload: Self.json(["reason": reason]), by: actor, at: at, in: session)
    }
  }
}
