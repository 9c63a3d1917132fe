import Assessment
import Configuration
import Foundation
import Testing
import Vocabulary

@Suite struct AssessmentRuleTests {
  private func problems(_ text: String) -> [String] {
    do {
      _ = try AssessmentRule(yaml: text, file: "a.yaml")
      return []
    } catch {
      return error.problems.map(\.description)
    }
  }

  @Test func reads() throws {
    let rule = try AssessmentRule(yaml: Catalogue.rule, file: "a.yaml")
    #expect(rule.name == "ilo-per-barrier/1")
    #expect(
      rule.combinations == [
        BarrierCombination(strong: 2), BarrierCombination(strong: 1, weak: 1),
        BarrierCombination(medium: 3), BarrierCombination(medium: 2, weak: 1),
      ])
    #expect(rule.flagBarriers == 2 && rule.linkageBarriers == 1)
    #expect(rule.linkageIndicators == ["S07", "S08", "S12", "S14"])
    #expect(rule.priority.evidence[.noEffect] == 0.25)
  }

  @Test func theShippedRuleIsTheOneTested() throws {
    let file = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Patterns/assessment.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    let shipped = try AssessmentRule(yaml: text, file: "assessment.yaml")
    #expect(shipped == (try AssessmentRule(yaml: Catalogue.rule, file: "assessment.yaml")))
  }

  static let mistakes: [(from: String, to: String, place: String, words: String)] = [
    ("adwatch.assessment/1", "adwatch.assessment/9", "a.yaml:1:9", "adwatch.assessment/1"),
    ("- {strong: 2}", "- {strong: 1}", "a.yaml:4:5", "at least two"),
    ("{strong: 2}", "{stronk: 2}", "a.yaml:4:6", "did you mean 'strong'"),
    ("barriers: 2", "barriers: 1", "a.yaml:9:13", "from 2 to 7"),
    ("barriers: 1,", "barriers: 0,", "a.yaml:10:23", "from 1 to 7"),
    ("urgent: 100", "urgent: many", "a.yaml:12:11", "number"),
    ("weak: 0.25}", "weak: -1}", "a.yaml:14:44", "number"),
    (", inverse: 0", "", "a.yaml:15:13", "'inverse' is missing"),
    ("rule: ilo-per-barrier/1", "", "a.yaml:1:1", "'rule' is missing"),
  ]

  @Test(arguments: mistakes)
  func mistakesAreNamedWithTheirPlace(
    _ mistake: (from: String, to: String, place: String, words: String)
  ) {
    #expect(Catalogue.rule.contains(mistake.from))
    let found = problems(Catalogue.rule.replacing(mistake.from, with: mistake.to))
    #expect(
      found.contains { $0.hasPrefix(mistake.place + ":") && $0.contains(mistake.words) },
      "\(found)")
  }
}
