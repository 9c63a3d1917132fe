import Matching
import PatternTools
import Testing

@Suite struct ExpressionTests {
  @Test(arguments: [
    #"\b(?:keep|hold)\b.{0,20}\bpassports?\b"#, #"[\p{L}\d_-]+@[^\]]{2,}\."#, #"(?<year>\d{4})\1"#,
    #"(?i:a)(?=b)(?<!c)(?>d+)e++"#, #"[[:alpha:]-]x{,3}"#, #"\x{20AC} ?[0-9]{1,3}"#,
  ])
  func whatPacksUseIsRead(_ source: String) throws {
    let parsed = try #require(ParsedExpression(source))
    #expect(parsed.source(parsed.root.range) == source)
  }

  @Test(arguments: ["a(b", "a)", "[a", "(?(1)a|b)", "(?&name)"])
  func whatIsNotFollowedIsGivenUp(_ source: String) {
    #expect(ParsedExpression(source) == nil)
  }

  @Test func deepNestingIsGivenUp() {
    let source = String(repeating: "(", count: 5000) + String(repeating: ")", count: 5000)
    #expect(ParsedExpression(source) == nil)
  }

  @Test func lettersAreThoseThatStandForThemselves() throws {
    let parsed = try #require(ParsedExpression(#"\bда[еë]\d"#))
    #expect(parsed.letters.map(String.init) == ["д", "а", "е", "ë"])
  }

  /// Random expressions: what is read has places within the source, and nothing takes long.
  @Test func noExpressionBreaksTheTools() {
    let pieces = [
      "a", "b", ".", "\\d", "\\w", "\\s", "\\b", "[", "]", "[^a-c]", "[\\w-]", "(", ")", "(?:",
      "(?>",
      "(?=", "(?<!", "|", "*", "+", "?", "{2,}", "{0,9}", "{", "}", "^", "$", "\\", "\\p{L}", "é",
      "\\x{41}", "-", ",", "[[:alpha:]]", "(?i)", "\\1",
    ]
    var random = Xorshift(state: 0x5EED)
    var read = 0
    for _ in 0..<20_000 {
      let source = (0..<random.next(24)).map { _ in pieces[random.next(pieces.count)] }.joined()
      guard let parsed = ParsedExpression(source) else { continue }
      read += 1
      #expect(parsed.source(parsed.root.range) == source)
      for risk in BacktrackingRisk.find(in: parsed) {
        #expect(parsed.scalars.indices.contains(risk.range.lowerBound) && !risk.range.isEmpty)
      }
      if read % 20 == 0 { _ = BacktrackingProbe.run(parsed, view: .plain) }
    }
    #expect(read > 1000)
  }
}

private struct Xorshift {
  var state: UInt64

  mutating func next(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(bound))
  }
}
