import CaseStore
import CrawlFrontier
import Crawling
import Foundation
import TestSupport
import Testing
import Vocabulary

/// The crawl as a service: what it learns, what people pause, what a run may spend.
@Suite(.timeLimit(.minutes(5))) struct ServiceTests {
  private func site(adverts: Int = 2) throws -> CrawlSite {
    var pages: [String: CrawlSite.Answer] = [
      "/": CrawlSite.page("Jobs", links: (0..<adverts).map { "/job/\($0)" } + ["/list/a"]),
      "/list/a": CrawlSite.page("List", links: ["/job/0"]),
    ]
    for number in 0..<adverts {
      pages["/job/\(number)"] = CrawlSite.page(
        "Job \(number)", "You bake bread number \(number) from Monday to Friday.")
    }
    return try CrawlSite(pages)
  }

  private func url(_ path: String, _ site: CrawlSite) -> String {
    "http://127.0.0.1:\(site.server.port)\(path)"
  }

  @Test func ratesOfListingsAreLearnedAndKept() async throws {
    let site = try site()
    try await site.crawl()
    #expect(try site.store().listingRates()["site"]?.yields.count == 2)
    // At the next visit the start page has ten adverts more, and the list is as it was.
    site.table.set(
      "/", CrawlSite.page("Jobs", links: (0..<12).map { "/job/\($0)" } + ["/list/a"]))
    try await site.crawl { $0.revisit = true }
    let store = try site.store()
    let start = try #require(try store.listingYield(url: url("/", site), source: "site"))
    let list = try #require(try store.listingYield(url: url("/list/a", site), source: "site"))
    #expect(start.adverts.rounded() == 10 && list.adverts == 0)
    #expect(try store.listingRates()["site"]?.hours.count == 24)
    let due = try [url("/", site), url("/list/a", site)].compactMap {
      try store.addressStatus(url: $0).first?.dueAt
    }
    #expect(due.count == 2 && due[0] < due[1])
    #expect(try site.verify() == [])
  }

  @Test func statesOfAdvertsHaveDates() async throws {
    let site = try site(adverts: 1)
    let answers = [
      CrawlSite.page("Job", "You bake bread from Monday to Friday."),
      CrawlSite.page("Job", "You bake bread from Monday to Friday.", links: ["/other"]),
      CrawlSite.page("Job", "You bake cake from Monday to Sunday, paid by the hour."),
      CrawlSite.Answer(status: "404 Not Found", body: "<h1>Not found</h1>"),
      CrawlSite.page("Job", "You bake cake from Monday to Sunday, paid by the hour."),
    ]
    for answer in answers {
      site.table.set("/job/0", answer)
      try await site.crawl { $0.revisit = true }
    }
    let changes = try site.store().advertChanges(url: url("/job/0", site), source: "site")
    #expect(changes.map(\.state) == [.seen, .edited, .vanished, .reappeared])
    #expect(Set(changes.map(\.at)).count == 4)
  }

  @Test func otherBytesWithTheSameTextCountAsUnchanged() async throws {
    let site = try site(adverts: 1)
    try await site.crawl()
    site.table.set(
      "/job/0",
      CrawlSite.page("Job 0", "You bake bread number 0 from Monday to Friday.", links: ["/list/a"]))
    try await site.crawl { $0.revisit = true }
    let known = try #require(try site.store().addressStatus(url: url("/job/0", site)).first)
    #expect(known.history.last == .sameText && known.history.unchanged == 1)
    site.table.set("/job/0", CrawlSite.page("Job 0", "You knead dough at night, for cash."))
    try await site.crawl { $0.revisit = true }
    let edited = try #require(try site.store().addressStatus(url: url("/job/0", site)).first)
    #expect(edited.history.last == .changed && edited.history.unchanged == 0)
  }

  @Test func aPausedSourceIsNotAskedUntilItIsResumed() async throws {
    let site = try site()
    try await site.crawl()
    let store = try site.store()
    let before = site.requests.count
    let actor = Actor(name: "analyst", kind: .person)
    try store.pause(.source, "site", reason: "asked to", by: actor, at: Timestamp.now)
    try await site.crawl { $0.revisit = true }
    #expect(site.requests.count == before)
    #expect(try store.pauses().map(\.reason) == ["asked to"])
    #expect(try store.resume(.source, "site", by: actor, at: Timestamp.now))
    #expect(try !store.resume(.source, "site", by: actor, at: Timestamp.now))
    try await site.crawl()
    #expect(site.requests.count > before)
    var actions: [String] = []
    try store.forEachCustodyEvent { actions.append($0.event.action) }
    #expect(
      actions.filter { $0.hasPrefix("source.") } == ["source.add", "source.pause", "source.resume"])
    #expect(try site.verify() == [])
  }

  @Test func aPauseWorksBesideACrawlThatRuns() async throws {
    let site = try site(adverts: 60)
    try await site.crawl { $0.budget = CrawlBudget(requests: 1) }
    let store = try site.store()
    async let crawl = site.crawl(delay: "0.2s") { options in
      options.once = false
      options.budget = CrawlBudget(seconds: 15)
    }
    while site.requests.count < 3 { try await Task.sleep(for: .milliseconds(50)) }
    try store.pause(
      .source, "site", reason: "stop", by: Actor(name: "a", kind: .person), at: Timestamp.now)
    // How soon the crawl sees it depends on the machine; that it stays still does not.
    var paused = -1
    while paused != site.requests.count {
      paused = site.requests.count
      try await Task.sleep(for: .seconds(3))
    }
    _ = try await crawl
    #expect(site.requests.count == paused)
    #expect(paused < 60)
  }

  @Test func aBudgetOfRequestsEndsTheRunAndTheNextGoesOn() async throws {
    let site = try site(adverts: 10)
    try await site.crawl { $0.budget = CrawlBudget(requests: 5) }
    #expect(site.requests.count == 5)
    try await site.crawl()
    #expect(site.requests.count == 13)
    #expect(Set(site.requests).count == 13)
  }

  @Test func aServiceThatIsStoppedGoesOnAtTheNextStart() async throws {
    let site = try site(adverts: 20)
    try await site.crawl { options in
      options.once = false
      options.budget = CrawlBudget(requests: 9)
    }
    #expect(site.requests.count == 9)
    try await site.crawl()
    // robots.txt and each page once: nothing was lost, nothing asked again.
    #expect(site.requests.count == 23 && Set(site.requests).count == 23)
  }

  @Test func aLegalOrderIsInTheCustodyLogWhenItIsUsed() async throws {
    let site = try site()
    site.table.set(
      "/robots.txt",
      CrawlSite.Answer(
        headers: ["Content-Type: text/plain"], body: "User-agent: *\nDisallow: /job/\n"))
    try await site.crawl(delay: "0, robots: {except: [/job/0], order: Court 09/1}")
    #expect(site.requests.contains("/job/0") && !site.requests.contains("/job/1"))
    var payloads: [String] = []
    try site.store().forEachCustodyEvent { event in
      if event.event.action == "robots.order" { payloads.append(event.payload?.body ?? "") }
    }
    #expect(payloads.count == 1)
    #expect(payloads.first?.contains("Court 09/1") == true)
    #expect(payloads.first?.contains("Disallow: /job/") == true)
    #expect(try site.verify() == [])
  }
}
