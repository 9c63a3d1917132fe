public import Configuration

/// Runs the examples of a library's indicators: the proof that its patterns do what they say.
///
/// An example under `match` has to be hit by at least one pattern of its indicator, in whatever
/// language, and one under `miss` by none; exceptions (`unless`) are in force.
public struct ExampleCheck: Sendable {
  /// Examples that were run.
  public let count: Int
  /// What is wrong, at the place of each example.
  public let failures: [ConfigurationProblem]
  /// Names of patterns that no example under `match` is hit by: not wrong, but not shown to work.
  public let unproven: [String]

  /// Runs every example of the matcher's library.
  public init(_ matcher: Matcher) {
    var count = 0
    var failures: [ConfigurationProblem] = []
    var proven: Set<String> = []
    for pack in matcher.library.packs {
      for indicator in pack.indicators {
        for (language, examples) in indicator.examples.sorted(by: { $0.key < $1.key }) {
          for example in examples.match where !indicator.patterns.isEmpty {
            count += 1
            let result = matcher.match(Array(example.text.utf8))
            let own = result.hits.filter { $0.indicator == indicator.id }
            proven.formUnion(own.map(\.pattern))
            guard own.isEmpty else { continue }
            let cancelled = result.cancelled.first { $0.indicator == indicator.id }
            failures.append(
              Self.problem(
                example,
                "no pattern of \(indicator.id) matches this '\(language)' example"
                  + (cancelled.map { "; 'unless' cancelled \($0.pattern)" } ?? "")))
          }
          for example in examples.miss {
            count += 1
            let own = matcher.match(Array(example.text.utf8)).hits
              .filter { $0.indicator == indicator.id }
            guard let hit = own.first else { continue }
            let words = Array(example.text.utf8)[hit.range]
            failures.append(
              Self.problem(
                example,
                "\(hit.pattern) matches '\(String(decoding: words, as: UTF8.self))' in this "
                  + "'\(language)' example, which it should not"))
          }
        }
      }
    }
    self.count = count
    self.failures = ConfigurationProblems(failures).problems
    unproven = matcher.patterns.map(\.name).filter { !proven.contains($0) }.sorted()
  }

  private static func problem(_ example: Example, _ message: String) -> ConfigurationProblem {
    ConfigurationProblem(
      file: example.place.file, line: example.place.line, column: example.place.column,
      message: message)
  }
}
