import Measurement
import Testing

@Suite struct ProportionTests {
  // R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine
  // 17 (1998), table I, method 3.
  @Test(arguments: [
    (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611),
    (1, 29, 0.0061, 0.1718),
  ])
  func intervalsAreTheOnesPublished(count: Int, total: Int, lower: Double, upper: Double) throws {
    let interval = try #require(Proportion(count, of: total).interval)
    #expect(abs(interval.lower - lower) < 0.00005)
    #expect(abs(interval.upper - upper) < 0.00005)
  }

  @Test func theIntervalOfTheComplementIsTheComplementOfTheInterval() throws {
    for total in 1...60 {
      for count in 0...total {
        let one = try #require(Proportion(count, of: total).interval)
        let other = try #require(Proportion(total - count, of: total).interval)
        #expect(abs(one.lower - (1 - other.upper)) < 1e-12)
        #expect(one.lower >= 0 && one.upper <= 1 && one.lower < one.upper)
      }
    }
  }

  @Test func nothingLookedAtGivesNothing() {
    #expect(Proportion(0, of: 0).value == nil)
    #expect(Proportion(0, of: 0).interval == nil)
  }
}
