public import Vocabulary

/// What a person on duty should know of a data directory.
public struct StoreHealth: Sendable, Hashable {
  /// How it goes with one source.
  public struct SourceHealth: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// When a page of it last came, changed or not; nil before the first.
    public var lastAnswer: Timestamp?
    /// Until when a server of it asked to be left alone; nil when none does.
    public var blockedUntil: Timestamp?
    /// Of the last twenty visits, those that were refused or failed.
    public var recentFailures: Int
    /// Visits among the last twenty.
    public var recent: Int
    /// Whether anything of it is still visited.
    public var isScheduled: Bool

    public init(
      name: String, lastAnswer: Timestamp?, blockedUntil: Timestamp?, recentFailures: Int,
      recent: Int, isScheduled: Bool
    ) {
      self.name = name
      self.lastAnswer = lastAnswer
      self.blockedUntil = blockedUntil
      self.recentFailures = recentFailures
      self.recent = recent
      self.isScheduled = isScheduled
    }
  }

  /// By name.
  public var sources: [SourceHealth]
  /// Adverts of the urgent lane that nobody has decided.
  public var urgent: Int
  /// Adverts of the other lane that nobody has decided.
  public var open: Int
  /// Pages set aside because their analysis failed.
  public var quarantined: Int
  /// Erasures that were begun and are not done.
  public var erasures: Int

  public init(
    sources: [SourceHealth], urgent: Int, open: Int, quarantined: Int, erasures: Int
  ) {
    self.sources = sources
    self.urgent = urgent
    self.open = open
    self.quarantined = quarantined
    self.erasures = erasures
  }
}

extension CaseStore {
  /// How things stand at `now`.
  public func health(at now: Timestamp) throws -> StoreHealth {
    try engine.read { session in
      func count(_ sql: String) throws -> Int { Int(try session.integer(sql) ?? 0) }
      let names = try session.rows("SELECT name FROM source ORDER BY name").compactMap {
        $0.text(0)
      }
      return StoreHealth(
        sources: try names.map { try Self.health(of: $0, at: now, in: session) },
        urgent: try count(
          "SELECT COUNT(*) FROM review_item WHERE lane = 'urgent' AND state = 'open'"),
        open: try count(
          "SELECT COUNT(*) FROM review_item WHERE lane <> 'urgent' AND state = 'open'"),
        quarantined: try count("SELECT COUNT(*) FROM capture WHERE analysis = 'quarantined'"),
        erasures: try count("SELECT COUNT(*) FROM erasure_waiting"))
    }
  }

  private static func health(
    of source: String, at now: Timestamp, in session: any SQLSession
  ) throws -> StoreHealth.SourceHealth {
    let name: [SQLValue] = [.text(source)]
    let answer = try session.integer(
      """
      SELECT MAX(visited_at) FROM address WHERE source = ?1 AND last IN ('changed', 'unchanged')
      """, name)
    let blocked = try session.integer(
      """
      SELECT MAX(g.blocked_until) FROM politeness_group g WHERE g.blocked_until > ?2
        AND EXISTS (SELECT 1 FROM address a WHERE a.group_key = g.key AND a.source = ?1)
      """, name + [.integer(now.milliseconds)])
    let recent = try session.rows(
      """
      SELECT last FROM address WHERE source = ?1 AND visited_at IS NOT NULL AND last IS NOT NULL
      ORDER BY visited_at DESC LIMIT 20
      """, name)
    let failures = recent.filter { ["failed", "blocked"].contains($0.text(0) ?? "") }.count
    return StoreHealth.SourceHealth(
      name: source, lastAnswer: answer.map(Timestamp.init(milliseconds:)),
      blockedUntil: blocked.map(Timestamp.init(milliseconds:)), recentFailures: failures,
      recent: recent.count,
      isScheduled: try session.row(
        "SELECT 1 FROM address WHERE source = ?1 AND due_at IS NOT NULL LIMIT 1", name) != nil)
  }

  /// When each alert was last mailed, and with which count.
  public func alertsMailed() throws -> [String: (at: Timestamp, count: Int)] {
    try engine.read { session in
      var mailed: [String: (at: Timestamp, count: Int)] = [:]
      for row in try session.rows("SELECT name, at, count FROM alert") {
        guard let name = row.text(0), let at = row.integer(1) else { continue }
        mailed[name] = (Timestamp(milliseconds: at), Int(row.integer(2) ?? 0))
      }
      return mailed
    }
  }

  /// Notes which alerts were mailed; those that are not among `current` any more are forgotten, so that
  /// they are mailed at once when they come back.
  public func noteAlerts(
    mailed: [String: Int], current: Set<String>, at: Timestamp
  ) throws {
    try engine.write { session in
      for row in try session.rows("SELECT name FROM alert") {
        if let name = row.text(0), !current.contains(name) {
          try session.execute("DELETE FROM alert WHERE name = ?1", [.text(name)])
        }
      }
      for (name, count) in mailed {
        try session.execute(
          """
          INSERT INTO alert (name, at, count) VALUES (?1, ?2, ?3)
          ON CONFLICT (name) DO UPDATE SET at = excluded.at, count = excluded.count
          """, [.text(name), .integer(at.milliseconds), SQLValue(count)])
      }
    }
  }
}
