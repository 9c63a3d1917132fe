import CaseStore
import Crawling
import Foundation
import TestSupport
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(15))) struct CrawlerTests {
  private func site(_ more: [String: CrawlSite.Answer] = [:]) throws -> CrawlSite {
    var pages: [String: CrawlSite.Answer] = [
      "/": CrawlSite.page("Jobs", links: ["/job/1", "/job/2", "/list/a"]),
      "/list/a": CrawlSite.page("List", links: ["/job/3", "/job/1"]),
      "/job/1": CrawlSite.page("Picker", CrawlSite.flaggedText, headers: ["ETag: \"one\""]),
      "/job/2": CrawlSite.page("Baker", "You bake bread from Monday to Friday."),
      "/job/3": CrawlSite.page("Cook", "You cook lunch for the guests of a hotel."),
    ]
    pages.merge(more) { $1 }
    return try CrawlSite(pages)
  }

  @Test func aPassFindsTheAdvertsAndKeepsTheEvidence() async throws {
    let site = try site()
    let progress = try await site.crawl()
    #expect(Set(site.requests) == ["/robots.txt", "/", "/list/a", "/job/1", "/job/2", "/job/3"])
    #expect(site.requests.count == 6)
    #expect(site.requests.first == "/robots.txt")
    #expect(progress.pages == 5)
    #expect(progress.adverts == 3)
    #expect(progress.flagged == 1)
    #expect(try site.flagged() == ["1"])
    #expect(try site.verify() == [])
  }

  @Test func aSecondPassIsIncremental() async throws {
    let site = try site()
    try await site.crawl()
    let progress = try await site.crawl { $0.revisit = true }
    #expect(progress.pages == 5)
    #expect(progress.unchanged == 5)
    #expect(progress.adverts == 0)
    let second = site.server.seen.requests.suffix(5)
    #expect(second.first { $0.target == "/job/1" }?.header("if-none-match") == "\"one\"")
    #expect(try site.verify() == [])
    let status = try site.store().status(at: Timestamp.now)
    #expect(status.captures == 11)
  }

  @Test func nothingDueMeansNothingAsked() async throws {
    let site = try site()
    try await site.crawl()
    let before = site.requests.count
    let progress = try await site.crawl()
    #expect(site.requests.count == before)
    #expect(progress.pages == 0)
  }

  @Test func robotsRulesAreObeyedAndRecorded() async throws {
    let site = try site([
      "/robots.txt": CrawlSite.Answer(
        headers: ["Content-Type: text/plain"], body: "User-agent: adwatch\nDisallow: /job/2\n")
    ])
    let progress = try await site.crawl()
    #expect(!site.requests.contains("/job/2"))
    #expect(progress.refused == 1)
    let known = try site.store().addressStatus(url: site.server.url("/job/2"))
    #expect(known.first?.outcome == "robots")
    #expect(known.first?.note == "robots.txt line 2: Disallow: /job/2")
  }

  @Test(arguments: ["500 Internal Server Error", "503 Service Unavailable"])
  func robotsThatCannotBeHadForbidEverything(status: String) async throws {
    let site = try site(["/robots.txt": CrawlSite.Answer(status: status)])
    let progress = try await site.crawl { $0.longestWait = 0 }
    #expect(site.requests == ["/robots.txt"])
    #expect(progress.pages == 0)
  }

  @Test func retryAfterHoldsTheWholeGroupAndThePageIsFetchedThen() async throws {
    let site = try site()
    site.table.set(
      "/list/a",
      CrawlSite.Answer(status: "429 Too Many Requests", headers: ["Retry-After: 2"]),
      CrawlSite.page("List", links: ["/job/3"]))
    let started = Timestamp.now
    let progress = try await site.crawl()
    #expect(site.requests.filter { $0 == "/list/a" }.count == 2)
    #expect(site.requests.contains("/job/3"))
    #expect(Timestamp.now - started >= 2)
    #expect(progress.failures == 1)
    #expect(try site.verify() == [])
  }

  @Test func aRedirectIsACaptureOfItsOwnAndItsTargetAnother() async throws {
    let site = try site([
      "/": CrawlSite.page("Jobs", links: ["/old", "/away", "/loop"]),
      "/old": CrawlSite.Answer(status: "301 Moved", headers: ["Location: /job/1"]),
      "/away": CrawlSite.Answer(status: "302 Found", headers: ["Location: http://other.example/"]),
      "/loop": CrawlSite.Answer(status: "302 Found", headers: ["Location: /loop"]),
    ])
    try await site.crawl()
    #expect(site.requests.filter { $0 == "/loop" }.count == 1)
    #expect(try site.flagged() == ["1"])
    let old = try site.store().addressStatus(url: site.server.url("/old"))
    #expect(old.first?.note == "redirected to \(site.server.url("/job/1"))")
    let away = try site.store().addressStatus(url: site.server.url("/away"))
    #expect(away.first?.note == "redirected to http://other.example/: host")
    let target = try site.store().addressStatus(url: site.server.url("/job/1"))
    #expect(target.first?.foundOn == site.server.url("/old"))
  }

  @Test func anEditedAdvertGetsANewVersionAndAGoneOneIsMarked() async throws {
    let site = try site()
    try await site.crawl()
    site.table.set("/job/1", CrawlSite.page("Picker", "Fruit is picked from May to July."))
    site.table.set(
      "/job/2", CrawlSite.page("Baker", CrawlSite.flaggedText))
    try await site.crawl { $0.revisit = true }
    #expect(try site.flagged() == ["1", "2"])
    site.table.set("/job/2", CrawlSite.Answer(status: "410 Gone", body: "<h1>Gone</h1>"))
    try await site.crawl { $0.revisit = true }
    var states: [String: String] = [:]
    try site.store().forEachFlagged { advert in
      states[advert.key] = "\(advert.gone) \(advert.editedSince)"
      return true
    }
    #expect(states == ["1": "false true", "2": "true false"])
  }

  @Test func stoppingComesInCleanlyAndASecondStartGoesOn() async throws {
    var pages = ["/": CrawlSite.page("Jobs", links: (1...30).map { "/job/\($0)" })]
    for number in 1...30 { pages["/job/\(number)"] = CrawlSite.page("Job \(number)", "Work.") }
    let site = try CrawlSite(pages)
    let first = try await site.crawl(delay: "0.05s") { options in
      options.grace = 2
    } stoppingAfter: {
      8
    }
    #expect(first.pages < 31)
    #expect(try site.verify() == [])
    let second = try await site.crawl(delay: "0.05s")
    #expect(first.pages + second.pages == 31)
    #expect(Set(site.requests).count == 32)
    #expect(site.requests.count == 32)
    #expect(try site.verify() == [])
  }

  @Test func noGroupIsAskedFasterThanItsDelay() async throws {
    var pages = ["/": CrawlSite.page("Jobs", links: (1...8).map { "/job/\($0)" })]
    for number in 1...8 { pages["/job/\(number)"] = CrawlSite.page("Job \(number)", "Work.") }
    let site = try CrawlSite(pages)
    let started = Timestamp.now
    try await site.crawl(delay: "0.2s")
    #expect(site.requests.count == 10)
    #expect(Timestamp.now - started >= 9 * 0.2)
    #expect(site.server.seen.peak == 1)
  }

  @Test func aPageThatCannotBeReadIsRecordedAndTheCrawlGoesOn() async throws {
    let site = try site([
      "/job/2": CrawlSite.Answer(
        headers: ["Content-Type: text/html", "Content-Encoding: gzip"], body: "this is no gzip")
    ])
    let progress = try await site.crawl()
    #expect(progress.pages == 5)
    let status = try site.store().status(at: Timestamp.now)
    #expect(status.failed == 1)
    #expect(try site.verify() == [])
  }

  @Test func anotherPageIsKeptForReviewOnlyWhenItsWordsWarrantIt() async throws {
    let site = try site([
      "/": CrawlSite.page("Jobs", links: ["/notes", "/about"]),
      "/notes": CrawlSite.page("Notes", CrawlSite.flaggedText),
      "/about": CrawlSite.page("About", "We are a small site about the valley."),
    ])
    let progress = try await site.crawl()
    #expect(progress.adverts == 1)
    #expect(try site.flagged() == [site.server.url("/notes")])
  }

  @Test func aSecondCrawlerOnTheSameFolderIsToldWhoHoldsIt() async throws {
    let site = try site()
    let folder = try DataFolder(path: site.data, access: .write)
    #expect {
      try DataFolder(path: site.data, access: .write)
    } throws: { error in
      "\(error)".contains("in use by") && "\(error)".contains("process \(getpid())")
    }
    _ = folder
  }

  @Test(arguments: [true, false])
  func sitemapsOfRobotsAreTakenUpWhereTheSourceWantsThem(wanted: Bool) async throws {
    func map(_ root: String, _ item: String, _ paths: [String], _ site: CrawlSite)
      -> CrawlSite.Answer
    {
      let items = paths.map { "<\(item)><loc>\(site.server.url($0))</loc></\(item)>" }.joined()
      return CrawlSite.Answer(
        headers: ["Content-Type: text/xml"],
        body: "<?xml version=\"1.0\"?><\(root)>\(items)</\(root)>")
    }
    let site = try CrawlSite([
      "/": CrawlSite.page("Jobs", "Nothing is linked here."),
      "/job/1": CrawlSite.page("Picker", CrawlSite.flaggedText),
    ])
    site.table.set(
      "/robots.txt",
      CrawlSite.Answer(
        headers: ["Content-Type: text/plain"],
        body: "Sitemap: \(site.server.url("/sitemap.xml"))\nSitemap: http://other.example/a.xml\n"))
    site.table.set("/sitemap.xml", map("sitemapindex", "sitemap", ["/jobs.xml"], site))
    site.table.set("/jobs.xml", map("urlset", "url", ["/job/1"], site))
    let analyser = try CrawlSite.analyser.get()
    let seeds = try site.seeds(listings: ", sitemaps: \(wanted)")
    _ = try await CrawlSite.crawl(seeds: seeds, into: site.data, analyser: analyser, { _ in }, nil)
    #expect(try site.flagged() == (wanted ? ["1"] : []))
    #expect(
      Set(site.requests)
        == Set(["/robots.txt", "/"] + (wanted ? ["/sitemap.xml", "/jobs.xml", "/job/1"] : [])))
    #expect(try site.verify() == [])
  }
}
