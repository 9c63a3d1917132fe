import Matching
import Vocabulary

/// One regular expression compiled by itself, with the engine that packs use.
struct LoneExpression {
  private let matcher: Matcher

  /// Nil when the engine refuses it.
  init?(_ source: String, view: PatternView = .plain, limits: MatchLimits = MatchLimits()) {
    let place = PackPlace(file: "", line: 0, column: 0)
    let indicator = Indicator(
      id: "X", title: [:], barriers: [], strength: .weak, evidence: .expert, sources: [],
      patterns: [Pattern(name: "X", language: "", source: source, view: view, place: place)],
      place: place)
    let pack = PatternPack(name: "X", version: 1, forms: [], indicators: [indicator], file: "")
    guard
      let matcher = try? Matcher(PatternLibrary(packs: [pack], digest: ""), limits: limits)
    else { return nil }
    self.matcher = matcher
  }

  /// Runs it over the whole text, without looking for literals first.
  func run(on text: [UInt8]) -> MatchResult { matcher.match(text, mode: .exhaustive) }

  /// The places where it matches, in order.
  func places(in text: [UInt8]) -> [Range<Int>] { run(on: text).hits.map(\.range) }
}
