import Analysis
import CaseStore
import CrawlFrontier
import Dispatch
public import Fetching
import Foundation
public import Logging
public import Vocabulary
import WebAddress

/// Drives frontier, fetcher, archive, store and analysis: the engine of a crawl.
///
/// Everything it decides comes from the frontier; everything it learns is committed before the
/// frontier hears of it. It lives on one serial queue; fetching, committing and analysing have queues
/// of their own and answer by message.
public actor Crawler {
  let executor = QueueExecutor(label: "adwatch.crawl")
  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    executor.asUnownedSerialExecutor()
  }

  let folder: DataFolder
  let options: CrawlOptions
  let fetcher: Fetcher
  let analyser: any Analysing
  /// What pages are given to now, for the lanes; its version is in the custody log.
  let inForce: AnalyserInForce
  /// Version of the analyser that pages are given to now.
  var analysisVersion: AnalysisVersion
  /// The run in the store, once it began.
  var run: CaseStore.Run?
  let logger: Logger
  let clock: @Sendable () -> Timestamp
  let sources: [String: Source]
  let scopes: [String: Scope]
  /// Digests of the sources' definitions.
  let definitions: [String: String]
  let lane: AnalysisLane

  var frontier: Frontier
  var commits: CommitLane?
  var transfers: [UInt64: Task<Void, Never>] = [:]
  /// How far sources with steps are let in, in this run.
  var sessions: [String: GateSession] = [:]
  /// Captures committed whose analysis is not.
  var analysing = 0
  /// Exchanges handed to the commit lane.
  var committing = 0
  var wait: (generation: Int, until: Timestamp?, reason: Frontier.Wait?) = (0, nil, nil)
  var isStopping = false
  var failure: CrawlError?
  var ending: CheckedContinuation<Void, Never>?
  var totals: CrawlProgress
  /// Sources in the store that are not declared this time.
  var absent: [String] = []
  /// What people have paused, as was last seen.
  var pauses: [Pause] = []
  /// Requests given leave for, with the redirects of robots.txt.
  var requests = 0
  /// When captures were last held against the notices that were sent.
  var recheckedAt: Timestamp?
  /// Why the crawl stops, when nobody told it to.
  var stopReason: String?

  /// A crawl of these sources into this folder.
  public init(
    folder: DataFolder, seeds: SeedFolder, analyser: any Analysing,
    options: CrawlOptions, logger: Logger,
    clock: @escaping @Sendable () -> Timestamp = { SteadyClock.now }
  ) {
    self.folder = folder
    self.options = options
    fetcher = Fetcher(
      configuration: FetcherConfiguration(
        maximumConcurrent: options.concurrency, maximumPerGroup: options.concurrency),
      logger: logger)
    self.analyser = analyser
    analysisVersion = analyser.version
    inForce = AnalyserInForce(analyser)
    self.logger = logger
    self.clock = clock
    sources = Dictionary(
      uniqueKeysWithValues: seeds.entries.map { ($0.source.name, $0.source) })
    scopes = sources.mapValues { Scope($0) }
    definitions = seeds.definitions
    lane = AnalysisLane(
      width: options.analysisWidth ?? ProcessInfo.processInfo.activeProcessorCount,
      maximumBytes: options.analysisBytes)
    var politeness = Politeness()
    politeness.addressSpacing = options.addressSpacing
    frontier = Frontier(
      limits: FrontierLimits(concurrency: options.concurrency), politeness: politeness,
      agent: UserAgent.token)
    frontier.allowance = options.budget.requests
    totals = CrawlProgress(startedAt: clock())
    entries = seeds.entries
    browsers = BrowserSlots(options.browsers)
    var generator = SystemRandomNumberGenerator()
    proxyLogins = ProxyLogins(
      Array(sources.values), nonce: String(UInt64.random(in: .min ... .max, using: &generator)),
      environment: ProcessInfo.processInfo.environment)
  }

  let proxyLogins: ProxyLogins
  let browsers: BrowserSlots
  /// From where sources behind proxies see us.
  var exits: [String: ExitAddress] = [:]

  let entries: [SeedFolder.Entry]

  /// Nil when nothing is to be linked.
  var linking: AdvertLinking? {
    guard options.links else { return nil }
    let inForce = inForce
    return AdvertLinking(
      store: folder.store, sources: Array(sources.values), analyser: { inForce.current })
  }

  /// Crawls until nothing is due (with `once`), or until `stop` is called.
  ///
  /// Throws when the crawl cannot go on; what was committed until then is intact and a second start
  /// goes on from there.
  public func run() async throws(CrawlError) -> CrawlProgress {
    let store = folder.store
    guard proxyLogins.problems.isEmpty else {
      await fetcher.shutdown()
      throw .folder("proxy logins:\n  " + proxyLogins.problems.joined(separator: "\n  "))
    }
    do {
      try Recovery.run(folder, logger: logger)
      let run = try store.beginRun(
        command: "crawl", software: options.software, patternsDigest: analysisVersion.text,
        by: options.actor, at: clock())
      self.run = run
      try registerSources()
      let book = VisitBook(sources: sources, rates: try store.listingRates())
      try await finishEarlierAnalyses(book)
      let evidence = EvidenceWriter(
        store: store, folder: folder.path, run: run, options: options, sources: sources,
        scopes: scopes, definitions: definitions, book: book)
      commits = CommitLane(
        store: store, evidence: evidence,
        links: try LinkAdmission(scopes: scopes, store: store), book: book, linking: linking,
        clock: clock
      ) { [weak self] result in
        guard let self else { return }
        Task { await self.committed(result) }
      }
      try store.askRechecks(at: clock())
      try restoreFrontier()
      try applyPauses()
      let watching = watch()
      await pumpUntilDone()
      watching.cancel()
      if failure == nil {
        try await finishLinking()
        try settleRechecks(isFinal: true)
      }
      let outcome =
        failure.map { "failed: \($0)" } ?? (isStopping ? stopReason ?? "stopped" : "done")
      await fetcher.shutdown()
      if failure == nil { try store.endRun(run, outcome: outcome, by: options.actor, at: clock()) }
    } catch {
      await fetcher.shutdown()
      throw CrawlError(error)
    }
    if let failure { throw failure }
    return progress
  }

  /// Begins nothing new; what is under way comes in, for `grace` seconds at the most.
  public func stop() {
    guard !isStopping else { return }
    isStopping = true
    perform(frontier.handle(.stop, at: clock()))
    let grace = options.grace
    Task { [weak self] in
      try? await Task.sleep(for: .seconds(grace))
      await self?.cancelTransfers()
    }
    pump()
  }

  /// Where the crawl stands.
  public var progress: CrawlProgress {
    var progress = totals
    progress.inFlight = transfers.count
    progress.waiting = waitingGroups()
    return progress
  }

  private func cancelTransfers() {
    for transfer in transfers.values { transfer.cancel() }
  }

  private func registerSources() throws {
    let now = clock()
    for entry in entries {
      let source = entry.source
      let start = source.start.compactMap { address -> FoundAddress? in
        guard let accepted = scopes[source.name]?.judge(address, depth: 0).accepted else {
          logger.warning("a start address is not in its own scope", metadata: ["url": "\(address)"])
          return nil
        }
        return FoundAddress(
          url: accepted.address.href, group: accepted.group, kind: accepted.kind, depth: 0,
          priority: .start, dueAt: now)
      }
      try folder.store.register(
        source: source.name, digest: entry.digest, definition: entry.definition,
        purpose: source.purpose, legalBasis: source.legalBasis,
        retention: source.retention.map { Int64($0) }, start: start, by: options.actor, at: now
      ) { url, depth, kind in
        guard let address = Address(url), let scope = scopes[source.name],
          let accepted = scope.judge(address, depth: depth, as: kind).accepted
        else { return nil }
        return FoundAddress(
          url: url, group: accepted.group, kind: accepted.kind, depth: depth, priority: .other,
          dueAt: now)
      }
      if options.revisit { try folder.store.makeDue(source: source.name, at: now) }
    }
  }

  private func restoreFrontier() throws {
    for source in sources.values { frontier.add(source: source) }
    // What belongs to a source that is not declared this time waits until it is.
    absent = try folder.store.sourceNames().filter { sources[$0] == nil }
    let due = Dictionary(
      uniqueKeysWithValues: try folder.store.scheduledGroups(without: absent).map {
        ($0.group, $0.dueAt)
      })
    let now = clock()
    for var state in try folder.store.groups() {
      // A wait is never longer than the delay it was for: one that is comes from a clock that was wrong.
      let longest = max(state.delay, state.crawlDelay ?? 0) + Politeness().restLimit
      if state.nextAllowed - now > longest {
        state.nextAllowed = Timestamp(milliseconds: now.milliseconds + Int64(longest * 1000))
      }
      frontier.add(group: state, due: due[state.key])
    }
    for (group, dueAt) in due {
      _ = frontier.handle(.discovered(group: group, due: dueAt), at: now)
    }
  }

  private func pumpUntilDone() async {
    await withCheckedContinuation { continuation in
      ending = continuation
      pump()
    }
  }
}

extension Timestamp {
  /// The system's clock.
  public static var now: Timestamp {
    Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
  }
}
