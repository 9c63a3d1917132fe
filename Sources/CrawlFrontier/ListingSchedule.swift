public import Vocabulary

/// When the listings of one source are visited: more often where more new adverts are expected.
///
/// The source's interval says how many visits its listings get together; learned rates only share
/// them out. The mean delay from posting to discovery is half the sum of rate times interval; for a
/// number of visits it is least when each interval goes with one over the square root of the rate.
/// Going further shortens the delay of most adverts for little of the mean (decision 33). Plain
/// values, learned from visits.
public struct ListingSchedule: Sendable {
  /// Bounds of the intervals, in seconds.
  public struct Limits: Sendable, Hashable {
    /// The mean interval: the source's `schedule.listings`.
    public var usual: Double
    /// No listing is visited more often.
    public var shortest: Double
    /// No listing is visited less often: a dead one may come to life.
    public var longest: Double

    public init(usual: Double, shortest: Double, longest: Double) {
      self.usual = max(1, usual)
      self.shortest = max(1, min(shortest, self.usual))
      self.longest = max(longest, self.usual)
    }
  }

  /// New adverts of one visit that are counted at most.
  public static let maximumFound = 1_000
  /// Intervals of the source that a listing's own record has to last before it counts as much as what
  /// is usual for the source.
  static let priorIntervals = 2.0
  /// The steepness that is used: 0.5 gives the least mean delay, more favours the median.
  public static let usualSteepness = 0.75
  /// Usual intervals after which what was seen counts half.
  static let halfLife = 16.0

  /// Bounds of the intervals.
  public let limits: Limits
  /// How far visits follow rates: an interval goes with one over this power of the rate.
  public let steepness: Double
  /// What each listing brought.
  public private(set) var yields: [Int64: ListingYield] = [:]
  /// At which hours new adverts appear.
  public private(set) var shape: DayShape
  private var sum = ListingYield()
  /// Interval times the weight of the rate: what the limits and the number of visits leave.
  private var level = 1.0
  /// Visits until the level is worked out again.
  private var untilLevel = 0

  public init(
    limits: Limits, yields: [Int64: ListingYield] = [:], shape: DayShape = DayShape(),
    steepness: Double = ListingSchedule.usualSteepness
  ) {
    self.limits = limits
    self.steepness = min(max(steepness, 0), 1)
    self.yields = yields
    self.shape = shape
    settle()
  }

  /// Takes in a visit: `found` new adverts since `earlier`, the visit before; nil for the first, which
  /// says nothing of a rate.
  public mutating func visited(
    _ listing: Int64, at now: Timestamp, since earlier: Timestamp?, found: Int
  ) {
    var yield = yields[listing] ?? ListingYield()
    if let earlier, now > earlier {
      let elapsed = now - earlier
      let fading = Self.power(0.5, elapsed / (Self.halfLife * limits.usual))
      yield.record(
        found: found, over: shape.pace(from: earlier, to: now), fading: fading)
      shape.record(found: found, from: earlier, to: now)
    }
    yields[listing] = yield
    untilLevel -= 1
    if untilLevel <= 0 { settle() }
  }

  /// When a listing that was visited now is visited next.
  public func next(_ listing: Int64, from now: Timestamp) -> Timestamp {
    shape.end(of: interval(of: listing), from: now)
  }

  /// Seconds from one visit of a listing to the next, on an even day.
  public func interval(of listing: Int64) -> Double {
    clamped(level / weight(of: yields[listing] ?? ListingYield()))
  }

  /// New adverts a day that are expected on a listing.
  public func advertsPerDay(_ listing: Int64) -> Double {
    rate(of: yields[listing] ?? ListingYield()) * 86_400
  }

  /// One advert in ten years is the least that is thought possible, so that no rate is 0.
  private static let leastRate = 1 / (10 * 365 * 86_400.0)

  private func rate(of yield: ListingYield) -> Double {
    let usual = sum.seconds > 0 ? sum.adverts / sum.seconds : 0
    return max(
      Self.leastRate, yield.rate(usual: usual, weight: Self.priorIntervals * limits.usual))
  }

  private func weight(of yield: ListingYield) -> Double {
    Self.power(rate(of: yield), steepness)
  }

  private func clamped(_ interval: Double) -> Double {
    min(max(interval, limits.shortest), limits.longest)
  }

  /// Works out the level at which all listings together get as many visits as at the usual interval.
  private mutating func settle() {
    untilLevel = max(8, yields.count / 8)
    var adverts = 0.0
    var seconds = 0.0
    for yield in yields.values {
      adverts += yield.adverts
      seconds += yield.seconds
    }
    sum = ListingYield(adverts: adverts, seconds: seconds)
    let weights = yields.values.map { weight(of: $0) }
    let wanted = Double(weights.count) / limits.usual
    var low = limits.shortest * (weights.min() ?? 1)
    var high = limits.longest * (weights.max() ?? 1)
    // Halving in proportion: rates lie many orders of magnitude apart.
    for _ in 0..<40 where high > low * 1.001 {
      let middle = (low * high).squareRoot()
      let visits = weights.reduce(0) { $0 + 1 / clamped(middle / $1) }
      if visits > wanted { low = middle } else { high = middle }
    }
    level = (low * high).squareRoot()
    if weights.isEmpty { level = limits.usual * weight(of: ListingYield()) }
  }

  /// A number to a power of 0 or more, by halves of the exponent: there is none without Foundation.
  static func power(_ base: Double, _ exponent: Double) -> Double {
    guard exponent < 64 else { return base < 1 ? 0 : .infinity }
    var result = 1.0
    var left = max(0, exponent)
    while left >= 1 {
      result *= base
      left -= 1
    }
    var root = base
    for _ in 0..<30 {
      root = root.squareRoot()
      left *= 2
      if left >= 1 {
        result *= root
        left -= 1
      }
    }
    return result
  }
}
