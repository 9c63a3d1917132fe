import Analysis
import CaseStore
import Foundation
import Matching
import Testing
import Vocabulary

@testable import Review

@Suite struct ReportPageTests {
  /// The packs of the repository: tests run in its folder.
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Patterns").path

  private static let pack = """
    format: adwatch.pack/1
    pack: trial
    version: 1
    forms: [labour]
    indicators:
      - id: L11
        title: {en: Document handed in}
        barriers: [entry]
        strength: strong
        evidence: expert
        sources: [invented]
        patterns:
          en:
            - {id: kept, re: 'keep your passport'}
        examples:
          en: {match: ["We keep your passport"], miss: ["Bring your passport"]}
    """

  private func patterns() throws -> PatternFolder {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("adwatch-packs-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let packs = folder.appendingPathComponent("labour")
    try FileManager.default.createDirectory(at: packs, withIntermediateDirectories: true)
    try Data(Self.pack.utf8).write(to: packs.appendingPathComponent("trial.yaml"))
    for name in ["assessment.yaml", "sectors.yaml"] {
      try FileManager.default.copyItem(
        atPath: Self.folder + "/" + name, toPath: folder.appendingPathComponent(name).path)
    }
    return try PatternFolder(path: folder.path)
  }

  @Test func changedPatternsAreTriedOnTheStoredTexts() throws {
    let fixture = try ReviewFixture(patterns: try patterns())
    try fixture.store(
      ReviewFixture.advert("old", text: "We keep your passport safe"),
      ReviewFixture.advert("new", text: "We hold your passport safe"),
      ReviewFixture.advert("none", text: "Nothing of the kind"))
    let before = try fixture.store.latestTexts(before: nil, most: 9).map(\.text.record)
    let browser = try fixture.browser(as: "operator")
    let path = "/patterns/L11/try?pattern=L11%2Fen%2Fkept"
    #expect(browser.get(path).text.contains("keep your passport"))
    func trial(_ expression: String) -> String {
      browser.get(path + "&expression=" + FormFields.encode(expression)).text
    }
    let wider = trial("(?:keep|hold) your passport")
    #expect(wider.contains("3 texts: found in 1 before, in 2 now."))
    #expect(wider.contains("<mark>hold your passport</mark>"))
    let narrower = trial("never your passport")
    #expect(narrower.contains("found in 1 before, in 0 now."))
    #expect(narrower.contains("<mark>keep your passport</mark>"))
    #expect(trial("(unclosed").contains("class=\"problem\""))
    #expect(trial("(a+)+$ keep").contains("3 texts"), "a costly expression ended it")
    #expect(
      browser.get(path + "&expression=" + String(repeating: "a", count: 3000)).status == 413)
    #expect(try fixture.store.latestTexts(before: nil, most: 9).map(\.text.record) == before)
    #expect(try fixture.browser(as: "investigator").get(path).status == 403)
  }

  @Test func trialsEndAtTheirLimits() throws {
    var limits = ReviewLimits()
    limits.trial.texts = 2
    let fixture = try ReviewFixture(patterns: try patterns(), limits: limits)
    for number in 0..<4 {
      try fixture.store(ReviewFixture.advert("a\(number)", text: "Kept words \(number)"))
    }
    let page = try fixture.browser(as: "operator")
      .get("/patterns/L11/try?pattern=L11%2Fen%2Fkept&expression=words").text
    #expect(page.contains("2 texts: found in 0 before, in 2 now."))
    #expect(page.contains("A limit ended it"))
    let work = HeavyWork(most: 1)
    try work.run {
      let refused = Result { try work.run { 7 } }
      #expect(throws: WebProblem.tooMany) { try refused.get() }
    }
    let again = try work.run { 7 }
    #expect(again == 7, "it stayed taken")
  }

  @Test func patternsShowHowTheyWereJudged() throws {
    let fixture = try ReviewFixture(patterns: try patterns())
    try fixture.add(account: "second", .analyst)
    let ids = try fixture.store(
      ReviewFixture.advert("a", text: "Kept words"), ReviewFixture.advert("b", text: "Kept too"),
      ReviewFixture.advert("c", text: "Kept as well"))
    let browser = try fixture.browser(as: "analyst")
    for (id, verdict) in zip(ids, ["referral", "nothing", "unclear"]) {
      browser.get("/adverts/\(id)")
      browser.post("/adverts/\(id)/verdict", ["verdict": verdict, "why": "x"])
    }
    let page = browser.get("/patterns/L11").text
    #expect(page.contains("Precision 50 % (9.5–90.5 %; 2)"))
    #expect(page.contains("keep your passport"))
    #expect(browser.get("/patterns").text.contains("/patterns/L11"))
    #expect(browser.get("/patterns/L99").status == 404)
    // Where people differ it is left out.
    let second = try fixture.browser(as: "second")
    second.get("/adverts/\(ids[0])")
    second.post("/adverts/\(ids[0])/verdict", ["verdict": "nothing", "why": "y"])
    #expect(browser.get("/patterns/L11").text.contains("Precision 0 % (0–79.3 %; 1)"))
  }

  @Test func sourcesTellHowTheyDid() throws {
    let fixture = try ReviewFixture()
    try fixture.store(ReviewFixture.advert("a", text: "Kept words"))
    let page = try fixture.browser(as: "investigator").get("/sources")
    #expect(page.status == 200)
    let health = try fixture.store.sourceHealth(at: fixture.clock.now)
    #expect(health.allSatisfy { $0.newAdverts.count == CaseStore.healthDays })
  }

  @Test func trendsHaveTheirNumbersBelow() throws {
    let patterns = try patterns()
    let fixture = try ReviewFixture(patterns: patterns)
    // Its title says the kind of work; the other one's says nothing.
    try fixture.store(
      ReviewFixture.advert("Strawberry picker", text: "Kept words"),
      ReviewFixture.advert("b", text: "Kept too"))
    let page = try fixture.browser(as: "analyst").get("/trends").text
    #expect(page.contains("For review, by sector") && page.contains("Farming and horticulture"))
    #expect(page.contains("class=\"series s0\""))
    #expect(page.contains("Week from") && page.contains("<td>2</td>"))
    #expect(page.contains("<th scope=\"row\">en</th><td>2</td><td>2</td><td>100 %</td>"))
    #expect(page.utf8.count < 150_000)
    let report = try TrendReport(
      fixture.store, sectors: patterns.sectors, at: fixture.clock.now)
    #expect(Set(report.sectors.map(\.name)) == ["agriculture", ""])
    #expect(report.figures.flagged.map(\.count) == [2])
    #expect(report.figures.selectors.map(\.name) == ["phone"])
    #expect(report.figures.places.map(\.name) == ["GB/Leeds"])
  }

  @Test func weeksOutsideAreLeftOutAndLinesAreTheLargest() {
    let now = Timestamp(seconds: 1_767_225_600)
    let week = now.milliseconds / CaseStore.week
    var counts = (0..<9).map { WeekCount(week: week, name: "n\($0)", count: Int64($0 + 1)) }
    counts.append(WeekCount(week: week - 60, name: "old", count: 999))
    counts.append(WeekCount(week: week + 1, name: "future", count: 999))
    let plot = WeekPlot(counts, at: now) { $0 }
    #expect(plot.names == ["n8", "n7", "n6", "n5", "n4", "n3", "…"])
    #expect(plot.values.last?.reduce(0, +) == 6, "what no line shows is one together")
    #expect(plot.values.allSatisfy { $0.count == WeekPlot.weeks })
    #expect(WeekPlot([], at: now) { $0 }.drawing(label: "x") == nil)
  }
}
