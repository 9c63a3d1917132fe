public import Vocabulary

/// How a source has done lately.
public struct SourceHealth: Sendable {
  /// Its name.
  public var name: String
  /// When a page of it was last fetched.
  public var lastSuccess: Timestamp?
  /// When its next address is due.
  public var nextVisit: Timestamp?
  /// New adverts on each of the last days, the oldest day first.
  public var newAdverts: [Int64]
  /// Captures of the last days.
  public var captures: Int64 = 0
  /// Of them, pages that a wall stood before.
  public var blocked: Int64 = 0
  /// Of them, those that brought no page, by outcome.
  public var failures: [String: Int64] = [:]
  /// Addresses that robots rules keep us from.
  public var refusedByRobots: Int64 = 0
  /// What was decided about each host's robots file, and when it is read again.
  public var robots: [(origin: String, kind: String, expires: Timestamp)] = []
}

extension CaseStore {
  /// Days that the health of sources tells of.
  public static let healthDays = 14
  /// Captures that it reads at most, the latest.
  public static let healthCaptures: Int64 = 200_000

  /// The health of every source by name; reads every address, so it is counted apart from pages.
  public func sourceHealth(at now: Timestamp) throws -> [SourceHealth] {
    try engine.read { session in
      let start = now.milliseconds - Int64(Self.healthDays) * 86_400_000
      var all: [String: SourceHealth] = [:]
      for row in try session.rows("SELECT name FROM source ORDER BY name") {
        guard let name = row.text(0) else { continue }
        all[name] = SourceHealth(
          name: name, newAdverts: Array(repeating: 0, count: Self.healthDays))
      }
      try session.forEach(
        """
        SELECT source, MIN(due_at), COUNT(CASE WHEN outcome = 'robots' THEN 1 END) FROM address
        GROUP BY source
        """, []
      ) { row in
        guard let name = row.text(0) else { return true }
        all[name]?.nextVisit = row.integer(1).map(Timestamp.init(milliseconds:))
        all[name]?.refusedByRobots = row.integer(2) ?? 0
        return true
      }
      try session.forEach(
        """
        SELECT source, (first_seen - ?1) / 86400000, COUNT(*) FROM advert WHERE first_seen >= ?1
        GROUP BY 1, 2
        """, [.integer(start)]
      ) { row in
        guard let name = row.text(0), let day = row.integer(1), day >= 0 else { return true }
        let place = min(Int(day), Self.healthDays - 1)
        all[name]?.newAdverts[place] += row.integer(2) ?? 0
        return true
      }
      try captures(since: start, in: session, &all)
      try robots(in: session, &all)
      return all.values.sorted { $0.name < $1.name }
    }
  }

  private func captures(
    since start: Int64, in session: any SQLSession, _ all: inout [String: SourceHealth]
  ) throws {
    try session.forEach(
      """
      SELECT c.source, c.outcome, COUNT(*), MAX(c.ended_at),
        COUNT(CASE WHEN p.page = 'blocked' THEN 1 END)
      FROM capture c LEFT JOIN page_analysis p ON p.capture = c.id
      WHERE c.id > (SELECT MAX(id) FROM capture) - ?2 AND c.began_at >= ?1 GROUP BY 1, 2
      """, [.integer(start), .integer(Self.healthCaptures)]
    ) { row in
      guard let name = row.text(0), let outcome = row.text(1), let count = row.integer(2) else {
        return true
      }
      all[name]?.captures += count
      all[name]?.blocked += row.integer(4) ?? 0
      if outcome == "fetched" || outcome == "not-modified" {
        let ended = row.integer(3).map(Timestamp.init(milliseconds:))
        let before = all[name]?.lastSuccess
        all[name]?.lastSuccess = [before, ended].compactMap { $0 }.max()
      } else {
        all[name]?.failures[outcome, default: 0] += count
      }
      return true
    }
  }

  private func robots(in session: any SQLSession, _ all: inout [String: SourceHealth]) throws {
    let files = try session.rows(
      "SELECT origin, kind, expires_at FROM robots ORDER BY origin LIMIT 2000")
    for row in files {
      guard let origin = row.text(0), let kind = row.text(1) else { continue }
      // Below "origin/" and "origin0" lie exactly the addresses of that origin.
      let source = try session.row(
        "SELECT source FROM address WHERE url >= ?1 || '/' AND url < ?1 || '0' LIMIT 1",
        [.text(origin)])?.text(0)
      guard let source else { continue }
      all[source]?.robots.append(
        (origin, kind, Timestamp(milliseconds: row.integer(2) ?? 0)))
    }
  }
}
