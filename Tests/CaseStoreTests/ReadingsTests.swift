import CaseStore
import Testing
import Vocabulary

@Suite struct ReadingsTests {
  @Test func aReadingHasTheAdvertsOfItsCaptureAndNoOther() throws {
    let fixture = try StoreFixture()
    let ids = try fixture.commit(
      fixture.capture(), fixture.capture(offset: 100), fixture.capture(offset: 200))
    try fixture.store.commit(
      [
        fixture.analysis(of: ids[0], adverts: [fixture.advert("a", text: "one")]),
        fixture.analysis(of: ids[1], adverts: [], page: .gone),
        fixture.analysis(
          of: ids[2],
          adverts: [
            fixture.advert("a", text: "two", flagged: false), fixture.advert("b", text: "three"),
          ], page: .listing),
      ], at: fixture.start)
    let readings = try fixture.store.readings(of: ids[0]...ids[2])
    #expect(readings.count == 3)
    let first = try #require(readings[ids[0]]?.adverts.first)
    #expect((first.key, first.text, first.flagged) == ("a", "one", true))
    #expect(first.form == .labour)
    #expect(first.textDigest == Array("one".utf8))
    #expect(readings[ids[1]]?.page == .gone)
    #expect(readings[ids[1]]?.adverts.isEmpty == true)
    #expect(readings[ids[2]]?.adverts.map(\.key) == ["a", "b"])
    #expect(readings[ids[2]]?.adverts.map(\.flagged) == [false, true])
    #expect(readings[ids[2]]?.version == "v1")
    #expect(try fixture.store.readings(of: ids[1]...ids[1]).keys.sorted() == [ids[1]])
    #expect(
      try fixture.store.patterns(ofVersion: first.version) == ["L11": ["L11/en/kept"]])
  }

  @Test func aChangeOfPatternsIsInTheLogWithBothVersions() throws {
    let fixture = try StoreFixture()
    try fixture.store.changePatterns(
      of: fixture.run, from: "one", to: "two", by: fixture.actor, at: fixture.start)
    var last: (action: String, subject: String, body: String?)?
    try fixture.store.forEachCustodyEvent { stored in
      last = (stored.event.action, stored.event.subject, stored.payload?.body)
    }
    #expect(last?.action == "patterns.change")
    #expect(last?.subject == "run:\(fixture.run.id)")
    #expect(last?.body == #"{"from":"one","to":"two"}"#)
  }
}
