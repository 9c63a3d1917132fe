import Analysis
import ArgumentParser
import Foundation
import PatternTools

extension Patterns {
  /// `adwatch patterns catalogue`.
  struct Catalogue: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write the page that explains every indicator to analysts.",
      discussion: """
        Markdown, made from the packs alone: meaning, barriers, strength, evidence, sources, innocent
        explanations and languages of each indicator.

        Example:
          adwatch patterns catalogue --output docs/manual/indicators.md
        """)

    @OptionGroup var patterns: PatternsOption

    @Option(help: "The file to write; by default standard output.")
    var output: String?

    func run() throws {
      let folder = try PatternFolder(path: try patterns.path())
      let page = IndicatorCatalogue(folder.library).markdown
      guard let output else {
        try Output.write(Array(page.utf8))
        return
      }
      do {
        try Data(page.utf8).write(to: URL(fileURLWithPath: output), options: .atomic)
      } catch {
        Output.complain(
          "adwatch: '\(shown(output))' cannot be written: \(error.localizedDescription)")
        throw StatusError(status: .unfinished)
      }
    }
  }
}
