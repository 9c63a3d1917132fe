import Analysis
import Testing

@Suite struct AnalysisVersionTests {
  @Test(arguments: ["a/1+build+r1+0123+4567", "adwatch/0.1.0+r12+0123+4567", "a/1+r1+0123"])
  func itsTextIsReadBack(text: String) throws {
    let version = try #require(AnalysisVersion(text))
    #expect(version.text == text)
    #expect(version.patterns == "0123")
  }

  @Test(arguments: ["adwatch/0.1.0+0123", "", "r1+0123", "a/1+r1", "a/1+r1+0+1+2", "a/1+rx+01+02"])
  func whatSomethingElseWroteIsNone(text: String) {
    #expect(AnalysisVersion(text) == nil)
  }

  @Test func onlyPatternsMayDiffer() throws {
    let one = try #require(AnalysisVersion("a/1+r1+01+ff"))
    for (text, isAlike) in [
      ("a/1+r1+02+ff", true), ("a/1+r2+01+ff", false), ("a/2+r1+01+ff", false),
      ("a/1+r1+01+fe", false), ("a/1+r1+01", false),
    ] {
      #expect(one.readsLike(try #require(AnalysisVersion(text))) == isAlike, "\(text)")
    }
    let none = try #require(AnalysisVersion("a/1+r1+01"))
    #expect(!none.readsLike(none))
    #expect(none.of(source: "ff").readsLike(one))
  }
}
