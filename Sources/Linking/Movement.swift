public import Vocabulary

/// A time that somebody, or some contact, was at a place.
public struct Stay: Sendable, Hashable {
  /// The place in its normal form.
  public var place: String
  public var country: String?
  /// The first and the last sighting there, without a gap of more than `LinkRule.absenceDays`.
  public var from: Timestamp
  public var to: Timestamp
}

/// A journey from one place to the next.
public struct Leg: Sendable, Hashable {
  public var from: String
  public var to: String
  /// When the new place was first seen.
  public var arrival: Timestamp
  /// Days from the arrival before to this one.
  public var days: Double
}

/// A round of places that was made again in the same order.
public struct Circuit: Sendable, Hashable {
  /// The places of one round; the first follows the last again.
  public var places: [String]
  /// How often the round was made in full after the first time.
  public var repeats: Int
  public var from: Timestamp
  public var to: Timestamp
}

/// The sequence of places of a contact or a cluster.
///
/// What counts is arrival: an advert that is new at a place, or that names another place than before.
/// One that stands for weeks is one stay, however often it was looked at. Adverts that appear in two
/// places at once (`LinkRule.legHours`) are no journey and no part of a circuit.
public struct Movement: Sendable, Hashable {
  /// By arrival.
  public private(set) var stays: [Stay] = []
  /// Journeys between stays that follow each other.
  public private(set) var legs: [Leg] = []
  /// Rounds that were made again.
  public private(set) var circuits: [Circuit] = []
  private static let day: Int64 = 86_400_000
  private static let hour: Int64 = 3_600_000

  /// Reads the sightings of each advert, in any order; those without a place are left out.
  public init(_ adverts: [[Sighting]], rule: LinkRule = LinkRule()) {
    stays = Self.stays(adverts.flatMap(Self.runs), absence: Int64(rule.absenceDays) * Self.day)
    guard stays.count > 1 else { return }
    var chain: [Stay] = [stays[0]]
    for (before, stay) in zip(stays, stays.dropFirst()) {
      if before.place != stay.place {
        if stay.from.milliseconds - before.from.milliseconds < Int64(rule.legHours) * Self.hour {
          circuits += Self.circuits(chain, rule)
          chain = []
        } else {
          legs.append(
            Leg(
              from: before.place, to: stay.place, arrival: stay.from,
              days: (stay.from - before.from) / 86_400))
        }
      }
      chain.append(stay)
    }
    circuits += Self.circuits(chain, rule)
  }

  /// Median days from one arrival to the next; nil without a journey.
  public var daysPerLeg: Double? {
    let days = legs.map(\.days).sorted()
    guard !days.isEmpty else { return nil }
    let middle = days.count / 2
    return days.count % 2 == 1 ? days[middle] : (days[middle - 1] + days[middle]) / 2
  }

  /// Journeys since a time between places that were not travelled in that order before it.
  public func newRoutes(since time: Timestamp) -> [Leg] {
    var known: Set<[String]> = []
    var new: [Leg] = []
    for leg in legs {
      let isNew = known.insert([leg.from, leg.to]).inserted
      if isNew, leg.arrival >= time { new.append(leg) }
    }
    return new
  }

  /// The places of one advert, each as long as it was named without another in between.
  private static func runs(_ sightings: [Sighting]) -> [Stay] {
    var runs: [Stay] = []
    for seen in sightings.sorted(by: { ($0.when, $0.place ?? "") < ($1.when, $1.place ?? "") }) {
      guard let place = seen.place else { continue }
      if runs.last?.place == place {
        runs[runs.count - 1].to = seen.when
      } else {
        runs.append(Stay(place: place, country: seen.country, from: seen.when, to: seen.when))
      }
    }
    return runs
  }

  /// Runs of all adverts as stays: at one place one after the other, they are the same stay.
  private static func stays(_ runs: [Stay], absence: Int64) -> [Stay] {
    var stays: [Stay] = []
    for run in runs.sorted(by: { ($0.from, $0.place, $0.to) < ($1.from, $1.place, $1.to) }) {
      if let last = stays.last, last.place == run.place,
        run.from.milliseconds - last.to.milliseconds <= absence
      {
        stays[stays.count - 1].to = max(last.to, run.to)
        if last.country == nil { stays[stays.count - 1].country = run.country }
      } else {
        stays.append(run)
      }
    }
    return stays
  }

  /// Tandem repeats in a chain of stays: for each length of a round, the places that equal those one
  /// round earlier, in runs of at least a round.
  private static func circuits(_ chain: [Stay], _ rule: LinkRule) -> [Circuit] {
    let places = merged(chain)
    guard places.count >= 2 * rule.circuitPlaces else { return [] }
    var circuits: [Circuit] = []
    var covered = 0
    var start = 0
    while start + 2 * rule.circuitPlaces <= places.count {
      guard let found = round(at: start, places, rule) else {
        start += 1
        continue
      }
      if start >= covered {
        let round = places[start..<(start + found.length)].map(\.place)
        let last = start + found.length * (found.repeats + 1) - 1
        circuits.append(
          Circuit(
            places: round, repeats: found.repeats, from: places[start].from, to: places[last].to))
        covered = last + 1
        start = covered
      } else {
        start += 1
      }
    }
    return circuits
  }

  /// The longest place rounds that are looked for.
  private static let mostPlaces = 12

  /// The shortest round that begins at a stay and is made again.
  private static func round(
    at start: Int, _ places: [Stay], _ rule: LinkRule
  ) -> (length: Int, repeats: Int)? {
    var length = rule.circuitPlaces
    while length <= mostPlaces, start + 2 * length <= places.count {
      let round = places[start..<(start + length)].map(\.place)
      if Set(round).count >= rule.circuitPlaces {
        var repeats = 0
        var next = start + length
        while next + length <= places.count,
          zip(round, places[next...]).allSatisfy({ $0 == $1.place })
        {
          repeats += 1
          next += length
        }
        if repeats > 0 { return (length, repeats) }
      }
      length += 1
    }
    return nil
  }

  /// The chain with stays at one place that follow each other taken together.
  private static func merged(_ chain: [Stay]) -> [Stay] {
    var merged: [Stay] = []
    for stay in chain {
      if merged.last?.place == stay.place {
        merged[merged.count - 1].to = stay.to
      } else {
        merged.append(stay)
      }
    }
    return merged
  }
}
