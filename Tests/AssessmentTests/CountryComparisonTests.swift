import Assessment
import Extraction
import Matching
import Testing
import Vocabulary

/// Holds adverts against invented law.
@Suite struct CountryComparisonTests {
  static let law = CountryTable([
    "NL": CountryFacts(
      currency: "EUR", legalHours: LegalHours(value: 48, source: "a law", date: "2003-11-04"),
      minimumWage: MinimumWage(
        amount: 12, currency: "EUR", period: .hour, from: "2024-01-01", source: "a decree")),
    "XX": CountryFacts(
      currency: "EUR",
      minimumWage: MinimumWage(
        amount: 1560, currency: "EUR", period: .month, from: "2024-01-01", source: "a decree")),
    "DK": CountryFacts(currency: "DKK"),
  ])

  private static func wage(
    _ value: Double, _ period: String?, max: Double? = nil, currency: String? = "EUR",
    raw: String = "", inContent: Bool = true
  ) -> Fact {
    Fact(
      kind: .wage, value: .number(value), max: max, currency: currency, period: period, raw: raw,
      range: 0..<1, inContent: inContent)
  }

  private static func week(_ hours: Double, max: Double? = nil) -> Fact {
    Fact(
      kind: .hours, value: .number(hours), max: max, period: "week", raw: "", range: 0..<1)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let facts: [Fact]
    var country: String? = "NL"
    var posted: String?
    var text = ""
    var expected: MeasuredValue
    var reason = ""
    var testDescription: String { "\(facts.map(\.value)) \(country ?? "-") \(reason)" }
  }

  static let wages: [Case] = [
    Case(facts: [], expected: .missing),
    Case(facts: [wage(4, "hour", inContent: false)], expected: .missing),
    Case(facts: [wage(9, "hour")], expected: .value(1)),
    Case(facts: [wage(12, "hour")], expected: .value(0)),
    Case(facts: [wage(11.995, "hour")], expected: .value(0)),
    // The best that is stated counts.
    Case(facts: [wage(9, "hour", max: 13)], expected: .value(0)),
    Case(facts: [wage(9, "hour"), wage(14, "hour")], expected: .value(0)),
    // Longer periods by the hours that are stated.
    Case(facts: [wage(1500, "month"), week(40)], expected: .value(1)),
    Case(facts: [wage(1500, "month"), week(20, max: 60)], expected: .value(0)),
    Case(facts: [wage(400, "week"), week(40)], expected: .value(1)),
    Case(facts: [wage(30000, "year"), week(40)], expected: .value(0)),
    // Unknown, each with its reason.
    Case(facts: [wage(300, "month")], expected: .notEvaluated, reason: "how many hours"),
    Case(facts: [wage(30, "day"), week(40)], expected: .notEvaluated, reason: "how many hours"),
    Case(facts: [wage(9, nil)], expected: .notEvaluated, reason: "how many hours"),
    Case(facts: [wage(9, "hour", currency: "PLN")], expected: .notEvaluated, reason: "EUR"),
    Case(facts: [wage(9, "hour", currency: nil)], expected: .notEvaluated, reason: "EUR"),
    Case(facts: [wage(9, "hour")], country: nil, expected: .notEvaluated, reason: "not known"),
    Case(facts: [wage(9, "hour")], country: "DK", expected: .notEvaluated, reason: "for DK"),
    Case(facts: [wage(9, "hour")], country: "FR", expected: .notEvaluated, reason: "for FR"),
    Case(
      facts: [wage(9, "hour")], country: "XX", expected: .notEvaluated, reason: "hours_per_week"),
    Case(
      facts: [wage(9, "hour")], posted: "2023-12-31", expected: .notEvaluated, reason: "older"),
    Case(facts: [wage(9, "hour")], posted: "2024-01-01", expected: .value(1)),
    Case(
      facts: [wage(9, "hour", raw: "€ 9 netto per uur")], expected: .notEvaluated,
      reason: "after tax"),
    Case(facts: [wage(9, "hour")], text: "€ 9 p/u Netto", expected: .notEvaluated, reason: "tax"),
  ]

  @Test(arguments: wages)
  func wagesBelowTheMinimum(_ row: Case) {
    let advert = Advert(
      text: Array(row.text.utf8), fields: AdvertFields(posted: row.posted), facts: row.facts)
    let facts = AdvertFacts(advert, country: row.country, countries: Self.law)
    #expect(facts.value(of: .wageBelowMinimum) == row.expected)
    let reason = facts.reasons[.wageBelowMinimum]
    #expect((reason == nil) == (row.expected != .notEvaluated))
    #expect(row.reason.isEmpty || (reason ?? "").contains(row.reason), "\(reason ?? "")")
  }

  @Test(arguments: [
    ([week(48)], "NL", MeasuredValue.value(0)), ([week(49)], "NL", .value(1)),
    ([week(40, max: 50)], "NL", .value(1)), ([], "NL", .missing), ([week(60)], "XX", .notEvaluated),
    ([week(60)], "FR", .notEvaluated),
  ])
  func hoursOverTheLaw(_ facts: [Fact], _ country: String, _ expected: MeasuredValue) {
    let measured = AdvertFacts(Advert(facts: facts), country: country, countries: Self.law)
    #expect(measured.value(of: .hoursOverLegal) == expected)
  }

  @Test func withoutACountryHoursAreNotComparedWithAnyLaw() {
    let measured = AdvertFacts(Advert(facts: [Self.week(60)]), countries: Self.law)
    #expect(measured.value(of: .hoursOverLegal) == .notEvaluated)
    #expect(measured.reasons[.hoursOverLegal] == "the advert's country is not known")
  }

  @Test func theReasonIsInTheAssessment() throws {
    let indicator = try Catalogue.indicator(
      "low", [.finance], .strong, when: "wage_below_minimum = 1")
    let assessor = Assessor(
      rule: try AssessmentRule(yaml: Catalogue.rule, file: "a.yaml"),
      library: PatternLibrary(
        packs: [
          PatternPack(
            name: "all", version: 1, forms: [.labour], indicators: [indicator], file: "a")
        ], digest: ""), countries: Self.law)
    func exclusion(_ country: String?) -> String? {
      assessor.assess(Advert(facts: [Self.wage(9, "hour")]), country: country, hits: [])
        .indicators.first?.exclusion?.description
    }
    #expect(exclusion("NL") == nil)
    #expect(
      exclusion("DK")
        == "not evaluated: wage_below_minimum (countries.yaml has no minimum wage for DK)")
  }
}
