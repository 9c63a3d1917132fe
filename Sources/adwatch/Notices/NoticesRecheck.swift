import ArgumentParser
import CaseStore
import Crawling
import Vocabulary

/// `adwatch notices recheck`.
struct NoticesRecheck: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recheck",
    abstract: "Looks whether what notices asked for has happened.",
    discussion: """
      Every running crawl looks by itself when a look is due. This makes what is due, or with --now every
      watched address, part of the crawler's queue; robots.txt, scope and pace hold as ever. While a crawl
      runs in the data directory it does the fetching; otherwise this does, and nothing else.

      Example:
        adwatch notices recheck --seeds Seeds
      """)

  @OptionGroup var data: DataOption
  @OptionGroup var seeds: SeedsOption
  @OptionGroup var patterns: PatternsOption

  @Option(help: "Only what this notice is about.")
  var notice: Int64?

  @Flag(help: "Look now, whatever the schedule says.")
  var now = false

  func run() async throws {
    if let writer = DataFolder.writer(at: data.data) { return try queue(for: writer) }
    let folder = try DataFolder(path: data.data, access: .write)
    let groups = try folder.store.askRechecks(of: notice, all: now, at: Timestamp.now)
    if !groups.isEmpty { _ = try await session(in: folder).run() }
    try judge(folder.store)
  }

  /// A crawl is running: it looks by itself.
  private func queue(for writer: String) throws {
    let store = try DataFolder(path: data.data, access: .read).store
    let groups = try store.askRechecks(of: notice, all: now, at: Timestamp.now)
    try Output.print(
      "queued for \(shown(writer)): \(groups.isEmpty ? "nothing" : groups.joined(separator: " "))")
    try show(store)
  }

  private func session(in folder: DataFolder) throws -> CrawlSession {
    var options = CrawlOptions(software: Program.software, actor: Operator.actor)
    options.once = true
    options.onlyRechecks = true
    options.contact = try Settings(data: data.data).contact
    return CrawlSession(
      folder: folder, seeds: try seeds.folder(), analyser: try patterns.watch(),
      options: options, metrics: nil, showsProgress: false)
  }

  /// Judges also what ordinary crawls brought since.
  private func judge(_ store: CaseStore) throws {
    _ = try store.settleRechecks(by: Operator.actor, at: Timestamp.now)
    try store.keepNoticeTime(by: NoticeWork.program, at: Timestamp.now)
    try show(store)
  }

  private func show(_ store: CaseStore) throws {
    for target in try store.watchedTargets(of: notice) {
      try Output.print(
        "notice \(target.notice) \(shown(target.url)): \(target.verdict.rawValue), next look "
          + (target.next?.rfc3339 ?? "none"))
    }
  }
}
