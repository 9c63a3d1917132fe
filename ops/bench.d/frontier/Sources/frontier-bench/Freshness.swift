import CrawlFrontier
import Foundation
import Vocabulary

/// A day's seconds.
private let day = 86_400.0

/// How adverts appear on the listings of an invented site.
enum Posting: String, CaseIterable {
  /// Each listing at a rate of its own, from one in ten days to two hundred a day.
  case steady
  /// The same rates, but adverts come five to forty at a time.
  case bursts
  /// Nearly all between 8 and 20 o'clock.
  case daytime
  /// A third of the listings is dead.
  case dead
  /// Every ten days the listings change their rates among each other.
  case moving
  /// Everything at once.
  case mixed
}

/// One advert of an invented site.
struct Posted {
  var at: Double
  var until: Double
}

/// Numbers that look like chance and are the same in every run (SplitMix64).
struct Chance {
  var state: UInt64

  mutating func unit() -> Double {
    state = state &+ 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    z ^= z >> 31
    return (Double(z >> 11) + 0.5) / 9_007_199_254_740_992
  }

  mutating func exponential(_ mean: Double) -> Double { -mean * log(unit()) }

  mutating func normal() -> Double { (-2 * log(unit())).squareRoot() * cos(2 * .pi * unit()) }
}

/// A site with known posting times.
struct Site {
  /// By listing, in the order of time.
  var adverts: [[Posted]]
  /// Adverts a day, by listing and stretch of ten days.
  var rates: [[Double]]

  init(_ posting: Posting, listings: Int, days: Double, seed: UInt64) {
    var chance = Chance(state: seed)
    let isMoving = posting == .moving || posting == .mixed
    let isDaily = posting == .daytime || posting == .mixed
    let base = (0..<listings).map { index -> Double in
      let isDead = (posting == .dead || posting == .mixed) && index % 3 == 0
      return isDead ? 0 : min(200, max(0.1, exp(0.7 + 1.6 * chance.normal())))
    }
    let stretches = Int(days / 10) + 1
    var order = Array(base.indices)
    rates = Array(repeating: [], count: listings)
    for _ in 0..<stretches {
      for index in base.indices { rates[index].append(base[order[index]]) }
      guard isMoving else { continue }
      // A fifth of them changes places, so that what was learned is partly wrong.
      for _ in 0..<(listings / 10) {
        let first = Int(chance.unit() * Double(listings))
        let second = Int(chance.unit() * Double(listings))
        order.swapAt(first, second)
      }
    }
    adverts = []
    for index in base.indices {
      let isBursty = posting == .bursts || (posting == .mixed && index % 2 == 0)
      adverts.append(
        Self.adverts(rates[index], days: days, isBursty: isBursty, isDaily: isDaily, &chance))
    }
  }

  private static func adverts(
    _ rates: [Double], days: Double, isBursty: Bool, isDaily: Bool, _ chance: inout Chance
  ) -> [Posted] {
    var result: [Posted] = []
    for (stretch, rate) in rates.enumerated() where rate > 0 {
      let size = isBursty ? 5 + Int(chance.unit() * 35) : 1
      var time = Double(stretch) * 10 * day
      let end = min(days, Double(stretch + 1) * 10) * day
      while true {
        time += chance.exponential(day * Double(size) / rate)
        guard time < end else { break }
        var at = time
        if isDaily, chance.unit() < 0.95 {
          // Squeezed into the day: 8 to 20 o'clock.
          let midnight = (time / day).rounded(.down) * day
          at = midnight + 8 * 3600 + (time - midnight) / 2
        }
        for index in 0..<size {
          let posted = at + Double(index) * 20
          result.append(Posted(at: posted, until: posted + chance.exponential(14 * day)))
        }
      }
    }
    return result.sorted { $0.at < $1.at }
  }
}

/// Says when a listing is visited again.
protocol Revisiting {
  /// After a visit at `now` (seconds), with the one before (nil for the first) and what was new.
  mutating func next(_ listing: Int, at now: Double, since: Double?, found: Int) -> Double
}

/// Every listing at the same interval.
struct Uniform: Revisiting {
  var interval: Double
  func next(_ listing: Int, at now: Double, since: Double?, found: Int) -> Double { now + interval }
}

/// Apache Nutch's `AdaptiveFetchSchedule` with the rates of nutch-default.xml: an interval shrinks by
/// 0.2 of itself when the page changed and grows by 0.4 when it did not, within 60 s and 365 days.
///
/// `sync_delta` is left off: until 1.22 it made pages that had not changed due at once (NUTCH-1564).
struct NutchAdaptive: Revisiting {
  var first: Double
  var intervals: [Int: Double] = [:]

  mutating func next(_ listing: Int, at now: Double, since: Double?, found: Int) -> Double {
    var interval = intervals[listing] ?? first
    if since != nil { interval *= found > 0 ? 1 - 0.2 : 1 + 0.4 }
    interval = min(max(interval, 60), 365 * day)
    intervals[listing] = interval
    return now + interval
  }
}

/// What Adwatch does.
struct Learned: Revisiting {
  var schedule: ListingSchedule

  init(interval: Double) {
    schedule = ListingSchedule(
      limits: .init(usual: interval, shortest: interval / 12, longest: interval * 8))
  }

  mutating func next(_ listing: Int, at now: Double, since: Double?, found: Int) -> Double {
    let time = Self.time(now)
    schedule.visited(
      Int64(listing), at: time, since: since.map(Self.time), found: found)
    return Double(schedule.next(Int64(listing), from: time).milliseconds) / 1000
  }

  private static func time(_ seconds: Double) -> Timestamp {
    Timestamp(milliseconds: Int64(seconds * 1000))
  }
}

/// The best intervals for who knows the true rates, though not the hours: one over the root of each.
struct Knowing: Revisiting {
  var rates: [[Double]]
  var interval: Double

  func next(_ listing: Int, at now: Double, since: Double?, found: Int) -> Double {
    let stretch = min(Int(now / (10 * day)), rates[listing].count - 1)
    let roots = rates.map { max($0[stretch], 0.02).squareRoot() }
    let mean = roots.reduce(0, +) / Double(roots.count)
    return now + interval * mean / roots[listing]
  }
}

/// What became of a policy.
struct Outcome {
  var requests = 0
  var delays: [Double] = []
  var share = 0.0
  var median = 0.0
  var late = 0.0
  var mean = 0.0
}

/// Lets a policy visit a site, with a budget of requests that fill up evenly.
func simulate(
  _ site: Site, _ start: some Revisiting, budget: Double, days: Double, from warm: Double
) -> Outcome {
  var policy = start
  let count = site.adverts.count
  var due = (0..<count).map { Double($0) / Double(count) * 3600 }
  var last: [Double?] = Array(repeating: nil, count: count)
  var place = Array(repeating: 0, count: count)
  var delays: [Double] = []
  var outcome = Outcome()
  // A day's budget may be saved up, by every policy alike.
  var tokens = 0.0
  var now = 0.0
  let step = 60.0
  while now < days * day {
    tokens = min(tokens + budget * step / day, budget)
    while tokens >= 1, let index = due.indices.min(by: { due[$0] < due[$1] }), due[index] <= now {
      tokens -= 1
      if now >= warm * day { outcome.requests += 1 }
      let adverts = site.adverts[index]
      let begin = place[index]
      while place[index] < adverts.count, adverts[place[index]].at <= now { place[index] += 1 }
      var found = 0
      // A listing shows its newest fifty.
      for advert in adverts[max(begin, place[index] - 50)..<place[index]] where advert.until > now {
        found += 1
        if advert.at >= warm * day { delays.append(now - advert.at) }
      }
      due[index] = policy.next(index, at: now, since: last[index], found: found)
      last[index] = now
    }
    now += step
  }
  let posted = site.adverts.reduce(0) { sum, adverts in
    sum + adverts.count { $0.at >= warm * day && $0.at < (days - 3) * day }
  }
  delays.sort()
  outcome.delays = delays
  outcome.share = min(1, Double(delays.count) / Double(max(1, posted)))
  if !delays.isEmpty {
    outcome.median = delays[delays.count / 2]
    outcome.late = delays[delays.count * 95 / 100]
    outcome.mean = delays.reduce(0, +) / Double(delays.count)
  }
  return outcome
}

/// `frontier-bench freshness [SEED]`: a table of policies at equal budgets.
enum Freshness {
  static func run(_ arguments: [String]) {
    let seed = arguments.first.flatMap(UInt64.init) ?? 1
    let listings = 120
    let days = 60.0
    let warm = 15.0
    var pooled: [Double: [String: [Double]]] = [:]
    print(
      "120 listings, 60 days of which the first 15 are not counted; hours of delay from posting")
    print(
      row(["postings", "visits/day", "policy", "used", "seen", "median", "95 %", "mean", "ahead"]))
    for (number, posting) in Posting.allCases.enumerated() {
      let site = Site(posting, listings: listings, days: days, seed: seed &* 1000 &+ UInt64(number))
      for hours in [12.0, 6, 2] {
        let budget = Double(listings) * 24 / hours
        let outcomes = outcomes(site, hours * 3600, budget, days, warm)
        for (name, outcome) in outcomes {
          let ahead = 1 - outcomes[0].outcome.median / outcome.median
          show(
            posting, budget, name, outcome, days - warm,
            ahead: name == "adwatch" ? "" : String(format: "%.0f %%", ahead * 100))
          pooled[budget, default: [:]][name, default: []] += outcome.delays
        }
      }
    }
    exit(summary(pooled) ? 0 : 1)
  }

  private static func outcomes(
    _ site: Site, _ interval: Double, _ budget: Double, _ days: Double, _ warm: Double
  ) -> [(name: String, outcome: Outcome)] {
    func visited(_ policy: some Revisiting) -> Outcome {
      simulate(site, policy, budget: budget, days: days, from: warm)
    }
    return [
      ("adwatch", visited(Learned(interval: interval))),
      ("uniform", visited(Uniform(interval: interval))),
      ("nutch", visited(NutchAdaptive(first: interval))),
      ("known rates", visited(Knowing(rates: site.rates, interval: interval))),
    ]
  }

  /// The adverts of all sites together; true when the median is a quarter ahead of both others.
  private static func summary(_ pooled: [Double: [String: [Double]]]) -> Bool {
    var isAhead = true
    print("all sites together: hours of delay, median and 95 %")
    for (budget, policies) in pooled.sorted(by: { $0.key < $1.key }) {
      let sorted = policies.mapValues { $0.sorted() }
      let medians = sorted.mapValues { $0[$0.count / 2] / 3600 }
      for (name, delays) in sorted.sorted(by: { $0.key < $1.key }) {
        let ahead = 1 - (medians["adwatch"] ?? 0) / (medians[name] ?? 1)
        if name == "nutch" || name == "uniform", ahead < 0.25 { isAhead = false }
        print(
          String(format: "  %5.0f visits/day  ", budget)
            + name.padding(toLength: 12, withPad: " ", startingAt: 0)
            + String(
              format: "%6.2f %6.2f   ahead %.0f %%", medians[name] ?? 0,
              delays[delays.count * 95 / 100] / 3600, ahead * 100))
      }
    }
    return isAhead
  }

  private static func show(
    _ posting: Posting, _ budget: Double, _ policy: String, _ outcome: Outcome, _ days: Double,
    ahead: String
  ) {
    let used = Double(outcome.requests) / (budget * days)
    print(
      row([
        posting.rawValue, String(format: "%.0f", budget), policy,
        String(format: "%.0f %%", used * 100), String(format: "%.1f %%", outcome.share * 100),
        String(format: "%.2f", outcome.median / 3600), String(format: "%.2f", outcome.late / 3600),
        String(format: "%.2f", outcome.mean / 3600), ahead,
      ]))
  }

  private static func row(_ cells: [String]) -> String {
    zip(cells, [10, 11, 12, 7, 9, 8, 8, 8, 7]).map { cell, width in
      cell.padding(toLength: width, withPad: " ", startingAt: 0)
    }.joined(separator: " ")
  }
}
