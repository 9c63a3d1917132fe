import Analysis
import CaseStore
import Crawling
import Extraction
import Foundation
import Testing
import Vocabulary

/// Comparing from stored texts against comparing from the archive: the same, whatever the packs.
@Suite(.timeLimit(.minutes(15))) struct ReplayComparingTests {
  /// Pages of all kinds, many adverts, edited ones, and ones that only their surroundings changed.
  private func crawled() async throws -> CrawlSite {
    var pages = [
      "/": CrawlSite.page("Jobs", links: ["/list/a", "/notes", "/gone", "/coded"]),
      "/list/a": CrawlSite.page("List", links: (1...60).map { "/job/\($0)" }),
      "/notes": CrawlSite.page("Notes", CrawlSite.flaggedText),
      "/gone": CrawlSite.Answer(status: "410 Gone", body: "<h1>Gone</h1>"),
      "/coded": CrawlSite.Answer(
        headers: ["Content-Type: text/html", "Content-Encoding: gzip"], body: "this is no gzip"),
    ]
    for number in 1...60 { pages["/job/\(number)"] = Self.advert(number) }
    let site = try CrawlSite(pages)
    try await site.crawl()
    site.table.set("/job/1", Self.advert(31))
    site.table.set("/job/2", Self.advert(2, links: ["/job/3"]))
    site.table.set("/job/4", CrawlSite.Answer(status: "410 Gone", body: "<h1>Gone</h1>"))
    try await site.crawl { $0.revisit = true }
    return site
  }

  private static let sentences = CrawlSite.flaggedText.split(separator: ".").map { "\($0)." }

  private static func advert(_ number: Int, links: [String] = []) -> CrawlSite.Answer {
    let chosen = sentences.enumerated().filter { number >> $0.offset & 1 == 1 }.map(\.element)
    return CrawlSite.page(
      "Job \(number)",
      "Advert number \(number). " + chosen.joined(separator: " ")
        + " You work 64 hours a week for 11 euros an hour; ring 020 7946 0\(100 + number) and ask "
        + "for Robin, 24 years.", links: links)
  }

  private static func changes() -> [(String, String)] {
    [
      ("version: ", "version: 1"), ("strength: strong", "strength: weak"),
      ("keep|hold", "kee9p|hold"), (#"(?:we|employer|"#, #"(?:advert number|we|employer|"#),
      (#"re: '\b(?:we|"#, #"re: 'advert number|\b(?:we|"#),
    ]
  }

  private func compare(
    _ site: CrawlSite, _ analyser: any Analysing, rereading: Bool
  ) throws -> Replay.Summary {
    try Replay(
      folder: DataFolder(path: site.data, access: .read), seeds: site.seeds(), analyser: analyser
    ).compare(rereading: rereading) { _ in true }
  }

  @Test func theResultIsThatOfReadingTheArchive() async throws {
    let site = try await crawled()
    var differing = 0
    for (old, new) in Self.changes() {
      let copy = try PatternCopy()
      try copy.replace(old, new)
      let analyser = try PageAnalyser(
        patterns: PatternFolder(path: copy.path), software: "test/1")
      let stored = try compare(site, analyser, rereading: false)
      let whole = try compare(site, analyser, rereading: true)
      #expect(stored.changes == whole.changes)
      #expect(stored.adverts == whole.adverts)
      #expect(stored.flagged == whole.flagged)
      #expect(stored.pages == whole.pages)
      #expect(stored.unreadable == whole.unreadable)
      #expect(whole.reread == whole.pages)
      #expect(stored.reread < stored.pages / 4)
      #expect(stored.checked > 0)
      #expect(stored.disagreed == 0)
      differing += whole.changes.count
    }
    #expect(differing > 10)
  }

  @Test func aPageThatIsReadOtherwiseNowIsReadFromTheArchive() async throws {
    let site = try await crawled()
    let folder = CrawlSite.repository.appendingPathComponent("Patterns").path
    let newer = try PageAnalyser(patterns: PatternFolder(path: folder), software: "test/2")
    let summary = try compare(site, newer, rereading: false)
    #expect(summary.reread == summary.pages)
    #expect(summary.changes.isEmpty)
  }

  @Test func anEditedSourceIsReadFromTheArchive() async throws {
    let site = try await crawled()
    let edited = try site.seeds(delay: "1s")
    let summary = try Replay(
      folder: DataFolder(path: site.data, access: .read), seeds: edited,
      analyser: try CrawlSite.analyser.get()
    ).compare { _ in true }
    #expect(summary.reread == summary.pages)
  }

  @Test func aStoredTextThatTheArchiveDoesNotGiveIsFoundOutAndEverythingRead() async throws {
    let site = try await crawled()
    // What a program would leave that read pages otherwise and was not numbered so.
    let engine = try SQLiteEngine(path: site.data + "/adwatch.sqlite")
    try engine.write {
      try $0.execute(
        "UPDATE advert_version SET record = replace(record, '\"they\":', '\"they\":9')", [])
    }
    let summary = try compare(site, try CrawlSite.analyser.get(), rereading: false)
    #expect(summary.disagreed > 0)
    #expect(summary.reread == summary.pages)
  }

  @Test func anAnalyserOfWholePagesOnlyIsGivenWholePages() async throws {
    struct Whole: Analysing {
      let inner: PageAnalyser
      var version: AnalysisVersion { inner.version }
      func analyse(_ input: PageInput) -> PageAnalysis { inner.analyse(input) }
    }
    let site = try await crawled()
    let summary = try compare(
      site, Whole(inner: try CrawlSite.analyser.get()), rereading: false)
    // Pages that are gone have no adverts to assess.
    #expect(summary.reread >= 60)
    #expect(summary.changes.isEmpty)
  }
}
