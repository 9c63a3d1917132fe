import CaseStore
import Foundation
import Testing
import Vocabulary

@testable import Review

/// What somebody tries who may not: no session, the wrong role, forged forms, hostile adverts.
@Suite struct IntruderTests {
  private static func address(_ route: Route) -> String {
    route.path.split(separator: "/", omittingEmptySubsequences: false)
      .map { $0.hasPrefix(":") ? "1" : String($0) }.joined(separator: "/")
  }

  private static let guarded = ReviewSite.routes.filter { $0.permission != .anybody }

  @Test func noRouteAnswersWithoutASession() throws {
    let fixture = try ReviewFixture()
    try fixture.store(ReviewFixture.advert("secret-advert", text: "Kept words"))
    #expect(Self.guarded.count > 15)
    for route in Self.guarded {
      let browser = fixture.browser()
      let reply =
        route.method == "GET"
        ? browser.get(Self.address(route)) : browser.post(Self.address(route), [:])
      #expect(reply.status == 303, "\(route.method) \(route.path)")
      #expect(reply["location"]?.hasPrefix("/sign-in") == true, "\(route.path)")
      #expect(reply.body.isEmpty, "\(route.path)")
    }
  }

  @Test func noRouteAnswersTheWrongRole() throws {
    let fixture = try ReviewFixture()
    try fixture.store(ReviewFixture.advert("secret-advert", text: "Kept words"))
    var refused = 0
    for role in Role.allCases {
      let browser = try fixture.browser(as: role.rawValue)
      browser.get("/figures")
      for route in Self.guarded where !route.permission.isGiven(to: [role]) {
        let reply =
          route.method == "GET"
          ? browser.get(Self.address(route)) : browser.post(Self.address(route), [:])
        #expect(reply.status == 403, "\(role) \(route.method) \(route.path)")
        #expect(!reply.text.contains("secret-advert"), "\(role) \(route.path)")
        refused += 1
      }
    }
    #expect(refused > 40)
    #expect(try fixture.store.verdicts(on: 1).isEmpty)
  }

  @Test func formsOfOthersAreRefused() throws {
    let fixture = try ReviewFixture()
    let id = try fixture.store(ReviewFixture.advert("a", text: "Kept words"))[0]
    let browser = try fixture.browser(as: "analyst")
    let other = try fixture.browser(as: "investigator")
    other.get("/queue")
    browser.get("/adverts/\(id)")
    let path = "/adverts/\(id)/verdict"
    for token in ["", "0", String(repeating: "0", count: 64), other.field("token") ?? ""] {
      let reply = browser.post(path, ["verdict": "spam", "why": "x", "token": token])
      #expect(reply.status == 403)
    }
    for field in [
      ["origin": "https://elsewhere.example"], ["origin": "null"],
      ["sec-fetch-site": "cross-site"], ["sec-fetch-site": "same-site"],
    ] {
      browser.headers = field
      #expect(browser.post(path, ["verdict": "spam", "why": "x"]).status == 403, "\(field)")
    }
    browser.headers = ["content-type": "text/plain"]
    #expect(browser.post(path, ["verdict": "spam", "why": "x"]).status == 400)
    #expect(try fixture.store.verdicts(on: id).isEmpty)
    browser.headers = ["origin": "http://127.0.0.1:8480", "sec-fetch-site": "same-origin"]
    #expect(browser.post(path, ["verdict": "spam", "why": "x"]).status == 303)
    #expect(try fixture.store.verdicts(on: id).count == 1)
  }

  @Test func aSessionThatWasSetBeforeIsWorthNothing() throws {
    let fixture = try ReviewFixture()
    let fixed = SessionToken().text
    let victim = fixture.browser()
    victim.cookies["adwatch"] = fixed
    victim.signIn("analyst", ReviewFixture.password)
    #expect(victim.cookies["adwatch"] != fixed)
    let intruder = fixture.browser()
    for guess in [fixed, "", "x", String(repeating: "0", count: 64), "../../etc/passwd"] {
      intruder.cookies["adwatch"] = guess
      #expect(intruder.get("/figures").status == 303, "\(guess)")
    }
    // What was set while the second factor was missing is replaced as well.
    let before = victim.cookies["adwatch"] ?? ""
    victim.signIn("analyst", ReviewFixture.password)
    intruder.cookies["adwatch"] = before
    #expect(intruder.get("/figures").status == 303)
  }

  private static let hostile = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'onfocus='alert(1)",
    "\"\u{301} onfocus=alert(1) x=\"", "<\u{338}svg/onload=alert(1)>", "{{{token}}}",
    "{{>accounts}}", "javascript:alert(1)", "\u{202E}\u{0}\u{8}<b>",
    "</textarea><script>x</script>",
  ]

  @Test(arguments: hostile) func nothingOfAnAdvertIsMarkup(text: String) throws {
    let fixture = try ReviewFixture()
    var advert = ReviewFixture.advert(
      "key\(text)", text: "\(text) and words that are searched", indicator: text,
      phone: "+44\(text)")
    advert.url = "https://jobs.example/\(text)"
    advert.title = text
    advert.language = text
    let id = try fixture.store(advert)[0]
    let browser = try fixture.browser(as: "analyst")
    let encoded = FormFields.encode(text)
    browser.get("/adverts/\(id)")
    browser.post("/adverts/\(id)/note", ["note": text])
    browser.get("/adverts/\(id)")
    browser.post("/adverts/\(id)/verdict", ["verdict": "unclear", "why": text])
    for path in [
      "/queue", "/queue?state=done", "/adverts/\(id)", "/adverts/\(id)/packet", "/groups/\(id)",
      "/search?q=words", "/search?q=\(encoded)", "/selectors?kind=phone&value=\(encoded)",
      "/queue?indicator=\(encoded)&place=\(encoded)&since=\(encoded)&after=\(encoded)",
      "/\(encoded)",
    ] {
      let page = browser.get(path).text
      #expect(!page.isEmpty)
      for tag in Self.tags(of: page) {
        #expect(!tag.contains("onerror") && !tag.contains("onfocus") && !tag.contains("onload"))
        #expect(!tag.hasPrefix("<script>") && !tag.hasPrefix("<svg") && !tag.hasPrefix("<img"))
        #expect(!tag.contains("href=\"javascript"), "\(path)")
      }
    }
  }

  /// Tags as a browser's tokenizer finds them, quoted attribute values left out.
  private static func tags(of page: String) -> [String] {
    var tags: [String] = []
    var tag: [UInt8]?
    var quote: UInt8?
    for byte in page.utf8 {
      if let open = quote {
        if byte == open { quote = nil }
        continue
      }
      if tag != nil {
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { quote = byte }
        tag?.append(byte)
        if byte == UInt8(ascii: ">"), let done = tag {
          tags.append(String(decoding: done, as: UTF8.self))
          tag = nil
        }
      } else if byte == UInt8(ascii: "<") {
        tag = [byte]
      }
    }
    return tags
  }

  @Test func templatesNeverWriteWithoutEscaping() {
    for (name, bytes) in BundledFiles.all where name.hasSuffix(".mustache") {
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(!text.contains("{{{") && !text.contains("{{&"), "\(name)")
      #expect(!text.contains(" style=") && !text.contains("javascript:"), "\(name)")
      #expect(!text.contains("<style") && !text.contains(" onclick"), "\(name)")
      #expect(!text.contains("://"), "\(name) names something elsewhere")
    }
  }

  @Test func pathsLeadNowhereElse() throws {
    let browser = try ReviewFixture().browser(as: "analyst")
    for path in [
      "/assets/../adwatch.sqlite", "/assets/..%2f..%2fetc%2fpasswd", "/assets/head.mustache",
      "/assets/messages.en.txt", "/assets//etc/passwd", "/adverts/01", "/adverts/+1",
      "/adverts/99999999999999999999", "/captures/-1/page", "//elsewhere.example/", "/queue/",
    ] {
      let reply = browser.get(path)
      #expect(reply.status == 404, "\(path)")
    }
    #expect(browser.get("/assets/review.css").status == 200)
    #expect(Visit.ownPath("//elsewhere.example") == "/")
    #expect(Visit.ownPath("/\\elsewhere.example") == "/")
    #expect(Visit.ownPath("https://elsewhere.example") == "/")
    #expect(Visit.ownPath("/adverts/1?version=2") == "/adverts/1?version=2")
  }

  @Test func largeRequestsAreRefused() throws {
    let browser = try ReviewFixture().browser(as: "analyst")
    let body = [UInt8](repeating: 0x61, count: (64 << 10) + 1)
    #expect(browser.send("POST", "/purpose", body).status == 413)
    #expect(browser.get("/search?q=" + String(repeating: "a", count: 5000)).status == 413)
    #expect(browser.send("PUT", "/purpose", []).status == 404)
  }

  @Test func everyAnswerKeepsTheBrowserSafe() throws {
    let fixture = try ReviewFixture()
    let id = try fixture.store(ReviewFixture.advert("a", text: "Kept words"))[0]
    let browser = try fixture.browser(as: "analyst")
    let detail = try fixture.store.detail(ofAdvert: id)
    let capture = try #require(detail?.sightings.first?.capture)
    for path in ["/queue", "/adverts/\(id)", "/nothing", "/assets/review.js", "/sign-in"] {
      let reply = browser.get(path)
      let policy = try #require(reply["content-security-policy"])
      #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "\(path)")
      #expect(policy.contains("frame-ancestors 'none'"), "\(path)")
      #expect(reply["x-content-type-options"] == "nosniff", "\(path)")
      #expect(reply["referrer-policy"] == "same-origin", "\(path)")
    }
    let page = browser.get("/captures/\(capture)/page")
    #expect(page.status == 200)
    let policy = try #require(page["content-security-policy"])
    #expect(policy.hasPrefix("sandbox; default-src 'none'; style-src 'self'"))
    #expect(!page.text.contains("<script"))
  }
}
