import Testing

@testable import WebAddress

@Suite("Addresses")
struct AddressTests {
  @Test(arguments: [
    ("HTTP://Site.Example", "http://site.example/"),
    ("https://site.example:443/a", "https://site.example/a"),
    ("http://site.example:80", "http://site.example/"),
    ("http://site.example:443", "http://site.example:443/"),
    ("http:site.example", "http://site.example/"),
    ("http:\\\\site.example\\a", "http://site.example/a"),
    ("  http://site.example/a\tb\n ", "http://site.example/ab"),
    ("http://site.example/a/./b/../c", "http://site.example/a/c"),
    ("http://site.example/%2e%2E/.%2e/a", "http://site.example/a"),
    ("http://site.example/a b?c d#e f", "http://site.example/a%20b?c%20d#e%20f"),
    ("http://site.example/ä?ö#ü", "http://site.example/%C3%A4?%C3%B6#%C3%BC"),
    ("http://site.example/?it's", "http://site.example/?it%27s"), ("x:?it's", "x:?it's"),
    ("http://u:p@site.example", "http://u:p@site.example/"),
    ("http://u@v@site.example", "http://u%40v@site.example/"),
    ("http://:@site.example", "http://site.example/"),
    ("http://:p@site.example", "http://:p@site.example/"),
    ("http://münchen.example", "http://xn--mnchen-3ya.example/"),
    ("http://M%C3%BCnchen.example", "http://xn--mnchen-3ya.example/"),
    ("http://faß.example", "http://xn--fa-hia.example/"),
    ("http://ｓｉｔｅ。example", "http://site.example/"), ("http://1.2.3.4./", "http://1.2.3.4/"),
    ("http://[::FFFF:127.0.0.1]", "http://[::ffff:7f00:1]/"),
    ("http://[1:0:0:2::]", "http://[1:0:0:2::]/"),
    ("file:///C|/a/../../b", "file:///C:/b"), ("file://localhost/a", "file:///a"),
    ("file:a", "file:///a"), ("web+x:/.//a", "web+x:/.//a"), ("web+x:/a/..//b", "web+x:/.//b"),
    ("mailto:Office@site.example", "mailto:Office@site.example"), ("x:a b ", "x:a b"),
    ("x:a  ?b", "x:a %20?b"), ("x://H%41/../a", "x://H%41/a"), ("x://h", "x://h"), ("x://", "x://"),
  ])
  func serialises(text: String, expected: String) {
    #expect(Address(text)?.href == expected)
  }

  @Test(arguments: [
    ("", AddressError.relativeWithoutBase), ("site.example", .relativeWithoutBase),
    ("/a", .relativeWithoutBase), ("http://", .hostMissing), ("http:///", .hostMissing),
    ("http://u@/", .hostMissing), ("http://:80", .hostMissing), ("x://u@", .hostMissing),
    ("http://a b", .forbiddenHostCodePoint), ("http://a%20b", .forbiddenHostCodePoint),
    ("http://a<b", .forbiddenHostCodePoint), ("x://a b", .forbiddenHostCodePoint),
    ("http://a%00", .forbiddenHostCodePoint), ("http://%", .forbiddenHostCodePoint),
    ("http://\u{AD}", .domainInvalid), ("http://%ff", .domainInvalid),
    ("http://ü.xn--a", .domainInvalid),
    ("http://1.2.3.4.5", .ipv4Invalid), ("http://256", nil), ("http://256.1.1.1", .ipv4Invalid),
    ("http://08", .ipv4Invalid), ("http://1.2.3.08", .ipv4Invalid),
    ("http://4294967296", .ipv4Invalid),
    ("http://a.0x1g", nil), ("http://a.0x1", .ipv4Invalid), ("http://[::1", .ipv6Invalid),
    ("http://[]", .ipv6Invalid), ("http://[1]", .ipv6Invalid),
    ("http://[1:2:3:4:5:6:7:8:9]", .ipv6Invalid),
    ("http://[::1%25eth0]", .ipv6Invalid), ("http://[::1.2.3.04]", .ipv6Invalid),
    ("http://[:1]", .ipv6Invalid), ("http://a:b", .portInvalid),
    ("http://a:65536", .portOutOfRange),
    ("http://a:65535", nil),
  ])
  func refuses(text: String, expected: AddressError?) {
    var thrown: AddressError?
    do { _ = try Address(parsing: text) } catch { thrown = error }
    #expect(thrown == expected)
  }

  @Test(arguments: [
    ("x", "http://a.test/b/x"), ("/x", "http://a.test/x"), ("//c.test/x", "http://c.test/x"),
    ("?x", "http://a.test/b/c?x"), ("#x", "http://a.test/b/c?d#x"), ("", "http://a.test/b/c?d"),
    ("..", "http://a.test/"), ("../../x", "http://a.test/x"), (".", "http://a.test/b/"),
    ("https:x", "https://x/"), ("http:x", "http://a.test/b/x"), ("\\x", "http://a.test/x"),
    ("javascript:void(0)", "javascript:void(0)"), ("http://d.test", "http://d.test/"),
  ])
  func resolves(reference: String, expected: String) throws {
    let base = try #require(Address("http://a.test/b/c?d#e"))
    #expect(base.resolving(reference)?.href == expected)
  }

  @Test func opaqueBasesTakeFragmentsOnly() throws {
    let base = try #require(Address("mailto:office@site.example"))
    #expect(base.resolving("#x")?.href == "mailto:office@site.example#x")
    #expect(base.resolving("#x")?.hasOpaquePath == true)
    #expect(throws: AddressError.baseCannotResolve) { try Address(parsing: "x", base: base) }
  }

  @Test func hasComponents() throws {
    let address = try #require(Address("https://user:pw@site.example:8443/a/b?c=d#e"))
    #expect(address.scheme == "https")
    #expect(address.username == "user")
    #expect(address.password == "pw")
    #expect(address.host == .domain("site.example"))
    #expect(address.hostname == "site.example")
    #expect(address.port == 8443)
    #expect(address.effectivePort == 8443)
    #expect(address.pathname == "/a/b")
    #expect(address.search == "?c=d")
    #expect(address.hash == "#e")
    #expect(address.origin == "https://site.example:8443")
    #expect(address.isHTTP)
    #expect(address.withoutFragment.href == "https://user:pw@site.example:8443/a/b?c=d")
    #expect(Address("https://a.test/")?.effectivePort == 443)
    #expect(Address("https://a.test/")?.port == nil)
    #expect(Address("mailto:x")?.host == nil)
    #expect(Address("file:///x")?.host == .empty)
    #expect(Address("x://%41")?.host == .opaque("%41"))
  }

  @Test func comparesBySerialisation() throws {
    let one = try #require(Address("http://a.test"))
    #expect(one == Address("HTTP://A.test:80/"))
    #expect(Set([one, try #require(Address("http://a.test/"))]).count == 1)
    #expect(one < (try #require(Address("http://a.test/a"))))
  }

  @Test func displaysInternationalNames() {
    #expect(Address("http://xn--mnchen-3ya.example/")?.host?.displayName == "münchen.example")
    #expect(Address("http://xn--a/")?.host?.displayName == nil)
    #expect(Address("http://127.0.0.1/")?.host?.displayName == nil)
  }

  /// A page in windows-1251 asks its server in windows-1251, as browsers do.
  @Test(arguments: [
    (
      "windows-1251",
      "https://a.test/%D1%85?q=%F5&%26%238364;".replacing("&%26%238364;", with: "&%88")
    ),
    ("UTF-8", "https://a.test/%D1%85?q=%D1%85&%E2%82%AC"),
    ("utf-16le", "https://a.test/%D1%85?q=%D1%85&%E2%82%AC"),
    ("no-such-charset", "https://a.test/%D1%85?q=%D1%85&%E2%82%AC"),
    ("koi8-r", "https://a.test/%D1%85?q=%C8&%26%238364%3B"),
  ])
  func queriesAreWrittenInThePagesEncoding(encoding: String, expected: String) throws {
    let base = try #require(Address("https://a.test/"))
    #expect(base.resolving("х?q=х&€", encoding: encoding)?.href == expected)
  }

  @Test(arguments: [
    ("https://www.site.example/a", "site.example"),
    ("https://a.site.example.co.uk/", "example.co.uk"),
    ("https://site.example./", "site.example"), ("http://localhost:81/", "localhost"),
    ("http://203.0.113.9:81/", "203.0.113.9"), ("http://[2001:db8::7]:81/", "[2001:db8::7]"),
    ("https://alice.github.io/", "github.io"), ("https://co.uk/", "co.uk"), ("mailto:x", ""),
  ])
  func politenessGroups(text: String, expected: String) throws {
    try #require(PublicSuffixList.systemProblem == nil)
    #expect(Address(text)?.politenessGroup == expected)
  }

  @Test(arguments: [
    ("https://www.site.example/a", "site.example"), ("https://alice.github.io/", "alice.github.io"),
    ("https://b.alice.github.io/", "alice.github.io"), ("https://github.io/", nil),
    ("http://203.0.113.9/", nil), ("http://localhost/", nil), ("x://site.example/", nil),
  ])
  func registrableDomains(text: String, expected: String?) throws {
    try #require(PublicSuffixList.systemProblem == nil)
    #expect(Address(text)?.registrableDomain == expected)
  }
}
