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
}
