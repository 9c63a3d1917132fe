import Matching
import Testing

@Suite struct PatternWidthTests {
  @Test(arguments: [
    (#"work.*zebra"#, true), (#"work[^.]+zebra"#, true), (#"(?:a|b c)+d"#, true),
    (#"work.{3,}zebra"#, true), (#"\S+ zebra"#, true), (#"[\w\s]*zebra"#, true),
    (#"[ a-z]*zebra"#, true), (#"work.*?zebra"#, true), (#"[]x ]+y"#, true),
    (#"work.{0,40}zebra"#, false), (#"\bwork\w*\b zebra"#, false), (#"\d+ euro"#, false),
    (#"zebras?"#, false), (#"a\.* b\)+"#, false), (#"[a-z]+ing"#, false), (#"\s+work"#, false),
    (#"(?:work|play) zebra"#, false), (#"[]x]+y"#, false), (#"x\"#, false), (#"["#, false),
    (#"a{"#, false), ("", false),
  ])
  func runsAcrossWordsWithoutBoundAreSeen(source: String, runsOn: Bool) {
    let pattern = Pattern(
      name: "X1/en/p", language: "en", source: source, view: .plain, place: Packs.place)
    #expect(pattern.runsOnWithoutBound == runsOn)
  }
}
