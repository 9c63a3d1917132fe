/// The database of a data directory: frontier, evidence index, adverts, custody log.
///
/// Every change that matters is recorded in the custody log by the store itself, in the same
/// transaction as what it records; there is no way to make the change without the entry.
public final class CaseStore: Sendable {
  let engine: any SQLEngine
  let linkCache = LinkCache()

  /// Brings the schema up to date and returns the store.
  ///
  /// Throws `CaseStoreError.newer` when the database knows a migration that this version does not.
  public init(_ engine: any SQLEngine) throws {
    self.engine = engine
    try Self.migrate(engine)
    while try engine.read({ try Self.queueWaits(in: $0) }) {
      try engine.write { try Self.settleQueue(most: Self.queueBatch, in: $0) }
    }
  }

  /// Runs `body` in a transaction; the rows that the review shows follow before it ends.
  func write<T>(_ body: (any SQLSession) throws -> T) throws -> T {
    try engine.write { session in
      let result = try body(session)
      try Self.settleQueue(most: .max, in: session)
      return result
    }
  }

  /// Opens or creates the SQLite database at `path`.
  public convenience init(path: String) throws {
    try self.init(SQLiteEngine(path: path))
  }

  private static func migrate(_ engine: any SQLEngine) throws {
    try engine.write { session in
      try session.execute("CREATE TABLE IF NOT EXISTS schema_migration (name TEXT PRIMARY KEY)")
      let done = try session.rows("SELECT name FROM schema_migration ORDER BY name")
        .compactMap { $0.text(0) }
      let known = Set(engine.migrations.map(\.name))
      if let newer = done.first(where: { !known.contains($0) }) {
        throw CaseStoreError.newer(migration: newer)
      }
      for migration in engine.migrations where !done.contains(migration.name) {
        for statement in migration.statements { try session.execute(statement) }
        try session.execute(
          "INSERT INTO schema_migration (name) VALUES (?1)", [.text(migration.name)])
      }
    }
  }
}
