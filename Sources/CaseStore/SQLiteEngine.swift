import Foundation
import GRDB

/// SQLite in write-ahead mode: the engine of one machine.
///
/// Every commit is synced to disk before it returns (`synchronous = FULL`): the politeness of the
/// crawler after a power cut depends on it.
public struct SQLiteEngine: SQLEngine {
  private let pool: DatabasePool

  /// Opens or creates the database file at `path`.
  public init(path: String) throws(CaseStoreError) {
    var settings = GRDB.Configuration()
    settings.foreignKeysEnabled = true
    settings.busyMode = .timeout(10)
    settings.maximumReaderCount = 4
    settings.prepareDatabase { db in
      try db.execute(sql: "PRAGMA synchronous = FULL")
      // Debian compiles SQLite to overwrite deleted content; purge does that on its own terms.
      try db.execute(sql: "PRAGMA secure_delete = OFF")
      try db.execute(sql: "PRAGMA temp_store = MEMORY")
    }
    do {
      pool = try DatabasePool(path: path, configuration: settings)
    } catch {
      throw CaseStoreError(error)
    }
  }

  public func write<T>(_ body: (any SQLSession) throws -> T) throws -> T {
    try translated {
      try pool.write { db in try body(SQLiteSession(db: db)) }
    }
  }

  public func read<T>(_ body: (any SQLSession) throws -> T) throws -> T {
    try translated {
      try pool.read { db in try body(SQLiteSession(db: db)) }
    }
  }

  public func compact() throws {
    try translated {
      try pool.vacuum()
      // What was deleted stands in the log of changes until that is emptied.
      try pool.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
    }
  }

  public func copy(to path: String) throws {
    try translated {
      try pool.writeWithoutTransaction { db in
        try db.execute(sql: "VACUUM INTO ?", arguments: [path])
      }
    }
  }

  public var migrations: [Migration] { SQLiteSchema.migrations }

  private func translated<T>(_ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw CaseStoreError(error)
    }
  }
}

private struct SQLiteSession: SQLSession {
  let db: Database

  func execute(_ sql: String, _ arguments: [SQLValue]) throws {
    let statement = try db.cachedStatement(sql: sql)
    try statement.execute(arguments: StatementArguments(arguments.map { $0.stored }))
  }

  func forEach(_ sql: String, _ arguments: [SQLValue], _ body: (SQLRow) throws -> Bool) throws {
    let statement = try db.cachedStatement(sql: sql)
    let cursor = try Row.fetchCursor(
      statement, arguments: StatementArguments(arguments.map { $0.stored }))
    while let row = try cursor.next() {
      let values = (0..<row.count).map { SQLValue(row[$0] as DatabaseValue) }
      guard try body(SQLRow(values: values)) else { return }
    }
  }
}

extension SQLValue {
  fileprivate var stored: DatabaseValue {
    switch self {
    case .null: .null
    case .integer(let value): value.databaseValue
    case .real(let value): value.databaseValue
    case .text(let value): value.databaseValue
    case .blob(let value): Data(value).databaseValue
    }
  }

  fileprivate init(_ value: DatabaseValue) {
    switch value.storage {
    case .null: self = .null
    case .int64(let number): self = .integer(number)
    case .double(let number): self = .real(number)
    case .string(let text): self = .text(text)
    case .blob(let data): self = .blob([UInt8](data))
    }
  }
}

extension CaseStoreError {
  init(_ error: any Error) {
    guard let error = error as? DatabaseError else {
      self = .failed("\(error)")
      return
    }
    switch error.resultCode {
    case .SQLITE_FULL: self = .diskFull
    case .SQLITE_IOERR where error.message?.contains("full") == true: self = .diskFull
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .damaged(error.message ?? "not a database")
    // What a trigger refuses is refused in its own words.
    case _ where error.extendedResultCode == .SQLITE_CONSTRAINT_TRIGGER:
      self = .refused(error.message ?? "refused by the database")
    default: self = .failed(error.description)
    }
  }
}
