import Analysis
import CaseStore
import CrawlFrontier
import Crawling
import Extraction
import Foundation
import Testing
import Vocabulary
import WebAddress

/// An analyser that ends the program on one page.
private struct Crashing: Analysing {
  let inner: PageAnalyser
  var version: AnalysisVersion { inner.version }

  func analyse(_ input: PageInput) -> PageAnalysis {
    if input.hints.url?.pathname == "/job/2" { kill(getpid(), SIGKILL) }
    return inner.analyse(input)
  }
}

@Suite(.timeLimit(.minutes(15)), .serialized) struct CrashTests {
  @Test func aPageThatCrashesTheAnalysisTwiceIsSetAsideAndItsEvidenceKept() async throws {
    let site = try CrawlSite([
      "/": CrawlSite.page("Jobs", links: ["/job/1", "/job/2", "/job/3"]),
      "/job/1": CrawlSite.page("Picker", CrawlSite.flaggedText),
      "/job/2": CrawlSite.page("Baker", "You bake bread."),
      "/job/3": CrawlSite.page("Cook", "You cook lunch."),
    ])
    let seeds = try site.seeds().entries[0].source.file
    let data = site.data
    // The first time it is one of several pages under way; then twice alone, which is proof.
    for _ in 0..<3 {
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [seeds = seeds as String, data = data as String] in
        try await CrashingCrawl.run(seeds: seeds, data: data)
      }
    }
    let progress = try await site.crawl()
    #expect(progress.quarantined == 1)
    let status = try site.store().status(at: Timestamp.now)
    #expect(status.quarantined == 1)
    #expect(status.waiting == 0)
    #expect(try site.flagged() == ["1"])
    let findings = try site.verify()
    #expect(findings == [])
    #expect(Set(site.requests).isSuperset(of: ["/job/1", "/job/2", "/job/3"]))
  }
}

enum CrashingCrawl {
  static func run(seeds: String, data: String) async throws {
    let analyser = Crashing(inner: try CrawlSite.analyser.get())
    try await CrawlSite.crawl(
      seeds: SeedFolder(path: seeds), into: data, analyser: analyser, { _ in }, nil)
  }
}
