import Vocabulary

/// At which hours of the day, in UTC, a source's new adverts appear.
///
/// One weight an hour with a mean of 1, learned from visits that only tell in which stretch of time
/// something appeared: what a visit brings is shared out over that stretch by the weights so far, as
/// the step of an EM algorithm does.
public struct DayShape: Sendable, Hashable {
  /// Adverts by hour, faded; 24 of them.
  public private(set) var adverts: [Double]
  private var weights: [Double]
  /// Square roots of the weights, with a mean of 1.
  private var densities: [Double]

  /// Adverts an hour that stand for an even day until more is known.
  static let prior = 8.0
  /// A visit after more than this many seconds says nothing about hours.
  static let longestStretch = 86_400.0
  /// Adverts that are remembered; beyond, older ones fade.
  static let memory = 4_000.0
  /// The emptiest hour is watched with this share of an even day's density at least.
  static let leastDensity = 0.1

  /// A shape from stored counts; anything but 24 numbers, none of them negative, is an even day.
  public init(adverts: [Double] = []) {
    let isWhole = adverts.count == 24 && adverts.allSatisfy { $0.isFinite && $0 >= 0 }
    self.adverts = isWhole ? adverts : Array(repeating: 0, count: 24)
    weights = []
    densities = []
    derive()
  }

  private mutating func derive() {
    let mean = adverts.reduce(0, +) / 24 + Self.prior
    weights = adverts.map { ($0 + Self.prior) / mean }
    let roots = weights.map { max($0.squareRoot(), Self.leastDensity) }
    let total = roots.reduce(0, +) / 24
    densities = roots.map { $0 / total }
  }

  /// Takes in that `found` adverts appeared between two times.
  mutating func record(found: Int, from start: Timestamp, to end: Timestamp) {
    guard found > 0, end > start, end - start <= Self.longestStretch else { return }
    var shares = Array(repeating: 0.0, count: 24)
    forEachHour(from: start, seconds: end - start) { hour, seconds in
      shares[hour] += seconds * weights[hour]
      return true
    }
    let total = shares.reduce(0, +)
    guard total > 0 else { return }
    let known = adverts.reduce(0, +)
    let fading = known > Self.memory ? Self.memory / known : 1
    let count = Double(min(found, ListingSchedule.maximumFound))
    for hour in 0..<24 { adverts[hour] = adverts[hour] * fading + count * shares[hour] / total }
    derive()
  }

  /// Seconds between two times as an even day would have them: long by day, short by night.
  func pace(from start: Timestamp, to end: Timestamp) -> Double {
    let whole = ((end - start) / 86_400).rounded(.down)
    var result = max(0, whole) * 86_400
    forEachHour(from: start, seconds: (end - start) - max(0, whole) * 86_400) { hour, seconds in
      result += seconds * weights[hour]
      return true
    }
    return result
  }

  /// The time at which an interval that is meant for an even day is over.
  ///
  /// Visits are as dense as the square root of the hour's weight, which gives new adverts the shortest
  /// mean delay for a number of visits; over a day it is as many as without a shape.
  func end(of interval: Double, from now: Timestamp) -> Timestamp {
    let days = (interval / 86_400).rounded(.down)
    var left = interval - days * 86_400
    var passed = days * 86_400
    forEachHour(from: now, seconds: 2 * 86_400 / Self.leastDensity) { hour, seconds in
      let worth = seconds * densities[hour]
      if worth >= left {
        passed += left / densities[hour]
        left = 0
        return false
      }
      left -= worth
      passed += seconds
      return true
    }
    return now.later(by: passed)
  }

  /// Calls `body` with each hour of the day that a stretch touches and the seconds in it, in order,
  /// until it returns false.
  private func forEachHour(
    from start: Timestamp, seconds: Double, _ body: (_ hour: Int, _ seconds: Double) -> Bool
  ) {
    let day: Int64 = 86_400_000
    var offset = Double(((start.milliseconds % day) + day) % day) / 1000
    var left = seconds
    while left > 0 {
      let hour = Int(offset / 3600) % 24
      let step = min(left, 3600 - offset.truncatingRemainder(dividingBy: 3600))
      guard body(hour, step) else { return }
      left -= step
      offset = (offset + step).truncatingRemainder(dividingBy: 86_400)
    }
  }
}
