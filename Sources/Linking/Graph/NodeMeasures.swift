import Vocabulary

/// Counts over the adverts of one node, each ending at `LinkRule.most`.
public struct NodeMeasures: Sendable, Hashable {
  /// Places within `placeDays`, at most over all such windows.
  public var cities = 0
  /// Countries within `placeDays`.
  public var countries = 0
  /// Names within `personDays` that never stand in one advert together.
  public var names = 0
  /// Ages within `personDays`, likewise.
  public var ages = 0
  /// Accounts, and adverts of unknown account.
  public var profiles = 0
  /// Adverts that differ in contact, name, place or employer: the same one put up again counts once.
  public var adverts = 0
  /// Employers.
  public var employers = 0
  /// Countries at any time.
  public var allCountries = 0
  /// Telephone numbers, mail addresses and handles.
  public var contacts = 0
  /// Rounds of the same places in the same order that were made again.
  public var circuits = 0

  public init() {}

  /// Measures the adverts that a node ties for sure; an image, which ties none so, all of its adverts.
  ///
  /// Who shares a passage of a text, or has a number in a margin, is not one of its adverts: else the
  /// first who wrote a popular sentence would count as the model of all others.
  init(_ node: LinkNode, _ all: [LinkRecord], rule: LinkRule) {
    let records =
      switch node {
      case .image, .likeness: all
      default: all.filter { $0.edges.contains { $0.node == node && $0.joins } }
      }
    let sightings = records.flatMap { record in
      record.advert.sightings.map {
        Sighting(when: $0.when, place: $0.place, country: record.advert.country(of: $0))
      }
    }.sorted { $0.when < $1.when }
    cities = Window.distinct(
      sightings.compactMap { seen in seen.place.map { (seen.when, $0) } }, days: rule.placeDays)
    countries = Window.distinct(
      sightings.compactMap { seen in seen.country.map { (seen.when, $0) } }, days: rule.placeDays)
    names = Window.together(records, days: rule.personDays) { $0.normalNames }
    ages = Window.together(records, days: rule.personDays) { $0.advert.ages }
    profiles =
      Set(
        records.map {
          ($0.advert.account.map { "a " + $0 } ?? "k " + $0.advert.key) + " " + $0.advert.source
        }
      ).count
    adverts = Set(records.map(Presentation.init)).count
    employers =
      Set(records.compactMap { $0.advert.employer.map(NormalText.of) }.filter { !$0.isEmpty })
      .count
    allCountries = Set(sightings.compactMap(\.country)).count
    contacts = Set(records.flatMap(\.contacts)).count
    circuits = Movement(records.map(\.advert.sightings), rule: rule).circuits.reduce(0) {
      $0 + $1.repeats
    }
    bound(by: rule.most)
  }

  private mutating func bound(by most: Int) {
    for path in Self.all { self[keyPath: path] = min(self[keyPath: path], most) }
  }

  /// Every measure, in the order in which they are stored.
  static let all: [any WritableKeyPath<Self, Int> & Sendable] = [
    \.cities, \.countries, \.names, \.ages, \.profiles, \.adverts, \.employers, \.allCountries,
    \.contacts, \.circuits,
  ]
}

/// What makes an advert another one and not the same put up again.
private struct Presentation: Hashable {
  var names: [String]
  var places: [String]
  var contacts: [LinkNode]
  var employer: String?

  init(_ record: LinkRecord) {
    names = record.normalNames.sorted()
    places = Set(record.advert.sightings.compactMap(\.place)).sorted()
    contacts = record.contacts
    employer = record.advert.employer.map(NormalText.of)
  }
}

/// Counts within windows of time.
enum Window {
  private static let day: Int64 = 86_400_000

  /// The most different values within any window of so many days; `events` ascend by time.
  static func distinct(_ events: [(when: Timestamp, value: String)], days: Int) -> Int {
    let length = Int64(days) * day
    var counts: [String: Int] = [:]
    var first = 0
    var most = 0
    for event in events {
      counts[event.value, default: 0] += 1
      while event.when.milliseconds.subtractingReportingOverflow(
        events[first].when.milliseconds
      ).partialValue > length {
        let old = events[first].value
        if let count = counts[old] { counts[old] = count > 1 ? count - 1 : nil }
        first += 1
      }
      most = max(most, counts.count)
    }
    return most
  }

  /// The most values that never stand in one advert together, over adverts first seen within any
  /// window of so many days.
  static func together<Value: Hashable>(
    _ records: [LinkRecord], days: Int, _ values: (LinkRecord) -> [Value]
  ) -> Int {
    let length = Int64(days) * day
    var lists: [(when: Int64, values: [Value])] = []
    for record in records {
      let list = values(record)
      if !list.isEmpty {
        lists.append((record.advert.firstSeen?.milliseconds ?? 0, list))
      }
    }
    guard lists.count > 1 else { return lists.isEmpty ? 0 : 1 }
    lists.sort { $0.when < $1.when }
    var most = 0
    var end = 0
    for start in lists.indices {
      let before = end
      while end < lists.count, lists[end].when - lists[start].when <= length { end += 1 }
      // A window within the last one has no more than that.
      if end > before {
        most = max(most, TogetherSets.count(lists[start..<end].map(\.values)))
      }
      if end == lists.count { break }
    }
    return most
  }
}
