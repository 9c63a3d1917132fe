import CaseStore
import Extraction
import Foundation
import Linking
import Matching
import Testing
import Vocabulary

@testable import Review

@Suite struct ReviewPageTests {
  @Test func queueShowsWhatWaitsAndVerdictsTakeItAway() throws {
    let fixture = try ReviewFixture()
    let ids = try fixture.store(
      ReviewFixture.advert("low", text: "Kept words", priority: 2),
      ReviewFixture.advert("high", text: "Kept other words", priority: 5))
    let browser = try fixture.browser(as: "analyst")
    let page = browser.get("/queue").text
    let high = try #require(page.range(of: ">high<"))
    let low = try #require(page.range(of: ">low<"))
    #expect(high.lowerBound < low.lowerBound)
    #expect(browser.post("/next", [:])["location"] == "/adverts/\(ids[1])")
    browser.get("/adverts/\(ids[1])")
    let reply = browser.post(
      "/adverts/\(ids[1])/verdict", ["verdict": "referral", "why": "because", "then": "next"])
    #expect(reply["location"] == "/adverts/\(ids[0])")
    #expect(!browser.get("/queue").text.contains(">high<"))
    #expect(browser.get("/queue?state=done").text.contains(">high<"))
    #expect(browser.get("/adverts/\(ids[1])").text.contains("because"))
    let verdict = try fixture.store.verdicts(on: ids[1])[0]
    browser.get("/adverts/\(ids[1])")
    browser.post("/verdicts/\(verdict.id)/undo", ["why": "too soon"])
    #expect(browser.get("/queue").text.contains(">high<"))
    #expect(try fixture.store.verdicts(on: ids[1]).count == 2)
  }

  @Test func verdictsNeedAReasonAndAReferralNeedsTheAdvertOpened() throws {
    let fixture = try ReviewFixture()
    let id = try fixture.store(ReviewFixture.advert("a", text: "Kept words"))[0]
    let browser = try fixture.browser(as: "analyst")
    browser.get("/queue")
    let path = "/adverts/\(id)/verdict"
    #expect(browser.post(path, ["verdict": "nothing", "why": "  "]).status == 409)
    #expect(browser.post(path, ["verdict": "undo", "why": "x"]).status == 409)
    #expect(browser.post(path, ["verdict": "referral", "why": "x"]).status == 409)
    browser.get("/adverts/\(id)")
    #expect(browser.post(path, ["verdict": "referral", "why": "x"]).status == 303)
  }

  @Test func whoWorksOnItKeepsOthersAway() throws {
    let fixture = try ReviewFixture()
    try fixture.add(account: "second", .analyst)
    let id = try fixture.store(ReviewFixture.advert("a", text: "Kept words"))[0]
    let first = try fixture.browser(as: "analyst")
    let second = try fixture.browser(as: "second")
    first.get("/queue")
    second.get("/queue")
    #expect(first.post("/groups/\(id)/take", ["to": "/queue"]).status == 303)
    #expect(second.post("/groups/\(id)/take", ["to": "/queue"]).status == 409)
    let path = "/adverts/\(id)/verdict"
    #expect(second.post(path, ["verdict": "spam", "why": "x"]).status == 409)
    #expect(second.post("/next", [:])["location"] == "/queue")
    fixture.clock.advance(21 * 60)
    #expect(second.post(path, ["verdict": "spam", "why": "x"]).status == 303)
  }

  @Test func urgentAdvertsStandApart() throws {
    let fixture = try ReviewFixture()
    let id = try fixture.store(
      ReviewFixture.advert("urgent-one", text: "Kept words", lane: .urgent))[0]
    let browser = try fixture.browser(as: "analyst")
    #expect(!browser.get("/queue").text.contains("urgent-one"))
    #expect(browser.get("/urgent").text.contains("urgent-one"))
    #expect(browser.get("/adverts/\(id)/packet").text.contains("sha256:"))
    browser.get("/groups/\(-id)")
    let reply = browser.post(
      "/groups/\(-id)/verdict", ["advert": "\(id)", "verdict": "nothing", "why": "x"])
    #expect(reply.status == 409)
    #expect(try fixture.store.verdicts(on: id).isEmpty)
  }

  @Test func secondOpinionsHoldAnAdvertAndDifferencesAreCounted() throws {
    let fixture = try ReviewFixture()
    try fixture.add(account: "second", .analyst)
    let ids = try fixture.store(
      ReviewFixture.advert("a", text: "Kept words"), ReviewFixture.advert("b", text: "Kept more"))
    let first = try fixture.browser(as: "analyst")
    let second = try fixture.browser(as: "second")
    for id in ids {
      first.get("/adverts/\(id)")
      first.post("/adverts/\(id)/verdict", ["verdict": "nothing", "why": "x", "second": "1"])
      #expect(try fixture.store.detail(ofAdvert: id)?.state == .held)
      second.get("/adverts/\(id)")
    }
    second.post("/adverts/\(ids[0])/verdict", ["verdict": "nothing", "why": "y"])
    second.post("/adverts/\(ids[1])/verdict", ["verdict": "spam", "why": "y"])
    #expect(try fixture.store.detail(ofAdvert: ids[0])?.state == .done)
    #expect(try fixture.store.detail(ofAdvert: ids[1])?.state == .held)
    let opinions = try fixture.store.secondOpinions()
    #expect(opinions.pairs == 2 && opinions.differing == 1)
    #expect(first.get("/figures").text.contains("50 %"))
  }

  @Test func everyLookAndSearchIsRecordedAndTheAuditorSeesIt() throws {
    let fixture = try ReviewFixture()
    let id = try fixture.store(ReviewFixture.advert("a", text: "Kept words"))[0]
    let browser = try fixture.browser(as: "analyst")
    browser.get("/adverts/\(id)")
    browser.get("/search?q=confidential")
    let auditor = try fixture.browser(as: "auditor")
    let page = auditor.get("/audit?account=analyst").text
    #expect(page.contains("advert opened") && page.contains("confidential"))
    #expect(auditor.get("/audit?advert=\(id)").text.contains("advert opened"))
    let entries = try fixture.store.accesses(by: nil, advert: nil, before: nil, most: 10)
    #expect(entries.map(\.kind) == [.search, .read])
    // What was looked for stands only where a purge finds it.
    try fixture.store.forEachCustodyEvent { event in
      #expect(!event.event.subject.contains("confidential"))
      #expect(event.event.digest == event.storedDigest)
    }
  }

  @Test(arguments: ["020 7946 0001", "+44 20 79460001", "zero two zero 7946 0001", "０２０７９４６０００１"])
  func aNumberIsFoundInEveryWriting(writing: String) throws {
    let fixture = try ReviewFixture()
    try fixture.store(ReviewFixture.advert("with-number", text: "Kept words"))
    let browser = try fixture.browser(as: "analyst")
    let page = browser.get("/search?country=GB&q=" + FormFields.encode(writing)).text
    #expect(page.contains("phone +442079460001"), "\(writing)")
    #expect(page.contains(">with-number<"), "\(writing)")
  }

  @Test func languagesHaveTheSameWordsAndPagesNameNoOthers() throws {
    let english = Messages(text: BundledFiles.text("messages.en.txt")).words
    let dutch = Messages(text: BundledFiles.text("messages.nl.txt")).words
    #expect(Set(english.keys) == Set(dutch.keys))
    #expect(english.count > 150)
    for (name, bytes) in BundledFiles.all where name.hasSuffix(".mustache") {
      for part in String(decoding: bytes, as: UTF8.self).components(separatedBy: "{{t.").dropFirst()
      {
        let key = String(part.prefix { $0 != "}" })
        #expect(english[key] != nil, "\(name) names '\(key)'")
      }
    }
    let keys =
      VerdictChoice.allCases.map { "verdict_\($0.rawValue)" }
      + ReviewState.allCases.map { "state_\($0.rawValue)" }
      + QueueOrder.allCases.map { "order_\($0.rawValue)" }
      + QueueFacet.Kind.allCases.map { "filter_\($0.rawValue)" }
      + AccessKind.allCases.map { "access_\($0.rawValue)" }
      + ReviewPurpose.Kind.allCases.map { "purpose_\($0.rawValue)" }
      + Role.allCases.map { "role_\($0.rawValue)" }
      + Barrier.allCases.map { "barrier_\($0.rawValue)" }
      + Form.allCases.map { "form_\($0.rawValue)" }
      + Strength.allCases.map { "strength_\($0.rawValue)" }
      + EvidenceGrade.allCases.map { "evidence_\($0.rawValue)" }
      + EdgeDoubt.allCases.map { "doubt_\($0.rawValue)" }
      + NodeRole.allCases.map { $0 == .joins ? "link_joins" : "link_\($0.rawValue)" }
      + HubReason.Measure.allCases.map { "hub_\($0.rawValue)" }
      + ClusterChange.Kind.allCases.map { "change_\($0.rawValue)" }
      + ClusterSuggestion.Reason.allCases.map { "suggests_\($0.rawValue)" }
      + ExtractPart.allCases.map { "extract_\($0.rawValue)" }
      + ReferralOutcome.allCases.map { "outcome_\($0.rawValue)" }
      + PatternView.allCases.map { "view_\($0.rawValue)" }
      + NoticeState.allCases.map { "notice_state_\($0.rawValue)" }
      + BoardPart.allCases.map { "board_\($0.rawValue)" }
      + CaseStore.DoubtDecision.allCases.map { "doubt_decision_\($0.rawValue)" }
      + SelectorKind.allCases.map { "selector_\($0.rawValue)" }
    for key in keys { #expect(english[key] != nil, "\(key)") }
    #expect(Language(accepting: "nl-NL,nl;q=0.9,en;q=0.8") == .nl)
    #expect(Language(accepting: "fr, en;q=0.5, nl;q=0.7") == .nl)
    #expect(Language(accepting: "") == .en)
  }

  /// What stands between the tags of a template is a name, a key or a unit, and no language.
  @Test func templatesHaveNoWordsOfTheirOwn() {
    let names: Set<String> = [
      "Adwatch", "URL", "HTTP", "Ctrl", "Enter", "Message", "ID", "SHA", "NL", "UTC", "PDF", "CSV",
    ]
    for (name, bytes) in BundledFiles.all where name.hasSuffix(".mustache") {
      var text = String(decoding: bytes, as: UTF8.self)
      while let open = text.range(of: "{{"),
        let close = text.range(of: "}}", range: open.upperBound..<text.endIndex)
      {
        text.replaceSubrange(open.lowerBound..<close.upperBound, with: "")
      }
      while let open = text.range(of: "<"),
        let close = text.range(of: ">", range: open.upperBound..<text.endIndex)
      {
        let tag = text[open.upperBound..<close.lowerBound]
        for attribute in ["aria-label=\"", "title=\"", "placeholder=\"", "alt=\""] {
          guard let start = tag.range(of: attribute) else { continue }
          let value = tag[start.upperBound...].prefix { $0 != "\"" }
          let other = value.split { !$0.isLetter }.filter { !names.contains(String($0)) }
          #expect(other.isEmpty, "\(name): \(attribute)\(value)")
        }
        text.replaceSubrange(open.lowerBound..<close.upperBound, with: " ")
      }
      let words = text.split { !$0.isLetter }.map(String.init).filter { $0.count > 1 }
      #expect(words.filter { !names.contains($0) }.isEmpty, "\(name): \(words)")
    }
  }

  @Test func notesKeepTheirWords() throws {
    let fixture = try ReviewFixture()
    let id = try fixture.store(ReviewFixture.advert("a", text: "Kept words"))[0]
    let browser = try fixture.browser(as: "investigator")
    browser.get("/adverts/\(id)")
    #expect(browser.post("/adverts/\(id)/note", ["note": "rang the bell"]).status == 303)
    #expect(browser.get("/adverts/\(id)").text.contains("rang the bell"))
    #expect(!browser.get("/adverts/\(id)").text.contains("name=\"verdict\""))
  }
}
