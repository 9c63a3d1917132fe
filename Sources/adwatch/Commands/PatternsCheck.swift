import Analysis
import ArgumentParser
import Bytes
import Configuration
import Matching
import PatternTools

extension Patterns {
  /// `adwatch patterns check`.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Read the packs and the rule and say everything that is wrong with them.",
      discussion: """
        Errors keep the packs from being used and end with 2. Warnings are about what is allowed and
        probably not meant, or slow; with --strict they end with 1.

        Example:
          adwatch patterns check --patterns Patterns --strict
        """)

    @OptionGroup var patterns: PatternsOption

    @Flag(help: "Exit with 1 when there are warnings.")
    var strict = false

    @Flag(help: "One JSON object.")
    var json = false

    func run() throws {
      let report = PackReport(path: try patterns.path())
      try Output.print(json ? report.json : report.text)
      if !report.errors.isEmpty { throw StatusError(status: .usage) }
      if strict, !report.warnings.isEmpty { throw StatusError(status: .found) }
    }
  }
}
