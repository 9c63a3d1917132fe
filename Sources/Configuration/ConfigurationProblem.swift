/// One thing wrong in a configuration file: where it is, and what was expected there.
public struct ConfigurationProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file as the user named it.
  public var file: String
  /// Line, from 1; 0 when the problem is the file as a whole.
  public var line: Int
  /// Column in Unicode scalars, from 1; 0 with line 0.
  public var column: Int
  /// What is wrong and what to do about it.
  public var message: String
  /// What was probably meant instead, when one word can be guessed; the message says it too.
  public var suggestion: String?

  public init(
    file: String, line: Int = 0, column: Int = 0, message: String, suggestion: String? = nil
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
    self.suggestion = suggestion
  }

  /// `file:line:column: message`, the form that editors turn into a link.
  public var description: String {
    line == 0 ? "\(file): \(message)" : "\(file):\(line):\(column): \(message)"
  }
}

/// Everything wrong that was found in one or several files, at least one problem.
public struct ConfigurationProblems: Error, Sendable, CustomStringConvertible {
  /// Sorted by file, line and column.
  public var problems: [ConfigurationProblem]

  public init(_ problems: [ConfigurationProblem]) {
    self.problems = problems.sorted {
      ($0.file, $0.line, $0.column, $0.message) < ($1.file, $1.line, $1.column, $1.message)
    }
  }

  /// One problem a line.
  public var description: String {
    problems.map(\.description).joined(separator: "\n")
  }
}
