import ArgumentParser
import CaseStore
import Crawling
import Linking
import Vocabulary

/// `adwatch links`.
struct Links: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What joins adverts: contacts, nearly identical texts, places and dates.",
    discussion: """
      Shows what is known of an advert, a contact or a cluster, and why adverts stand together. What
      a person knows better is recorded with a reason, by name, and can be undone by a later entry.

      Example:
        adwatch links clusters
        adwatch links https://ads.example/17
        adwatch links '020 7946 0123' --country GB
        adwatch links 1204 --texts
        adwatch links part 1204 1310 --why "another person with the same name"
      """,
    subcommands: [
      LinksShow.self, LinksClusters.self, LinksJoin.self, LinksPart.self, LinksDisregard.self,
      LinksTrust.self, LinksUndo.self,
    ], defaultSubcommand: LinksShow.self)
}

/// `adwatch links show`, which is meant when nothing else is said.
struct LinksShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Why adverts stand together, and where and when they were.",
    discussion: """
      Example:
        adwatch links show phone:+442079460123 --json
      """)

  @Argument(
    help: ArgumentHelp(
      "An advert's address, a contact in any writing, or the number of a cluster or an advert.",
      valueName: "url|selector|cluster"))
  var what: String

  @OptionGroup var data: DataOption

  @Option(help: "The country in which a telephone number is dialled as it is written, as GB.")
  var country: String?

  @Flag(help: "Also the texts beside each other: what they share, and what differs.")
  var texts = false

  @Flag(help: "One JSON object instead of text.")
  var json = false

  func run() throws {
    let folder = try DataFolder(path: data.data, access: .read)
    let question = LinkQuestion(what, country: country)
    guard let report = try LinkReport(question, in: folder.store, showsTexts: texts) else {
      throw UsageProblem(description: "nothing is held of '\(shown(what))'; " + question.hint)
    }
    try Output.print(json ? report.json : report.text(width: Output.columns))
    let waiting = try folder.store.waitingLinks()
    if waiting > 0 {
      Output.complain(
        "adwatch: \(waiting) adverts wait to be linked; the next 'adwatch crawl' does it")
    }
  }
}
