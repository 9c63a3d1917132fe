/// Rows as comma-separated values (RFC 4180), safe to open in a spreadsheet.
public struct CommaTable: Sendable {
  /// The rows as far as they were added, each with its line end.
  public private(set) var text = ""

  /// Begins with a row of names.
  public init(_ columns: [String]) { add(columns) }

  /// Adds a row.
  ///
  /// A cell that begins like a formula gets an apostrophe first: spreadsheets would run it.
  public mutating func add(_ cells: [String]) {
    text +=
      cells.map { cell in
        let isFormula = cell.utf8.first.map { "=+-@\t\r".utf8.contains($0) } ?? false
        let words = (isFormula ? "'" : "") + cell
        let isPlain = words.utf8.allSatisfy { ![0x22, 0x2C, 0x0A, 0x0D].contains($0) }
        return isPlain
          ? words
          : "\""
            + words.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"") + "\""
      }.joined(separator: ",") + "\r\n"
  }
}
