import Analysis
import CaseStore
import Crawling
import Foundation
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(15))) struct ReplayTests {
  private func crawled() async throws -> CrawlSite {
    let site = try CrawlSite([
      "/": CrawlSite.page("Jobs", links: ["/job/1", "/job/2"]),
      "/job/1": CrawlSite.page("Picker", CrawlSite.flaggedText),
      "/job/2": CrawlSite.page("Baker", "We keep the dough in the cellar overnight."),
    ])
    try await site.crawl()
    return site
  }

  /// The shipped packs with something in one pack changed.
  private func changed(_ old: String, _ new: String) throws -> PageAnalyser {
    let copy = try PatternCopy()
    try copy.replace(old, new)
    return try PageAnalyser(patterns: PatternFolder(path: copy.path), software: "test/1")
  }

  private func replay(
    _ site: CrawlSite, _ analyser: any Analysing, comparing: Bool, rereading: Bool = false
  ) throws -> Replay.Summary {
    let folder = try DataFolder(path: site.data, access: .write)
    let replay = Replay(folder: folder, seeds: try site.seeds(), analyser: analyser)
    return try comparing
      ? replay.compare(rereading: rereading) { _ in true } : replay.run { _ in true }
  }

  @Test func theSamePatternsChangeNothing() async throws {
    let site = try await crawled()
    let summary = try replay(site, try CrawlSite.analyser.get(), comparing: true)
    #expect(summary.pages == 3)
    #expect(summary.adverts == 2)
    #expect(summary.flagged == 1)
    #expect(summary.changes.isEmpty)
    #expect(summary.unreadable.isEmpty)
  }

  @Test func comparingNamesWhatWouldChangeAndChangesNothing() async throws {
    let site = try await crawled()
    let weaker = try changed("strength: strong", "strength: none")
    let summary = try replay(site, weaker, comparing: true)
    #expect(summary.changes.map(\.key) == ["1"])
    #expect(summary.changes.map(\.isNewlyFlagged) == [false])
    #expect(try site.flagged() == ["1"])
  }

  @Test func replayingTakesTheChangeOverAndBackAgain() async throws {
    let site = try await crawled()
    let weaker = try changed("strength: strong", "strength: none")
    _ = try replay(site, weaker, comparing: false)
    #expect(try site.flagged() == [])
    _ = try replay(site, try CrawlSite.analyser.get(), comparing: false)
    #expect(try site.flagged() == ["1"])
    #expect(try site.verify() == [])
  }

  @Test func aChangeNamesItsPatterns() async throws {
    let site = try await crawled()
    let without = try changed("keep|hold", "kee9p|hold")
    let summary = try replay(site, without, comparing: true)
    #expect(summary.changes.map(\.isNewlyFlagged) == [false])
    #expect(summary.changes.first?.lostPatterns == ["L11/en/kept"])
    #expect(summary.effects.map(\.pattern) == ["L11/en/kept"])
    #expect(summary.effects.map(\.dropped) == [1])
  }
}
