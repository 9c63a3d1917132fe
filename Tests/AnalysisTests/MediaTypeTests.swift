import Analysis
import Testing

@Suite struct MediaTypeTests {
  @Test(
    arguments: [
      ("text/html", "text/html", nil), ("Text/HTML; Charset=UTF-8", "text/html", "UTF-8"),
      ("text/html;charset=\"windows-1251\"", "text/html", "windows-1251"),
      ("text/html ; a=b ; charset = 'x'", "text/html", "x"), ("", "", nil),
      (";;;charset=", "", nil), ("text/html; charset=a; charset=b", "text/html", "a"),
    ] as [(String, String, String?)])
  func headersAreRead(header: String, essence: String, charset: String?) {
    let type = MediaType(header)
    #expect(type.essence == essence)
    #expect(type.charset == charset)
  }

  @Test func withoutATypeMarkupIsRecognised() {
    #expect(MediaType(nil).reading(of: Array("\n <p>x".utf8)) == .html)
    #expect(MediaType(nil).reading(of: Array("PK".utf8)) == .opaque)
    #expect(MediaType("image/png").reading(of: Array("<p>".utf8)) == .opaque)
    #expect(MediaType("application/rss+xml").reading(of: []) == .feed)
  }

  @Test(
    arguments: [
      ("<?xml version=\"1.0\"?>\n<!-- made <b>today</b> -->\n<urlset>", true),
      ("<?xml version=\"1.0\"?><sm:sitemapindex xmlns:sm=\"x\">", true),
      (" <rss version=\"2.0\">", true), ("\u{FEFF}<feed xmlns=\"x\">", true),
      ("<rdf:RDF xmlns:rdf=\"x\">", true), ("<html><body><rss>", false), ("<!-- <rss>", false),
      ("rss", false), ("<", false), ("", false),
    ])
  func feedsAreKnownByTheirRootElement(text: String, isFeed: Bool) {
    let reading = MediaType("text/html").reading(of: Array(text.utf8))
    #expect((reading == .feed) == isFeed)
  }

  @Test func aListOfAddressesIsNoText() {
    let list = Array("https://jobs.example/job/1\r\n\r\nhttps://jobs.example/job/2\n".utf8)
    #expect(MediaType("text/plain").reading(of: list) == .feed)
    #expect(MediaType("text/plain").reading(of: list + Array("Call us.\n".utf8)) == .text)
    let many = (0..<200).map { "https://jobs.example/job/\($0)" }.joined(separator: "\n")
    #expect(MediaType("application/octet-stream").reading(of: Array(many.utf8)) == .feed)
    #expect(MediaType("text/plain").reading(of: []) == .text)
  }
}
