import Matching
import PatternTools
import Testing

@Suite struct BacktrackingTests {
  @Test(arguments: [
    (#"(?:\w+\s?)+housed"#, BacktrackingRisk.Kind.nested, #"(?:\w+\s?)+"#),
    (#"x(a+)+y"#, .nested, "(a+)+"), (#"(?:a+a)*!"#, .nested, "(?:a+a)*"),
    (#"(?:\d{1,30}){5,}x"#, .nested, #"(?:\d{1,30}){5,}"#),
    (#"(?:a|b+)+c"#, .nested, "(?:a|b+)+"),
    (#"(?:a|[a-c])+!"#, .alternatives, "(?:a|[a-c])+"),
    (#"gives.*room.*free"#, .adjacent, ".*room.*"), (#"\w+\d*!"#, .adjacent, #"\w+\d*"#),
    (#"(\s*)(\s*)x"#, .adjacent, #"\s*)(\s*"#),
  ])
  func risksAreFound(_ source: String, _ kind: BacktrackingRisk.Kind, _ part: String) throws {
    let parsed = try #require(ParsedExpression(source))
    let risk = try #require(BacktrackingRisk.find(in: parsed).first { $0.kind == kind })
    #expect(parsed.source(risk.range) == part)
  }

  @Test(arguments: [
    // Each round ends with something that only it contains.
    #"(?:\w+\s)+housed"#, #"(?:\w+, ?)+end"#,
    // Nothing can fail afterwards.
    #"x(a+)+"#, "free.*rooms.*",
    // What was taken is kept.
    #"(?>a+)+y"#, #"(?:a++)+y"#, #"\w++\d*!"#,
    // Bounded.
    #"\bkeep\b.{0,20}\bpassports?\b.{0,40}\bsafe\b"#, "(?:ab?){0,4}c",
    // Apart.
    #"\s*,\s*x"#, #"\d+\s+x"#, "(?:a|b)+c",
  ])
  func harmlessExpressionsAreLeftAlone(_ source: String) throws {
    let parsed = try #require(ParsedExpression(source))
    #expect(BacktrackingRisk.find(in: parsed) == [])
  }

  @Test(arguments: [
    #"x(a+)+y"#, #"(?:\w+\s?)+housed"#, #"(?:a|[a-c])+!"#, #"(?:\w{0,40}\s?){9,}x"#,
  ])
  func theProbeMeetsTheLimit(_ source: String) throws {
    let parsed = try #require(ParsedExpression(source))
    #expect(BacktrackingProbe.run(parsed, view: .plain) != nil)
  }

  @Test(arguments: [
    #"\bkeep\b.{0,20}\bpassports?\b"#, #"(?:\w+\s)+housed"#, "rooms?", #"(?:very ){0,4}cheap"#,
  ])
  func theProbePassesOrdinaryPatterns(_ source: String) throws {
    let parsed = try #require(ParsedExpression(source))
    #expect(BacktrackingProbe.run(parsed, view: .plain) == nil)
  }

  @Test func theProbeIsBounded() throws {
    let source = String(repeating: #"(?:[a-z]+[0-9]*(?:x|y|z)+)+"#, count: 200) + "!"
    let parsed = try #require(ParsedExpression(source))
    let clock = ContinuousClock()
    let time = clock.measure { _ = BacktrackingProbe.run(parsed, view: .plain) }
    #expect(time < .seconds(20))
  }
}
