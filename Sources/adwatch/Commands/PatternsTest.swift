import Analysis
import ArgumentParser
import Configuration
import Matching
import PatternTools

extension Patterns {
  /// `adwatch patterns test`.
  struct Test: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Run the packs' own examples and explain those that fail.",
      discussion: """
        Every text under 'match' has to be found by a pattern of its indicator, and none under 'miss'
        may be. Exits with 1 when one is not as it should be.

        Example:
          adwatch patterns test L05 L11
        """)

    @OptionGroup var patterns: PatternsOption

    @Flag(help: "One JSON object.")
    var json = false

    @Argument(help: "Indicators; by default all.")
    var ids: [String] = []

    func run() throws {
      let folder = try PatternFolder(path: try patterns.path())
      let wanted = try checked(ids, in: folder.library)
      let matcher = try Matcher(folder.library)
      let cases = ExampleCase.all(in: folder.library, of: wanted)
      let outcomes = Parallel.map(cases) { $0.run(matcher) }
      let report = ExampleReport(
        results: Array(zip(cases, outcomes)),
        patterns: matcher.library.packs.flatMap(\.indicators)
          .filter { wanted?.contains($0.id) ?? true }.flatMap(\.patterns).map(\.name))
      try Output.print(json ? report.json : report.text)
      if !report.failures.isEmpty { throw StatusError(status: .found) }
    }

    private func checked(_ ids: [String], in library: PatternLibrary) throws -> Set<String>? {
      let known = library.packs.flatMap(\.indicators).map(\.id)
      for id in ids where library.indicator(id) == nil {
        let near = ConfigurationReader.nearest(to: id, in: known).map { "; did you mean '\($0)'?" }
        throw UsageProblem(
          description: "no pack defines the indicator '\(shown(id))'\(near ?? "")")
      }
      return ids.isEmpty ? nil : Set(ids)
    }
  }
}
