public import Vocabulary

/// A source or a politeness group that a person has paused.
public struct Pause: Sendable, Hashable {
  /// What can be paused.
  public enum Kind: String, Sendable, Hashable, CaseIterable { case source, group }
  public var kind: Kind
  /// Name of the source or key of the group.
  public var name: String
  /// Why, in the person's words.
  public var reason: String
  public var since: Timestamp
  /// Who did it.
  public var actor: String

  public init(kind: Kind, name: String, reason: String, since: Timestamp, actor: String) {
    self.kind = kind
    self.name = name
    self.reason = reason
    self.since = since
    self.actor = actor
  }
}

extension CaseStore {
  /// Everything that is paused.
  public func pauses() throws -> [Pause] {
    try engine.read { session in
      try session.rows(
        """
        SELECT p.kind, p.name, p.reason, p.since, a.name FROM pause p
        JOIN actor a ON a.id = p.actor ORDER BY p.kind, p.name
        """
      ).compactMap { row in
        guard let kind = row.text(0).flatMap(Pause.Kind.init(rawValue:)), let name = row.text(1),
          let since = row.integer(3)
        else { return nil }
        return Pause(
          kind: kind, name: name, reason: row.text(2) ?? "",
          since: Timestamp(milliseconds: since), actor: row.text(4) ?? "")
      }
    }
  }

  /// Pauses a source or a group until it is resumed, whatever is restarted meanwhile.
  ///
  /// Pausing again changes the reason. It is an event of the custody log: a gap in what was seen has
  /// to be explained later.
  public func pause(
    _ kind: Pause.Kind, _ name: String, reason: String, by actor: Actor, at: Timestamp
  ) throws {
    try engine.write { session in
      let actorID = try Self.identifier(of: actor, at: at, in: session)
      try session.execute(
        """
        INSERT INTO pause (kind, name, reason, since, actor) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (kind, name) DO UPDATE SET reason = excluded.reason, actor = excluded.actor
        """,
        [
          .text(kind.rawValue), .text(name), .text(reason), .integer(at.milliseconds),
          .integer(actorID),
        ])
      _ = try Self.append(
        action: "\(kind.rawValue).pause", subject: "\(kind.rawValue):\(name)",
        payload: Self.json(["reason": reason]), by: actor, at: at, in: session)
    }
  }

  /// Ends a pause; false when there was none.
  public func resume(
    _ kind: Pause.Kind, _ name: String, by actor: Actor, at: Timestamp
  ) throws -> Bool {
    try engine.write { session in
      let key: [SQLValue] = [.text(kind.rawValue), .text(name)]
      let row = try session.row("SELECT since FROM pause WHERE kind = ?1 AND name = ?2", key)
      guard let since = row?.integer(0) else { return false }
      try session.execute("DELETE FROM pause WHERE kind = ?1 AND name = ?2", key)
      _ = try Self.append(
        action: "\(kind.rawValue).resume", subject: "\(kind.rawValue):\(name)",
        payload: Self.json(["paused_since": Timestamp(milliseconds: since).rfc3339]), by: actor,
        at: at, in: session)
      return true
    }
  }
}
