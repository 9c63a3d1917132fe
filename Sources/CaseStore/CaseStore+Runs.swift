public import Vocabulary

extension CaseStore {
  /// One start of a command that changes what is held: which software, which patterns, who.
  public struct Run: Sendable, Hashable {
    /// The row that captures refer to.
    public var id: Int64
  }

  /// Records that a run began and returns it.
  public func beginRun(
    command: String, software: String, patternsDigest: String?, by actor: Actor, at: Timestamp
  ) throws -> Run {
    try engine.write { session in
      let actorID = try Self.identifier(of: actor, at: at, in: session)
      let id = try session.integer(
        """
        INSERT INTO run (command, software, patterns_digest, actor, started_at)
        VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id
        """,
        [
          .text(command), .text(software), SQLValue(patternsDigest), .integer(actorID),
          .integer(at.milliseconds),
        ])
      guard let id else { throw CaseStoreError.failed("a run was not stored") }
      _ = try Self.append(
        action: "run.start", subject: "run:\(id)",
        payload: Self.startPayload(command: command, software: software, patterns: patternsDigest),
        by: actor, at: at, in: session)
      return Run(id: id)
    }
  }

  static func startPayload(command: String, software: String, patterns: String?) -> String {
    json(["command": command, "software": software, "patterns": patterns])
  }

  /// Records that a run goes on with other patterns: which until now, which from now on.
  public func changePatterns(
    of run: Run, from old: String, to new: String, by actor: Actor, at: Timestamp
  ) throws {
    try record(
      action: "patterns.change", subject: "run:\(run.id)", payload: ["from": old, "to": new],
      by: actor, at: at)
  }

  /// Records how a run ended.
  public func endRun(_ run: Run, outcome: String, by actor: Actor, at: Timestamp) throws {
    try engine.write { session in
      try session.execute(
        "UPDATE run SET ended_at = ?2, outcome = ?3 WHERE id = ?1",
        [.integer(run.id), .integer(at.milliseconds), .text(outcome)])
      _ = try Self.append(
        action: "run.end", subject: "run:\(run.id)",
        payload: Self.json(["outcome": outcome]), by: actor, at: at, in: session)
    }
  }
}
