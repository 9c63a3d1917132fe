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
}
