import Testing

@testable import WebAddress

@Suite("Canonical addresses")
struct CanonicalTests {
  @Test(arguments: [
    ("http://a.test/x#y", "http://a.test/x"), ("http://a.test/?", "http://a.test/"),
    ("http://u:p@a.test/", "http://a.test/"), ("http://a.test./x", "http://a.test/x"),
    ("http://a.test.:81/x", "http://a.test:81/x"), ("http://a.test../x", "http://a.test../x"),
    ("http://a.test/%7efoo/%2f%c3%a4", "http://a.test/~foo/%2F%C3%A4"),
    ("http://a.test/%%34%31", "http://a.test/%%34%31"),
    ("http://a.test/%41%%34/%41?%%34=%41&%41", "http://a.test/%41%%34/A?%%34=%41&A"),
    // A removed piece's stray sign must not decide about the others.
    ("http://a.test/%41;jsessionid=%?utm_source=%&%41", "http://a.test/A?A"),
    ("http://a.test/?utm_source=x&b=1&UTM_Medium=y&a=2", "http://a.test/?b=1&a=2"),
    ("http://a.test/?gclid=x", "http://a.test/"),
    ("http://a.test/?%75tm_source=x", "http://a.test/"),
    ("http://a.test/?fbclid=x&&", "http://a.test/"), ("http://a.test/?a&&b", "http://a.test/?a&&b"),
    ("http://a.test/?PHPSESSID=1&a=1", "http://a.test/?a=1"),
    ("http://a.test/a;jsessionid=1?b", "http://a.test/a?b"),
    ("http://a.test/a;JSESSIONID=1;v=2/b", "http://a.test/a;v=2/b"),
    ("http://a.test/a/..;jsessionid=1/b", "http://a.test/a/..;jsessionid=1/b"),
    ("http://a.test/(S(lit3py55t21z5v55vlm25s55))/o.aspx", "http://a.test/o.aspx"),
    ("http://a.test/(S(lit3py55t21z5v55vlm25s55))", "http://a.test/"),
    ("http://a.test/(S(lit3py55t21z5v55vlm25s55));jsessionid=2/x", "http://a.test/x"),
    ("http://a.test/?cfid=1&cftoken=2&a", "http://a.test/?a"),
    ("http://a.test/?sid=0123456789abcdef", "http://a.test/"),
    ("http://a.test/?SID=k3jh5k2j3h5k2j3h5kz9", "http://a.test/"),
    ("http://a.test/?s=0a1b2c3d-0000-4000-8000-0123456789ab", "http://a.test/"),
    ("https://a.test/x", "https://a.test/x"), ("mailto:x#y", "mailto:x"),
    ("x://a.test./?#", "x://a.test./?"),
  ])
  func removesNoise(text: String, expected: String) {
    #expect(Address(text)?.canonical.href == expected)
  }

  @Test(arguments: [
    "http://www.a.test/", "http://a.test/A/", "http://a.test/a", "http://a.test/a/",
    "http://a.test//a", "http://a.test/index.html", "http://a.test/?b=1&a=1",
    "http://a.test/?a=1&a=1",
    "http://a.test/?sid=12345", "http://a.test/?s=shoes", "http://a.test/?cfid=1",
    "http://a.test/?session=autumn-winter-2026", "http://a.test/?a=%26b",
    "http://a.test/a%3Bjsessionid=1",
    "http://a.test/?s=cleaningjobs2026amsterdam", "http://a.test/(a)",
    "http://a.test/?q=utm_source",
  ])
  func keepsWhatMayMatter(text: String) {
    #expect(Address(text)?.canonical.href == text)
  }
}
