import CrawlFrontier
import Testing
import Vocabulary
import WebAddress

@Suite struct RobotsRulesTests {
  func allows(_ rules: String, _ path: String, agent: String = "Adwatch") -> Bool {
    RobotsRules(parsing: bytes(rules))
      .verdict(for: address("https://jobs.example" + path), agent: agent).isAllowed
  }

  /// RFC 9309 section 2.2.2 and 2.2.3 and the examples of section 5.
  @Test(arguments: [
    ("/", "/anything", false), ("", "/anything", true), ("/foo", "/foo", false),
    ("/foo", "/foobar/x", false), ("/foo", "/Foo", true), ("/foo/", "/foo", true),
    ("/foo$", "/foo", false), ("/foo$", "/foo?x=1", true), ("/foo$", "/foobar", true),
    ("/*.php", "/a/b.php?x", false), ("/*.php$", "/a.php", false), ("/*.php$", "/a.php5", true),
    ("/fish*.php", "/fishheads/catfish.php?p", false), ("/fish*.php", "/Fish.PHP", true),
    ("/a*b*c", "/a-c-b", true), ("/a*b*c", "/a-b-c-d", false), ("/*", "/x", false),
    ("*/x", "/a/x", false), ("/a**b", "/axb", false), ("/*a$", "/a/b/a", false),
    ("/ab*ba$", "/aba", true), ("/ab*ba$", "/abba", false), ("/$", "/", false), ("/$", "/x", true),
    // Percent-encoding: the table of section 2.2.2.
    ("/foo/bar?baz=quz", "/foo/bar?baz=quz", false),
    ("/foo/bar?baz=http://foo.bar", "/foo/bar?baz=http://foo.bar", false),
    ("/foo/bar/ツ", "/foo/bar/%E3%83%84", false),
    ("/foo/bar/%E3%83%84", "/foo/bar/%E3%83%84", false),
    ("/foo/bar/%e3%83%84", "/foo/bar/%E3%83%84", false),
    ("/foo/bar/%62%61%7A", "/foo/bar/baz", false),
    ("/foo/bar/baz", "/foo/bar/%62%61%7a", false),
    ("/a%2fb", "/a%2Fb", false), ("/a%2Fb", "/a/b", true), ("/a/b", "/a%2Fb", true),
    // Section 2.2.3: what means itself is written with a percent sign.
    ("/file-with-a-%2A.html", "/file-with-a-*.html", false),
    ("/file-with-a-%2A.html", "/file-with-a-x.html", true), ("/foo-%24", "/foo-$", false),
    ("/{x}", "/{x}", false), ("/\"a", "/%22a", false), ("/?q='a'", "/?q='a'", false),
    ("/login?", "/login?", false), ("/login?", "/login", true),
    ("/a$b", "/a$b", false), ("/100%", "/100%", false),
  ])
  func pattern(_ pattern: String, _ path: String, _ allowed: Bool) {
    #expect(allows("User-agent: *\nDisallow: \(pattern)", path) == allowed)
  }

  @Test(arguments: [
    ("Allow: /example/page/\nDisallow: /example/page/disallowed.gif", "/example/page/x", true),
    (
      "Allow: /example/page/\nDisallow: /example/page/disallowed.gif",
      "/example/page/disallowed.gif", false
    ),
    ("Disallow: /x\nAllow: /x", "/x", true), ("Disallow: /\nAllow: /p", "/page", true),
    ("Allow: /page\nDisallow: /*.htm", "/page.htm", false),
    ("Allow: /$\nDisallow: /", "/", true), ("Allow: /$\nDisallow: /", "/page.htm", false),
    ("Disallow: /a*****\nAllow: /ab", "/abc", false),
  ])
  func longestMatchWinsAndAllowWinsATie(_ rules: String, _ path: String, _ allowed: Bool) {
    #expect(allows("User-agent: Adwatch\n" + rules, path) == allowed)
  }

  @Test func theRuleThatDecidesIsNamed() {
    let rules = RobotsRules(
      parsing: bytes("# hello\r\nUser-agent: *\r\nDisallow: /private # no\r\n"))
    let verdict = rules.verdict(for: address("https://jobs.example/private/x"), agent: "Adwatch")
    #expect(
      verdict == .disallowed(RobotsRule(line: 3, text: "Disallow: /private", allows: false)))
    #expect(rules.verdict(for: address("https://jobs.example/"), agent: "a") == .allowed(nil))
  }

  @Test func robotsFileItselfIsAlwaysAllowed() {
    #expect(allows("User-agent: *\nDisallow: /", "/robots.txt"))
    #expect(!allows("User-agent: *\nDisallow: /", "/robots.txt.bak"))
  }

  @Test func groupsOfOneAgentAreMerged() {
    let rules = """
      User-agent: adwatch
      Disallow: /a
      User-agent: *
      Disallow: /
      User-agent: ADWATCH/1.0
      Disallow: /b
      """
    #expect(!allows(rules, "/a"))
    #expect(!allows(rules, "/b"))
    #expect(allows(rules, "/c"))
    #expect(!allows(rules, "/c", agent: "other"))
    #expect(allows(rules, "/c", agent: "Adwatch/2.3 (+https://x.example)"))
  }

  @Test func onlyRulesEndARunOfAgents() {
    let rules = "User-agent: Adwatch\nSitemap: x\nCrawl-delay: 3\n\nUser-agent: b\nDisallow: /\n"
    #expect(!allows(rules, "/x"))
    #expect(!allows(rules, "/x", agent: "b"))
    let parsed = RobotsRules(parsing: bytes(rules))
    #expect(parsed.crawlDelay(agent: "Adwatch") == 3)
    // The delay was meant for the agents above it.
    #expect(parsed.crawlDelay(agent: "b") == nil)
  }

  @Test(arguments: ["\n", "\r", "\r\n"])
  func lineEndings(_ end: String) {
    let rules = ["User-agent: *", "Disallow: /x", "", "Allow: /x/y"].joined(separator: end)
    #expect(!allows(rules, "/x"))
    #expect(allows(rules, "/x/y"))
  }

  @Test func rulesBeforeAnyAgentAreIgnored() {
    #expect(allows("Disallow: /\nUser-agent: *\nDisallow: /x", "/y"))
  }

  @Test(arguments: [
    "user-agent *\ndisallow /", "useragent: *\nDissallow: /", "USER-AGENT:*\nDISALLOW:/",
    "User-agent: *\nDisallow: /    # comment", "\u{feff}User-agent: *\nDisallow: /",
    "\tUser-agent : * \n  Disallow\t:\t/", "User-agent: *\nDisallow: /x\u{a0}\u{2002}",
    "User-agent: *\n\u{3000}Disallow: \u{a0}/",
  ])
  func commonMistakesErrOnThePoliteSide(_ rules: String) { #expect(!allows(rules, "/x")) }

  @Test(arguments: [
    ("10", 10.0), ("0.5", 0.5), ("1e3", 1000), ("86400", 86_400), ("1e300", 315_360_000),
    ("inf", 315_360_000),
  ])
  func crawlDelay(_ text: String, _ seconds: Double) {
    let rules = RobotsRules(parsing: bytes("User-agent: *\nCrawl-delay: \(text)\nDisallow:"))
    #expect(rules.crawlDelay(agent: "Adwatch") == seconds)
  }

  @Test(arguments: ["-1", "nan", "soon", ""])
  func nonsenseIsNoCrawlDelay(_ text: String) {
    let rules = RobotsRules(parsing: bytes("User-agent: *\nCrawl-delay: \(text)\n"))
    #expect(rules.crawlDelay(agent: "Adwatch") == nil)
  }

  @Test func aGroupOfOurOwnHidesTheDelayForEveryone() {
    let rules = RobotsRules(
      parsing: bytes("User-agent: *\nCrawl-delay: 9\n\nDisallow:\nUser-agent: adwatch\nAllow: /\n"))
    #expect(rules.crawlDelay(agent: "Adwatch") == nil)
    #expect(rules.crawlDelay(agent: "Other") == 9)
  }

  @Test func sitemapsBelongToNoGroup() {
    let rules = RobotsRules(
      parsing: bytes("Sitemap: https://a.example/1.xml\nUser-agent: x\nSITEMAP:/2.xml # two\n"))
    #expect(rules.sitemaps == ["https://a.example/1.xml", "/2.xml"])
  }

  @Test func whatLiesBeyondTheLimitIsNotRead() {
    let filler = String(repeating: "# filler\n", count: RobotsRules.maximumBytes / 9 - 10)
    let long = RobotsRules(
      parsing: bytes("User-agent: *\nDisallow: /a\n\(filler)" + String(repeating: "x", count: 99))
        + bytes("\nDisallow: /b\n"))
    #expect(long.truncated)
    #expect(!long.verdict(for: address("https://a.example/a"), agent: "x").isAllowed)
    #expect(long.verdict(for: address("https://a.example/b"), agent: "x").isAllowed)
  }

  /// With a backtracking matcher this takes longer than the universe has.
  @Test(.timeLimit(.minutes(15))) func hostilePatternsTakeLinearTime() {
    let stars = "/" + String(repeating: "a*", count: 5000) + "b$"
    let path = "/" + String(repeating: "a", count: 2000)
    #expect(allows("User-agent: *\nDisallow: \(stars)", path))
    let piece = "/*" + String(repeating: "a", count: 1000) + "b"
    let many = String(repeating: "Disallow: \(piece)\n", count: 400)
    #expect(allows("User-agent: *\n" + many, path))
  }

  @Test func anyBytesCanBeRead() {
    var chance = Chance(state: 7)
    let words = [
      "User-agent:", "*", "Disallow:", "/", "$", "%", "%4", "\r", "\n", "#", ":", " ", "é",
    ]
    for _ in 0..<500 {
      var text: [UInt8] = []
      for _ in 0..<chance.next(60) {
        if chance.next(4) == 0 {
          text.append(UInt8(chance.next(256)))
        } else {
          text += bytes(words[chance.next(words.count)])
        }
      }
      let rules = RobotsRules(parsing: text)
      _ = rules.verdict(for: address("https://a.example/%25/é?x=*$"), agent: "Adwatch")
      _ = rules.crawlDelay(agent: "Adwatch")
    }
  }
}

@Suite struct RobotsStateTests {
  let page = address("https://jobs.example/x")
  let closed = bytes("User-agent: *\nDisallow: /\n")

  func decision(_ status: Int?, after seconds: Double = 0) -> RobotsDecision {
    RobotsState(status: status, body: closed, at: noon)
      .decision(for: page, agent: "Adwatch", at: noon + seconds)
  }

  @Test(arguments: [404, 403, 401, 410, 400, 451, 301, 302])
  func missingFilesAllowEverything(_ status: Int) { #expect(decision(status) == .allowed(nil)) }

  @Test(arguments: [500, 503, 502, 599, 429, nil])
  func troubleForbidsEverything(_ status: Int?) {
    #expect(decision(status) == .unreachable(since: noon, retryAt: noon + 600))
    #expect(decision(status, after: 601) == .unasked)
  }

  @Test func rulesExpireAfterADay() {
    #expect(decision(200) == decision(204, after: 86_399))
    #expect(decision(200, after: 86_400) == .unasked)
    // A stored time that claims more is not believed.
    let long = RobotsState.known(.allowingAll, fetchedAt: noon, expiresAt: noon + 1e6)
    #expect(long.decision(for: page, agent: "a", at: noon + 90_000) == .unasked)
  }

  @Test func aFileThatStaysUnreachableIsAskedForLessAndLess() {
    var state = RobotsState(status: 500, body: [], at: noon)
    var time = noon
    var waits: [Double] = []
    for _ in 0..<12 {
      guard case .unreachable(_, let retryAt) = state else { break }
      waits.append(retryAt - time)
      time = retryAt
      state = RobotsState(status: nil, body: [], at: time, previous: state)
    }
    #expect(waits.first == 600)
    #expect(waits == waits.sorted())
    #expect(waits.last == 86_400)
  }
}
