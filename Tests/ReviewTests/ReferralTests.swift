import ChildPrograms
import CaseStore
import Configuration
import Foundation
import Testing
import Vocabulary

@testable import Review

@Suite struct ReferralTests {
  @Test func whoIsBestPlacedComesFirstAndGetsTheLeast() throws {
    let partners = try Partners.bundled()
    #expect(partners.all.count >= 6)
    #expect(partners.advised(for: [.housing]).first?.partner.key == "municipality")
    #expect(partners.advised(for: [.finance]).first?.partner.key == "tax")
    #expect(partners.advised(for: [.entry, .residence]).first?.partner.key == "immigration")
    #expect(partners.advised(for: []).isEmpty)
    for barrier in Barrier.allCases { #expect(!partners.advised(for: [barrier]).isEmpty) }
    for partner in partners.all where partner.key != "police" {
      #expect(!partner.extract.contains(.selectors), "\(partner.key) needs no contacts")
    }
  }

  @Test func wrongFilesOfPartnersAreRefusedWithTheirPlace() {
    let wrong = """
      format: adwatch.partners/2
      partners:
        - {key: Police, name: {en: P}, task: {en: t}, barriers: [work], extract: [text]}
        - {key: a, name: {nl: P}, task: {en: t}, barriers: [werk], extract: [face]}
      """
    do {
      _ = try Partners(yaml: wrong, file: "p.yaml")
      Issue.record("it was read")
    } catch {
      for part in ["p.yaml:1", "werk", "face", "English"] {
        #expect("\(error)".contains(part), "\(error)")
      }
    }
  }

  @Test func extractsHoldNoMoreThanTheirPartnerNeeds() throws {
    let fixture = try ReviewFixture()
    let id = try fixture.store(ReviewFixture.advert("a", text: "Kept words of the advert"))[0]
    let browser = try fixture.browser(as: "analyst")
    let police = browser.get("/adverts/\(id)/extract/police").text
    #expect(police.contains("+442079460001") && police.contains("words of the advert"))
    #expect(police.contains("https://jobs.example/a"))
    for partner in ["ngo", "tax", "municipality", "immigration"] {
      let page = browser.get("/adverts/\(id)/extract/\(partner)").text
      #expect(page.contains("L11"))
      #expect(!page.contains("+442079460001"), "\(partner)")
      #expect(!page.contains("words of the advert"), "\(partner)")
      #expect(!page.contains("https://jobs.example/a"), "\(partner)")
    }
    #expect(browser.get("/adverts/\(id)/extract/nobody").status == 404)
    let entries = try fixture.store.accesses(by: nil, advert: id, before: nil, most: 20)
    #expect(entries.contains { $0.kind == .report && $0.detail?.contains("ngo") == true })
  }

  @Test func referralsFollowAVerdictAndWhatCameOfThemIsShown() throws {
    let fixture = try ReviewFixture()
    let id = try fixture.store(ReviewFixture.advert("a", text: "Kept words"))[0]
    let browser = try fixture.browser(as: "analyst")
    browser.get("/adverts/\(id)")
    #expect(browser.post("/adverts/\(id)/refer", ["partner": "police"]).status == 409)
    browser.post("/adverts/\(id)/verdict", ["verdict": "referral", "why": "x"])
    #expect(browser.post("/adverts/\(id)/refer", ["partner": "nobody"]).status == 404)
    #expect(browser.post("/adverts/\(id)/refer", ["partner": "police"]).status == 303)
    let answer: KeyValuePairs = ["outcome": "confirmed", "note": "two people were helped"]
    #expect(browser.post("/referrals/1/outcome", answer).status == 303)
    #expect(browser.post("/referrals/2/outcome", answer).status == 404)
    #expect(browser.post("/referrals/1/outcome", ["outcome": "great"]).status == 404)
    #expect(browser.get("/adverts/\(id)").text.contains("two people were helped"))
    let feedback = try fixture.store.referralFeedback()
    #expect(feedback.byIndicator["L11"]?.outcomes == [.confirmed: 1])
    #expect(feedback.bySource["jobs"]?.referrals == 1)
    let judged = try fixture.store.judgedPatterns()
    #expect(judged["L11/en/kept"]?.warranted == 1)
  }

  @Test func aReportIsOnePageToPrint() throws {
    let fixture = try ReviewFixture()
    let id = try fixture.store(ReviewFixture.advert("a", text: "Kept words"))[0]
    let browser = try fixture.browser(as: "analyst")
    let page = browser.get("/adverts/\(id)/report").text
    #expect(page.contains("L11/en/kept") && page.contains("Kept") && page.contains("sha256:"))
    #expect(!page.contains("<script"))
    let file = browser.get("/adverts/\(id)/report.pdf")
    if ChildProgram.path(of: "chromium") == nil {
      #expect(file.status == 409)
    } else {
      #expect(file.status == 200)
      #expect(file.body.starts(with: Array("%PDF-".utf8)))
      #expect(file["content-disposition"]?.contains("adwatch-advert-\(id).pdf") == true)
    }
  }

  @Test func whatWasOpenedTodayIsCounted() throws {
    let fixture = try ReviewFixture()
    let id = try fixture.store(ReviewFixture.advert("a", text: "Kept words"))[0]
    let browser = try fixture.browser(as: "analyst")
    #expect(browser.get("/queue").text.contains("0 opened today"))
    for _ in 0..<3 { browser.get("/adverts/\(id)") }
    #expect(browser.get("/queue").text.contains("3 opened today"))
    fixture.clock.advance(25 * 3600)
    let tomorrow = try fixture.browser(as: "analyst")
    #expect(tomorrow.get("/queue").text.contains("0 opened today"))
  }

  @Test func questionsAreKeptForTheirOwnerAlone() throws {
    let fixture = try ReviewFixture()
    let browser = try fixture.browser(as: "analyst")
    browser.get("/queue")
    let kept: KeyValuePairs = ["name": "farms", "page": "/queue", "query": "form=labour"]
    #expect(browser.post("/searches", kept)["location"] == "/queue?form=labour")
    #expect(browser.get("/queue").text.contains("/queue?form=labour"))
    let other = try fixture.browser(as: "investigator")
    #expect(!other.get("/queue").text.contains("/queue?form=labour"))
    #expect(other.post("/searches/1/forget", ["to": "/queue"]).status == 303)
    #expect(browser.get("/queue").text.contains(">farms<"), "another's search was forgotten")
    for page in ["//elsewhere.example", "/accounts", ""] {
      let wrong: KeyValuePairs = ["name": "x", "page": page, "query": ""]
      #expect(browser.post("/searches", wrong).status == 409)
    }
    let split: KeyValuePairs = ["name": "x", "page": "/queue", "query": "a\r\nset-cookie:b"]
    #expect(browser.post("/searches", split).status == 409)
    browser.post("/searches/1/forget", ["to": "/queue"])
    #expect(!browser.get("/queue").text.contains(">farms<"))
  }

  @Test func listsAreTakenAsFilesAndThatIsRecorded() throws {
    let fixture = try ReviewFixture()
    try fixture.store(ReviewFixture.advert("=cmd", text: "Kept words"))
    let browser = try fixture.browser(as: "analyst")
    let file = browser.get("/queue.csv")
    #expect(file["content-type"] == "text/csv; charset=utf-8")
    #expect(file.text.contains(",'=cmd,"))
    #expect(browser.get("/search.csv?q=words").text.contains("'=cmd"))
    #expect(
      browser.get("/selectors.csv?kind=phone&value=%2B442079460001").text.contains("'=cmd"))
    let entries = try fixture.store.accesses(by: "analyst", advert: nil, before: nil, most: 9)
    #expect(entries.count { $0.kind == .export } == 3)
    let auditor = try fixture.browser(as: "auditor")
    #expect(auditor.get("/audit.csv").text.contains(",export,"))
  }
}
