import Bytes
import Extraction
import Testing
import Vocabulary

@testable import Linking

@Suite struct LinkerTests {
  /// Adverts of some writers with phones, templates, cities and chance.
  private func crowd(_ seed: UInt64, _ count: Int) -> [LinkedAdvert] {
    var invented = Invented(seed)
    let templates = (0..<15).map { _ in (0..<40).map { _ in invented.word() } }
    return (1...count).map { id in
      var words =
        invented.number(0..<3) == 0
        ? (0..<40).map { _ in invented.word() } : invented.pick(templates)
      let name = invented.word() + "a"
      words[5] = name
      // One number in six is a switchboard's, which turns out in the course of it.
      let isHub = invented.number(0..<6) == 0
      if isHub { words = (0..<40).map { _ in invented.word() } }
      if invented.number(0..<3) == 0 { words[20] = invented.word() }
      return advert(
        Int64(id), words.joined(separator: " "),
        phone: isHub
          ? "+442079460099"
          : invented.number(0..<4) == 0 ? nil : "+4420794600\(invented.number(10..<60))",
        place: invented.pick(["leeds", "york", "bath", "hull"]),
        on: Double(invented.number(0..<90)),
        source: invented.pick(["one", "two"]), names: [name], ages: [invented.number(20..<40)],
        employer: isHub ? "Employer \(id)" : nil,
        account: invented.number(0..<5) == 0 ? "u\(invented.number(0..<30))" : nil)
    }
  }

  private func state(_ linker: Linker<MemoryLinkIndex>, _ count: Int) throws -> [String] {
    try (1...Int64(count)).map { id in
      let record = try #require(linker.index.record(id))
      let edges = record.edges.map { "\($0.node.text) \($0.doubt?.rawValue ?? "joins")" }
      let measures = try #require(try linker.measures(of: id)).values.map {
        "\($0.name)=\($0.count ?? -1)"
      }
      let cluster = linker.index.cluster(of: id) ?? 0
      return "\(cluster) \(edges) \(measures)"
    }
  }

  @Test func whatIsNewIsAttachedToALargeRegion() throws {
    var rule = LinkRule()
    rule.settledAdverts = 30
    var linker = try linked(
      (1...100).map { advert($0, phone: "+4420794600\($0 % 2 + 10)") }
        + (101...102).map { advert($0, phone: "+442079460050") }, rule: rule)
    #expect(linker.index.cluster(of: 51) == 1)
    // It has a telephone of each of two clusters: it goes to the older, and nothing else moves. The
    // next one goes where most adverts with its telephone are.
    try linker.add(
      advert(
        103, phone: "+442079460010",
        selectors: [LinkedSelector(kind: .phone, value: "+442079460011")]))
    try linker.add(advert(104, phone: "+442079460010"))
    let changes = try linker.settle()
    #expect(linker.index.cluster(of: 103) == 1)
    #expect(linker.index.cluster(of: 104) == 2)
    #expect(linker.index.cluster(of: 50) == 2)
    #expect(Set(changes.clusters.map(\.kind)) == [.grew])
    // What is edited leaves, and founds another cluster with whom it meets.
    try linker.add(advert(104, phone: "+442079460050"))
    _ = try linker.settle()
    #expect(linker.index.cluster(of: 104) == 101)
    // A decision has the whole region settled.
    linker.index.record(
      ClusterDecision(id: 1, when: day(1), who: "ana", why: "seen", act: .join(1, 2)))
    try linker.touch(try #require(linker.index.decisions().last))
    _ = try linker.settle()
    #expect(linker.index.cluster(of: 50) == 1)
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func addingInPiecesEqualsAddingAtOnce(_ seed: UInt64) throws {
    let adverts = crowd(seed, 300)
    let whole = try linked(adverts)
    var pieces = Linker(index: MemoryLinkIndex())
    var invented = Invented(seed)
    var told: [Int64: String] = [:]
    for advert in adverts {
      try pieces.add(advert)
      if invented.number(0..<10) == 0 || advert.id == 300 {
        let changes = try pieces.settle()
        // Whoever is not told of has the measures it had.
        for id in 1...advert.id {
          let now = "\(try #require(try pieces.measures(of: id)).values.map(\.count))"
          #expect(changes.adverts.contains(id) || told[id] == now, "\(id) after \(advert.id)")
          told[id] = now
        }
      }
    }
    #expect(try state(pieces, 300) == state(whole, 300))
    let hub = whole.index.standing(of: .selector(.phone, "+442079460099"))
    #expect(hub?.role == .discounted, "the crowd has no hub")
  }

  @Test func readingsMadeElsewhereGiveTheSame() throws {
    let adverts = crowd(7, 120)
    let rule = LinkRule()
    var linker = Linker(index: MemoryLinkIndex(), rule: rule)
    let readings = adverts.map { TextReading($0, rule: rule) }
    for (advert, reading) in zip(adverts, readings) { try linker.add(advert, reading: reading) }
    _ = try linker.settle()
    #expect(try state(linker, 120) == state(try linked(adverts), 120))
  }

  @Test func addingTheSameAgainChangesNothing() throws {
    let adverts = crowd(8, 100)
    var linker = try linked(adverts)
    let before = try state(linker, 100)
    for advert in adverts { try linker.add(advert) }
    let changes = try linker.settle()
    #expect(changes == LinkChanges())
    #expect(try state(linker, 100) == before)
  }

  @Test func incrementalAddingTellsOnlyWhoseMeasuresChange() throws {
    var linker = try linked(crowd(9, 200))
    try linker.add(advert(500, phone: "+447700900999", place: "leeds"))
    #expect(try linker.settle().adverts == [500])
    try linker.add(advert(501, phone: "+447700900999", place: "york"))
    let changes = try linker.settle()
    #expect(changes.adverts == [500, 501])
    #expect(
      changes.clusters
        == [ClusterChange(kind: .founded, cluster: 500, others: [], adverts: [500, 501])])
  }

  @Test func aRemovedAdvertLeavesNothing() throws {
    var linker = try linked([
      advert(1, phone: "+447700900111"), advert(2, phone: "+447700900111"),
      advert(3, phone: "+447700900111"),
    ])
    try linker.remove(1)
    let changes = try linker.settle()
    #expect(changes.clusters.map(\.kind) == [.renamed])
    #expect(try linker.clusters(1...3) == [nil, 2, 2])
    try linker.remove(3)
    #expect(try linker.settle().clusters.map(\.kind) == [.dissolved])
    #expect(linker.index.record(3) == nil)
    #expect(linker.index.adverts(of: .selector(.phone, "+447700900111"), most: 9) == [2])
  }

  @Test func anEditedTextLeavesItsGroup() throws {
    var invented = Invented(41)
    let old = invented.text(words: 40)
    let new = invented.text(words: 40)
    var linker = try linked([advert(1, old), advert(2, old)])
    try linker.add(advert(1, new))
    _ = try linker.settle()
    #expect(try linker.group(1) != linker.group(2))
    #expect(try linker.clusters(1...2) == [nil, nil])
    try linker.add(advert(3, old))
    try linker.add(advert(4, new))
    _ = try linker.settle()
    #expect(try linker.clusters(1...4) == [1, 2, 2, 1])
  }

  @Test func decisionsAreSettledAndUndone() throws {
    var linker = try linked((1...4).map { advert($0, phone: "+447700900222") })
    func decide(_ id: Int64, _ act: ClusterDecision.Act) throws -> [ClusterChange.Kind] {
      let decision = ClusterDecision(id: id, when: day(1), who: "ana", why: "two people", act: act)
      linker.index.record(decision)
      try linker.touch(decision)
      return try linker.settle().clusters.map(\.kind)
    }
    #expect(try decide(1, .part([3, 4])) == [.split])
    #expect(try linker.clusters(1...4) == [1, 1, 3, 3])
    #expect(try decide(2, .undo(1)) == [.merged])
    #expect(try linker.clusters(1...4) == [1, 1, 1, 1])
    #expect(try decide(3, .disregard(.selector(.phone, "+447700900222"))) == [.dissolved])
    #expect(try linker.measures(of: 1)?["profiles_of_selector"] == nil)
    #expect(try decide(4, .join(2, 4)) == [.founded])
    #expect(try linker.clusters(1...4) == [nil, 2, nil, 2])
  }

  @Test func doubtfulSelectorsOnlySuggest() throws {
    let doubtful: [(LinkedSelector, EdgeDoubt)] = [
      (LinkedSelector(kind: .phone, value: "+1", valid: false), .notValid),
      (LinkedSelector(kind: .phone, value: "+2", confidence: 0.3), .notSure),
      (LinkedSelector(kind: .email, value: "a@b.example", inContent: false), .outsideContent),
      (LinkedSelector(kind: .url, value: "https://b.example/"), .weakKind),
    ]
    for (selector, doubt) in doubtful {
      let linker = try linked([
        advert(1, selectors: [selector]), advert(2, selectors: [selector]),
      ])
      #expect(try linker.clusters(1...2) == [nil, nil])
      let shared = try linker.reasons(1, 2)
      #expect(shared.first?.ties.map(\.doubt) == [doubt, doubt])
      let view = try #require(try linker.view(of: 1))
      #expect(view.suggestions.map(\.reason) == [.weak])
    }
  }

  @Test func anAdvertThatIsSeenAgainChangesNothingForAWeek() throws {
    func seen(_ days: [Double]) -> LinkedAdvert {
      var one = advert(1, phone: "+447700900666")
      one.sightings = days.map { Sighting(when: day($0), place: "leeds") }
      return one
    }
    var linker = try linked([seen([0]), advert(2, phone: "+447700900666", place: "york")])
    try linker.add(seen([0, 1]))
    #expect(try linker.settle().adverts.contains(1))
    try linker.add(seen([0, 1, 2, 3]))
    #expect(try linker.settle() == LinkChanges())
    #expect(linker.index.record(1)?.advert.lastSeen == day(3))
    let year = seen((0..<3_000).map { Double($0) / 8 })
    try linker.add(year)
    #expect(try linker.settle().adverts == [1])
    let kept = try #require(linker.index.record(1)).advert.sightings
    #expect(kept.count < 60)
    #expect(kept.first?.when == day(0))
    #expect(kept.last == year.sightings.last)
  }

  @Test func selectorsWithoutEndAreReadToALimit() throws {
    let many = (0..<5_000).map {
      LinkedSelector(kind: .email, value: "m\($0)@b.example", inContent: $0 % 100 == 0)
    }
    let linker = try linked([advert(1, selectors: many)])
    let edges = try #require(linker.index.record(1)).edges
    #expect(edges.count == 64)
    #expect(edges.count { $0.joins } == 50, "what is in its own words comes first")
  }

  @Test func theSurerOfTwoReadingsCounts() throws {
    let sure = LinkedSelector(kind: .phone, value: "+447700900333")
    var unsure = sure
    unsure.inContent = false
    let linker = try linked([
      advert(1, selectors: [unsure, sure]), advert(2, selectors: [sure, unsure]),
    ])
    #expect(try linker.clusters(1...2) == [1, 1])
  }

  @Test func aViewTellsWhyWhereAndWhen() throws {
    let linker = try linked([
      advert(1, phone: "+447700900444", place: "leeds", on: 0),
      advert(2, phone: "+447700900444", place: "york", on: 5),
    ])
    let view = try #require(try linker.view(ofCluster: 1))
    #expect(view.adverts.map(\.advert.id) == [1, 2])
    #expect(view.shared.map(\.node.text) == ["phone:+447700900444"])
    #expect(view.shared[0].joins)
    #expect(view.movement.stays.map(\.place) == ["leeds", "york"])
    #expect(try linker.view(of: 9) == nil)
    #expect(try linker.view(of: .text(9)) == nil)
  }
}
