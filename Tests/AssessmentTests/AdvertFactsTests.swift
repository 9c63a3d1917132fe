import Assessment
import Extraction
import Matching
import Testing
import Vocabulary

@Suite struct AdvertFactsTests {
  private func selector(
    _ kind: SelectorKind, _ value: String, trick: String? = nil, inContent: Bool = true
  ) -> Selector {
    Selector(
      kind: kind, value: value, raw: value, range: 0..<1, trick: trick, inContent: inContent)
  }

  private func fact(
    _ kind: FactKind, _ value: Double, max: Double? = nil, minutes: Int? = nil,
    period: String? = nil, inContent: Bool = true
  ) -> Fact {
    Fact(
      kind: kind, value: .number(value), max: max, minutes: minutes, period: period, raw: "",
      range: 0..<1, inContent: inContent)
  }

  @Test func whatIsStatedIsMeasured() {
    let advert = Advert(
      form: .sex, title: "Anna", text: Array("0123456789".utf8), content: [0..<4, 6..<9],
      fields: AdvertFields(place: "Utrecht"),
      selectors: [
        selector(.phone, "+442079460001", trick: "words"), selector(.phone, "+442079460001"),
        selector(.phone, "+442079460002", inContent: false),
        selector(.email, "anna@gmail.com"), selector(.email, "anna@yahoo.co.uk"),
      ],
      facts: [
        fact(.age, 24), fact(.age, 22), fact(.age, 19, inContent: false),
        fact(.price, 150, minutes: 60), fact(.price, 80, minutes: 30),
        fact(.hours, 40, max: 70, period: "week"), fact(.hours, 12, period: "day"),
        fact(.wage, 14, period: "hour"), fact(.wage, 2300, period: "month"),
      ],
      traits: Traits(
        perspective: Perspective(i: 3, we: 1, they: 2), persons: 2, names: ["Anna", "Maria"]))
    let facts = AdvertFacts(advert)
    let expected: [Measure: Double] = [
      .selectorsPhone: 1, .selectorsEmail: 2, .selectorsHandle: 0, .obscuredPhone: 1,
      .obscuredSelectors: 1, .freeMailContact: 1, .messengerOnlyContact: 0, .age: 22,
      .pricePerHour: 150, .hoursPerWeek: 70, .wageHourly: 14, .wageMonthly: 2300, .names: 2,
      .persons: 2, .firstPerson: 3, .firstPersonPlural: 1, .thirdPerson: 2, .textBytes: 7,
      .title: 1, .place: 1, .employerMissing: 1, .placeMissing: 0, .wageMissing: 0, .wage: 1,
    ]
    for (measure, value) in expected {
      #expect(facts.value(of: measure) == .value(value), "\(measure.rawValue)")
    }
    #expect(facts.form == .sex && facts.content.ranges == [0..<4, 6..<9])
    #expect(facts.value(of: .employer) == .missing && facts.value(of: .posted) == .missing)
  }

  @Test func whatIsNotStatedIsMissingAndLinkageIsNotEvaluated() {
    let facts = AdvertFacts(Advert())
    for measure in Measure.allCases where measure.isLinkage {
      #expect(facts.value(of: measure) == .notEvaluated)
    }
    for measure in [
      Measure.age, .pricePerHour, .hoursPerWeek, .wageHourly, .persons, .obscuredPhone,
      .freeMailContact, .messengerOnlyContact, .employer, .title,
    ] {
      #expect(facts.value(of: measure) == .missing, "\(measure.rawValue)")
    }
    #expect(facts.value(of: .employerMissing) == .value(1))
    #expect(facts.value(of: .names) == .value(0))
  }

  @Test(arguments: [
    ("job@gmail.com", true), ("job@mail.example", true), ("job@mail.firm.example", false),
    ("job@firm.example", false), ("job@hotmail.com.br", true), ("no address", false),
  ])
  func freeMail(_ address: String, isFree: Bool) {
    let facts = AdvertFacts(Advert(selectors: [selector(.email, address)]))
    #expect(facts.value(of: .freeMailContact) == .value(isFree ? 1 : 0))
  }

  @Test func messengersAlone() {
    let handle = selector(.handle, "telegram:example")
    #expect(
      AdvertFacts(Advert(selectors: [handle])).value(of: .messengerOnlyContact) == .value(1))
    let both = [handle, selector(.phone, "+442079460001")]
    #expect(AdvertFacts(Advert(selectors: both)).value(of: .messengerOnlyContact) == .value(0))
  }

  @Test func anAdvertIsAssessed() throws {
    let advert = Advert(
      content: [0..<100], facts: [fact(.hours, 72, period: "week")])
    let assessment = try Catalogue.assessor().assess(advert, hits: Catalogue.apart(["eW1"]))
    #expect(assessment.barriers == [.entry] && !assessment.flagged)
  }
}
