/// Why the case store could not do what was asked.
public enum CaseStoreError: Error, Sendable, Hashable, CustomStringConvertible {
  /// No room is left on the disk; what was committed before is intact.
  case diskFull
  /// Another process holds the database.
  case busy
  /// The database file is not what it should be.
  case damaged(String)
  /// The data directory was written by a newer version, which applied this migration.
  case newer(migration: String)
  /// Another process works on the data directory; its identity as it wrote it.
  case held(by: String)
  /// What was asked for cannot be done with what is there; says why.
  case refused(String)
  /// Something else; the engine's own words.
  case failed(String)

  public var description: String {
    switch self {
    case .diskFull:
      "no space left on the disk; what was committed is intact: free some space and start again"
    case .busy: "the database is in use by another process; try again"
    case .damaged(let what): "the database is damaged (\(what)); restore it from a backup"
    case .newer(let migration):
      "the data directory was written by a newer version (it has '\(migration)'); use that version"
    case .held(let holder): "the data directory is in use by \(holder)"
    case .refused(let why): why
    case .failed(let what): "database error: \(what)"
    }
  }
}
