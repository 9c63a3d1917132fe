import Configuration
import Matching
import PatternTools
import Testing

@Suite struct PatternLinterTests {
  private func findings(_ indicators: Indicator...) throws -> [LintFinding] {
    let linter = PatternLinter(try Matcher(Packs.library(indicators)))
    return linter.indicators.flatMap { linter.findings(on: $0) }
  }

  /// Kinds with the line they are at.
  private func kinds(_ indicators: Indicator...) throws -> [String] {
    let linter = PatternLinter(try Matcher(Packs.library(indicators)))
    return linter.indicators.flatMap { linter.findings(on: $0) }
      .map { "\($0.kind.rawValue) \($0.problem.line)" }
  }

  @Test func nothingIsSaidOfAGoodIndicator() throws {
    #expect(try kinds(Packs.indicator(["spare room"], match: ["A spare room is free"])) == [])
  }

  @Test func titleAndSourceAreMissed() throws {
    let kinds = try kinds(
      Packs.indicator(
        title: ["nl": "Titel"], sources: [" \n"], ["spare room"], match: ["spare room"]))
    #expect(kinds.sorted() == ["source 1", "title 1"])
  }

  @Test func whatNeverIsPassedOverIsUnfiltered() throws {
    let found = try findings(Packs.indicator([#"\w{3}"#], match: ["abc"]))
    #expect(found.map(\.kind) == [.unfiltered])
    #expect(found.first?.pattern == "X1/en/p0")
    #expect(found.first?.problem.message.contains("in full") == true)
  }

  @Test func duplicatesNameTheFirst() throws {
    let found = try findings(
      Packs.indicator(id: "A", ["spare room"], match: ["spare room"]),
      Packs.indicator(id: "B", ["spare room"], match: ["spare room"]))
    #expect(found.map(\.kind) == [.duplicate])
    #expect(found.first?.problem.message.contains("A/en/p0 at test.yaml:10:1") == true)
  }

  @Test func theBroaderPatternShadowsTheNarrower() throws {
    let match = ["the spare room", "a spare room"]
    #expect(
      try kinds(Packs.indicator(["spare room", #"\w+ spare room"#], match: match)) == [
        "shadowed 10"
      ])
    // Of two that find the same, the later.
    #expect(
      try kinds(Packs.indicator(["spare roo[m]", "spare room"], match: match)) == ["shadowed 11"])
    // One example of its own is enough.
    #expect(
      try kinds(
        Packs.indicator(
          ["spare rooms?", "the spare room"], match: match + ["in the spare room"])) == [])
  }

  @Test func aPatternWithoutAnExampleIsUnproven() throws {
    #expect(
      try kinds(Packs.indicator(["spare room", "empty bed"], match: ["spare room"])) == [
        "unproven 11"
      ])
  }

  @Test func whatUnlessCancelsProvesNothing() throws {
    #expect(
      try kinds(
        Packs.indicator(["spare room"], unless: ["for guests"], match: ["spare room for guests"]))
        == ["unproven 10"])
  }

  @Test(arguments: [
    ("en", "комната", false), ("ru", "free room", false), ("bg", "свободна", true),
    ("el", "δωμάτιο", true), ("nl", "één kamer", true), ("sr", "soba za dvoje", true),
    ("ja", "部屋あり", true), ("ru-latn", "komnata", true), ("en", #"[0-9]{4}"#, true),
    ("ru", #"комната wifi"#, true),
  ])
  func languageAndLettersAgree(_ language: String, _ source: String, _ agrees: Bool) throws {
    let found = try findings(Packs.indicator(language: language, [source], match: [source]))
    #expect(found.contains { $0.kind == .script } == !agrees)
  }

  @Test func costsOfExceptionsCount() throws {
    let found = try findings(
      Packs.indicator(["spare room"], unless: ["(x+)+y"], match: ["spare room"]))
    #expect(found.map(\.kind).contains(.backtracking) && found.map(\.kind).contains(.slow))
    #expect(found.allSatisfy { $0.problem.line == 30 })
  }
}
