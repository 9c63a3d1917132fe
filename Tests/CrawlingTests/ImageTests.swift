import Archive
import CaseStore
import Crawling
import Foundation
import Linking
import Logging
import Testing
import Vocabulary

/// Pictures of adverts: what is kept of them, and what becomes of it.
@Suite(.timeLimit(.minutes(5))) struct ImageTests {
  private static let fixtures = CrawlSite.repository.appendingPathComponent(
    "Tests/ImagingTests/Fixtures")

  private static func picture(_ name: String) throws -> CrawlSite.Answer {
    CrawlSite.Answer(
      headers: ["Content-Type: image/\(name.hasSuffix("png") ? "png" : "jpeg")"],
      bytes: [UInt8](try Data(contentsOf: fixtures.appendingPathComponent(name))))
  }

  private static func advert(_ title: String, _ text: String, _ images: [String])
    -> CrawlSite.Answer
  {
    let half = text.index(text.startIndex, offsetBy: text.count / 2)
    let shown = images.map { "<img src=\"\($0)\" alt=\"\">" }.joined()
    return CrawlSite.Answer(
      body: "<!doctype html><title>\(title)</title><header><img src=\"/logo.png\"></header>"
        + "<main><h1>\(title)</h1><p>\(text[..<half])</p>\(shown)<p>\(text[half...])</p></main>")
  }

  /// Two adverts with nothing in common but what one picture shows, one whose pictures are hostile or
  /// say nothing, and one that is none of an analyst's business.
  private func site() throws -> CrawlSite {
    try CrawlSite([
      "/": CrawlSite.page("Jobs", links: ["/job/1", "/job/2", "/job/3", "/job/4"]),
      "/job/1": Self.advert(
        "Baker in Leiden", "You bake bread from four in the morning. Call 020 7946 0123 today.",
        ["/p/a.jpg", "/p/gone.jpg"]),
      "/job/2": Self.advert(
        "Night cleaner",
        "Our offices are cleaned after ten. Mail to night@cleaners.example, please.",
        ["/p/b.png"]),
      "/job/3": Self.advert(
        "Gardener", "A garden of two hectares needs hands in spring and in autumn as well.",
        ["/p/huge.png", "/p/plain.png", "/p/other.jpg", "http://elsewhere.example/x.jpg"]),
      "/p/a.jpg": try Self.picture("first.jpg"), "/p/b.png": try Self.picture("first.png"),
      "/p/huge.png": try Self.picture("huge.png"), "/p/plain.png": try Self.picture("plain.png"),
      "/p/other.jpg": try Self.picture("other-2.jpg"), "/logo.png": try Self.picture("first.png"),
    ])
  }

  private func crawl(_ site: CrawlSite, _ settings: String) async throws {
    try await CrawlSite.crawl(
      seeds: site.seeds(settings), into: site.data, analyser: try CrawlSite.analyser.get(),
      {
        $0.revisit = true
        $0.imageReader = ImageReader(
          program: CrawlSite.repository.appendingPathComponent(".build/debug/adwatch").path)
      }, nil)
  }

  /// Whether any record of the archive holds the bytes of a picture.
  private func isArchived(_ name: String, in data: String) throws -> Bool {
    let wanted = try Data(contentsOf: Self.fixtures.appendingPathComponent(name))
    let files = FileManager.default.enumerator(atPath: data)?.compactMap { $0 as? String } ?? []
    for file in files where file.hasSuffix(".warc.gz") {
      var reader = try WARCReader(path: "\(data)/\(file)", limits: WARCLimits())
      while let stored = reader.next() {
        if Data(stored.record.block).range(of: wanted) != nil { return true }
      }
    }
    return false
  }

  private func images(_ site: CrawlSite) throws -> [String: Int] { try site.store().imageCounts() }

  @Test func whatIsKeptOfPicturesAreDigestsThatSuggestLinks() async throws {
    let site = try site()
    try await crawl(site, "images: hash")
    #expect(try images(site) == ["hashed": 3, "too-large": 1, "none": 1])
    // Not that of the page around it, and none of another host; each once.
    let asked = site.requests.filter { $0.hasPrefix("/p/") || $0.hasPrefix("/logo") }
    #expect(
      asked.sorted() == [
        "/p/a.jpg", "/p/b.png", "/p/gone.jpg", "/p/huge.png", "/p/other.jpg", "/p/plain.png",
      ])
    for name in ["first.jpg", "first.png", "other-2.jpg", "huge.png"] {
      #expect(try !isArchived(name, in: site.data), "\(name)")
    }
    #expect(try site.verify() == [])
    let store = try site.store()
    let first = try #require(try store.advertNumber(source: "site", key: "1"))
    let second = try #require(try store.advertNumber(source: "site", key: "2"))
    let third = try #require(try store.advertNumber(source: "site", key: "3"))
    try store.links { linker in
      let shared = try linker.reasons(first, second).map(\.node)
      #expect(shared.contains { if case .likeness = $0 { true } else { false } }, "\(shared)")
      #expect(try linker.reasons(first, third).isEmpty)
      // A picture suggests; it joins nothing.
      #expect(try linker.index.cluster(of: first) == nil)
    }
    // Another pass fetches none of them again.
    try await crawl(site, "images: hash")
    #expect(site.requests.count { $0 == "/p/a.jpg" } == 1)
    #expect(try site.verify() == [])
  }

  @Test func noPictureIsFetchedUnlessTheSourceSaysSo() async throws {
    let site = try site()
    try await crawl(site, "images: none")
    #expect(!site.requests.contains { $0.hasPrefix("/p/") })
    #expect(try images(site).isEmpty)
    // What a link calls a page and turns out to be a picture is not kept either.
    site.table.set("/", CrawlSite.page("Jobs", links: ["/job/5"]))
    site.table.set("/job/5", try Self.picture("first.jpg"))
    try await crawl(site, "images: none")
    #expect(site.requests.contains("/job/5"))
    #expect(try !isArchived("first.jpg", in: site.data))
    #expect(try site.verify() == [])
  }

  @Test func aSourceMayHaveItsPicturesArchived() async throws {
    let site = try site()
    try await crawl(site, "images: keep")
    #expect(try isArchived("first.jpg", in: site.data))
    #expect(try isArchived("first.png", in: site.data))
    #expect(try site.verify() == [])
    let summary = try Replay(
      folder: DataFolder(path: site.data, access: .write), seeds: site.seeds("images: keep"),
      analyser: CrawlSite.analyser.get()
    ).run { _ in true }
    #expect(summary.unreadable == [])
    #expect(try images(site)["hashed"] == 3)
  }

  @Test func whatIsKeptOfAPictureGoesWithTheLastAdvertThatShowedIt() async throws {
    let site = try site()
    // The second advert is kept for longer than the first.
    try await crawl(site, "images: keep\nretention: 1d")
    for path in ["/job/1", "/job/3"] {
      site.table.set(path, CrawlSite.Answer(status: "404 Not Found", body: "gone"))
    }
    site.table.set(
      "/job/2",
      Self.advert(
        "Night cleaner",
        "Our offices are cleaned after eleven. Mail to night@cleaners.example, please.",
        ["/p/b.png"]))
    try await crawl(site, "images: keep\nretention: 30d")
    try purge(site, days: 2)
    #expect(try images(site).values.reduce(0, +) <= 1)
    #expect(try !isArchived("first.jpg", in: site.data))
    #expect(try !isArchived("other-2.jpg", in: site.data))
    #expect(try site.verify() == [])
    try purge(site, days: 31)
    #expect(try images(site).isEmpty)
    #expect(try !isArchived("first.png", in: site.data))
    #expect(try site.verify() == [])
  }

  private func purge(_ site: CrawlSite, days: Int64) throws {
    let now = Timestamp(milliseconds: Timestamp.now.milliseconds + days * 86_400_000)
    _ = try Purge(
      DataFolder(path: site.data, access: .write), rule: RetentionRule(general: nil, now: now),
      by: Actor(name: "officer", kind: .person), software: "test/1",
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    ).run()
  }
}
