import Analysis
import CaseStore
import CrawlFrontier
import Extraction
import Fetching
import Logging
import Vocabulary
import WebAddress

extension Crawler {
  /// Queues the analysis of a page that has just become evidence.
  ///
  /// Of a page that was rendered, what its scripts made of it.
  func analyse(
    _ exchange: Exchange, rendered: [UInt8]? = nil, of page: QueuedAddress, capture: Int64
  ) {
    let capture = AnalysedCapture(
      id: capture, address: page.id, source: page.source, url: page.address.href,
      depth: page.depth, beganAt: exchange.started)
    let input = PageInput(
      id: "capture:\(capture.id)",
      body: rendered.map { .html($0) }
        ?? .received(
          exchange.body, contentEncoding: exchange.headers.list("content-encoding"),
          contentType: exchange.headers["content-type"]),
      hints: PageHints(
        url: page.address, status: exchange.status, source: sources[page.source],
        scope: scopes[page.source]),
      date: exchange.started)
    submit(input, of: capture, bytes: (rendered ?? exchange.body).count)
  }

  private func submit(_ input: PageInput, of capture: AnalysedCapture, bytes: Int) {
    guard let analyser = currentAnalyser() else { return }
    analysing += 1
    let scope = scopes[capture.source]
    let version = analyser.version.of(source: definitions[capture.source])
    let commits = commits
    lane.submit(bytes: bytes) {
      let page = analyser.analyse(input)
      commits?.submit(
        .analysis(
          AnalysisCommit(page, of: capture, scope: scope, version: version), bytes: bytes))
    }
  }

  /// What the next page is analysed with; nil when a change of it could not be recorded.
  ///
  /// A change is in the custody log before the first page is judged by it; pages that are under way
  /// keep the version they were begun with.
  private func currentAnalyser() -> (any Analysing)? {
    let analyser = analyser.current
    let version = analyser.version
    guard version != analysisVersion, let run else {
      inForce.current = analyser
      return analyser
    }
    do {
      try folder.store.changePatterns(
        of: run, from: analysisVersion.text, to: version.text, by: options.actor, at: clock())
    } catch {
      fail(CrawlError(error))
      return nil
    }
    analysisVersion = version
    inForce.current = analyser
    return analyser
  }

  /// Analyses captures that an earlier run left without analysis, one at a time.
  ///
  /// The beginning of each is counted first. A page during which the program went down twice is set
  /// aside: one at a time, so that no other page is suspected with it.
  func finishEarlierAnalyses(_ book: VisitBook) async throws {
    guard try !folder.store.waitingCaptures(limit: 1).isEmpty else { return }
    var links = try LinkAdmission(scopes: scopes, store: folder.store)
    while !isStopping, let waiting = try folder.store.waitingCaptures(limit: 1).first {
      // Lets a signal in.
      await Task.yield()
      if waiting.attempts >= Recovery.maximumAttempts {
        try setAside(waiting)
        continue
      }
      guard let analyser = currentAnalyser() else { return }
      try folder.store.beginAnalysis(of: waiting.id)
      do {
        let result = try folder.store.commit(
          [earlierAnalysis(of: waiting, with: analyser)], at: clock(),
          admit: { links.admit($1, from: $0) },
          renew: { links.renew($1, of: $0) }, leave: { links.leave($1, of: $0) },
          counters: { links.takeCounts() }, settle: { book.settle($0, at: clock()) })
        totals.adverts += result.newAdverts
        totals.flagged += result.newlyFlagged
      } catch {
        try? folder.store.forgetAttempt(at: waiting.id)
        throw error
      }
    }
  }

  /// The analysis of a capture read back from the archive; a record that cannot be read is a failed one.
  private func earlierAnalysis(
    of capture: StoredCapture, with analyser: any Analysing
  ) -> AnalysisCommit {
    do {
      return try StoredPage.analysis(
        of: capture, in: folder.path, with: analyser, source: sources[capture.source],
        scope: scopes[capture.source], definition: definitions[capture.source]
      ).commit
    } catch {
      return AnalysisCommit(
        capture: capture.id, address: capture.address, source: capture.source,
        seenAt: capture.beganAt,
        version: analyser.version.of(source: definitions[capture.source]).text, outcome: .failed,
        page: .other,
        language: nil, title: nil, error: "\(error)", limited: [], adverts: [], found: [])
    }
  }

  /// Links what the crawl left unlinked; a stop leaves the rest to the next run.
  func finishLinking() async throws {
    guard let linking, currentAnalyser() != nil else { return }
    while try folder.store.waitingLinks() > 0 {
      // Lets a signal in.
      await Task.yield()
      guard !isStopping else { return }
      add(try linking.step(at: clock()))
    }
  }

  /// Counts what linking brought.
  func add(_ linked: LinkTotals) {
    totals.flagged += linked.newlyFlagged
  }

  private func setAside(_ capture: StoredCapture) throws {
    let reason = "the program ended \(capture.attempts) times during its analysis"
    try folder.store.quarantine(
      capture: capture.id, reason: reason, by: options.actor, at: clock())
    totals.quarantined += 1
    logger.error(
      "a page is set aside, its evidence kept",
      metadata: ["url": "\(capture.url)", "why": "\(reason)"])
  }
}
