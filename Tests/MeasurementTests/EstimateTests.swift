import Measurement
import Testing

@Suite struct EstimateTests {
  private let rule = SampleRule()

  @Test func fewCasesGiveNoFigure() {
    #expect(
      rule.estimate(Proportion(9, of: 9), of: "hits")
        == .withheld(.few(what: "hits", count: 9, needed: 10)))
    guard case .figure(let value, _) = rule.estimate(Proportion(10, of: 10), of: "hits") else {
      Issue.record("ten of ten is a figure")
      return
    }
    #expect(value == 1)
  }

  @Test func aWideIntervalGivesNoFigure() {
    guard case .withheld(.wide(let interval)) = rule.estimate(Proportion(8, of: 16), of: "hits")
    else {
      Issue.record("eight of sixteen says too little")
      return
    }
    #expect(interval.width > 0.3)
    guard case .figure = rule.estimate(Proportion(40, of: 80), of: "hits") else {
      Issue.record("forty of eighty is a figure")
      return
    }
  }

  @Test func aLiftNeedsTrueHitsAndBothLabels() {
    #expect(
      rule.lift(Contingency(truePositives: 9, falseNegatives: 91, trueNegatives: 100))
        == .withheld(.few(what: "true hits", count: 9, needed: 10)))
    #expect(
      rule.lift(Contingency(truePositives: 50, falseNegatives: 50)) == .withheld(.oneClass))
    guard
      case .figure(let lift, _) = rule.lift(
        Contingency(
          truePositives: 30, falsePositives: 10, falseNegatives: 70, trueNegatives: 190))
    else {
      Issue.record("thirty true hits are enough")
      return
    }
    #expect(lift == 2.25)
  }

  @Test func everyReasonHasAName() {
    #expect(Shortfall.few(what: "", count: 0, needed: 1).rule == "few")
    #expect(Shortfall.wide(Interval(lower: 0, upper: 1)).rule == "wide")
    #expect(Shortfall.oneClass.rule == "one-class")
  }
}
