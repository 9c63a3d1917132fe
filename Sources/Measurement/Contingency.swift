import Glibc

/// How a finding and a label go together over a sample: the four counts, and what follows from them.
///
/// All intervals are 95 %.
public struct Contingency: Sendable, Hashable {
  /// Found, and labelled positive.
  public var truePositives: Int
  /// Found, and labelled negative.
  public var falsePositives: Int
  /// Not found, and labelled positive.
  public var falseNegatives: Int
  /// Not found, and labelled negative.
  public var trueNegatives: Int

  public init(
    truePositives: Int = 0, falsePositives: Int = 0, falseNegatives: Int = 0,
    trueNegatives: Int = 0
  ) {
    self.truePositives = truePositives
    self.falsePositives = falsePositives
    self.falseNegatives = falseNegatives
    self.trueNegatives = trueNegatives
  }

  /// Everything that was labelled.
  public var total: Int { truePositives + falsePositives + falseNegatives + trueNegatives }
  /// Where it was found.
  public var support: Int { truePositives + falsePositives }
  /// What is labelled positive.
  public var positives: Int { truePositives + falseNegatives }

  /// Of all, those where it was found.
  public var share: Proportion { Proportion(support, of: total) }
  /// Of all, those labelled positive.
  public var baseRate: Proportion { Proportion(positives, of: total) }
  /// Of those where it was found, those labelled positive.
  public var precision: Proportion { Proportion(truePositives, of: support) }
  /// Of those labelled positive, those where it was found.
  public var recall: Proportion { Proportion(truePositives, of: positives) }

  /// Precision divided by base rate: 1 tells nothing, below 1 points the other way.
  ///
  /// Nil when it was found nowhere or nothing is labelled positive.
  public var lift: Double? {
    guard support > 0, positives > 0 else { return nil }
    return Double(truePositives) * Double(total) / (Double(support) * Double(positives))
  }

  /// The interval of the lift by the log method; nil without true positives.
  ///
  /// Precision and base rate come from one sample, so that their errors are not independent. The
  /// delta method for log lift over the four multinomial counts gives the variance
  /// 1/a − 1/(a+b) − 1/(a+c) + (2·lift − 1)/n, where a are the true positives, b the false ones, c
  /// the false negatives and n is all. Where one of the four is 0 the method would be too sure of
  /// itself; then half is added to each (Haldane 1956, Anscombe 1956).
  public var liftInterval: Interval? {
    guard truePositives > 0 else { return nil }
    let counts = [truePositives, falsePositives, falseNegatives, trueNegatives]
    let added = counts.contains(0) ? 0.5 : 0
    let hits = Double(truePositives) + added
    let found = Double(support) + 2 * added
    let positive = Double(positives) + 2 * added
    let all = Double(total) + 4 * added
    let lift = hits * all / (found * positive)
    let variance = 1 / hits - 1 / found - 1 / positive + (2 * lift - 1) / all
    let factor = exp(Interval.z95 * max(0, variance).squareRoot())
    return Interval(lower: lift / factor, upper: lift * factor)
  }
}
