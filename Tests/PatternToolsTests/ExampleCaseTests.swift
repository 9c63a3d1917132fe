import Matching
import PatternTools
import Testing

@Suite struct ExampleCaseTests {
  private func outcomes(_ indicators: Indicator...) throws -> [ExampleOutcome] {
    let library = Packs.library(indicators)
    let matcher = try Matcher(library)
    return ExampleCase.all(in: library).map { $0.run(matcher) }
  }

  private func words(_ note: ExampleNote, of text: String) -> String? {
    note.range.map { String(decoding: Array(text.utf8)[$0], as: UTF8.self) }
  }

  @Test func whatIsAsItShouldBeIsNotExplained() throws {
    let outcomes = try outcomes(
      Packs.indicator(["spare room"], match: ["a spare room"], miss: ["no room"]))
    #expect(outcomes.map(\.isAsExpected) == [true, true])
    #expect(outcomes.allSatisfy { $0.notes.isEmpty })
    #expect(outcomes.first?.found == ["X1/en/p0"])
  }

  @Test func theNearestPatternIsShownWithTheWordsItFinds() throws {
    let text = "We retain all passports here"
    let outcome = try #require(
      try outcomes(
        Packs.indicator(
          [#"\bidentity card\b"#, #"\b(?:keep|hold)\b.{0,20}\bpassports?\b"#], match: [text])
      ).first)
    #expect(!outcome.isAsExpected)
    let note = try #require(outcome.notes.first)
    #expect(note.kind == .near && note.pattern == "X1/en/p1")
    #expect(words(note, of: text) == "passports")
    #expect(note.before?.hasPrefix(#"\b(?:keep|hold)\b"#) == true)
  }

  @Test func branchesOfAChoiceAreTriedOneByOne() throws {
    let text = "rooms by the week"
    let outcome = try #require(
      try outcomes(Packs.indicator(["a bed for two|a room by the week"], match: [text])).first)
    #expect(outcome.notes.first?.expression == "by the week")
  }

  @Test func whatUnlessCancelledIsShown() throws {
    let text = "a spare room for guests"
    let outcome = try #require(
      try outcomes(
        Packs.indicator(["spare room"], unless: ["for guests"], match: [text])
      ).first)
    #expect(outcome.notes.map(\.kind) == [.cancelled, .exception])
    #expect(outcome.notes.compactMap { words($0, of: text) } == ["spare room", "for guests"])
  }

  @Test func otherIndicatorsAreNamed() throws {
    let outcome = try #require(
      try outcomes(
        Packs.indicator(id: "A", ["xyzzy"], match: ["a spare room"]),
        Packs.indicator(id: "B", ["spare room"], match: ["spare room"])
      ).first)
    #expect(outcome.notes.map(\.kind) == [.other])
    #expect(outcome.notes.first?.pattern == "B/en/p0")
  }

  @Test func whatShouldNotBeFoundIsShown() throws {
    let outcome = try #require(
      try outcomes(Packs.indicator(["spare room"], match: [], miss: ["no spare room"])).first)
    #expect(outcome.notes.map(\.kind) == [.unwanted])
    #expect(outcome.notes.first?.range == 3..<13)
  }
}
