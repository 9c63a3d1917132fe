import Matching
import Testing
import Vocabulary

@Suite struct PatternProfileTests {
  private func profile(_ matcher: Matcher, _ texts: [String]) -> PatternProfile {
    var profile = PatternProfile(matcher)
    for (number, text) in texts.enumerated() {
      let result = matcher.match(Array(text.utf8), profiling: &profile, id: "\(number)")
      #expect(result == matcher.match(Array(text.utf8)))
    }
    return profile
  }

  private let texts = ["We keep your passport.", "We bake bread.", "A passport, a passport!"]

  @Test func countsAreExact() throws {
    let matcher = try Packs.matcher([#"\bpassport\b"#, #"\bbread\b"#, #"\d\w"#])
    let profile = profile(matcher, texts)
    #expect(profile.texts == 3)
    #expect(profile.bytes == texts.reduce(0) { $0 + $1.utf8.count })
    #expect(profile.costs.map(\.candidates) == [2, 1, 3])
    #expect(profile.costs.map(\.matches) == [3, 1, 0])
    #expect(profile.costs.map(\.hits) == [3, 1, 0])
    #expect(profile.costs.map(\.plan.literals) == [["passport"], ["bread"], []])
    #expect(profile.costs[2].searches == 3)
    #expect(profile.costs[1].worst?.id == "1")
    #expect(profile.costs.allSatisfy { $0.limited == 0 })
  }

  @Test func countsAreTheSameOnEveryRunAndSharesAddUp() throws {
    let matcher = try Packs.matcher([#"\bpassport\b"#, #"\w+ing"#, #"[a-z]+e [a-z]+"#])
    let one = profile(matcher, texts)
    let two = profile(matcher, texts)
    #expect(one.costs.map(\.searches) == two.costs.map(\.searches))
    let shares = one.costs.reduce(one.shareOfTheRest) { $0 + one.share(of: $1) }
    #expect(abs(shares - 1) < 1e-9)
    #expect(one.ranked.map(\.nanoseconds) == one.costs.map(\.nanoseconds).sorted(by: >))
  }

  @Test func hitsThatAnExceptionCancelsAreMatchesAndNoHits() throws {
    let matcher = try Packs.matcher([#"\bpassport\b"#], unless: ["copy of the passport"])
    let profile = profile(matcher, ["A copy of the passport.", "The passport."])
    #expect(profile.costs[0].matches == 2)
    #expect(profile.costs[0].hits == 1)
  }

  @Test func aPatternWithoutLiteralsIsToldSo() throws {
    let matcher = try Packs.matcher([#"\d\w"#, #"\bpassport\b"#])
    let profile = profile(matcher, texts)
    #expect(profile.advice(on: profile.costs[0]) == [.unfiltered])
    #expect(profile.advice(on: profile.costs[1]) == [])
  }

  @Test func literalsThatAreEverywhereAndMatchNothingAreToldSo() throws {
    let matcher = try Packs.matcher([#"\bpassport\b.{0,9}\bsurrender\b"#, #"\w*\bpassport\b"#])
    let plain = Array(repeating: "Your passport is yours. Do not surrender.", count: 20)
    let profile = profile(matcher, plain)
    #expect(profile.advice(on: profile.costs[0]) == [.commonLiterals])
    #expect(profile.advice(on: profile.costs[1]) == [.unboundedReach])
  }

  @Test func aRunWithoutBoundIsToldSo() throws {
    let matcher = try Packs.matcher([#"\bpassport\b.*\bback\b"#])
    #expect(matcher.library.packs.count == 1)
    let profile = profile(matcher, ["Your passport comes back.", "Bread.", "Tea."])
    #expect(profile.advice(on: profile.costs[0]) == [.unboundedWidth])
  }

  @Test func aLimitThatWasReachedIsToldFirst() throws {
    let matcher = try Packs.matcher(
      ["passport"], limits: MatchLimits(maximumHitsPerPattern: 1))
    let profile = profile(matcher, texts)
    #expect(profile.costs[0].limited == 1)
    #expect(profile.advice(on: profile.costs[0]) == [.limited(texts: 1)])
    #expect(profile.toRewrite.map(\.plan.pattern) == ["X1/en/p0"])
  }

  @Test func aFormThatAPackIsNotForIsNotTried() throws {
    let library = Packs.library([Packs.indicator("X1", ["passport"])], forms: [.sex])
    let matcher = try Matcher(library)
    var profile = PatternProfile(matcher)
    _ = matcher.match(Array(texts[0].utf8), form: .labour, profiling: &profile, id: "a")
    #expect(profile.texts == 1)
    #expect(profile.costs[0].candidates == 0)
    #expect(profile.costs[0].worst == nil)
  }
}
