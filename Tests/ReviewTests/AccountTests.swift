import CaseStore
import Testing
import Vocabulary

@testable import Review

@Suite struct AccountTests {
  /// RFC 6238, appendix B, SHA-1; the last six of its eight digits.
  @Test(
    arguments: [
      (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"),
      (1_234_567_890, "005924"), (2_000_000_000, "279037"), (20_000_000_000, "353130"),
    ] as [(Int64, String)])
  func codesAreThoseOfTheStandard(seconds: Int64, code: String) {
    let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    #expect(OneTimeCode.code(secret: secret, at: seconds / 30) == code)
    #expect(OneTimeCode.step(of: code, secret: secret, at: seconds + 30) == seconds / 30)
    #expect(OneTimeCode.step(of: code, secret: secret, at: seconds + 90) == nil)
  }

  /// RFC 7914, section 12: the second vector's first half, N 1024, r 8, p 16.
  @Test func derivationIsThatOfTheStandard() throws {
    let key = "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
    let hash = try #require(PasswordHash(text: "scrypt$1024$8$16$4e61436c$\(key)"))
    #expect(hash.matches(Array("password".utf8)))
    #expect(!hash.matches(Array("Password".utf8)))
  }

  @Test func storedHashesAreReadAgainAndCostlyOnesRefused() throws {
    let hash = try #require(PasswordHash(Array("a password".utf8), cost: ReviewFixture.cost))
    #expect(PasswordHash(text: hash.text) == hash)
    #expect(PasswordHash(text: hash.text)?.matches(Array("a password".utf8)) == true)
    let key = String(repeating: "00", count: 32)
    #expect(PasswordHash(text: "scrypt$4194304$64$1$00$\(key)") == nil)
    #expect(PasswordHash(text: "plain$16$8$1$00$\(key)") == nil)
  }

  @Test func signingInTakesThePasswordAndThePurpose() throws {
    let fixture = try ReviewFixture()
    let browser = fixture.browser()
    #expect(browser.get("/queue")["location"] == "/sign-in?to=%2Fqueue")
    browser.signIn("analyst", "wrong password")
    #expect(browser.get("/queue").status == 303)
    browser.signIn("analyst", ReviewFixture.password)
    #expect(browser.get("/queue").status == 303, "shown before the purpose was said")
    #expect(browser.post("/purpose", ["purpose": "investigation"]).status == 200)
    #expect(browser.post("/purpose", ["purpose": "detection"]).status == 303)
    #expect(browser.get("/queue").status == 200)
    browser.get("/queue")
    #expect(browser.post("/sign-out", [:]).status == 303)
    #expect(browser.get("/queue").status == 303)
  }

  @Test func secondFactorIsAskedForAndACodeCountsOnce() throws {
    let fixture = try ReviewFixture()
    let secret = OneTimeCode.newSecret()
    try fixture.store.change(
      account: "analyst", .secondFactor(secret), by: fixture.actor, at: fixture.clock.now)
    let code = try #require(
      OneTimeCode.code(secret: secret, at: fixture.clock.now.seconds / OneTimeCode.step))
    func enter(_ code: String) -> TestBrowser {
      let browser = fixture.browser()
      browser.signIn("analyst", ReviewFixture.password)
      #expect(browser.get("/queue").status == 303, "let in without the code")
      #expect(browser.get("/purpose").status == 303, "let in without the code")
      browser.get("/sign-in")
      browser.post(
        "/sign-in/second", ["code": code, "form_token": browser.field("form_token") ?? ""])
      return browser
    }
    #expect(enter("000000").get("/purpose").status == 303)
    #expect(enter(code).get("/purpose").status == 200)
    #expect(enter(code).get("/purpose").status == 303, "a code counted twice")
  }

  @Test func guessingIsSlowedDownByNameAndOverRestarts() throws {
    let fixture = try ReviewFixture()
    let browser = fixture.browser()
    for _ in 0..<8 { browser.signIn("analyst", "a wrong guess") }
    browser.get("/sign-in")
    let fields: KeyValuePairs = [
      "login": "analyst", "password": ReviewFixture.password,
      "form_token": browser.field("form_token") ?? "",
    ]
    #expect(browser.post("/sign-in", fields).status == 429)
    fixture.clock.advance(16 * 60)
    #expect(browser.post("/sign-in", fields).status == 303)
  }

  @Test func sessionsEndByRestingByAgeAndWithTheAccount() throws {
    let fixture = try ReviewFixture()
    var browser = try fixture.browser(as: "analyst")
    fixture.clock.advance(29 * 60)
    #expect(browser.get("/queue").status == 200)
    fixture.clock.advance(29 * 60)
    #expect(browser.get("/queue").status == 200, "resting counts from the last request")
    fixture.clock.advance(31 * 60)
    #expect(browser.get("/queue").status == 303)
    browser = try fixture.browser(as: "analyst")
    for _ in 0..<21 {
      fixture.clock.advance(29 * 60)
      _ = browser.get("/queue")
    }
    #expect(browser.get("/queue").status == 303, "longer than a session may last")
    for change in [CaseStore.AccountChange.roles([.analyst]), .disabled] {
      browser = try fixture.browser(as: "analyst")
      #expect(browser.get("/queue").status == 200)
      try fixture.store.change(
        account: "analyst", change, by: fixture.actor, at: fixture.clock.now)
      #expect(browser.get("/queue").status == 303)
    }
  }

  @Test func aTrustedProxyIsBelievedAndNobodyElse() throws {
    var settings = ReviewSite.Settings()
    settings.trustedProxy = "192.0.2.7"
    settings.trustedHeader = "X-Account"
    let fixture = try ReviewFixture(settings: settings)
    func visit(from peer: String, as login: String) -> WebReply {
      fixture.site.reply(
        to: WebRequest(
          method: "GET", path: "/sign-in", headers: ["x-account": login], peer: peer))
    }
    #expect(visit(from: "192.0.2.7", as: "analyst")["location"] == "/purpose")
    #expect(visit(from: "192.0.2.8", as: "analyst").status == 200)
    #expect(visit(from: "192.0.2.7", as: "nobody").status == 200)
  }

  @Test func behindTLSCookiesAreForTLSOnly() throws {
    var settings = ReviewSite.Settings()
    settings.isBehindTLS = true
    let reply = try ReviewFixture(settings: settings).site.reply(
      to: WebRequest(method: "GET", path: "/sign-in"))
    let cookie = try #require(reply["set-cookie"])
    #expect(cookie.hasPrefix("__Host-adwatch-visit="))
    #expect(cookie.hasSuffix("; Path=/; HttpOnly; SameSite=Strict; Secure"))
    #expect(reply["strict-transport-security"] != nil)
  }
}
