import Assessment
import Matching
import Vocabulary

/// Invented indicators for the rule's tests, named by what they are.
enum Catalogue {
  static let place = PackPlace(file: "test.yaml", line: 1, column: 1)

  static func indicator(
    _ id: String, _ barriers: [Barrier], _ strength: Strength, alone: Solitude = .counts,
    lane: IndicatorLane? = nil, when: String? = nil, evidence: EvidenceGrade = .expert,
    restsOn: IndicatorBasis = .stated
  ) throws -> Indicator {
    Indicator(
      id: id, title: ["en": id], barriers: barriers, strength: strength, evidence: evidence,
      alone: alone, lane: lane, sources: ["test"],
      condition: try when.map { try Condition(parsing: $0) }, restsOn: restsOn, place: place)
  }

  /// `eS1` is a strong indicator of entry, `fM2` a medium one of finance, and so on.
  static func indicators() throws -> [Indicator] {
    var all: [Indicator] = []
    let barriers: [(String, Barrier)] = [("e", .entry), ("f", .finance), ("h", .housing)]
    let strengths: [(String, Strength)] = [
      ("S", .strong), ("M", .medium), ("W", .weak), ("0", .none), ("N", .negative),
    ]
    for (letter, barrier) in barriers {
      for (mark, strength) in strengths {
        for number in 1...3 {
          all.append(try indicator("\(letter)\(mark)\(number)", [barrier], strength))
        }
      }
    }
    all.append(try indicator("efS1", [.entry, .finance], .strong))
    all.append(try indicator("efS2", [.entry, .finance], .strong))
    all.append(try indicator("efS3", [.entry, .finance], .strong))
    all.append(try indicator("eLonely1", [.entry], .strong, alone: .never))
    all.append(try indicator("eLonely2", [.entry], .medium, alone: .never))
    all.append(try indicator("minors", [.work], .weak, lane: .minors))
    all.append(try indicator("minorsByAge", [], .none, lane: .minors, when: "age < 18"))
    all.append(try indicator("S07", [.administration], .medium, when: "cities_of_selector >= 3"))
    all.append(try indicator("S08", [.administration], .medium, when: "circuits >= 1"))
    all.append(try indicator("S12", [.administration], .medium, when: "profiles_of_selector >= 2"))
    all.append(try indicator("S14", [.administration], .medium, when: "template_adverts >= 3"))
    all.append(try indicator("eHours", [.entry], .strong, when: "hours_per_week > 60"))
    all.append(
      try indicator("eNoBoss", [.entry], .strong, when: "employer_missing = 1", restsOn: .absence))
    all.append(
      try indicator("eNoPlace", [.entry], .medium, when: "place_missing = 1", restsOn: .absence))
    all.append(
      try indicator("eNoPay", [.entry], .none, when: "wage_missing = 1", restsOn: .absence))
    return all
  }

  static func assessor() throws -> Assessor {
    let labour = try indicator("eLabour", [.entry], .strong)
    return Assessor(
      rule: try AssessmentRule(yaml: rule, file: "assessment.yaml"),
      library: PatternLibrary(
        packs: [
          PatternPack(
            name: "all", version: 1, forms: Form.allCases, indicators: try indicators(),
            file: "all.yaml"),
          PatternPack(
            name: "labour", version: 1, forms: [.labour], indicators: [labour], file: "l.yaml"),
        ], digest: ""))
  }

  static func hit(_ indicator: String, _ range: Range<Int>) -> Hit {
    Hit(
      indicator: indicator, pattern: "\(indicator)/en/p", packVersion: 1, language: "en",
      range: range)
  }

  /// Hits that do not touch each other, one for each name.
  static func apart(_ indicators: [String]) -> [Hit] {
    indicators.enumerated().map { hit($1, $0 * 10..<($0 * 10 + 5)) }
  }

  static func facts(
    form: Form? = nil, content: Range<Int> = 0..<10_000,
    _ measures: [Measure: MeasuredValue] = [:]
  ) -> AdvertFacts {
    AdvertFacts(form: form, content: ContentRanges([content]), measures: measures)
  }

  static let rule = """
    format: adwatch.assessment/1
    rule: ilo-per-barrier/1
    barrier:
      - {strong: 2}
      - {strong: 1, other: 1}
      - {medium: 3}
      - {medium: 2, weak: 1}
    flag:
      barriers: 2
      linkage: {barriers: 1, indicators: [S07, S08, S12, S14]}
    priority:
      urgent: 100
      barrier: 2
      strength: {strong: 1, medium: 0.5, weak: 0.25}
      evidence: {supported: 1.5, expert: 1, no-effect: 0.25, inverse: 0}
    """
}
