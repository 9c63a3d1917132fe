import Configuration
import Matching
import Testing

/// Packs that nobody writes by hand: each is refused clearly, or read at a bounded cost.
@Suite(.timeLimit(.minutes(15))) struct HostilePackTests {
  private static let head =
    "format: adwatch.pack/1\npack: test\nversion: 1\nforms: [labour]\nindicators:\n"

  private static func indicator(_ number: Int, _ expression: String, _ example: String) -> String {
    """
      - id: X\(number)
        title: {en: Title}
        barriers: [housing]
        strength: weak
        evidence: expert
        sources: [A study]
        patterns: {en: [{id: a, re: '\(expression)'}]}
        examples: {en: {match: ["\(example)"], miss: ["nothing"]}}

    """
  }

  @Test func aPatternOfAMegabyteIsRefusedShortly() {
    let pattern = String(repeating: "a", count: 1 << 20)
    let problems = Packs.problems(Self.head + Self.indicator(1, pattern, "a"))
    #expect(problems.count == 1)
    #expect(problems.first?.contains("1048576 bytes long; at most 8192 are allowed") == true)
    #expect(problems.first.map { $0.utf8.count < 300 } == true)
  }

  @Test func tenThousandIndicatorsAreRead() throws {
    let count = 10_000
    let text =
      Self.head
      + (0..<count).map { Self.indicator($0, "room \($0)\\b", "room \($0)") }.joined()
    let library = try PatternLibrary(files: [(name: "p.yaml", text: text)])
    #expect(library.packs.first?.indicators.count == count)
    let matcher = try Matcher(library)
    let hits = matcher.match(Array("We have room 7 and room 9999.".utf8)).hits
    #expect(hits.map(\.indicator) == ["X7", "X9999"])
  }

  @Test func everyProblemOfManyIsSaid() {
    let count = 2000
    let text = Self.head + (0..<count).map { Self.indicator($0, "room (", "room") }.joined()
    #expect(Packs.problems(text).count == count)
  }

  @Test func nestedGroupsAreBounded() {
    let nested = String(repeating: "(", count: 4000) + "a" + String(repeating: ")", count: 4000)
    let problems = Packs.problems(Self.head + Self.indicator(1, nested, "a"))
    #expect(problems.count == 1, "\(problems)")
    let repeated = "(?:(?:(?:(?:ab){999}){999}){999}){999}"
    #expect(Packs.problems(Self.head + Self.indicator(1, repeated, "a")).count == 1)
  }
}
