/// What visits to one listing have taught about how fast new adverts appear on it.
///
/// A Poisson rate with what was seen long ago counting less: the two sums are what a Gamma posterior
/// needs, and the store keeps them beside the address.
public struct ListingYield: Sendable, Hashable {
  /// New adverts that visits brought, faded.
  public private(set) var adverts: Double
  /// Seconds of the source's usual pace over which they came, faded alike.
  public private(set) var seconds: Double

  /// Values that are no numbers, or negative, count as nothing.
  public init(adverts: Double = 0, seconds: Double = 0) {
    self.adverts = adverts.isFinite ? max(0, adverts) : 0
    self.seconds = seconds.isFinite ? max(0, seconds) : 0
  }

  /// Takes in a visit that brought `found` new adverts, `pace` seconds after the one before.
  ///
  /// What was known before keeps `fading` of its weight, 0 to 1.
  mutating func record(found: Int, over pace: Double, fading: Double) {
    adverts = adverts * fading + Double(min(max(0, found), ListingSchedule.maximumFound))
    seconds = seconds * fading + max(0, pace)
  }

  /// Adverts a second: the posterior mean, given that a listing of the source has `usual` a second and
  /// that this is worth as much as `weight` seconds of watching.
  func rate(usual: Double, weight: Double) -> Double {
    (adverts + usual * weight) / (seconds + weight)
  }
}
