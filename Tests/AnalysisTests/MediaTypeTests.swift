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
}
