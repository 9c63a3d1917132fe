import Testing

@testable import Markup

@Suite struct SitemapParserTests {
  static func parse(_ text: String, limits: SitemapLimits = SitemapLimits()) -> Sitemap {
    SitemapParser.parse(Array(text.utf8), limits: limits)
  }

  @Test func urlSetIsRead() {
    let map = Self.parse(
      """
      \u{FEFF}
      <?xml version="1.0" encoding="UTF-8"?>
      <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="urn:x">
      <url><loc> https://a.example/?x=1&amp;y=2 </loc><lastmod>2026-01-02</lastmod>
      <image:image><image:loc>https://a.example/i.png</image:loc></image:image></url>
      <url><loc><![CDATA[https://a.example/b]]></loc></url><url/></urlset>
      """)
    #expect(map.kind == .urls)
    #expect(map.urls.map(\.location) == ["https://a.example/?x=1&y=2", "https://a.example/b"])
    #expect(map.urls.map(\.modified) == ["2026-01-02", nil])
    #expect(!map.truncated)
  }

  @Test func indexIsRead() {
    let map = Self.parse(
      "<sitemapindex><sitemap><loc>https://a.example/1.xml</loc></sitemap></sitemapindex>")
    #expect(map.kind == .index)
    #expect(map.sitemaps.map(\.location) == ["https://a.example/1.xml"])
    #expect(map.urls.isEmpty)
  }

  @Test func feedsAreRead() {
    let rss = Self.parse(
      """
      <rss version="2.0"><channel><link>https://a.example/</link>
      <item><title>x</title><link>https://a.example/1</link><pubDate>Mon</pubDate></item>
      <item><guid>https://a.example/2</guid></item></channel></rss>
      """)
    #expect(rss.kind == .rss)
    #expect(rss.urls.map(\.location) == ["https://a.example/1", "https://a.example/2"])
    #expect(rss.urls[0].modified == "Mon")
    let atom = Self.parse(
      """
      <feed xmlns="http://www.w3.org/2005/Atom"><link href="https://a.example/"/>
      <entry><link rel="self" href="https://a.example/s"/><link href="https://a.example/1"/>
      <updated>2026-01-02T03:04:05Z</updated></entry></feed>
      """)
    #expect(atom.kind == .atom)
    #expect(atom.urls == [.init(location: "https://a.example/1", modified: "2026-01-02T03:04:05Z")])
  }

  @Test func listsAreRead() {
    let map = Self.parse("https://a.example/1\r\n\n  HTTP://a.example/2 \nnot one\n")
    #expect(map.kind == .text)
    #expect(map.urls.map(\.location) == ["https://a.example/1", "HTTP://a.example/2"])
    #expect(Self.parse("hello").kind == .unknown)
    #expect(Self.parse("").kind == .unknown)
  }

  @Test func mistakesKeepWhatCameBefore() {
    let map = Self.parse("<urlset><url><loc>https://a.example/1</loc></url><url><loc>https")
    #expect(map.urls.count == 1)
    #expect(map.truncated)
  }

  /// Neither files nor the network are read, and nested entities do not grow.
  @Test func entitiesAreNotExpanded() {
    let bomb = (1..<12).map { "<!ENTITY e\($0) \"&e\($0 - 1);&e\($0 - 1);&e\($0 - 1);\">" }
    let map = Self.parse(
      """
      <!DOCTYPE urlset [<!ENTITY e0 "https://a.example/"><!ENTITY f SYSTEM "file:///etc/passwd">
      \(bomb.joined())]>
      <urlset><url><loc>&e11;</loc></url><url><loc>https://a.example/&f;</loc></url></urlset>
      """)
    #expect(map.urls.map(\.location).allSatisfy { $0.utf8.count < 100 })
    #expect(!map.urls.contains { $0.location.contains("root") })
  }

  @Test func limitsHold() {
    var limits = SitemapLimits()
    limits.maximumEntries = 10
    let many = (0..<50).map { "<url><loc>https://a.example/\($0)</loc></url>" }.joined()
    let map = Self.parse("<urlset>\(many)</urlset>", limits: limits)
    #expect(map.urls.count == 10)
    #expect(map.truncated)
    let deep = Self.parse(String(repeating: "<a>", count: 50_000))
    #expect(deep.truncated)
    limits.maximumBytes = 30
    #expect(Self.parse("<urlset>\(many)</urlset>", limits: limits).truncated)
  }

  @Test func randomBytesAreSurvived() {
    var random = SeededGenerator(3)
    for round in 0..<300 {
      let bytes = (0..<200).map { _ in UInt8.random(in: 0...255, using: &random) }
      _ = SitemapParser.parse(round.isMultiple(of: 2) ? bytes : Array("<urlset>".utf8) + bytes)
    }
  }
}
