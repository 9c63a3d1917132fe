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
      network, and joins adverts that share something anew. --compare takes the links as they are; it
      says which adverts would be flagged or dropped and which patterns do it, and changes nothing; it
      then exits with 1 when there are any. It reads pages from the archive only where their stored
      text does not do.

      Example:
        adwatch replay --compare
      """)

  @OptionGroup var data: DataOption
  @OptionGroup var seeds: SeedsOption
  @OptionGroup var patterns: PatternsOption

  @Flag(help: "Show what would change, and change nothing.")
  var compare = false

  @Flag(help: "With --compare, read every page from the archive.")
  var rereading = false

  func validate() throws {
    guard compare || !rereading else {
      throw ValidationError("--rereading goes with --compare; without it every page is read anyway")
    }
  }

  func run() async throws {
    let analyser = try patterns.analyser()
    let folder = try DataFolder(path: data.data, access: compare ? .read : .write)
    let replay = Replay(folder: folder, seeds: try seeds.folder(), analyser: analyser)
    let run = compare ? nil : try begin(folder, analyser.version.text)
    let progress = Self.progress(every: Output.isInteractive ? 1024 : 12_800)
    let summary =
      try compare
      ? replay.compare(rereading: rereading, progress: progress)
      : replay.run(progress: progress)
    if let run {
      try folder.store.endRun(run, outcome: "done", by: Operator.actor, at: Timestamp.now)
    }
    for change in summary.changes { try Output.print(line(change)) }
    for effect in summary.effects {
      try Output.print(
        "  \(effect.pattern ?? "no pattern, but strengths or the rule"): +\(effect.flagged) "
          + "-\(effect.dropped)")
    }
    for page in summary.unreadable { Output.complain("adwatch: unreadable: \(shown(page))") }
    if summary.disagreed > 0, !rereading {
      Output.complain(
        "adwatch: warning: \(summary.disagreed) of \(summary.checked) stored texts are not what the "
          + "archive gives now; everything was read from the archive")
    }
    try Output.print(total(of: summary))
    if summary.links.linked > 0 {
      let links = summary.links
      try Output.print(
        "\(links.linked) adverts linked: \(links.newlyFlagged) newly for review by what they share, "
          + "\(links.dropped) dropped.")
    }
    if !summary.unreadable.isEmpty || (compare && !summary.changes.isEmpty) {
      throw StatusError(status: .found)
    }
  }

  private static func progress(every interval: Int) -> (Int) -> Bool {
    var next = interval
    return { pages in
      if pages >= next {
        Output.complain("\(pages) pages")
        next = pages + interval
      }
      return true
    }
  }

  private func line(_ change: Replay.Change) -> String {
    let reasons = change.gained.map { "+\($0)" } + change.lost.map { "-\($0)" }
    return "\(change.isNewlyFlagged ? "+" : "-") \(shown(change.title ?? change.key)) "
      + "\(shown(change.url)) [\(change.source)] \(reasons.joined(separator: " "))"
  }

  private func total(of summary: Replay.Summary) -> String {
    let gained = summary.changes.filter(\.isNewlyFlagged).count
    let verb = compare ? "would be" : "were"
    return "\(summary.adverts) adverts compared on \(summary.pages) pages, of which "
      + "\(summary.reread) were read from the archive; \(summary.flagged) for review, "
      + "\(gained) \(verb) newly flagged, \(summary.changes.count - gained) dropped."
  }

  private func begin(_ folder: DataFolder, _ version: String) throws -> CaseStore.Run {
    try folder.store.beginRun(
      command: "replay", software: Program.software, patternsDigest: version,
      by: Operator.actor, at: Timestamp.now)
  }
}
