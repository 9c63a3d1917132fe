import Matching
import Testing

@Suite struct ConditionTests {
  static let values: [Measure: MeasuredValue] = [
    .age: .value(22), .names: .value(3), .wageHourly: .missing, .obscuredPhone: .value(1),
    .persons: .value(0), .employer: .missing, .place: .value(1), .hoursPerWeek: .value(60),
    .firstPerson: .value(-2.5),
  ]

  static let table: [(String, Condition.Outcome)] = [
    ("age = 22", .yes), ("age != 22", .no), ("age < 22", .no), ("age <= 22", .yes),
    ("age > 21.5", .yes), ("22 >= age", .yes), ("names > persons", .yes),
    ("obscured_phone", .yes), ("persons", .no), ("not persons", .yes),
    ("wage_hourly < 12", .notEvaluated), ("not wage_hourly < 12", .notEvaluated),
    ("missing(wage_hourly)", .yes), ("missing(age)", .no), ("not missing ( employer )", .no),
    ("missing(cities_of_selector)", .notEvaluated), ("cities_of_selector >= 3", .notEvaluated),
    ("age > 30 and wage_hourly < 12", .no), ("age < 30 and wage_hourly < 12", .notEvaluated),
    ("age < 30 or wage_hourly < 12", .yes), ("age > 30 or wage_hourly < 12", .notEvaluated),
    ("age > 30 or age < 25 and names = 3", .yes), ("(age > 30 or age < 25) and names = 4", .no),
    ("not age > 30 and names = 3", .yes), ("not (age > 30 or names = 3)", .no),
    ("hours_per_week>=60", .yes), ("first_person = -2.5", .yes), ("not not age = 22", .yes),
  ]

  @Test(arguments: table)
  func evaluates(_ row: (String, Condition.Outcome)) throws {
    let condition = try Condition(parsing: row.0)
    let value = { (measure: Measure) in Self.values[measure] ?? .notEvaluated }
    #expect(condition.evaluate(value) == row.1)
    let again = try Condition(parsing: condition.description)
    #expect(again == condition)
  }

  static let mistakes: [(String, Int)] = [
    ("", 0), ("age >", 5), ("> 3", 0), ("age ! 3", 4), ("agee > 3", 0), ("age > 3 and", 11),
    ("age > 3 names", 8), ("(age > 3", 8), ("age > 3)", 7), ("3 < 4", 0), ("3", 1),
    ("missing age", 8), ("missing(3)", 8), ("missing(age", 11), ("age > 1.2.3", 6),
    ("age § 3", 4), ("age == 3", 5), ("or age", 0), ("not", 3),
  ]

  @Test(arguments: mistakes)
  func mistakesHaveTheirPlace(_ row: (String, Int)) {
    let problem = #expect(throws: ConditionProblem.self) { try Condition(parsing: row.0) }
    #expect(problem?.offset == row.1, "\(problem?.message ?? "")")
  }

  @Test func nestingIsBounded() {
    let deep = String(repeating: "(", count: 100_000) + "age"
    #expect(throws: ConditionProblem.self) { try Condition(parsing: deep) }
    #expect(throws: ConditionProblem.self) {
      try Condition(parsing: String(repeating: "not ", count: 100_000) + "age")
    }
  }

  @Test func measuresAreListed() throws {
    let condition = try Condition(parsing: "age < names and (missing(wage) or not persons > 1)")
    #expect(condition.measures == [.age, .names, .wage, .persons])
  }
}
