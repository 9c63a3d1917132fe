/// A value that goes into or comes out of the database.
public enum SQLValue: Sendable, Hashable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])
}

/// One row of a result, read by position.
public struct SQLRow: Sendable {
  /// The columns in the order of the query.
  public let values: [SQLValue]

  public init(values: [SQLValue]) { self.values = values }

  /// The whole number in a column; nil when it is null or something else.
  public func integer(_ column: Int) -> Int64? {
    if case .integer(let value) = values[column] { return value }
    return nil
  }

  /// The number in a column; whole numbers count.
  public func real(_ column: Int) -> Double? {
    switch values[column] {
    case .real(let value): value
    case .integer(let value): Double(value)
    default: nil
    }
  }

  /// The text in a column.
  public func text(_ column: Int) -> String? {
    if case .text(let value) = values[column] { return value }
    return nil
  }

  /// The bytes in a column.
  public func blob(_ column: Int) -> [UInt8]? {
    if case .blob(let value) = values[column] { return value }
    return nil
  }
}

/// A transaction in progress: the only way a query reaches the database.
///
/// Queries are written once, with numbered parameters (`?1`, `?2`) in the subset of SQL that SQLite
/// and PostgreSQL share; an engine whose parameters look different translates them. Statements are
/// prepared once and kept by their text, so a query's text is a constant, never put together.
public protocol SQLSession {
  /// Runs a statement that returns nothing.
  func execute(_ sql: String, _ arguments: [SQLValue]) throws
  /// Calls `body` with each row as it is read; nothing is gathered. A false answer ends the reading.
  func forEach(_ sql: String, _ arguments: [SQLValue], _ body: (SQLRow) throws -> Bool) throws
}

extension SQLSession {
  /// Runs a statement without arguments.
  func execute(_ sql: String) throws { try execute(sql, []) }

  /// All rows; for results whose number is bounded by the query.
  func rows(_ sql: String, _ arguments: [SQLValue] = []) throws -> [SQLRow] {
    var rows: [SQLRow] = []
    try forEach(sql, arguments) { row in
      rows.append(row)
      return true
    }
    return rows
  }

  /// The first row, if there is one.
  func row(_ sql: String, _ arguments: [SQLValue] = []) throws -> SQLRow? {
    var first: SQLRow?
    try forEach(sql, arguments) { row in
      first = row
      return false
    }
    return first
  }

  /// The whole number in the first column of the first row.
  func integer(_ sql: String, _ arguments: [SQLValue] = []) throws -> Int64? {
    try row(sql, arguments)?.integer(0)
  }
}

/// A database that runs transactions one after the other for writing, side by side for reading.
public protocol SQLEngine: Sendable {
  /// Runs `body` in a transaction that is rolled back when it throws.
  ///
  /// When it returns, what was written survives a power cut.
  func write<T>(_ body: (any SQLSession) throws -> T) throws -> T
  /// Runs `body` on one consistent state of the database.
  func read<T>(_ body: (any SQLSession) throws -> T) throws -> T
  /// Writes the database anew, so that nothing of what was deleted is left in its files.
  ///
  /// Throws `CaseStoreError.busy` while others read it for long, and `.diskFull` when there is no room
  /// for a second copy.
  func compact() throws
  /// Writes a consistent copy of the database to a file that is not there yet.
  func copy(to path: String) throws
  /// The statements that bring an empty database to each version in turn; named, only ever appended to.
  var migrations: [Migration] { get }
}

/// A named step of the schema.
public struct Migration: Sendable {
  /// Recorded in the database when the step was done; never changed afterwards.
  public let name: String
  /// The statements, each on its own.
  public let statements: [String]
}

extension SQLValue {
  /// A number or null.
  init(_ value: Int?) { self = value.map { .integer(Int64($0)) } ?? .null }
  /// A number or null.
  init(_ value: Int64?) { self = value.map(SQLValue.integer) ?? .null }
  /// A number or null.
  init(_ value: Double?) { self = value.map(SQLValue.real) ?? .null }
  /// A text or null.
  init(_ value: String?) { self = value.map(SQLValue.text) ?? .null }
  /// Bytes or null.
  init(_ value: [UInt8]?) { self = value.map(SQLValue.blob) ?? .null }
  /// 1 or 0.
  init(_ value: Bool) { self = .integer(value ? 1 : 0) }
}
