import CrawlFrontier
public import Vocabulary

extension CaseStore {
  /// Writes a consistent copy of the database to a file that is not there yet; others may go on writing.
  public func copy(to path: String) throws { try engine.copy(to: path) }

  /// Makes a database that was restored from an older copy polite again.
  ///
  /// What happened since the copy is not known: no group is asked before `until`, nor before the delay
  /// that it had asked for has passed since; what was learned of robots.txt is asked for anew. Recorded
  /// in the custody log.
  public func noteRestored(
    from description: [String: String], until: Timestamp, by actor: Actor, at: Timestamp
  ) throws {
    try engine.write { session in
      for row in try session.rows(
        "SELECT key, next_allowed, delay, COALESCE(crawl_delay, 0) FROM politeness_group")
      {
        let delay = max(row.real(2) ?? 0, row.real(3) ?? 0)
        let next = max(
          row.integer(1) ?? 0, until.milliseconds, at.milliseconds + Int64(min(delay, 1e9) * 1000))
        try session.execute(
          """
          UPDATE politeness_group SET next_allowed = ?2, blocked_until =
            CASE WHEN COALESCE(blocked_until, 0) > ?3 THEN blocked_until ELSE ?3 END WHERE key = ?1
          """, [row.values[0], .integer(next), .integer(until.milliseconds)])
      }
      // A group of which nothing was asked yet has no row; it may have been asked since the copy.
      try session.execute(
        """
        INSERT INTO politeness_group (key, next_allowed, blocked_until, delay, backoff_step,
          failure_step)
        SELECT DISTINCT group_key, ?1, ?1, ?2, 0, 0 FROM address WHERE true
        ON CONFLICT (key) DO NOTHING
        """, [.integer(until.milliseconds), .real(Politeness.defaultDelay)])
      try session.execute(
        "UPDATE robots SET expires_at = ?1 WHERE expires_at > ?1",
        [
          .integer(at.milliseconds)
        ])
      _ = try Self.append(
        action: "restore", subject: "database", payload: Self.json(description.mapValues { $0 }),
        by: actor, at: at, in: session)
    }
  }
}
