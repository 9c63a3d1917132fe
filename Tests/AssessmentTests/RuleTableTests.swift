import Assessment
import Matching
import Testing
import Vocabulary

/// The rule of `Patterns/assessment.yaml` as a table: every line of it and every exclusion.
@Suite struct RuleTableTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    /// Ids of indicators, each found on words of its own.
    var apart: [String] = []
    /// Hits at places of their choice, instead.
    var hits: [(String, Range<Int>)] = []
    var measures: [Measure: MeasuredValue] = [:]
    var form: Form?
    var content = 0..<1000
    var barriers: [Barrier] = []
    var lane: Lane?
    /// What indicators are to be left out for; nil for one that counts.
    var exclusions: [String: Exclusion?] = [:]
    var linkage = LinkageState.notEvaluated
    var testDescription: String { name }
  }

  private static let counts: Exclusion? = nil
  private static let bossMissing: [Measure: MeasuredValue] = [.employerMissing: .value(1)]
  private static let linked: [Measure: MeasuredValue] = [.circuits: .value(1)]

  static let barrierLines: [Row] = [
    Row(name: "nothing"),
    Row(name: "one strong is not enough", apart: ["eS1"], exclusions: ["eS1": counts]),
    Row(name: "two strong", apart: ["eS1", "eS2"], barriers: [.entry]),
    Row(name: "strong and medium", apart: ["eS1", "eM1"], barriers: [.entry]),
    Row(name: "strong and weak", apart: ["eS1", "eW1"], barriers: [.entry]),
    Row(name: "three medium", apart: ["eM1", "eM2", "eM3"], barriers: [.entry]),
    Row(name: "two medium and weak", apart: ["eM1", "eM2", "eW1"], barriers: [.entry]),
    Row(name: "two medium", apart: ["eM1", "eM2"]),
    Row(name: "medium and two weak", apart: ["eM1", "eW1", "eW2"]),
    Row(name: "three weak", apart: ["eW1", "eW2", "eW3"]),
    Row(name: "strengths of several barriers do not add up", apart: ["eS1", "fM1", "hW1"]),
  ]

  static let flagLines: [Row] = [
    Row(name: "one barrier", apart: ["eS1", "eS2", "eS3"], barriers: [.entry]),
    Row(
      name: "two barriers", apart: ["eS1", "eW1", "fS1", "fW1"], barriers: [.entry, .finance],
      lane: .review),
    Row(
      name: "two barriers of the same indicators", apart: ["efS1", "efS2"],
      barriers: [.entry, .finance]),
    Row(
      name: "one barrier and linkage", apart: ["eS1", "eW1"], measures: linked, barriers: [.entry],
      lane: .review, exclusions: ["S08": counts], linkage: .found),
    Row(name: "linkage without a barrier", apart: ["eS1"], measures: linked, linkage: .found),
    Row(
      name: "linkage that was looked for and not found", apart: ["eS1", "eW1"],
      measures: [
        .citiesOfSelector: .value(1), .circuits: .value(0), .profilesOfSelector: .value(1),
        .templateAdverts: .value(1),
      ], barriers: [.entry], exclusions: ["S08": .conditionFalse], linkage: .none),
    Row(
      name: "linkage that nobody looked for", apart: ["eS1", "eW1"], barriers: [.entry],
      exclusions: ["S08": .notEvaluated([.circuits])]),
    Row(name: "minors", apart: ["minors"], lane: .urgent),
    Row(
      name: "minors by a condition of strength none", measures: [.age: .value(16)], lane: .urgent,
      exclusions: ["minorsByAge": .strengthNone]),
    Row(
      name: "minors on words of a stronger indicator",
      hits: [("minors", 0..<5), ("eS1", 0..<9)], lane: .urgent,
      exclusions: ["minors": .overlapped(by: "eS1")]),
    Row(
      name: "minors outside the content", apart: ["minors"], content: 500..<600,
      exclusions: ["minors": .outsideContent]),
  ]

  static let exclusions: [Row] = [
    Row(
      name: "the same indicator twice", apart: ["eS1", "eS1", "eM1"], barriers: [.entry],
      exclusions: ["eS1": counts]),
    Row(name: "the same indicator twice and nothing else", apart: ["eS1", "eS1"]),
    Row(
      name: "overlap", hits: [("eS1", 0..<10), ("eM1", 5..<15)],
      exclusions: ["eS1": counts, "eM1": .overlapped(by: "eS1")]),
    Row(
      name: "none", apart: ["eS1", "e01"], exclusions: ["eS1": counts, "e01": .strengthNone]),
    Row(
      name: "negative", apart: ["eS1", "eN1"],
      exclusions: ["eS1": counts, "eN1": .strengthNegative]),
    Row(
      name: "alone never", apart: ["eLonely1", "eLonely2"],
      exclusions: ["eLonely1": .alone, "eLonely2": .alone]),
    Row(
      name: "alone never, beside what counts", apart: ["eLonely1", "eW1"], barriers: [.entry],
      exclusions: ["eLonely1": counts]),
    Row(
      name: "alone never, beside what does not count", apart: ["eLonely1", "eN1"],
      exclusions: ["eLonely1": .alone]),
    Row(name: "unknown", apart: ["eS1", "nowhere"], exclusions: ["nowhere": .unknown]),
    Row(
      name: "a pack for another form", apart: ["eLabour", "eS1"], form: .sex,
      exclusions: ["eLabour": .otherForm]),
    Row(
      name: "outside the content", apart: ["eS1", "eS2"], content: 0..<5,
      exclusions: ["eS1": counts, "eS2": .outsideContent]),
    Row(
      name: "a condition that does not hold", apart: ["eS1"],
      measures: [.hoursPerWeek: .value(40)], exclusions: ["eHours": .conditionFalse]),
    Row(
      name: "a condition on what is missing", apart: ["eS1"],
      exclusions: ["eHours": .notEvaluated([.hoursPerWeek])]),
    Row(
      name: "a condition that holds", apart: ["eS1"], measures: [.hoursPerWeek: .value(61)],
      barriers: [.entry], exclusions: ["eHours": counts]),
  ]

  static let absence: [Row] = [
    Row(name: "absence alone", measures: bossMissing, exclusions: ["eNoBoss": .alone]),
    Row(
      name: "absences alone", measures: [.employerMissing: .value(1), .placeMissing: .value(1)],
      exclusions: ["eNoBoss": .alone, "eNoPlace": .alone]),
    Row(
      name: "absence beside what never counts alone", apart: ["eLonely1"], measures: bossMissing,
      exclusions: ["eNoBoss": .alone, "eLonely1": .alone]),
    Row(
      name: "absence is weak: with strong", apart: ["eS1"], measures: bossMissing,
      barriers: [.entry], exclusions: ["eNoBoss": counts]),
    Row(name: "absence is weak: with medium", apart: ["eM1"], measures: bossMissing),
    Row(
      name: "absence is weak: with two medium", apart: ["eM1", "eM2"], measures: bossMissing,
      barriers: [.entry]),
    Row(
      name: "absence of strength none", apart: ["eS1"], measures: [.wageMissing: .value(1)],
      exclusions: ["eNoPay": .strengthNone]),
    Row(
      name: "where it is also stated it has its own strength", apart: ["eNoBoss", "eM1"],
      measures: bossMissing, barriers: [.entry]),
    Row(
      name: "where it is only stated too", apart: ["eNoBoss", "eM1"], barriers: [.entry]),
  ]

  @Test(arguments: barrierLines + flagLines + exclusions + absence)
  func theRule(_ row: Row) throws {
    let hits = Catalogue.apart(row.apart) + row.hits.map { Catalogue.hit($0, $1) }
    let assessment = try Catalogue.assessor().assess(
      Catalogue.facts(form: row.form, content: row.content, row.measures), hits: hits)
    #expect(assessment.barriers == row.barriers)
    #expect(assessment.lane == row.lane)
    #expect(assessment.flagged == (row.lane != nil))
    #expect(assessment.linkage == row.linkage)
    for (id, exclusion) in row.exclusions {
      let found = try #require(assessment.indicators.first { $0.id == id }, "\(id)")
      #expect(found.exclusion == exclusion, "\(id)")
    }
  }

  @Test func everyLineAndExclusionIsInTheTable() throws {
    let rule = try AssessmentRule(yaml: Catalogue.rule, file: "a.yaml")
    // For each combination there is a row with exactly what it asks for.
    for combination in rule.combinations {
      let isThere = Self.barrierLines.contains { row in
        let strengths = row.apart.compactMap(Self.strength)
        return strengths.count { $0 == .strong } == combination.strong
          && strengths.count { $0 == .medium } == combination.medium
          && strengths.count { $0 == .weak } == combination.weak && row.barriers == [.entry]
      }
      #expect(isThere, "\(combination)")
    }
    let rows = Self.flagLines + Self.exclusions + Self.absence
    let kinds = Set(
      rows.flatMap { $0.exclusions.values }.compactMap { $0 }.map(Self.kind))
    #expect(kinds == Set(0...8))
  }

  private static func strength(_ id: String) -> Strength? {
    switch id.dropFirst().first {
    case "S": .strong
    case "M": .medium
    case "W": .weak
    default: nil
    }
  }

  /// A number for each case, so that a new one does not compile before it is in the table.
  private static func kind(_ exclusion: Exclusion) -> Int {
    switch exclusion {
    case .unknown: 0
    case .otherForm: 1
    case .outsideContent: 2
    case .strengthNone: 3
    case .strengthNegative: 4
    case .overlapped: 5
    case .alone: 6
    case .conditionFalse: 7
    case .notEvaluated: 8
    }
  }

  @Test func whatItRestsOnIsSaid() throws {
    let assessor = try Catalogue.assessor()
    func found(_ apart: [String]) -> AssessedIndicator? {
      assessor.assess(Catalogue.facts(Self.bossMissing), hits: Catalogue.apart(apart)).indicators
        .first { $0.id == "eNoBoss" }
    }
    #expect(found(["eS1"])?.restsOn == .absence && found(["eS1"])?.strength == .weak)
    #expect(found(["eNoBoss"])?.restsOn == .stated && found(["eNoBoss"])?.strength == .strong)
  }
}
