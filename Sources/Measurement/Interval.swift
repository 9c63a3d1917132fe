/// The range in which a measured figure may well lie.
public struct Interval: Sendable, Hashable {
  /// Its lower end.
  public let lower: Double
  /// Its upper end.
  public let upper: Double

  public init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// How far apart the ends are.
  public var width: Double { upper - lower }

  /// The 97.5 % quantile of the normal distribution: what 95 % intervals are made with.
  public static let z95 = 1.959_963_984_540_054
}
