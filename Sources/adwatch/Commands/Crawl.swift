import ArgumentParser
import CaseStore
import Crawling
import Synchronization

/// `adwatch crawl`.
struct Crawl: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Crawl what is due.",
    discussion: """
      Fetches what the sources' schedules say is due, politely, keeps every exchange as evidence, joins
      the adverts found to those they share something with, and assesses them. A change of the packs
      is in force from the next page on. Without --once it goes on as a service until it is told to
      stop. Ctrl-C and SIGTERM stop cleanly; a second start goes on where the first ended. A budget of
      requests, bytes or time ends a run in the same way.

      Example:
        adwatch crawl --seeds Seeds --once
      """)

  @OptionGroup var data: DataOption
  @OptionGroup var seeds: SeedsOption
  @OptionGroup var patterns: PatternsOption

  @OptionGroup var budget: BudgetOption

  @Flag(help: "One pass over what is due, then exit.")
  var once = false

  @Flag(help: "Visit everything known again now, whatever the schedule says.")
  var revisit = false

  @Option(help: "With --once, the longest wait in seconds for a server that asked for patience.")
  var longestWait = 600.0

  @Option(help: "Requests at the same time, over all groups.")
  var concurrency = 32

  @Option(help: "Serve figures for Prometheus at this address of this machine, as 127.0.0.1:9464.")
  var metrics: String?

  @Option(help: "How log lines are written: text or json.")
  var log = ConsoleLog.Form.text

  func validate() throws {
    guard (1...1000).contains(concurrency) else {
      throw ValidationError("--concurrency is a number from 1 to 1000")
    }
    _ = try budget.budget()
    guard longestWait >= 0, longestWait.isFinite else {
      throw ValidationError("--longest-wait is a number of seconds")
    }
  }

  func run() async throws {
    ConsoleLog.form.withLock { $0 = log }
    let analyser = try patterns.watch()
    let seeds = try seeds.folder()
    let settings = try Settings(data: data.data)
    var options = CrawlOptions(software: Program.software, actor: Operator.actor)
    options.once = once
    options.revisit = revisit
    options.longestWait = longestWait
    options.concurrency = concurrency
    options.contact = settings.contact
    options.budget = try budget.budget()
    let session = CrawlSession(
      folder: try DataFolder(path: data.data, access: .write), seeds: seeds, analyser: analyser,
      options: options, metrics: metrics, showsProgress: log == .text)
    _ = try await session.run()
  }
}
