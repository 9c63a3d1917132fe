import Assessment
import Matching
import Testing
import Vocabulary

@Suite struct AssessorPropertyTests {
  private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state ^ state >> 29) &* 0xBF58_476D_1CE4_E5B9
    }
  }

  private func hits(_ random: inout Generator, _ ids: [String], _ spread: Int) -> [Hit] {
    (0..<Int.random(in: 0...12, using: &random)).map { _ in
      let start = Int.random(in: 0..<spread, using: &random)
      return Catalogue.hit(
        ids.randomElement(using: &random) ?? "eS1",
        start..<(start + Int.random(in: 1...12, using: &random)))
    }
  }

  @Test func hold() throws {
    let assessor = try Catalogue.assessor()
    let ids = try Catalogue.indicators().map(\.id)
    var random = Generator(state: 42)
    var flagged = 0
    for _ in 0..<1500 {
      let spread = Bool.random(using: &random) ? 60 : 500
      let hits = hits(&random, ids, spread)
      let facts = Catalogue.facts(content: 0..<600)
      let assessment = assessor.assess(facts, hits: hits)
      flagged += assessment.flagged ? 1 : 0

      #expect(assessor.assess(facts, hits: hits.shuffled(using: &random)) == assessment)

      // Hits outside the content change nothing.
      let outside = hits + [Catalogue.hit(ids.randomElement(using: &random) ?? "", 590..<700)]
      let same = assessor.assess(facts, hits: outside)
      #expect(same.barriers == assessment.barriers && same.flagged == assessment.flagged)
      #expect(same.lane == assessment.lane && same.priority == assessment.priority)

      // No two counted hits of different indicators share a byte.
      let counted = assessment.hits.filter { $0.exclusion == nil }.map(\.hit)
      for (number, one) in counted.enumerated() {
        for other in counted[(number + 1)...] where other.indicator != one.indicator {
          #expect(!one.range.overlaps(other.range))
        }
      }

      // Another indicator on words of its own never takes a flag or a barrier away.
      let more = hits + [Catalogue.hit(ids.randomElement(using: &random) ?? "", 560..<570)]
      let richer = assessor.assess(facts, hits: more)
      #expect(Set(richer.barriers).isSuperset(of: assessment.barriers))
      if assessment.barriers == richer.barriers || !assessment.flagged { continue }
      #expect(richer.flagged)
    }
    #expect(flagged > 100)
  }

  @Test func manyHitsAreNoTrouble() throws {
    let assessor = try Catalogue.assessor()
    let ids = try Catalogue.indicators().map(\.id)
    let hits = (0..<20_000).map { Catalogue.hit(ids[$0 % ids.count], $0..<($0 + 40)) }
    let time = ContinuousClock().measure {
      _ = assessor.assess(Catalogue.facts(content: 0..<30_000), hits: hits)
    }
    #expect(time < .seconds(10))
  }
}
