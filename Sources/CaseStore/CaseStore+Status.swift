public import Vocabulary

/// What a data directory holds and what waits in it.
public struct StoreStatus: Sendable, Hashable {
  /// What is known of one source.
  public struct SourceStatus: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// Addresses known.
    public var addresses: Int64
    /// Addresses never visited.
    public var unvisited: Int64
    /// Addresses due now.
    public var due: Int64
    /// When the next address is due.
    public var nextDue: Timestamp?
    /// When a page was last fetched.
    public var lastVisit: Timestamp?
    /// Visits of the newest kind by outcome.
    public var outcomes: [String: Int64]
    /// Adverts seen.
    public var adverts: Int64
    /// Of them, for review.
    public var flagged: Int64
  }

  /// One entry a source, by name.
  public var sources: [SourceStatus]
  /// Captures held.
  public var captures: Int64
  /// Captures whose analysis is still to be done.
  public var waiting: Int64
  /// Captures whose analysis failed.
  public var failed: Int64
  /// Captures set aside.
  public var quarantined: Int64
  /// Bytes of WARC files.
  public var archiveBytes: Int64
  /// Custody events.
  public var custodyEvents: Int64
  /// When the last run started and ended, and how.
  public var lastRun: (startedAt: Timestamp, endedAt: Timestamp?, outcome: String?)? {
    lastRunFields.map { ($0.startedAt, $0.endedAt, $0.outcome) }
  }
  var lastRunFields: RunFields?

  struct RunFields: Sendable, Hashable {
    var startedAt: Timestamp
    var endedAt: Timestamp?
    var outcome: String?
  }
}

extension CaseStore {
  /// Counts what is held and what waits at `now`.
  public func status(at now: Timestamp) throws -> StoreStatus {
    try engine.read { session in
      let sources = try session.rows("SELECT name FROM source ORDER BY name").compactMap {
        try $0.text(0).map { try Self.status(of: $0, at: now, in: session) }
      }
      let run = try session.row(
        "SELECT started_at, ended_at, outcome FROM run ORDER BY id DESC LIMIT 1")
      func count(_ sql: String) throws -> Int64 { try session.integer(sql) ?? 0 }
      return StoreStatus(
        sources: sources, captures: try count("SELECT COUNT(*) FROM capture"),
        waiting: try count("SELECT COUNT(*) FROM capture WHERE analysis = 'waiting'"),
        failed: try count("SELECT COUNT(*) FROM capture WHERE analysis = 'failed'"),
        quarantined: try count("SELECT COUNT(*) FROM capture WHERE analysis = 'quarantined'"),
        archiveBytes: try count("SELECT SUM(committed_end) FROM warc_file"),
        custodyEvents: try count("SELECT COUNT(*) FROM custody_event"),
        lastRunFields: run.map { row in
          StoreStatus.RunFields(
            startedAt: Timestamp(milliseconds: row.integer(0) ?? 0),
            endedAt: row.integer(1).map(Timestamp.init(milliseconds:)), outcome: row.text(2))
        })
    }
  }

  private static func status(
    of source: String, at now: Timestamp, in session: any SQLSession
  ) throws -> StoreStatus.SourceStatus {
    let name: SQLValue = .text(source)
    let counts = try session.row(
      """
      SELECT COUNT(*), COUNT(CASE WHEN visited_at IS NULL THEN 1 END),
        COUNT(CASE WHEN due_at <= ?2 THEN 1 END), MIN(due_at), MAX(visited_at)
      FROM address WHERE source = ?1
      """, [name, .integer(now.milliseconds)])
    var outcomes: [String: Int64] = [:]
    try session.forEach(
      """
      SELECT outcome, COUNT(*) FROM address WHERE source = ?1 AND outcome IS NOT NULL
      GROUP BY outcome
      """, [name]
    ) { row in
      if let outcome = row.text(0) { outcomes[outcome] = row.integer(1) }
      return true
    }
    return StoreStatus.SourceStatus(
      name: source, addresses: counts?.integer(0) ?? 0, unvisited: counts?.integer(1) ?? 0,
      due: counts?.integer(2) ?? 0,
      nextDue: counts?.integer(3).map(Timestamp.init(milliseconds:)),
      lastVisit: counts?.integer(4).map(Timestamp.init(milliseconds:)), outcomes: outcomes,
      adverts: try session.integer("SELECT COUNT(*) FROM advert WHERE source = ?1", [name]) ?? 0,
      flagged: try session.integer(
        """
        SELECT COUNT(DISTINCT a.id) FROM advert a JOIN advert_version v ON v.advert = a.id
        WHERE a.source = ?1 AND v.flagged = 1
        """, [name]) ?? 0)
  }
}
