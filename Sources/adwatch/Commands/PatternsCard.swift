import Analysis
import ArgumentParser
import Crawling
import Foundation
import Matching
import PatternTools
import Vocabulary

extension Patterns {
  /// `adwatch patterns card`.
  struct Card: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print a card of indicators for people in the front line.",
      discussion: """
        One HTML file without anything to load: A4, two columns, by barrier. Of indicators of minors
        and of packs for sexual services only the title is shown.

        Example:
          adwatch patterns card --form labour --lang nl --output card.html
        """)

    @OptionGroup var patterns: PatternsOption

    @Option(help: "The form of advert: sex, labour or recruitment.", transform: Self.form)
    var form: Form

    @Option(help: "The language, such as en or nl; what is not translated is in English.")
    var lang = "en"

    @Option(help: "The file to write; by default standard output.")
    var output: String?

    private static func form(_ name: String) throws -> Form {
      guard let form = Form(rawValue: name) else {
        let names = Form.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("expected one of \(names)")
      }
      return form
    }

    func run() throws {
      let folder = try PatternFolder(path: try patterns.path())
      let languages = IndicatorCard.languages(of: folder.library)
      guard languages.contains(lang) else {
        throw UsageProblem(
          description: "no title is in '\(shown(lang))'; there are titles in "
            + languages.joined(separator: ", "))
      }
      let card = IndicatorCard(
        library: folder.library, digest: folder.digest, form: form, language: lang,
        date: String(Timestamp.now.rfc3339.prefix(10)))
      guard let output else {
        try Output.write(Array(card.html.utf8))
        return
      }
      do {
        try Data(card.html.utf8).write(to: URL(fileURLWithPath: output), options: .atomic)
      } catch {
        Output.complain(
          "adwatch: '\(shown(output))' cannot be written: \(error.localizedDescription)")
        throw StatusError(status: .unfinished)
      }
    }
  }
}
