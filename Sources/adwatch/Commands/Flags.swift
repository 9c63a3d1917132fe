import ArgumentParser
import CaseStore
import Crawling
import Vocabulary

/// `adwatch flags`.
struct Flags: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The adverts for review, with the reasons.",
    discussion: """
      A flag means that indicators warrant a look by a person; it never says that somebody is a
      victim or an offender. The urgent lane comes first, then the highest priority.

      Example:
        adwatch flags --json | head -1
      """)

  @OptionGroup var data: DataOption
  @OptionGroup var patterns: PatternsOption

  @Flag(
    help: "One JSON object a line: the scan record, with 'first_seen', 'last_seen' and 'state'.")
  var json = false

  @Option(help: "Show at most so many.")
  var limit: Int?

  func run() throws {
    let folder = try DataFolder(path: data.data, access: .read)
    var count = 0
    let limit = limit ?? .max
    let counts = try folder.store.indicatorCounts()
    let table = FlagTable(
      counts: counts.byIndicator, adverts: counts.adverts, library: patterns.libraryIfAny())
    try folder.store.forEachFlagged { advert in
      guard count < limit else { return false }
      count += 1
      if json {
        try Output.print(FlagRecord(advert).json)
      } else {
        try Output.print(table.entry(advert, number: count))
      }
      return true
    }
    guard !json else { return }
    try Output.print(
      count == 0
        ? "No adverts for review among \(counts.adverts)."
        : "\(count) of \(counts.adverts) adverts for review.")
  }
}
