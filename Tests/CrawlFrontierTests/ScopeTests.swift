import CrawlFrontier
import Testing
import WebAddress

@Suite struct ScopeTests {
  static let rules = """
    scope: {hosts: [jobs.example], include: [/work/**], exclude: ["/**/print"], depth: 3}
    adverts: {url: /advert/*, id: "/advert/{id}"}
    listings: {url: ["/list/**", "/advert/page-*"]}
    """

  @Test(arguments: [
    ("https://jobs.example/", 0, nil as ScopeReason?), ("https://jobs.example/#top", 9, nil),
    ("https://jobs.example/advert/1", 3, nil), ("https://jobs.example/advert/1", 4, .depth),
    ("https://jobs.example/about", 1, .notIncluded), ("https://jobs.example/work/x", 1, nil),
    ("https://jobs.example/work/x/print", 1, .excluded), ("https://other.example/", 1, .host),
    ("https://www.jobs.example/work/x", 1, .host), ("ftp://jobs.example/work/x", 1, .notHTTP),
    ("https://user@jobs.example/work/x", 1, .credentials),
  ])
  func reasons(_ text: String, _ depth: Int, _ reason: ScopeReason?) throws {
    let decision = Scope(try source(Self.rules)).judge(address(text), depth: depth)
    if let reason {
      #expect(decision == .rejected(reason))
    } else {
      #expect(decision.accepted != nil)
    }
  }

  @Test func kindAndKeyComeFromThePatterns() throws {
    let scope = Scope(try source(Self.rules))
    let advert = scope.judge(address("https://jobs.example/advert/17?ref=a"), depth: 1).accepted
    #expect(advert?.kind == .advert && advert?.advertKey == "17")
    let page = scope.judge(address("https://jobs.example/advert/page-2"), depth: 1).accepted
    #expect(page?.kind == .listing && page?.advertKey == nil)
    let start = scope.judge(address("https://jobs.example/"), depth: 0).accepted
    #expect(start?.kind == .listing && start?.isStart == true)
    #expect(scope.judge(address("https://jobs.example/work/a"), depth: 1).accepted?.kind == .other)
  }

  @Test(arguments: [
    ("/sitemap.xml", AddressKind.listing), ("/maps/jobs-3.XML.gz", .listing),
    ("/new.rss", .listing),
    ("/sitemap_jobs.txt", .listing), ("/notes.txt", .other), ("/xml", .other), ("/xml/", .other),
    ("/advert/7.xml", .advert),
  ])
  func sitemapsAndFeedsAreListings(path: String, kind: AddressKind) throws {
    let scope = Scope(try source("adverts: {url: /advert/*}"))
    let decision = scope.judge(address("https://jobs.example\(path)"), depth: 1)
    #expect(decision.accepted?.kind == kind)
  }

  @Test func idAloneRecognisesAdverts() throws {
    let scope = Scope(try source("adverts: {id: \"/offer/{id}\"}"))
    #expect(
      scope.judge(address("https://jobs.example/offer/a7"), depth: 1).accepted?.kind == .advert)
  }

  @Test(arguments: [
    ("/" + String(repeating: "x", count: 3000), ScopeReason.tooLong),
    (
      String(repeating: "/x1/y\(2)", count: 3) + "/z" + String(repeating: "/q/w/e/r", count: 5),
      .tooDeep
    ),
    ("/a/a/a/a", .repeatedSegments), ("/a/b/a/b/a/b/a/b", .repeatedSegments),
    ("/x/a/b/c/a/b/c/a/b/c/a/b/c/y", .repeatedSegments),
    ("/x?" + (0..<30).map { "p\($0)=1" }.joined(separator: "&"), .tooManyParameters),
    ("/x?" + (0..<10).map { "p=\($0)" }.joined(separator: "&"), .tooManyParameters),
  ])
  func trapsThatNeedNoMemory(_ path: String, _ reason: ScopeReason) throws {
    let scope = Scope(try source())
    #expect(scope.judge(address("https://jobs.example" + path), depth: 1) == .rejected(reason))
  }

  @Test(arguments: [
    "/a/b/a/b/a/b", "/a/a/a", "/a/b/c/a/b/c", "/x?a=1&b=2&a=3", "/2026/11/23/title",
  ])
  func honestPathsPass(_ path: String) throws {
    let decision = Scope(try source()).judge(address("https://jobs.example" + path), depth: 1)
    #expect(decision.accepted != nil)
  }

  /// How many of the addresses are admitted, and the reason for the first that is not.
  func admitted(
    _ scope: Scope, _ paths: some Sequence<String>
  ) -> (count: Int, reason: ScopeReason?, memory: ScopeMemory) {
    var memory = ScopeMemory()
    var count = 0
    var reason: ScopeReason?
    for path in paths {
      switch scope.admit(address("https://jobs.example" + path), depth: 1, memory: &memory) {
      case .accepted: count += 1
      case .rejected(let why): reason = reason ?? why
      }
    }
    return (count, reason, memory)
  }

  @Test func pagesOfOneShapeAreCapped() throws {
    let result = admitted(
      Scope(try source()), (0..<2000).map { "/topic/\($0)/comments?page=\($0)" })
    #expect(result.count == TrapLimits().pagesPerShape)
    #expect(result.reason == .shapeFull)
  }

  @Test func advertsAndListingsAreNotCapped() throws {
    let scope = Scope(try source(Self.rules))
    #expect(admitted(scope, (0..<3000).map { "/advert/\($0)" }).count == 3000)
    #expect(admitted(scope, (0..<3000).map { "/list/\($0)" }).count == 3000)
  }

  @Test(arguments: [
    "/events/YYYY/M", "/cal?year=YYYY&month=M", "/cal?date=YYYY-01-01&n=N", "/day/YYYY0101/N",
    "/agenda/M.12.YYYY/N",
  ])
  func endlessCalendarsAreCapped(_ template: String) throws {
    let paths = (0..<2000).map {
      template.replacing("YYYY", with: "\(1950 + $0 / 12)").replacing("M", with: "\($0 % 12 + 1)")
        .replacing("N", with: "\($0)")
    }
    let result = admitted(Scope(try source()), paths)
    #expect(result.count <= TrapLimits().pagesPerCalendar)
    #expect(result.reason == .calendar)
  }

  /// A shallow and wide trap: ever new words, so that no two addresses have a shape in common.
  @Test func directoriesAreCapped() throws {
    var chance = Chance(state: 1)
    let words = (0..<4000).map { _ in
      String((0..<12).map { _ in Character(Unicode.Scalar(UInt8(97 + chance.next(26)))) })
    }
    let flat = admitted(Scope(try source()), words.map { "/tag/\($0)" })
    #expect(flat.count == TrapLimits().pagesPerDirectory && flat.reason == .directoryFull)
    let limits = TrapLimits(maximumCounters: 3000)
    let deep = admitted(Scope(try source(), limits: limits), words.map { "/\($0)/\($0)/x" })
    #expect(deep.count <= 1000)
    #expect(deep.memory.counters.count <= 3000)
  }

  @Test func facetsInEverNewOrderAreCapped() throws {
    var chance = Chance(state: 5)
    let names = ["city", "hours", "pay", "age", "type", "sort", "lang", "van"]
    let paths = (0..<3000).map { _ -> String in
      let chosen = (0..<(2 + chance.next(6))).map { _ in names[chance.next(8)] + "=1" }
      return "/list/search?" + chosen.joined(separator: "&")
    }
    let result = admitted(Scope(try source(Self.rules)), paths)
    #expect(result.reason == .parameterCombinations)
    #expect(result.count < 600)
    // One order of names may have any values.
    let pages = admitted(
      Scope(try source(Self.rules)), (0..<500).map { "/list/search?city=\($0)&page=\($0)" })
    #expect(pages.count == 500)
  }

  @Test func aSourceMayHaveALimitOfPages() throws {
    let scope = Scope(try source("scope: {pages: 10}"))
    let result = admitted(scope, (0..<20).map { "/a\($0)/b" } + ["/"])
    #expect(result.reason == .pagesFull)
    #expect(result.count == 11)  // the start address is never refused
  }

  @Test func memoryCanBeSavedAndRestored() throws {
    let scope = Scope(try source(), limits: TrapLimits(pagesPerShape: 10))
    var first = admitted(scope, (0..<6).map { "/p/\($0)" }).memory
    var stored: [UInt64: Int] = [:]
    for (counter, count) in first.takeChanges() { stored[counter] = count }
    #expect(first.takeChanges().isEmpty)
    var restored = ScopeMemory(pages: first.pages, counters: stored)
    let decisions = (6..<12).map {
      scope.admit(address("https://jobs.example/p/\($0)"), depth: 1, memory: &restored)
    }
    #expect(decisions.filter { $0.accepted != nil }.count == 4)
  }
}
