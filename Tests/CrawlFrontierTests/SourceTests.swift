import CrawlFrontier
import Testing
import Vocabulary
import WebAddress

@Suite struct SourceTests {
  static let whole = """
    format: adwatch.source/1
    source: example-jobs
    start: [https://jobs.example/latest, "https://www.jobs.example/"]
    scope:
      hosts: [jobs.example, "*.jobs.example"]
      include: [/work/**]
      exclude: ["/**/print", "/login**"]
      depth: 5
      pages: 20000
    adverts: {url: /advert/*, id: "/advert/{id}"}
    listings: {url: [/latest, "/search?page=*"], sitemaps: true}
    form: labour
    country: NL
    schedule: {listings: 2h, adverts: 12h, hours: 22-6}
    politeness: {delay: 5s, group: jobs, robots: obey, concurrency: 2}
    network:
      allow: [127.0.0.0/8]
      proxy: {address: "http://127.0.0.1:3128", login_env: PROXY, echo: https://echo.example/ip}
      ca: ca.pem
      cookies: {age_ok: "1"}
      http2: false
    images: hash
    purpose: Signals of exploitation in job adverts
    legal_basis: Example Act, section 1
    retention: 90d
    operator: {name: Example Inspectorate, contact: crawl@inspectorate.example}
    """

  @Test func everyKeyIsRead() throws {
    let source = try Source(yaml: Self.whole, file: "Seeds/example-jobs.yaml")
    #expect(source.name == "example-jobs")
    #expect(
      source.start.map(\.href) == ["https://jobs.example/latest", "https://www.jobs.example/"])
    #expect(source.scope.hosts.map(\.description) == ["jobs.example", "*.jobs.example"])
    #expect(source.scope.depth == 5 && source.scope.pages == 20_000)
    #expect(source.scope.include.count == 1 && source.scope.exclude.count == 2)
    #expect(source.adverts.identifier(in: address("https://jobs.example/advert/77")) == "77")
    #expect(source.listings.count == 2 && source.sitemaps)
    #expect(source.form == .labour && source.country == "NL" && source.images == .hash)
    #expect(source.schedule.listings == 7200 && source.schedule.adverts == 43_200)
    #expect(source.schedule.calendar.hours.description == "22-6")
    #expect(source.politeness.delay == 5 && source.politeness.concurrency == 2)
    #expect(source.group(for: address("https://a.jobs.example/")) == "jobs")
    #expect(source.network.allow.count == 1 && source.network.proxy?.login == .environment("PROXY"))
    #expect(source.network.proxy?.echo?.href == "https://echo.example/ip")
    #expect(source.network.cookies == [Source.Cookie(name: "age_ok", value: "1")])
    #expect(!source.network.http2 && source.network.ca == "ca.pem")
    #expect(source.retention == 7_776_000)
    #expect(source.operator.contact == "crawl@inspectorate.example")
  }

  @Test func whatIsNotSaidHasADefault() throws {
    let source = try source(start: "https://jobs.example:8443/a")
    #expect(source.scope.hosts.map(\.description) == ["jobs.example:8443"])
    #expect(source.politeness.delay == 2 && source.politeness.concurrency == 1)
    #expect(source.politeness.robotsOrder == nil && source.images == .none)
    #expect(source.schedule.listings == 21_600 && source.schedule.adverts == 86_400)
    #expect(source.schedule.calendar == VisitCalendar())
    #expect(source.group(for: source.start[0]) == source.start[0].politenessGroup)
  }

  @Test func allProblemsAreReportedWithTheirLines() {
    let found = problems(
      """
      format: adwatch.source/2
      source: Big Site
      start: [ftp://x.example/, https://jobs.example/]
      scope: {hosts: ["bad host"], dept: 3}
      adverts: {url: advert, id: /advert/*}
      schedule: {listings: 5s, hours: 3-3}
      politeness: {delay: 0, robots: ignore}
      network: {allow: [here], proxy: "gopher://x.example", cookies: {a: "b;c"}}
      country: nl
      images: some
      legal_basis: test
      """)
    for expected in [
      "x.yaml:1:", "x.yaml:2:", "x.yaml:3:", "x.yaml:4:", "unknown key 'dept'", "x.yaml:5:",
      "{id}", "x.yaml:6:", "hours of the day", "x.yaml:7:", "legal order", "x.yaml:8:",
      "RFC 6265", "x.yaml:9:", "x.yaml:10:", "'purpose' is missing",
    ] {
      #expect(found.contains { $0.contains(expected) }, "\(expected) in \(found)")
    }
    #expect(found.count >= 15)
  }

  @Test func purposeAndLegalBasisAreRequired() {
    let found = problems("format: adwatch.source/1\nsource: a\nstart: https://a.example/\n")
    #expect(found.count == 2)
    #expect(found.contains { $0.contains("'purpose' is missing") })
    #expect(found.contains { $0.contains("'legal_basis' is missing") })
  }

  @Test(arguments: [
    ("http://127.0.0.1:8080/", "0", true), ("http://localhost/", "0", true),
    ("http://127.0.0.1:8080/", "0.1s", true), ("https://jobs.example/", "0", false),
    ("https://jobs.example/", "1s", false), ("https://jobs.example/", "2s", true),
    ("https://127.0.0.1.evil.example/", "0", false),
  ])
  func aShortDelayIsForThisMachineAlone(_ start: String, _ delay: String, _ isFine: Bool) {
    let read = try? source("politeness: {delay: \(delay)}", start: start)
    #expect((read != nil) == isFine)
  }

  @Test(arguments: [
    ("socks5h://127.0.0.1:9050", true), ("socks4a://127.0.0.1:9050", true),
    ("http://proxy.example:3128", true), ("socks5://127.0.0.1:9050", false),
    ("socks4://127.0.0.1:9050", false), ("ftp://proxy.example", false),
  ])
  func aProxyIsOneThatResolvesTheNames(_ proxy: String, _ isFine: Bool) {
    #expect(((try? source("network: {proxy: \"\(proxy)\"}")) != nil) == isFine)
  }

  @Test func startAddressesHaveToBeInScope() {
    #expect(throws: (any Error).self) { try source("scope: {hosts: [other.example]}") }
  }
}

@Suite struct HourWindowTests {
  @Test(
    arguments: [
      ("0-24", [0, 12, 23], []), ("22-6", [22, 23, 0, 5], [6, 12, 21]),
      ("9-17", [9, 16], [8, 17]),
      ("22-0", [22, 23], [0, 21]), ("0-6", [0, 5], [6, 23]),
    ] as [(String, [Int], [Int])])
  func hours(_ text: String, _ inside: [Int], _ outside: [Int]) throws {
    let window = try #require(HourWindow(text))
    let day = Timestamp(civil: .init(year: 2026, month: 3, day: 1))
    for hour in inside { #expect(window.contains(day + Double(hour) * 3600 + 3599)) }
    for hour in outside { #expect(!window.contains(day + Double(hour) * 3600)) }
    for hour in 0..<24 {
      let time = day + Double(hour) * 3600 + 1
      let opening = window.opening(from: time)
      #expect(opening >= time && window.contains(opening) && opening - time <= 86_400)
    }
  }

  @Test(arguments: ["", "5", "5-5", "25-3", "a-b", "-1-4", "1-2-3"])
  func nonsense(_ text: String) { #expect(HourWindow(text) == nil) }
}

@Suite struct HostPatternTests {
  @Test(arguments: [
    ("jobs.example", "https://jobs.example/", true),
    ("jobs.example", "https://xjobs.example/", false),
    ("JOBS.example", "https://jobs.example:8443/", true),
    ("jobs.example:443", "https://jobs.example/", true),
    ("jobs.example:443", "http://jobs.example/", false),
    ("*.jobs.example", "https://a.jobs.example/", true),
    ("*.jobs.example", "https://ajobs.example/", false),
    ("127.0.0.1", "http://127.0.0.1:9/", true),
  ])
  func matches(_ pattern: String, _ text: String, _ expected: Bool) throws {
    #expect(try #require(HostPattern(pattern)).matches(address(text)) == expected)
  }

  @Test(arguments: ["", "*", "a b", "http://x", "a/b", "*.127.0.0.1", "x:0", "x:99999", "a*b"])
  func nonsense(_ text: String) { #expect(HostPattern(text) == nil) }
}
