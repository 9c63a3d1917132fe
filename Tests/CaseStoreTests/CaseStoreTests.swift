import CaseStore
import CrawlFrontier
import Foundation
import Testing
import Vocabulary
import WebAddress

@Suite struct CaseStoreTests {
  @Test func dueAddressesComeByPriorityThenTime() throws {
    let fixture = try StoreFixture()
    var first = fixture.capture(address: nil)
    first.found = [
      fixture.found("https://jobs.example/b", priority: .other),
      fixture.found("https://jobs.example/a", priority: .start),
    ]
    _ = try fixture.commit(first)
    let due = try fixture.store.dueAddresses(group: "jobs.example", at: fixture.start, limit: 10)
    #expect(
      due.map(\.address.href) == [
        "https://jobs.example/a", "https://jobs.example/", "https://jobs.example/b",
      ])
    #expect(
      try fixture.store.dueAddresses(group: "jobs.example", at: fixture.start + -1, limit: 10)
        .isEmpty)
  }

  @Test func sourcesOutsideTheirHoursAreLeftOut() throws {
    let fixture = try StoreFixture()
    let start = fixture.start
    func due(without: [String]) throws -> Int {
      try fixture.store.dueAddresses(
        group: "jobs.example", at: start, limit: 10, without: without
      ).count
    }
    #expect(try due(without: ["other", "job"]) == 1)
    #expect(try due(without: ["other", "jobs"]) == 0)
  }

  @Test func postponingMovesOnlyWhatIsDueOfThatOrigin() throws {
    let fixture = try StoreFixture()
    var capture = fixture.capture()
    capture.found = [fixture.found("https://jobs.example.test/x")]
    _ = try fixture.commit(capture)
    let later = fixture.start + 600
    try fixture.store.postpone(
      group: "jobs.example", origin: "https://jobs.example", until: later)
    let due = try fixture.store.dueAddresses(group: "jobs.example", at: fixture.start, limit: 9)
    #expect(due.map(\.address.href) == ["https://jobs.example.test/x"])
    #expect(try fixture.store.nextDue(group: "jobs.example", after: fixture.start) == later)
  }

  @Test func linksAreAdmittedOnceAndTheirCountsKept() throws {
    let fixture = try StoreFixture()
    let id = try #require(try fixture.commit(fixture.capture()).first)
    var analysis = fixture.analysis(of: id, adverts: [])
    analysis.found = ["a", "b", "b", ""].map { fixture.found("https://jobs.example/\($0)") }
    var asked: [String] = []
    let totals = try fixture.store.commit(
      [analysis], at: fixture.start,
      admit: { _, found in
        asked.append(found.url)
        return found.url.hasSuffix("a") ? nil : found
      },
      counters: { [ScopeCount(source: "jobs", counter: .max, pages: 3)] })
    #expect(asked == ["https://jobs.example/a", "https://jobs.example/b"])
    #expect(totals.found.map(\.url) == ["https://jobs.example/b"])
    let memory = try #require(try fixture.store.scopeMemories()["jobs"])
    #expect(memory.pages == 2)
    #expect(memory.counters == [.max: 3])
  }

  @Test func anAddressIsKnownOnceASource() throws {
    let fixture = try StoreFixture()
    var capture = fixture.capture()
    capture.found = Array(repeating: fixture.found("https://jobs.example/x"), count: 3)
    _ = try fixture.commit(capture)
    #expect(try fixture.store.addressCounts() == ["jobs": 2])
  }

  @Test func visitMovesTheAddressAndKeepsValidators() throws {
    let fixture = try StoreFixture()
    let address = try #require(
      try fixture.store.dueAddresses(group: "jobs.example", at: fixture.start, limit: 1).first)
    let id = try #require(try fixture.commit(fixture.capture(address: address.id)).first)
    #expect(
      try fixture.store.nextDue(group: "jobs.example", after: fixture.start) == fixture.start + 3600
    )
    let again = try #require(
      try fixture.store.dueAddresses(group: "jobs.example", at: fixture.start + 3600, limit: 1)
        .first)
    #expect(again.etag == "\"e\"")
    let basis = try #require(try fixture.store.visitBasis(address: address.id))
    #expect(basis.payload?.capture == id)
    #expect(basis.payload?.recordID == "urn:uuid:0")
    #expect(basis.history == VisitHistory(visits: 1, last: .changed))
  }

  @Test func aRevisitShowsTheAdvertsOfThePayloadItRepeats() throws {
    let fixture = try StoreFixture()
    let first = try #require(try fixture.commit(fixture.capture()).first)
    try fixture.store.commit(
      [fixture.analysis(of: first, adverts: [fixture.advert("a", text: "one")])],
      at: fixture.start)
    _ = try fixture.commit(
      fixture.capture(offset: 100, payloadOf: first, at: fixture.start + 86_400))
    #expect(try fixture.flagged().map(\.lastSeen) == [fixture.start + 86_400])
  }

  @Test func aRevisitBeforeTheAnalysisIsSeenTooOnceItIsDone() throws {
    let fixture = try StoreFixture()
    let first = try #require(try fixture.commit(fixture.capture()).first)
    _ = try fixture.commit(fixture.capture(offset: 100, payloadOf: first))
    try fixture.store.commit(
      [fixture.analysis(of: first, adverts: [fixture.advert("a", text: "one")])],
      at: fixture.start)
    let again = try fixture.store.commit(
      [fixture.analysis(of: first, adverts: [])], at: fixture.start)
    #expect(again.newAdverts == 0)
    #expect(try fixture.flagged().isEmpty)
  }

  @Test func anEditedAdvertStaysOnTheQueueWithTheTextThatWasFlagged() throws {
    let fixture = try StoreFixture()
    let captures = try fixture.commit(fixture.capture(), fixture.capture(offset: 100))
    let later = fixture.start + 60
    let result = try fixture.store.commit(
      [
        fixture.analysis(of: captures[0], adverts: [fixture.advert("a", text: "bad")]),
        fixture.analysis(
          of: captures[1], adverts: [fixture.advert("a", text: "clean", flagged: false)],
          at: later),
      ], at: later)
    #expect(result.newAdverts == 1)
    #expect(result.newlyFlagged == 1)
    let flagged = try fixture.flagged()
    #expect(flagged.map(\.text) == ["bad"])
    #expect(flagged.map(\.editedSince) == [true])
    #expect(flagged.map(\.firstSeen) == [fixture.start])
    #expect(flagged.map(\.lastSeen) == [later])
  }

  @Test func analysingAgainReplacesWhatWasFound() throws {
    let fixture = try StoreFixture()
    let id = try #require(try fixture.commit(fixture.capture()).first)
    let both = [fixture.advert("a", text: "one"), fixture.advert("b", text: "two")]
    try fixture.store.commit([fixture.analysis(of: id, adverts: both)], at: fixture.start)
    try fixture.store.commit(
      [fixture.analysis(of: id, adverts: [fixture.advert("a", text: "one, read anew")])],
      at: fixture.start)
    #expect(try fixture.flagged().map(\.text) == ["one, read anew"])
    let counts = try fixture.store.indicatorCounts()
    #expect(counts.adverts == 1)
    #expect(counts.byIndicator == ["L11": 1])
  }

  @Test func aGonePageMarksItsAdvert() throws {
    let fixture = try StoreFixture()
    let address = try #require(
      try fixture.store.dueAddresses(group: "jobs.example", at: fixture.start, limit: 1).first)
    let captures = try fixture.commit(
      fixture.capture(address: address.id), fixture.capture(address: address.id, offset: 100))
    try fixture.store.commit(
      [
        fixture.analysis(
          of: captures[0], adverts: [fixture.advert("a", text: "x")], address: address.id),
        fixture.analysis(of: captures[1], adverts: [], page: .gone, address: address.id),
      ], at: fixture.start)
    #expect(try fixture.flagged().map(\.gone) == [true])
  }

  @Test func aFailedCommitLeavesNothingBehind() throws {
    let fixture = try StoreFixture()
    let before = try fixture.store.custodyHead()
    #expect(throws: CaseStoreError.self) {
      try fixture.store.commit(
        [fixture.capture()], written: [], ends: [:], run: fixture.run, by: fixture.actor,
        at: fixture.start)
    }
    #expect(try fixture.store.custodyHead() == before)
    #expect(try fixture.store.status(at: fixture.start).captures == 0)
  }

  @Test func waitingCapturesAreThoseWhoseAnalysisDidNotEnd() throws {
    let fixture = try StoreFixture()
    let ids = try fixture.commit(fixture.capture(), fixture.capture(offset: 100))
    try fixture.store.commit([fixture.analysis(of: ids[0], adverts: [])], at: fixture.start)
    try fixture.store.beginAnalysis(of: ids[1])
    let waiting = try fixture.store.waitingCaptures()
    #expect(waiting.map(\.id) == [ids[1]])
    #expect(waiting.map(\.attempts) == [1])
    try fixture.store.quarantine(
      capture: ids[1], reason: "crashed twice", by: fixture.actor, at: fixture.start)
    #expect(try fixture.store.waitingCaptures().isEmpty)
    let status = try fixture.store.status(at: fixture.start)
    #expect(status.quarantined == 1)
    #expect(status.waiting == 0)
  }

  @Test func aDatabaseOfANewerVersionIsRefusedByName() throws {
    let fixture = try StoreFixture()
    let path = fixture.folder.appendingPathComponent("adwatch.sqlite").path
    let engine = try SQLiteEngine(path: path)
    try engine.write {
      try $0.execute("INSERT INTO schema_migration (name) VALUES ('999-later')", [])
    }
    #expect(throws: CaseStoreError.newer(migration: "999-later")) { try CaseStore(path: path) }
  }

  @Test func aFileThatIsNoDatabaseIsNamedDamaged() throws {
    let fixture = try StoreFixture()
    let path = fixture.folder.appendingPathComponent("other.sqlite")
    try Array(repeating: "not a database. ", count: 100).joined()
      .write(to: path, atomically: true, encoding: .utf8)
    #expect {
      try CaseStore(path: path.path)
    } throws: { error in
      if case .damaged = error as? CaseStoreError { return true }
      return false
    }
  }
}
