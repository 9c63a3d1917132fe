import ChildPrograms
import CaseStore
import Foundation
import Testing
import Vocabulary

@testable import Review

@Suite struct ClusterPageTests {
  private static let text =
    "Harvest hands wanted for the long rows of leeks between the village and the canal, from the "
    + "first light until the trailer is full, and the radio plays all day; lodging in"

  /// Four adverts with nearly the same text, three with one number.
  private func linked() throws -> (fixture: ReviewFixture, adverts: [Int64]) {
    let fixture = try ReviewFixture()
    let towns = ["Tilburg", "Zwolle", "Breda", "Arnhem"]
    var known: [Int64: (phone: String, text: String, places: [(String, Int64)])] = [:]
    var ids: [Int64] = []
    for (place, town) in towns.enumerated() {
      let text = "\(Self.text) \(town)."
      let phone = place < 3 ? "+442079460001" : "+442079460002"
      let id = try fixture.store(
        ReviewFixture.advert("hands \(town)", text: text, priority: Double(9 - place), phone: phone)
      )[0]
      ids.append(id)
      let start = 1_767_000_000 + Int64(place) * 864_000
      known[id] = (phone, text, [("NL/\(town)", start), ("NL/\(town)", start + 172_800)])
    }
    try fixture.link(known)
    return (fixture, ids)
  }

  @Test func whatJoinsAdvertsIsExplainedAndDrawn() throws {
    let (fixture, ids) = try linked()
    let cluster = try #require(try fixture.store.cluster(ofAdvert: ids[0]))
    let browser = try fixture.browser(as: "analyst")
    let page = browser.get("/clusters/\(cluster)").text
    #expect(page.contains("phone +442079460001"))
    #expect(page.contains("in 3 of these adverts"))
    #expect(page.contains("NL/Tilburg") && page.contains("2025-12-29"))
    // The map has the towns' names and the country's outline; the strips have bars.
    #expect(page.contains(">Zwolle</text>") && page.contains("<title>Netherlands</title>"))
    #expect(page.contains("class=\"bar\"") && page.contains("class=\"leg\""))
    // Slots have what differs.
    #expect(page.contains("class=\"slot\"") && page.contains("Breda"))
    if ChildProgram.path(of: "dot") != nil { #expect(page.contains("class=\"tie\"")) }
    #expect(page.utf8.count < 150_000)
    #expect(browser.get("/adverts/\(ids[1])").text.contains("/clusters/\(cluster)"))
    #expect(browser.get("/clusters/999999").status == 404)
    let entries = try fixture.store.accesses(by: nil, advert: nil, before: nil, most: 9)
    #expect(entries.contains { $0.kind == .cluster })
  }

  @Test func clustersAreSplitMergedAndPutBackWithAReason() throws {
    let (fixture, ids) = try linked()
    let cluster = try #require(try fixture.store.cluster(ofAdvert: ids[0]))
    let browser = try fixture.browser(as: "analyst")
    browser.get("/clusters/\(cluster)")
    let path = "/clusters/\(cluster)"
    #expect(browser.post("\(path)/split", ["advert": "\(ids[3])", "why": " "]).status == 409)
    #expect(browser.post("\(path)/split", ["why": "x"]).status == 409)
    #expect(browser.post("\(path)/split", ["advert": "77777", "why": "x"]).status == 409)
    #expect(
      browser.post("\(path)/split", ["advert": "\(ids[3])", "why": "another farm"]).status == 303)
    #expect(try fixture.store.cluster(ofAdvert: ids[3]) != cluster)
    let page = browser.get(path).text
    #expect(page.contains("another farm"))
    #expect(
      browser.post("\(path)/undo", ["decision": "1", "why": "the same farm"]).status == 303)
    #expect(try fixture.store.cluster(ofAdvert: ids[3]) == cluster)
    let other = try fixture.store(
      ReviewFixture.advert("elsewhere", text: "Nothing alike", phone: "+442079460003"))[0]
    try fixture.link([other: ("+442079460003", "Nothing alike", [])])
    #expect(
      browser.post("\(path)/merge", ["other": "\(other)", "why": "same van"]).status == 303)
    #expect(try fixture.store.cluster(ofAdvert: other) == cluster)
    #expect(browser.post("\(path)/merge", ["other": "x", "why": "y"]).status == 409)
    let reader = try fixture.browser(as: "investigator")
    #expect(!reader.get(path).text.contains("name=\"why\""))
  }

  @Test func aClusterIsJudgedAtOnceButForTheVetoed() throws {
    let (fixture, ids) = try linked()
    let group = try #require(try fixture.store.detail(ofAdvert: ids[0])?.cluster)
    let browser = try fixture.browser(as: "analyst")
    browser.get("/groups/\(group)")
    let path = "/groups/\(group)/verdict"
    let some: KeyValuePairs = [
      "verdict": "nothing", "why": "a farm that we know", "advert": "\(ids[0])",
      "advert": "\(ids[1])",
    ]
    #expect(browser.post(path, some).status == 303)
    #expect(try fixture.store.verdicts(on: ids[0]).count == 1)
    #expect(try fixture.store.verdicts(on: ids[2]).isEmpty, "the vetoed one was judged")
    let serious: KeyValuePairs = [
      "verdict": "referral", "why": "x", "advert": "\(ids[2])", "advert": "\(ids[3])",
    ]
    #expect(browser.post(path, serious).status == 409, "referred without a look at each")
    browser.get("/adverts/\(ids[2])")
    #expect(browser.post(path, serious).status == 409, "referred with a look at one")
    browser.get("/adverts/\(ids[3])")
    #expect(browser.post(path, serious).status == 303)
  }
}
