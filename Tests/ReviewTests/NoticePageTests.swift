import CaseStore
import Foundation
import Notices
import Testing
import Vocabulary

@testable import Review

/// Notices from the draft to the outbox, as people with different roles meet them.
@Suite struct NoticePageTests {
  private let fixture: ReviewFixture
  private let advert: Int64

  init() throws {
    fixture = try ReviewFixture()
    try fixture.add(account: "second-officer", .noticeOfficer)
    var control = try fixture.store.noticeControl()
    control.isGivenClock = true
    try fixture.store.setNoticeControl(
      control, why: "tests", by: fixture.actor, at: fixture.clock.now)
    advert = try fixture.store(
      ReviewFixture.advert("invented-advert", text: "Kept passports and a bed."))[0]
    let analyst = try fixture.browser(as: "analyst")
    analyst.get("/adverts/\(advert)")
    analyst.post("/adverts/\(advert)/verdict", ["verdict": "referral", "why": "two barriers"])
  }

  /// Somebody who signed in with password and code; the clock stands at the next code.
  private func officer(_ login: String = "notice-officer") throws -> (TestBrowser, String) {
    let secret = OneTimeCode.newSecret()
    try fixture.store.change(
      account: login, .secondFactor(secret), by: fixture.actor, at: fixture.clock.now)
    let browser = fixture.browser()
    browser.signIn(login, ReviewFixture.password)
    browser.get("/sign-in")
    browser.post(
      "/sign-in/second",
      ["code": try code(secret), "form_token": browser.field("form_token") ?? ""])
    browser.get("/purpose")
    #expect(browser.post("/purpose", ["purpose": "detection"]).status == 303)
    fixture.clock.advance(60)
    browser.get("/notices")
    return (browser, secret)
  }

  private func code(_ secret: String) throws -> String {
    try #require(OneTimeCode.code(secret: secret, at: fixture.clock.now.seconds / OneTimeCode.step))
  }

  /// Drafts a request to preserve, complete.
  private func draft(_ browser: TestBrowser, act: String = "preserve") throws -> Int64 {
    let page = browser.get("/notices/new?advert=\(advert)")
    #expect(page.status == 200)
    #expect(page.text.contains("Unit of the tests"))
    let reply = browser.post(
      "/notices",
      [
        "adverts": "\(advert)", "act": act, "recipient": "abuse@host.example", "rung": "4",
        "language": "en", "organisation": "Host", "facts": "The advert says that papers are kept.",
        "period": "90 days", "ground": "Article 273f",
        "skip": "The operator of the site is not known.",
      ])
    #expect(reply.status == 303, "\(reply.text)")
    let path = try #require(reply["location"])
    return try #require(Int64(path.split(separator: "/").last ?? ""))
  }

  private func approve(
    _ browser: TestBrowser, _ id: Int64, code: String, password: String = ReviewFixture.password,
    digest: String? = nil
  ) throws -> WebReply {
    browser.get("/notices/\(id)")
    let shown = browser.field("digest") ?? String(repeating: "0", count: 64)
    return browser.post(
      "/notices/\(id)/approve",
      ["digest": digest ?? shown, "password": password, "code": code, "waiver": ""])
  }

  private func state(_ id: Int64) throws -> NoticeState? { try fixture.store.notice(id)?.state }

  @Test func aSecondOfficerApprovesWithPasswordAndCode() throws {
    let (author, own) = try officer()
    let id = try draft(author)
    var page = author.get("/notices/\(id)").text
    #expect(page.contains("https://jobs.example/invented-advert"))
    #expect(page.contains("name=\"token\"") && page.contains("/notices/\(id)/submit"))
    #expect(!page.contains("Contact found:"))
    try fixture.store.keepContacts(
      [
        StoredContact(
          host: "jobs.example", rung: 4, place: 1, target: "192.0.2.9",
          recipient: "abuse@host.example", said: "abuse@host.example", refusal: nil,
          organisation: "Host", source: "rdap", confidence: "published",
          reason: "role <abuse> of an answer", lookup: nil, at: fixture.clock.now)
      ], host: "jobs.example", by: fixture.actor, at: fixture.clock.now)
    #expect(
      author.get("/notices/\(id)").text.contains(
        "Contact found:</span> jobs.example: role &lt;abuse&gt; of an answer"))
    #expect(author.post("/notices/\(id)/submit", [:]).status == 303)
    #expect(try state(id) == .review)
    page = author.get("/notices/\(id)").text
    #expect(!page.contains("/notices/\(id)/approve"), "the author is offered to approve")
    let digest = try #require(try fixture.store.notice(id)).draft.text.digest
    let hex = digest.map { String(format: "%02x", $0) }.joined()
    let refused = try approve(author, id, code: try code(own), digest: hex)
    #expect(refused.status == 409, "the author approved")

    let (second, secret) = try officer("second-officer")
    #expect(second.get("/notices/\(id)").text.contains("/notices/\(id)/approve"))
    #expect(try approve(second, id, code: "000000").status == 409)
    #expect(try approve(second, id, code: try code(secret), password: "wrong").status == 409)
    #expect(
      try approve(
        second, id, code: try code(secret), digest: String(repeating: "0", count: 64)
      ).status == 409, "other bytes were approved")
    #expect(try approve(second, id, code: try code(secret), digest: "zz").status == 400)
    #expect(try state(id) == .review)
    #expect(try approve(second, id, code: try code(secret)).status == 303)
    #expect(try state(id) == .approved)
    page = second.get("/notices/\(id)").text
    #expect(page.contains("second-officer"))
    #expect(!page.contains("/notices/\(id)/edit"), "an approved notice is offered to be edited")
  }

  @Test func guessingWhileApprovingIsSlowedDown() throws {
    let (author, _) = try officer()
    let id = try draft(author)
    author.post("/notices/\(id)/submit", [:])
    let (second, secret) = try officer("second-officer")
    var statuses: [Int] = []
    for _ in 0..<10 { statuses.append(try approve(second, id, code: "000000").status) }
    #expect(statuses.contains(429))
    #expect(try approve(second, id, code: try code(secret)).status == 429)
    #expect(try state(id) == .review)
  }

  @Test func withoutASecondFactorNobodyApproves() throws {
    let (author, _) = try officer()
    let id = try draft(author)
    author.post("/notices/\(id)/submit", [:])
    let second = try fixture.browser(as: "second-officer")
    #expect(try approve(second, id, code: "123456").status == 409)
    #expect(try state(id) == .review)
  }

  @Test func whatIsRejectedIsADraftAgainWithTheReason() throws {
    let (author, _) = try officer()
    let id = try draft(author)
    author.post("/notices/\(id)/submit", [:])
    let (second, _) = try officer("second-officer")
    second.get("/notices/\(id)")
    #expect(second.post("/notices/\(id)/reject", ["why": "  "]).status == 409)
    #expect(
      second.post("/notices/\(id)/reject", ["why": "the ground lacks an article"]).status == 303)
    #expect(try state(id) == .draft)
    #expect(author.get("/notices/\(id)").text.contains("the ground lacks an article"))
    author.get("/notices/\(id)/edit")
    #expect(
      author.post(
        "/notices/\(id)/edit",
        [
          "language": "nl", "organisation": "Host", "facts": "De advertentie noemt papieren.",
          "period": "90 dagen", "skip": "The operator of the site is not known.",
        ]
      ).status == 303)
    let edited = try #require(try fixture.store.notice(id))
    #expect(edited.draft.text.language == "nl")
    #expect(try NoticeDesk.plan(of: edited).fields.period == "90 dagen")
    second.get("/notices/\(id)")
    #expect(second.post("/notices/\(id)/reject", ["why": "moot", "cancel": "1"]).status == 303)
    #expect(try state(id) == .cancelled)
  }

  @Test func anIncompleteDraftStaysOne() throws {
    let (author, _) = try officer()
    let id = try draft(author, act: "budapest-16")
    #expect(author.get("/notices/\(id)").text.contains("class=\"urgent\""))
    #expect(author.post("/notices/\(id)/submit", [:]).status == 409)
    #expect(try state(id) == .draft)
  }

  @Test func whatCannotBeDraftedIsRefusedInWords() throws {
    let (author, _) = try officer()
    let other = try fixture.store(ReviewFixture.advert("unjudged", text: "Kept words"))[0]
    author.get("/notices/new")
    for (adverts, act, recipient, rung) in [
      ("\(other)", "preserve", "abuse@host.example", "4"),
      ("\(advert)", "no-such-act", "abuse@host.example", "4"),
      ("\(advert)", "preserve", "a b\r\nBcc: x@y.example", "4"),
      ("\(advert)", "preserve", "+442079460001", "4"), ("", "preserve", "abuse@host.example", "4"),
      ("\(advert)", "preserve", "abuse@host.example", "99"),
    ] {
      let reply = author.post(
        "/notices",
        [
          "adverts": adverts, "act": act, "recipient": recipient, "rung": rung,
          "organisation": "Host", "language": "en",
        ])
      #expect(reply.status == 409, "\(adverts) \(act) \(recipient) \(rung): \(reply.status)")
    }
    #expect(try fixture.store.noticeNumbers().isEmpty)
  }

  @Test func theBoardShowsStateAndDeadlineAndEveryLookIsLogged() throws {
    let (author, _) = try officer()
    let id = try draft(author)
    let board = author.get("/notices").text
    #expect(board.contains("href=\"/notices/\(id)\"") && board.contains("abuse@host.example"))
    #expect(author.get("/notices?part=done").text.contains("Nothing here."))
    #expect(author.get("/notices?state=draft").text.contains("href=\"/notices/\(id)\""))
    #expect(author.get("/notices?advert=\(advert)").text.contains("href=\"/notices/\(id)\""))
    let history = author.get("/recipients?address=ABUSE%40host.example")
    #expect(history.text.contains("href=\"/notices/\(id)\""))
    #expect(author.get("/recipients?address=nobody%40host.example").status == 404)
    #expect(author.get("/notices/99").status == 404)
    for reader in ["analyst", "investigator"] {
      let browser = try fixture.browser(as: reader)
      #expect(browser.get("/notices/\(id)").status == 200)
      #expect(browser.get("/notices/new").status == 403)
      browser.get("/notices")
      #expect(browser.post("/notices/\(id)/submit", [:]).status == 403)
    }
    for stranger in ["operator", "auditor", "administrator"] {
      #expect(try fixture.browser(as: stranger).get("/notices").status == 403, "\(stranger)")
    }
    let seen = try fixture.store.accesses(
      by: "notice-officer", advert: nil, before: nil, most: 100)
    #expect(seen.filter { $0.kind == .notice }.count >= 6)
    #expect(seen.contains { $0.detail?.contains("recipient=ABUSE@host.example") == true })
    #expect(
      try fixture.store.accesses(by: nil, advert: advert, before: nil, most: 100)
        .contains { $0.kind == .notice && $0.login == "analyst" })
  }

  @Test func theThreadTellsWhatWasSent() throws {
    let (author, _) = try officer()
    let id = try draft(author)
    author.post("/notices/\(id)/submit", [:])
    let (second, secret) = try officer("second-officer")
    #expect(try approve(second, id, code: try code(secret)).status == 303)
    var control = try fixture.store.noticeControl()
    control.isSending = true
    try fixture.store.setNoticeControl(
      control, why: "tests", by: fixture.actor, at: fixture.clock.now)
    let rendered = try #require(try fixture.store.notice(id)).draft.text.rendered
    try fixture.store.queueNotice(
      id,
      OutboxMessage(
        envelopeFrom: "notices+1@unit.example", messageID: "<one@unit.example>", token: "one",
        mime: Array("Message-ID: <one@unit.example>\r\n".utf8) + rendered),
      by: fixture.actor, at: fixture.clock.now)
    let lease = try #require(
      try fixture.store.leaseMessage(
        owner: "test", seconds: 60, by: fixture.actor, at: fixture.clock.now))
    try fixture.store.beginBody(of: lease, at: fixture.clock.now)
    try fixture.store.endAttempt(
      of: lease, .unknown(reason: "the peer went <away>"), by: fixture.actor,
      at: fixture.clock.now)
    #expect(try state(id) == .inDoubt)
    let page = second.get("/notices/\(id)").text
    #expect(page.contains("&lt;one@unit.example&gt;"))
    #expect(page.contains("attempt 1: body begun"))
    #expect(!page.contains("<away>"))
    #expect(page.contains("decision on doubt"))
    #expect(second.get("/notices").text.contains("decision on doubt"))
    #expect(second.post("/notices/\(id)/doubt", ["choice": "lost", "why": "x"]).status == 400)
    #expect(second.post("/notices/\(id)/doubt", ["choice": "arrived", "why": ""]).status == 409)
    #expect(
      second.post("/notices/\(id)/doubt", ["choice": "arrived", "why": "in its log"]).status == 303)
    #expect(try state(id) == .sent)
    #expect(second.get("/notices?part=wait").text.contains("href=\"/notices/\(id)\""))
  }

  @Test func dutchPagesHaveDutchWords() throws {
    let (author, _) = try officer()
    let id = try draft(author)
    author.headers = ["accept-language": "nl"]
    #expect(author.get("/notices").text.contains("Meldingen"))
    let page = author.get("/notices/\(id)").text
    #expect(page.contains("Wat de ontvanger leest") && page.contains("niet goedgekeurd"))
    #expect(author.get("/notices/new").text.contains("Waargenomen feiten"))
  }
}
