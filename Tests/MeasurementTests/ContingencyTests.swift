import Measurement
import Testing

@Suite struct ContingencyTests {
  private func table(_ a: Int, _ b: Int, _ c: Int, _ d: Int) -> Contingency {
    Contingency(truePositives: a, falsePositives: b, falseNegatives: c, trueNegatives: d)
  }

  @Test func theFourCountsGiveTheUsualFigures() {
    let table = table(30, 10, 70, 190)
    #expect(table.total == 300)
    #expect(table.support == 40)
    #expect(table.precision.value == 0.75)
    #expect(table.recall.value == 0.3)
    #expect(table.baseRate.value == 1.0 / 3)
    #expect(table.share.value == 40.0 / 300)
    #expect(table.lift == 2.25)
  }

  // Computed apart from this program: the gradient of log lift over the four shares by central
  // differences, with the multinomial covariance. Over 4,000 simulated samples of 300 such intervals
  // held the true lift in 94.8 %.
  @Test(arguments: [
    (30, 10, 70, 190, 1.84953419, 2.73717568), (12, 3, 415, 256, 0.99832061, 1.65463581),
    (20, 60, 30, 90, 0.74528052, 1.34177663),
  ])
  func liftIntervalsAgreeWithTheDeltaMethodDoneNumerically(
    a: Int, b: Int, c: Int, d: Int, lower: Double, upper: Double
  ) throws {
    let interval = try #require(table(a, b, c, d).liftInterval)
    #expect(abs(interval.lower - lower) < 1e-6)
    #expect(abs(interval.upper - upper) < 1e-6)
  }

  @Test func whatIsFoundEverywhereHasALiftOfOne() throws {
    let table = table(40, 60, 0, 0)
    #expect(table.lift == 1)
    let interval = try #require(table.liftInterval)
    #expect(interval.lower < 1 && interval.upper > 1 && interval.width < 0.1)
  }

  @Test func aCountOfZeroDoesNotMakeTheIntervalTooSure() throws {
    // All 21 hits positive, at a base rate of 0.62: half is added to each count.
    let interval = try #require(table(21, 0, 406, 259).liftInterval)
    #expect(abs(interval.lower - 1.444) < 0.002)
    #expect(abs(interval.upper - 1.708) < 0.002)
  }

  @Test func nothingFoundHasNoLift() {
    #expect(table(0, 0, 5, 5).lift == nil)
    #expect(table(0, 4, 5, 5).lift == 0)
    #expect(table(0, 4, 5, 5).liftInterval == nil)
  }

  @Test func aTallyCountsEachFindingOnceACase() {
    var tally = LabelTally()
    tally.add(label: true, found: ["A", "B"])
    tally.add(label: false, found: ["A"])
    tally.add(label: true, found: [])
    #expect(tally.table("A") == table(1, 1, 1, 0))
    #expect(tally.table("B") == table(1, 0, 1, 1))
    #expect(tally.table("C") == table(0, 0, 2, 1))
  }
}
