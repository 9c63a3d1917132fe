import Assessment
import Matching
import Testing
import Vocabulary

@Suite struct AssessorTests {
  /// Indicators that stand apart in the content, the positive barriers, and whether it is flagged.
  static let rule: [([String], [Barrier], Bool)] = [
    // Per barrier.
    ([], [], false),
    (["eS1"], [], false),
    (["eS1", "eS2"], [.entry], false),
    (["eS1", "eM1"], [.entry], false),
    (["eS1", "eW1"], [.entry], false),
    (["eM1", "eM2"], [], false),
    (["eM1", "eM2", "eM3"], [.entry], false),
    (["eM1", "eM2", "eW1"], [.entry], false),
    (["eM1", "eW1", "eW2"], [], false),
    (["eW1", "eW2", "eW3"], [], false),
    (["eS1", "fS1", "hS1"], [], false),
    // An indicator counts once, however often it is found.
    (["eS1", "eS1", "eS1"], [], false),
    (["eM1", "eM1", "eM2", "eM2"], [], false),
    // None and negative never help.
    (["eS1", "e01", "eN1"], [], false),
    (["eM1", "eM2", "e01", "e02", "eN1"], [], false),
    (["e01", "e02", "e03", "eN1", "eN2", "eN3"], [], false),
    // Two barriers, each with an indicator the other lacks.
    (["eS1", "eS2", "fS1", "fS2"], [.entry, .finance], true),
    (["eS1", "eW1", "fM1", "fM2", "fW1"], [.entry, .finance], true),
    (["efS1", "eS1", "fW1"], [.entry, .finance], true),
    (["efS1", "efS2"], [.entry, .finance], false),
    (["efS1", "efS2", "efS3"], [.entry, .finance], false),
    (["efS1", "efS2", "eS1"], [.entry, .finance], false),
    (["efS1", "efS2", "eS1", "hS1", "hS2"], [.entry, .housing, .finance], true),
    (["eS1", "eS2", "fS1"], [.entry], false),
    // What never counts alone.
    (["eLonely1", "eLonely2"], [], false),
    (["eLonely1", "e01"], [], false),
    (["eLonely1", "eS1"], [.entry], false),
    (["eLonely1", "eLonely2", "fW1"], [.entry], false),
    // Unknown indicators.
    (["eS1", "nowhere"], [], false),
  ]

  @Test(arguments: rule)
  func theRule(_ row: (indicators: [String], barriers: [Barrier], flagged: Bool)) throws {
    let assessment = try Catalogue.assessor().assess(
      Catalogue.facts(), hits: Catalogue.apart(row.indicators))
    #expect(Set(assessment.barriers) == Set(row.barriers))
    #expect(assessment.flagged == row.flagged)
    #expect(assessment.lane == (row.flagged ? .review : nil))
    #expect(assessment.because.map(\.barrier) == assessment.barriers)
    #expect(assessment.rule == "ilo-per-barrier/1")
    #expect(Set(assessment.indicators.map(\.id)).isSuperset(of: row.indicators))
  }

  @Test func reasonsNameTheIndicators() throws {
    let assessment = try Catalogue.assessor().assess(
      Catalogue.facts(), hits: Catalogue.apart(["fW1", "efS1", "eS1", "hM1", "e01"]))
    #expect(
      assessment.because == [
        BarrierReason(barrier: .entry, indicators: ["eS1", "efS1"]),
        BarrierReason(barrier: .finance, indicators: ["efS1", "fW1"]),
      ])
    let reasons = Dictionary(
      uniqueKeysWithValues: assessment.indicators.map { ($0.id, $0.exclusion) })
    #expect(reasons["e01"] == .some(.strengthNone))
    #expect(reasons["hM1"] == .some(nil))
    #expect(reasons["eHours"] == .some(.notEvaluated([.hoursPerWeek])))
    #expect(reasons["S07"] == .some(.notEvaluated([.citiesOfSelector])))
  }

  @Test func hitsOutsideTheContentNeverCount() throws {
    let assessor = try Catalogue.assessor()
    let hits = Catalogue.apart(["eS1", "eS2", "fS1", "fS2", "minors"])
    let all = assessor.assess(Catalogue.facts(), hits: hits)
    #expect(all.flagged)
    let none = assessor.assess(Catalogue.facts(content: 500..<600), hits: hits)
    #expect(!none.flagged && none.barriers.isEmpty && none.urgentBecause.isEmpty)
    #expect(none.hits.allSatisfy { !$0.inContent && $0.exclusion == .outsideContent })
    let half = assessor.assess(Catalogue.facts(content: 0..<20), hits: hits)
    #expect(half.barriers == [.entry] && !half.flagged)
    // A hit that only begins or ends inside is outside.
    let edge = assessor.assess(Catalogue.facts(content: 0..<14), hits: hits)
    #expect(
      edge.barriers.isEmpty && edge.hits.map(\.inContent) == [true, false, false, false, false])
  }

  @Test func contentMayHaveGapsWithinAHit() {
    let ranges = ContentRanges([11..<20, 0..<10, 15..<30])
    #expect(ranges.ranges == [0..<10, 11..<30])
    #expect(ranges.contains(8..<13) && ranges.contains(0..<30))
    #expect(!ranges.contains(8..<11) && !ranges.contains(29..<31) && !ranges.contains(5..<5))
    #expect(!ContentRanges([]).contains(0..<1))
  }

  @Test func ofOverlappingHitsTheStrongestCounts() throws {
    let assessor = try Catalogue.assessor()
    func assess(_ hits: [(String, Range<Int>)]) -> Assessment {
      assessor.assess(Catalogue.facts(), hits: hits.map { Catalogue.hit($0, $1) })
    }
    let both = assess([("eS1", 0..<10), ("eM1", 5..<15)])
    #expect(both.barriers.isEmpty)
    #expect(both.hits.map(\.exclusion) == [nil, .overlapped(by: "eS1")])
    #expect(assess([("eS1", 0..<10), ("eM1", 10..<15)]).barriers == [.entry])
    // Another place of the displaced one counts.
    #expect(assess([("eS1", 0..<10), ("eM1", 5..<15), ("eM1", 20..<25)]).barriers == [.entry])
    // What is displaced displaces nothing.
    let chain = assess([("eS1", 0..<10), ("eM1", 8..<20), ("eW1", 18..<30)])
    #expect(chain.hits.map(\.exclusion) == [nil, .overlapped(by: "eS1"), nil])
    // Of equals the longer one.
    let equal = assess([("eS1", 0..<10), ("eS2", 0..<11)])
    #expect(equal.hits.map(\.exclusion) == [.overlapped(by: "eS2"), nil])
    // Hits of one indicator do not displace each other.
    #expect(assess([("eS1", 0..<10), ("eS1", 5..<9), ("eW1", 20..<22)]).barriers == [.entry])
    // What does not count displaces nothing.
    #expect(
      assess([("e01", 0..<50), ("eN1", 0..<50), ("eS1", 0..<10), ("eW1", 20..<22)]).barriers == [
        .entry
      ])
    #expect(assess([("nowhere", 0..<50), ("eS1", 0..<10), ("eW1", 20..<22)]).barriers == [.entry])
    // What never counts alone does not displace what does.
    let lonely = assess([("eLonely1", 0..<50), ("eW1", 0..<10), ("eM1", 60..<70)])
    #expect(lonely.hits.map(\.exclusion) == [nil, .overlapped(by: "eW1"), nil])
  }

  @Test func hitsOutsideDisplaceNothing() throws {
    let assessment = try Catalogue.assessor().assess(
      Catalogue.facts(content: 0..<30),
      hits: [
        Catalogue.hit("fS1", 25..<40), Catalogue.hit("eS1", 24..<28), Catalogue.hit("eW1", 0..<5),
      ])
    #expect(assessment.barriers == [.entry])
  }

  @Test func minorsGoToTheUrgentLaneAtOnce() throws {
    let assessor = try Catalogue.assessor()
    let one = assessor.assess(Catalogue.facts(), hits: Catalogue.apart(["minors"]))
    #expect(one.flagged && one.lane == .urgent && one.barriers.isEmpty)
    #expect(one.urgentBecause == ["minors"])
    // Not even a stronger indicator on the same words takes it away.
    let covered = assessor.assess(
      Catalogue.facts(), hits: [Catalogue.hit("minors", 0..<5), Catalogue.hit("eS1", 0..<9)])
    #expect(covered.lane == .urgent)
    let computed = assessor.assess(Catalogue.facts([.age: .value(17)]), hits: [])
    #expect(computed.lane == .urgent && computed.urgentBecause == ["minorsByAge"])
    #expect(assessor.assess(Catalogue.facts([.age: .value(18)]), hits: []).lane == nil)
    #expect(one.priority > 100)
  }

  @Test func formsDecideWhichPacksCount() throws {
    let assessor = try Catalogue.assessor()
    let hits = Catalogue.apart(["eLabour", "eS1"])
    for (form, counts) in [(Form?.none, true), (.labour, true), (.sex, false)] {
      let assessment = assessor.assess(Catalogue.facts(form: form), hits: hits)
      #expect(assessment.barriers == (counts ? [.entry] : []))
      #expect(assessment.hits[0].exclusion == (counts ? nil : .otherForm))
    }
  }

  @Test func conditionsCountWithoutAHit() throws {
    let assessor = try Catalogue.assessor()
    let hits = Catalogue.apart(["eW1"])
    let long = assessor.assess(Catalogue.facts([.hoursPerWeek: .value(70)]), hits: hits)
    #expect(long.barriers == [.entry] && long.computed.map(\.id) == ["eHours"])
    let short = assessor.assess(Catalogue.facts([.hoursPerWeek: .value(40)]), hits: hits)
    #expect(short.barriers.isEmpty)
    #expect(short.indicators.first { $0.id == "eHours" }?.exclusion == .conditionFalse)
  }

  @Test func oneBarrierAndALinkageIndicatorFlag() throws {
    let assessor = try Catalogue.assessor()
    let hits = Catalogue.apart(["eS1", "eW1"])
    let linked: [Measure: MeasuredValue] = [.citiesOfSelector: .value(3)]
    let found = assessor.assess(Catalogue.facts(linked), hits: hits)
    #expect(found.flagged && found.linkage == .found && found.linkageBecause == ["S07"])
    #expect(!assessor.assess(Catalogue.facts(linked), hits: Catalogue.apart(["eS1"])).flagged)
    let unknown = assessor.assess(Catalogue.facts(), hits: hits)
    #expect(!unknown.flagged && unknown.linkage.rawValue == "not evaluated")
    let none: [Measure: MeasuredValue] = [
      .citiesOfSelector: .value(1), .circuits: .value(0), .profilesOfSelector: .value(1),
      .templateAdverts: .value(0),
    ]
    #expect(assessor.assess(Catalogue.facts(none), hits: hits).linkage == .none)
    #expect(assessor.undefinedLinkageIndicators.isEmpty)
  }

  @Test func priorityOrdersByLaneThenBreadthThenStrength() throws {
    let assessor = try Catalogue.assessor()
    func priority(_ indicators: [String]) -> Double {
      assessor.assess(Catalogue.facts(), hits: Catalogue.apart(indicators)).priority
    }
    #expect(priority([]) == 0)
    #expect(priority(["eS1", "eW1"]) == 3.25)
    let ascending = [
      ["eW1"], ["eM1"], ["eS1"], ["eS1", "eW1"], ["eS1", "eS2"], ["eS1", "eS2", "fS1", "fS2"],
      ["minors"],
    ]
    for (lower, higher) in zip(ascending, ascending.dropFirst()) {
      #expect(priority(lower) < priority(higher))
    }
  }
}
