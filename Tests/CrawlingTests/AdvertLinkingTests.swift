import CaseStore
import Crawling
import Extraction
import Foundation
import Linking
import Testing
import Vocabulary

/// Adverts of a crawl joined by what they share, and assessed by that.
@Suite(.timeLimit(.minutes(15))) struct AdvertLinkingTests {
  /// Four profiles on one number under four names in four cities, each in words of its own, two of
  /// which say a little; and one on its own.
  private static let profiles = [
    ("Nora", "Leiden", "Good evening, our agency has more ladies. Call us now, open 24/7."),
    ("Iris", "Breda", "New in town for two weeks and looking forward to a coffee with you."),
    ("Vera", "Zwolle", "A quiet flat near the station. I like jazz, long dinners and the sea."),
    ("Lotte", "Arnhem", "On tour until Sunday; our agency is new here. Call us now."),
  ]

  private static func page(_ number: Int, phone: String = "020 7946 0123") -> CrawlSite.Answer {
    let (name, city, text) = profiles[number % profiles.count]
    return CrawlSite.page(
      "\(name) in \(city)", "Hello, I am \(name), 28 years old, in \(city). \(text) Call \(phone).")
  }

  private func site() throws -> CrawlSite {
    var pages = ["/": CrawlSite.page("Profiles", links: (0...4).map { "/job/\($0)" })]
    for number in 0..<4 { pages["/job/\(number)"] = Self.page(number) }
    pages["/job/4"] = CrawlSite.page(
      "Emma in Utrecht", "I am Emma, 35. Massage by appointment, parking in front. 020 7946 0999.")
    return try CrawlSite(pages)
  }

  private func crawl(_ site: CrawlSite, revisit: Bool = false) async throws {
    try await CrawlSite.crawl(
      seeds: seeds(site), into: site.data, analyser: CrawlSite.analyser.get(),
      { $0.revisit = revisit }, nil)
  }

  private func seeds(_ site: CrawlSite) throws -> SeedFolder {
    let file = try site.seeds().entries[0].definition.replacingOccurrences(
      of: "form: labour", with: "form: sex"
    ).replacingOccurrences(of: "country: NL", with: "country: GB")
    let path = site.folder.appendingPathComponent("sex.yaml")
    try Data(file.utf8).write(to: path)
    return try SeedFolder(path: path.path)
  }

  /// The linkage indicators that count, by the advert's key.
  private func linkage(_ site: CrawlSite) throws -> [String: Set<String>] {
    var found: [String: Set<String>] = [:]
    try site.store().forEachFlagged { advert in
      found[advert.key] = ["S07", "S08", "S12", "S14"].filter {
        advert.record.contains("\"\($0)/when\"")
      }.reduce(into: []) { $0.insert($1) }
      return true
    }
    return found
  }

  private func linking(_ site: CrawlSite) throws -> AdvertLinking {
    AdvertLinking(
      folder: try DataFolder(path: site.data, access: .write), seeds: try seeds(site),
      analyser: try CrawlSite.analyser.get())
  }

  @Test func whatAContactSharesCountsAfterACrawl() async throws {
    let site = try site()
    try await crawl(site)
    let store = try site.store()
    #expect(try store.waitingLinks() == 0)
    let found = try linkage(site)
    #expect(found["0"]?.isSuperset(of: ["S07", "S12"]) == true, "\(found)")
    #expect(found["4"] == nil)
    let clusters = try store.links { linker in
      try (1...5).map { try linker.index.cluster(of: $0) }
    }
    #expect(Set(clusters.compactMap { $0 }).count == 1)
    #expect(clusters.count { $0 == nil } == 1)
    let cluster = try #require(clusters.compactMap { $0 }.first)
    #expect(try store.clusters(most: 10) == [cluster])
    try store.forEachFlagged { advert in
      #expect(advert.cluster == cluster)
      #expect(advert.clusterSize == 4)
      #expect(advert.linkage["names_of_selector"] == 4)
      return true
    }
    #expect(try site.verify().isEmpty)
  }

  @Test func aReplayComparesWithTheLinksThatWereStored() async throws {
    let site = try site()
    try await crawl(site)
    for rereading in [false, true] {
      let summary = try Replay(
        folder: DataFolder(path: site.data, access: .read), seeds: seeds(site),
        analyser: CrawlSite.analyser.get()
      ).compare(rereading: rereading) { _ in true }
      #expect(summary.changes.isEmpty)
      #expect(summary.flagged > 0)
    }
    let before = try linkage(site)
    let summary = try Replay(
      folder: DataFolder(path: site.data, access: .write), seeds: seeds(site),
      analyser: CrawlSite.analyser.get()
    ).run { _ in true }
    #expect(summary.links.linked == 5)
    #expect(summary.links.newlyFlagged == 0)
    #expect(summary.links.dropped == 0)
    #expect(try linkage(site) == before)
  }

  @Test func anAdvertThatChangesItsNumberKeepsItsHistory() async throws {
    let site = try site()
    try await crawl(site)
    #expect(try linkage(site)["0"] != nil)
    // A number that was given up still tells who it belonged to.
    site.table.set("/job/0", Self.page(0, phone: "020 7946 0555"))
    try await crawl(site, revisit: true)
    let record = try site.store().links { linker in
      try linker.index.adverts(of: .selector(.phone, "+442079460555"), most: 9).first
        .flatMap { try linker.index.record($0) }
    }
    #expect(record?.edges.contains { $0.node == .selector(.phone, "+442079460123") } == true)
    #expect(try site.store().waitingLinks() == 0)
  }

  @Test func aPersonsDecisionChangesAssessmentsAndCanBeUndone() async throws {
    let site = try site()
    try await crawl(site)
    let before = try linkage(site)
    let node = LinkNode.selector(.phone, "+442079460123")
    let now = Timestamp(seconds: 1_800_000_000)
    let actor = Actor(name: "tester", kind: .person)
    let decided = try linking(site).decide(
      .disregard(node), why: "the directory's own number", by: actor, at: now)
    #expect(decided.totals.dropped == before.count)
    #expect(try linkage(site).isEmpty)
    _ = try linking(site).decide(.undo(decided.decision), why: "it is not", by: actor, at: now)
    #expect(try linkage(site) == before)
    #expect(try site.verify().isEmpty)
  }
}
