/// Counts findings against labels, case by case.
public struct LabelTally: Sendable {
  /// Cases counted.
  public private(set) var total = 0
  /// Of them, those labelled positive.
  public private(set) var positives = 0
  private var counts: [String: (positive: Int, negative: Int)] = [:]

  public init() {}

  /// Counts one case with everything that was found in it, each once.
  public mutating func add(label: Bool, found: Set<String>) {
    total += 1
    positives += label ? 1 : 0
    for name in found {
      let before = counts[name] ?? (0, 0)
      counts[name] =
        label ? (before.positive + 1, before.negative) : (before.positive, before.negative + 1)
    }
  }

  /// How the finding of that name goes together with the label.
  public func table(_ name: String) -> Contingency {
    let found = counts[name] ?? (0, 0)
    return Contingency(
      truePositives: found.positive, falsePositives: found.negative,
      falseNegatives: positives - found.positive,
      trueNegatives: total - positives - found.negative)
  }
}
