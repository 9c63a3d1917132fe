import Matching
import Testing

@Suite struct ConditionAbsenceTests {
  @Test(arguments: [
    ("employer_missing = 1 and free_mail_contact = 1", true), ("missing(wage)", true),
    ("age < 23 or not missing(place)", true), ("hours_per_week > 60", false),
    ("persons >= 2 and names = 0", false),
  ])
  func conditionsThatRestOnWhatIsNotStatedAreKnown(source: String, rests: Bool) throws {
    #expect(try Condition(parsing: source).restsOnAbsence == rests)
  }

  private static func pack(_ line: String, when: String = "when: employer_missing = 1") -> String {
    """
    format: adwatch.pack/1
    pack: p
    version: 1
    forms: [labour]
    indicators:
      - id: L90
        title: {en: No employer}
        barriers: [administration]
        strength: medium
        evidence: expert
        sources: [A study]
        \(when)
        \(line)
    """
  }

  @Test(arguments: [
    ("note: none", IndicatorBasis.stated), ("rests_on: stated", .stated),
    ("rests_on: absence", .absence), ("rests_on: computed", .computed),
  ])
  func whatAConditionRestsOnIsRead(line: String, basis: IndicatorBasis) throws {
    let library = try PatternLibrary(files: [(name: "p.yaml", text: Self.pack(line))])
    #expect(library.indicator("L90")?.restsOn == basis)
  }

  @Test func whatItRestsOnHasToBeKnownAndNeedsACondition() {
    let patterns =
      "patterns: {en: [{id: a, re: boss}]}\n    examples: {en: {match: [boss], miss: [none]}}"
    let mistakes = [
      (Self.pack("rests_on: absense"), "p.yaml:13:15: expected one of stated, absence, computed"),
      (
        Self.pack("rests_on: absence", when: patterns),
        "p.yaml:14:15: 'rests_on' has no effect without 'when'"
      ),
    ]
    for (text, words) in mistakes {
      #expect {
        try PatternLibrary(files: [(name: "p.yaml", text: text)])
      } throws: { error in
        "\(error)".contains(words)
      }
    }
  }
}
