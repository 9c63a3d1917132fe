/// So many of so many.
public struct Proportion: Sendable, Hashable {
  /// How many have what was looked for; from 0 to `total`.
  public let count: Int
  /// How many were looked at.
  public let total: Int

  public init(_ count: Int, of total: Int) {
    precondition(count >= 0 && count <= total)
    self.count = count
    self.total = total
  }

  /// The share, 0 to 1; nil when nothing was looked at.
  public var value: Double? { total == 0 ? nil : Double(count) / Double(total) }

  /// The 95 % score interval of Wilson (1927), without continuity correction; nil for none of none.
  ///
  /// It stays within 0 and 1 and is sensible for small numbers and for shares near 0 and 1, where the
  /// usual interval is not (Brown, Cai and DasGupta 2001).
  public var interval: Interval? {
    guard let share = value else { return nil }
    let n = Double(total)
    let z = Interval.z95
    let scale = 1 + z * z / n
    let centre = (share + z * z / (2 * n)) / scale
    let half = z / scale * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    return Interval(
      lower: count == 0 ? 0 : max(0, centre - half),
      upper: count == total ? 1 : min(1, centre + half))
  }
}
