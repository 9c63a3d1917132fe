import Analysis
import ArgumentParser
import CaseStore
import Crawling
import Vocabulary

/// `adwatch replay`.
struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Assess the archive again with today's patterns.",
    discussion: """
      Reads every page back from the archive and runs the same analysis as a crawl, without the
      network. --compare says which adverts would be flagged or dropped, and changes nothing; it then
      exits with 1 when there are any.

      Example:
        adwatch replay --compare
      """)

  @OptionGroup var data: DataOption
  @OptionGroup var seeds: SeedsOption
  @OptionGroup var patterns: PatternsOption

  @Flag(help: "Show what would change, and change nothing.")
  var compare = false

  func run() async throws {
    let analyser = try patterns.analyser()
    let folder = try DataFolder(path: data.data, access: compare ? .read : .write)
    let replay = Replay(folder: folder, seeds: try seeds.folder(), analyser: analyser)
    let run = compare ? nil : try begin(folder, analyser.version)
    let interval = Output.isInteractive ? 128 : 12_800
    let summary = try replay.run(comparing: compare) { pages in
      if pages % interval == 0 { Output.complain("\(pages) pages") }
      return true
    }
    if let run {
      try folder.store.endRun(run, outcome: "done", by: Operator.actor, at: Timestamp.now)
    }
    for change in summary.changes {
      let sign = change.isNewlyFlagged ? "+" : "-"
      let reasons =
        change.gained.map { "+\($0)" } + change.lost.map { "-\($0)" }
      try Output.print(
        "\(sign) \(shown(change.title ?? change.key)) \(shown(change.url)) "
          + "[\(change.source)] \(reasons.joined(separator: " "))")
    }
    for page in summary.unreadable { Output.complain("adwatch: unreadable: \(shown(page))") }
    let verb = compare ? "would be" : "were"
    let gained = summary.changes.filter(\.isNewlyFlagged).count
    try Output.print(
      "\(summary.pages) pages, \(summary.adverts) adverts, \(summary.flagged) for review; "
        + "\(gained) \(verb) newly flagged, \(summary.changes.count - gained) dropped.")
    if !summary.unreadable.isEmpty || (compare && !summary.changes.isEmpty) {
      throw StatusError(status: .found)
    }
  }

  private func begin(_ folder: DataFolder, _ version: String) throws -> CaseStore.Run {
    try folder.store.beginRun(
      command: "replay", software: Program.software, patternsDigest: version,
      by: Operator.actor, at: Timestamp.now)
  }
}
