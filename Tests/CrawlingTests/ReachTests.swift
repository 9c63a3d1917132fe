import Crawling
import Foundation
import TestSupport
import Testing

/// How sites are reached, seen from the site.
@Suite struct ReachTests {
  @Test func aCanonicalLinkIsRecordedAndNotTrusted() async throws {
    let canonical = "<link rel=canonical href=\"https://elsewhere.example/job/99\">"
    var advert = CrawlSite.page("Cleaner", CrawlSite.flaggedText)
    advert.body = advert.body.replacingOccurrences(of: "<main>", with: "\(canonical)<main>")
    let site = try CrawlSite([
      "/": CrawlSite.page("Jobs", links: ["/job/1", "/job/2"]), "/job/1": advert, "/job/2": advert,
    ])
    try await site.crawl()
    // Two pages that name the same third one are two adverts of their own.
    #expect(try site.flagged() == ["1", "2"])
    #expect(!site.requests.contains { $0.contains("99") })
  }

  @Test func everyRequestSaysWhoAsks() async throws {
    let site = try CrawlSite(["/": CrawlSite.page("Jobs", links: ["/job/1"])])
    try await site.crawl { $0.contact = "crawl@inspectorate.example" }
    let agents = Set(site.server.seen.requests.map { $0.header("user-agent") ?? "" })
    #expect(agents == ["Adwatch/1 (+crawl@inspectorate.example)"])
  }

  @Test func feedsSitemapsAndTheirIndexesLeadToAdverts() async throws {
    let site = try CrawlSite([:])
    let xml = ["Content-Type: application/xml"]
    site.table.set(
      "/robots.txt",
      CrawlSite.Answer(
        headers: ["Content-Type: text/plain"], body: "Sitemap: \(site.server.url("/index.xml"))\n"))
    site.table.set(
      "/index.xml",
      CrawlSite.Answer(
        headers: xml,
        body: "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>"
          + "\(site.server.url("/sitemap.txt"))</loc></sitemap></sitemapindex>"))
    site.table.set(
      "/sitemap.txt",
      CrawlSite.Answer(
        headers: ["Content-Type: text/plain"], body: "\(site.server.url("/job/1"))\n"))
    site.table.set(
      "/", CrawlSite.page("Jobs", links: ["/feed.rss", "/feed.atom"]))
    site.table.set(
      "/feed.rss",
      CrawlSite.Answer(
        headers: xml,
        body: "<rss version='2.0'><channel><item><link>\(site.server.url("/job/2"))</link></item>"
          + "</channel></rss>"))
    site.table.set(
      "/feed.atom",
      CrawlSite.Answer(
        headers: xml,
        body:
          "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='/job/3'/></entry></feed>"))
    for number in 1...3 {
      site.table.set("/job/\(number)", CrawlSite.page("Cleaner", CrawlSite.flaggedText))
    }
    _ = try await CrawlSite.crawl(
      seeds: try site.seeds(listings: ", sitemaps: true"), into: site.data,
      analyser: try CrawlSite.analyser.get(), { _ in }, nil)
    #expect(try site.flagged() == ["1", "2", "3"])
  }
}
