import Extraction
import Foundation
import Linking
import Testing
import Vocabulary

@testable import CaseStore

@Suite struct StoredLinksTests {
  private let fixture: StoreFixture
  private var store: CaseStore { fixture.store }

  init() throws { fixture = try StoreFixture() }

  // MARK: Against the index in memory

  /// Adverts of some writers: templates, shared numbers, cities, chance; the same in every run.
  private static func crowd(_ count: Int) -> [String: LinkedAdvert] {
    var state: UInt64 = 7
    func number(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    let words = (0..<400).map { "word\($0)" }
    let templates = (0..<8).map { _ in (0..<40).map { _ in words[number(words.count)] } }
    var adverts: [String: LinkedAdvert] = [:]
    for index in 1...count {
      var text =
        number(3) == 0
        ? (0..<40).map { _ in words[number(words.count)] } : templates[number(templates.count)]
      let name = "Name\(number(9))"
      text[5] = name
      let phone = LinkedSelector(kind: .phone, value: "+4420794600\(10 + number(40))")
      adverts["\(index)"] = LinkedAdvert(
        id: Int64(index), source: "jobs", key: "\(index)", form: .sex, language: "en",
        sightings: [
          Sighting(
            when: Timestamp(seconds: 1_767_225_600) + Double(number(60)) * 86_400,
            place: ["leeds", "york", "bath"][number(3)], country: "GB")
        ],
        names: [name], ages: [20 + number(20)], selectors: number(4) == 0 ? [] : [phone],
        text: Array(text.joined(separator: " ").utf8))
    }
    return adverts
  }

  private func commit(_ keys: some Sequence<String>, offset: Int64) throws {
    let capture = try fixture.commit(fixture.capture(offset: offset))[0]
    try store.commit(
      [
        fixture.analysis(
          of: capture, adverts: keys.map { fixture.advert($0, text: $0, flagged: false) },
          page: .listing)
      ], at: fixture.start)
  }

  @Test func theDatabaseHoldsWhatMemoryHolds() throws {
    let crowd = Self.crowd(120)
    try commit((1...120).map(String.init), offset: 0)
    var ids: [Int64: String] = [:]
    while try store.waitingLinks() > 0 {
      _ = try store.link(
        most: 17, at: fixture.start,
        LinkHandlers(
          read: { advert in
            ids[advert.id] = advert.key
            var linked = try #require(crowd[advert.key])
            linked.id = advert.id
            return linked
          }, assess: { _, _, _ in nil }))
    }
    #expect(ids.count == 120)
    var memory = Linker(index: MemoryLinkIndex())
    for (id, key) in ids.sorted(by: { $0.key < $1.key }) {
      var linked = try #require(crowd[key])
      linked.id = id
      try memory.add(linked)
    }
    _ = try memory.settle()
    try store.links { (stored) throws in
      for id in ids.keys {
        let stood = try stored.measures(of: id)
        let expected = try memory.measures(of: id)
        #expect(stood == expected)
        #expect(try stored.index.cluster(of: id) == memory.index.cluster(of: id))
        #expect(try stored.index.record(id)?.edges == memory.index.record(id)?.edges)
      }
      #expect(try stored.index.templateCount() == memory.index.templateCount())
    }
    let clustered = ids.keys.filter { memory.index.cluster(of: $0) != nil }
    #expect(clustered.count > 60)
  }

  // MARK: What waits

  private func link(
    _ assess: @escaping (LinkableAdvert.Version, String, LinkageMeasures) -> Reassessment? = {
      _, _, _ in nil
    }
  ) throws -> LinkTotals {
    try store.link(
      most: 100, at: fixture.start,
      LinkHandlers(
        read: { advert in
          LinkedAdvert(
            id: advert.id, source: advert.source, key: advert.key, language: "en",
            sightings: advert.versions.flatMap(\.seen).map { Sighting(when: $0) },
            selectors: [LinkedSelector(kind: .phone, value: "+442079460001")])
        }, assess: assess))
  }

  private func clusters(of ids: Int64...) throws -> [Int64?] {
    try store.links { linker in try ids.map { try linker.index.cluster(of: $0) } }
  }

  @Test func whatWasStoredWaitsUntilItIsLinkedAndNotLonger() throws {
    try commit(["a", "b"], offset: 0)
    #expect(try store.waitingLinks() == 2)
    #expect(try link().linked == 2)
    #expect(try store.waitingLinks() == 0)
    #expect(try link() == LinkTotals())
    #expect(try clusters(of: 1, 2) == [1, 1])
    #expect(try store.log(ofCluster: 1, most: 9).map(\.kind) == [.founded])
  }

  @Test func anUnchangedPageIsAnotherSighting() throws {
    try commit(["a"], offset: 0)
    _ = try link()
    let later = fixture.start + 3 * 86_400
    _ = try fixture.commit(fixture.capture(offset: 200, payloadOf: 1, at: later))
    #expect(try store.waitingLinks() == 1)
    _ = try link()
    let record = try store.links { try $0.index.record(1) }
    #expect(record?.advert.sightings.map(\.when) == [fixture.start, later])
  }

  @Test func anAdvertThatIsNotThereAnyMoreLeavesItsCluster() throws {
    try commit(["a", "b"], offset: 0)
    _ = try link()
    try store.commit(
      [
        fixture.analysis(
          of: 1, adverts: [fixture.advert("a", text: "a", flagged: false)], page: .listing)
      ], at: fixture.start)
    #expect(try store.waitingLinks() == 2)
    _ = try link()
    #expect(try store.links { try $0.index.record(2) } == nil)
    #expect(try clusters(of: 1) == [nil])
    #expect(try store.log(ofCluster: 1, most: 9).map(\.kind) == [.dissolved, .founded])
  }

  @Test func aFailureLeavesEverythingAsItWas() throws {
    struct Broken: Error {}
    try commit(["a", "b"], offset: 0)
    var reads = 0
    #expect(throws: Broken.self) {
      try store.link(
        most: 100, at: fixture.start,
        LinkHandlers(
          read: { advert in
            reads += 1
            guard reads < 2 else { throw Broken() }
            return LinkedAdvert(id: advert.id, source: "jobs", key: "a")
          }, assess: { _, _, _ in nil }))
    }
    #expect(try store.links { try $0.index.record(1) } == nil)
    #expect(try store.waitingLinks() == 2)
  }

  // MARK: Assessments

  private func assessment(
    _ version: LinkableAdvert.Version, flagged: Bool
  ) -> Reassessment {
    Reassessment(
      version: "v2", record: "{\"linked\":\(flagged)}", flagged: flagged,
      lane: flagged ? .review : nil, priority: 3, barriers: [.entry, .work], rule: "r/1",
      hits: [
        StoredHit(
          indicator: "S12", pattern: "S12/when", packVersion: 1, range: nil, inContent: true)
      ])
  }

  @Test func onlyWhatWaitedOrChangedIsAssessedAgain() throws {
    try commit(["a", "b"], offset: 0)
    let first = try link { version, _, _ in assessment(version, flagged: false) }
    #expect(first.reassessed == 2)
    #expect(try store.indicatorCounts().byIndicator == ["S12": 2])
    try commit(["c"], offset: 200)
    var asked: [String] = []
    let second = try link { version, _, measures in
      asked.append("\(version.id)=\(measures["profiles_of_selector"] ?? 0)")
      return assessment(version, flagged: true)
    }
    // The number has three profiles now, for all of them.
    #expect(asked == ["1=3", "2=3", "3=3"])
    #expect(second.newlyFlagged == 3)
    #expect(try fixture.flagged().map(\.record) == Array(repeating: "{\"linked\":true}", count: 3))
    #expect(
      try store.linkage(source: "jobs", key: "a", textDigest: Array("a".utf8))[
        "profiles_of_selector"] == 3)
    // Stored once more with the same text, it has to be looked at again.
    try commit(["a"], offset: 400)
    #expect(
      try store.linkage(source: "jobs", key: "a", textDigest: Array("a".utf8)).isEmpty)
    asked = []
    _ = try link { version, _, _ in
      asked.append("\(version.id)")
      return nil
    }
    #expect(asked == ["1"])
  }

  // MARK: Decisions

  private let handlers = LinkHandlers(read: { _ in nil }, assess: { _, _, _ in nil })

  @Test func decisionsAreLoggedAndUndoneByLaterOnes() throws {
    try commit(["a", "b", "c"], offset: 0)
    _ = try link()
    func decide(_ act: ClusterDecision.Act, _ why: String) throws -> LinkTotals {
      try store.decide(
        act, why: why, by: fixture.actor, at: fixture.start, handlers
      ).totals
    }
    #expect(try decide(.part([3]), "another person").clusters == 1)
    #expect(try clusters(of: 3) == [nil])
    #expect(try clusters(of: 2) == [1])
    _ = try decide(.disregard(.selector(.phone, "+442079460001")), "the site's own number")
    #expect(try clusters(of: 1) == [nil])
    _ = try decide(.undo(2), "it is not")
    #expect(try clusters(of: 2) == [1])
    _ = try decide(.undo(1), "the same person after all")
    #expect(try clusters(of: 3) == [1])
    let decisions = try store.links { try $0.index.decisions() }
    #expect(
      decisions.map(\.act.text) == [
        "part 3", "disregard phone:+442079460001", "undo 2", "undo 1",
      ])
    #expect(decisions.allSatisfy { $0.who == "tester" })
    var events: [String] = []
    try store.forEachCustodyEvent { event in
      if event.event.action == "links.decide" { events.append(event.payload?.body ?? "") }
    }
    #expect(events.count == 4)
    #expect(events[0] == #"{"act":"part 3","why":"another person"}"#)
    #expect(try store.log(ofCluster: 1, most: 1).first?.decision == 4)
    #expect(throws: CaseStoreError.self) {
      try store.engine.write {
        try $0.execute("UPDATE cluster_decision SET why = 'another' WHERE id = 1", [])
      }
    }
    #expect(throws: CaseStoreError.self) {
      try store.engine.write { try $0.execute("DELETE FROM cluster_decision", []) }
    }
  }

  /// The review decides while a crawl, which remembers links, is at work on the same database.
  @Test func aDecisionOfAnotherProgramIsTakenUp() throws {
    try commit(["a", "b", "c"], offset: 0)
    _ = try link()
    let other = try CaseStore(
      path: fixture.folder.appendingPathComponent("adwatch.sqlite").path)
    _ = try other.decide(
      .disregard(.selector(.phone, "+442079460001")), why: "a switchboard", by: fixture.actor,
      at: fixture.start, handlers)
    try commit(["d"], offset: 1000)
    _ = try link()
    for advert in 1...4 { #expect(try clusters(of: Int64(advert)) == [nil], "\(advert)") }
    _ = try other.decide(
      .undo(1), why: "it is not", by: fixture.actor, at: fixture.start, handlers)
    try commit(["e"], offset: 2000)
    _ = try link()
    for advert in 1...5 { #expect(try clusters(of: Int64(advert)) == [1], "\(advert)") }
  }

  @Test(
    arguments: [
      .join(1, 9), .join(1, 1), .part([9]), .undo(4), .trust(.selector(.email, "a@b.example")),
    ] as [ClusterDecision.Act])
  func aDecisionAboutWhatIsNotThereIsRefused(_ act: ClusterDecision.Act) throws {
    try commit(["a", "b"], offset: 0)
    _ = try link()
    #expect(throws: CaseStoreError.self) {
      try store.decide(
        act, why: "why", by: fixture.actor, at: fixture.start, handlers)
    }
    #expect(try store.links { try $0.index.decisions() }.isEmpty)
  }
}
