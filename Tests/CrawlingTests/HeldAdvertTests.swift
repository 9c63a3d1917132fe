import CaseStore
import Crawling
import Foundation
import Testing
import Vocabulary

/// Adverts that say nearly the same: none of them may wait for ever.
@Suite(.timeLimit(.minutes(5))) struct HeldAdvertTests {
  private static let adverts = 100

  private func site(_ text: (Int) -> String) throws -> CrawlSite {
    var pages = [
      "/": CrawlSite.page("Jobs", links: (0..<Self.adverts).map { "/job/\($0)" })
    ]
    for number in 0..<Self.adverts {
      pages["/job/\(number)"] = CrawlSite.page("Picker", text(number))
    }
    return try CrawlSite(pages)
  }

  private func asked(_ site: CrawlSite) -> Int {
    Set(site.requests.filter { $0.hasPrefix("/job/") }).count
  }

  @Test func oneTextWithEverOtherContactsIsNoTrap() async throws {
    let site = try site {
      "You pick beans in the field from six to two. Write to picker\($0)@mail.example today."
    }
    try await site.crawl()
    #expect(asked(site) == Self.adverts)
  }

  @Test func heldAdvertsHaveAnotherChanceOnAnotherDay() async throws {
    let site = try site { "You pick beans in field \($0) from six to two, Monday to Friday." }
    try await site.crawl()
    let first = asked(site)
    #expect((40..<Self.adverts).contains(first))
    // On the same day nothing changes.
    try await site.crawl { $0.revisit = true }
    #expect(asked(site) == first)
    try moveBackADay(site)
    try await site.crawl { $0.revisit = true }
    #expect(asked(site) == Self.adverts)
    #expect(try site.verify() == [])
  }

  /// Writes yesterday where the store says on which day held adverts were last asked for.
  private func moveBackADay(_ site: CrawlSite) throws {
    let today = Timestamp.now.milliseconds / 86_400_000
    let engine = try SQLiteEngine(path: site.data + "/adwatch.sqlite")
    try engine.write {
      try $0.execute("UPDATE scope_counter SET pages = pages - 1 WHERE pages = \(today)", [])
    }
  }
}
