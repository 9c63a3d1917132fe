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
  func analyse(_ exchange: Exchange, of page: QueuedAddress, capture: Int64) {
    let capture = AnalysedCapture(
      id: capture, address: page.id, source: page.source, url: page.address.href,
      depth: page.depth, beganAt: exchange.started)
    let input = PageInput(
      id: "capture:\(capture.id)",
      body: .received(
        exchange.body, contentEncoding: exchange.headers.list("content-encoding"),
        contentType: exchange.headers["content-type"]),
      hints: PageHints(
        url: page.address, status: exchange.status, source: sources[page.source],
        scope: scopes[page.source]),
      date: exchange.started)
    submit(input, of: capture, bytes: exchange.body.count)
  }

  private func submit(_ input: PageInput, of capture: AnalysedCapture, bytes: Int) {
    analysing += 1
    let analyser = analyser
    let scope = scopes[capture.source]
    let commits = commits
    lane.submit(bytes: bytes) {
      let page = analyser.analyse(input)
      commits?.submit(
        .analysis(
          AnalysisCommit(page, of: capture, scope: scope, version: analyser.version), bytes: bytes))
    }
  }

  /// Analyses captures that an earlier run left without analysis, one at a time.
  ///
  /// The beginning of each is counted first. A page during which the program went down twice is set
  /// aside: one at a time, so that no other page is suspected with it.
  func finishEarlierAnalyses() async throws {
    while let waiting = try folder.store.waitingCaptures(limit: 1).first, !isStopping {
      if waiting.attempts >= Recovery.maximumAttempts {
        let reason = "the program ended \(waiting.attempts) times during its analysis"
        try folder.store.quarantine(
          capture: waiting.id, reason: reason, by: options.actor, at: clock())
        totals.quarantined += 1
        logger.error(
          "a page is set aside, its evidence kept",
          metadata: ["url": "\(waiting.url)", "why": "\(reason)"])
        continue
      }
      try folder.store.beginAnalysis(of: waiting.id)
      let analysis = try StoredPage.analyse(
        waiting, in: folder.path, with: analyser, source: sources[waiting.source],
        scope: scopes[waiting.source])
      var links = LinkAdmission(scopes: scopes, memories: try folder.store.scopeMemories())
      let result = try folder.store.commit(
        [analysis], at: clock(), admit: { links.admit($1, from: $0) },
        counters: { links.takeCounts() })
      totals.adverts += result.newAdverts
      totals.flagged += result.newlyFlagged
    }
  }
}
