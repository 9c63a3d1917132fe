import CaseStore
import Crawling
import Foundation
import TestSupport
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(15))) struct SourceChangeTests {
  private func site() throws -> CrawlSite {
    try CrawlSite([
      "/": CrawlSite.page("Jobs", links: ["/job/1", "/other/2"]),
      "/job/1": CrawlSite.page("Baker", "You bake bread from Monday to Friday."),
      "/other/2": CrawlSite.page("About us"),
    ])
  }

  /// Sources whose file went away wait for it to come back; nothing of theirs is forgotten.
  @Test func aSourceThatIsNotDeclaredThisTimeKeepsItsPlans() async throws {
    let site = try site()
    try await site.crawl()
    let urls = ["/", "/job/1", "/other/2"].map { site.server.url($0) }
    let before = try urls.map { try site.store().addressStatus(url: $0) }
    let asked = site.requests.count
    let other = try CrawlSite(["/": CrawlSite.page("Elsewhere")])
    let yaml = """
      format: adwatch.source/1
      source: elsewhere
      start: ["\(other.server.url())"]
      politeness: {delay: 0s, group: "\(before[0][0].group)"}
      network: {allow: [127.0.0.0/8]}
      purpose: test
      legal_basis: none needed
      """
    let file = site.folder.appendingPathComponent("elsewhere.yaml")
    try Data(yaml.utf8).write(to: file)
    let progress = try await CrawlSite.crawl(
      seeds: SeedFolder(path: file.path), into: site.data, analyser: CrawlSite.analyser.get(),
      { $0.revisit = true }, nil)
    #expect(progress.pages == 1)
    #expect(site.requests.count == asked)
    #expect(try urls.map { try site.store().addressStatus(url: $0) } == before)
  }

  @Test func changedRulesHoldForWhatIsKnownAlready() async throws {
    let site = try site()
    try await site.crawl()
    let url = site.server.url("/other/2")
    let plain = try String(
      contentsOf: site.folder.appendingPathComponent("site.yaml"), encoding: .utf8)
    func crawl(_ text: String) async throws -> CaseStore.AddressStatus? {
      let file = site.folder.appendingPathComponent("site.yaml")
      try Data(text.utf8).write(to: file)
      try await CrawlSite.crawl(
        seeds: SeedFolder(path: file.path), into: site.data, analyser: CrawlSite.analyser.get(),
        { $0.revisit = true }, nil)
      return try site.store().addressStatus(url: url).first
    }
    let narrowed = try await crawl(
      plain.replacingOccurrences(
        of: "scope: {hosts:", with: "scope: {exclude: [\"/other/**\"], hosts:"))
    #expect(narrowed?.outcome == "out-of-scope")
    #expect(narrowed?.dueAt == nil)
    #expect(site.requests.filter { $0 == "/other/2" }.count == 1)
    #expect(site.requests.filter { $0 == "/job/1" }.count == 2)
    let widened = try await crawl(plain)
    #expect(widened?.outcome == "fetched")
    #expect(site.requests.filter { $0 == "/other/2" }.count == 2)
    #expect(try site.verify() == [])
  }
}

@Suite(.timeLimit(.minutes(15))) struct VisitTests {
  /// A server that says "not modified" to a first visit, or of a page that failed, has said nothing.
  @Test func aNotModifiedWithoutAPayloadIsAskedAgainWithoutCondition() async throws {
    let site = try CrawlSite(["/": CrawlSite.page("Jobs", links: ["/job/1"])])
    site.table.set(
      "/job/1", CrawlSite.Answer(status: "304 Not Modified", headers: ["ETag: \"x\""]),
      CrawlSite.page("Baker", "You bake bread from Monday to Friday."))
    try await site.crawl()
    #expect(site.requests.filter { $0 == "/job/1" }.count == 2)
    #expect(
      site.server.seen.requests.allSatisfy { $0.header("if-none-match") == nil })
    #expect(try site.store().status(at: .now).sources.map(\.adverts) == [1])
    #expect(try site.verify() == [])
  }

  @Test func theValidatorOfAnErrorPageIsNotUsed() async throws {
    let site = try CrawlSite(["/": CrawlSite.page("Jobs", links: ["/job/1"])])
    site.table.set(
      "/job/1",
      CrawlSite.Answer(
        status: "404 Not Found", headers: ["Content-Type: text/html", "ETag: \"gone\""],
        body: "<h1>Gone</h1>"))
    try await site.crawl()
    site.table.set(
      "/job/1", CrawlSite.page("Baker", "You bake bread.", headers: ["ETag: \"gone\""]))
    try await site.crawl { $0.revisit = true }
    #expect(try site.store().status(at: .now).sources.map(\.adverts) == [1])
  }

  @Test func robotsThatCannotBeDecodedForbidEverything() async throws {
    let site = try CrawlSite([
      "/": CrawlSite.page("Jobs"),
      "/robots.txt": CrawlSite.Answer(
        headers: ["Content-Type: text/plain", "Content-Encoding: gzip"], body: "not gzip at all"),
    ])
    let progress = try await site.crawl { $0.longestWait = 0 }
    #expect(site.requests == ["/robots.txt"])
    #expect(progress.pages == 0)
  }

  @Test func aChainOfRedirectsIsHeldToTheLimitsOfTheSource() async throws {
    let site = try CrawlSite([
      "/": CrawlSite.page("Jobs", links: ["/hop/0"])
    ])
    for hop in 0..<60 {
      site.table.set(
        "/hop/\(hop)",
        CrawlSite.Answer(status: "302 Found", headers: ["Location: /hop/\(hop + 1)"]))
    }
    let seeds = try site.seeds(scope: ", pages: 4")
    try await CrawlSite.crawl(
      seeds: seeds, into: site.data, analyser: CrawlSite.analyser.get(), { _ in }, nil)
    #expect(site.requests.filter { $0.hasPrefix("/hop/") }.count <= 4)
    let last = try site.store().addressStatus(url: site.server.url("/hop/2"))
    #expect(last.first?.note?.hasSuffix("not taken up") == true)
  }
}
