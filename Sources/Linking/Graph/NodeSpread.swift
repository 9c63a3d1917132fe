import Extraction
public import Vocabulary

/// How far a node reaches: distinct values beside it, counted over the adverts that are looked at.
public struct NodeSpread: Sendable, Hashable {
  /// Adverts with an edge to it: all of them.
  public var adverts = 0
  public var sources = 0
  /// Groups of nearly the same text; an advert without a group counts for nothing.
  public var texts = 0
  public var employers = 0
  public var accounts = 0
  /// Names that never stand in one advert together.
  public var names = 0
  public var places = 0
  /// Telephone numbers, mail addresses and handles of these adverts, at most one for each advert.
  public var contacts = 0
  /// When the node was first seen, and last; of adverts that stand, up to `sightingDays` behind.
  public var first: Timestamp?
  public var last: Timestamp?

  public init() {}

  /// The spread of a node over `records`, which are `adverts` in all.
  init(_ records: [LinkRecord], adverts: Int) {
    var sources: Set<String> = []
    var texts: Set<Int64> = []
    var employers: Set<String> = []
    var accounts: Set<String> = []
    var places: Set<String> = []
    var contacts: Set<LinkNode> = []
    for record in records {
      let advert = record.advert
      sources.insert(advert.source)
      if let employer = advert.employer {
        let normal = NormalText.of(employer)
        if !normal.isEmpty { employers.insert(normal) }
      }
      if let account = advert.account { accounts.insert(advert.source + " " + account) }
      for sighting in advert.sightings {
        if let place = sighting.place { places.insert(place) }
        first = min(first ?? sighting.when, sighting.when)
        last = max(last ?? sighting.when, sighting.when)
      }
      if let contact = record.contacts.first { contacts.insert(contact) }
      if let group = record.textGroup { texts.insert(group) }
    }
    self.adverts = adverts
    self.sources = sources.count
    self.texts = texts.count
    self.employers = employers.count
    self.accounts = accounts.count
    self.places = places.count
    self.contacts = contacts.count
    names = TogetherSets.count(records.map(\.normalNames))
  }
}

extension LinkRecord {
  /// The group of texts it belongs to.
  public var textGroup: Int64? {
    for edge in edges where edge.joins {
      if case .text(let group) = edge.node { return group }
    }
    return nil
  }

  /// The telephone numbers, mail addresses and handles that tie it.
  var contacts: [LinkNode] {
    edges.filter { edge in
      guard edge.joins, case .selector(let kind, _) = edge.node else { return false }
      return kind == .phone || kind == .email || kind == .handle
    }.map(\.node)
  }

  var normalNames: [String] {
    advert.names.map(NormalText.of).filter { !$0.isEmpty }
  }
}

/// Counts values that never stand together: who appears in one advert belongs together.
enum TogetherSets {
  static func count<Value: Hashable>(_ lists: [[Value]]) -> Int {
    var places: [Value: Int32] = [:]
    for list in lists {
      for value in list where places[value] == nil { places[value] = Int32(places.count) }
    }
    guard places.count > 1 else { return places.count }
    var sets = DisjointSets(places.count)
    var count = places.count
    for list in lists {
      guard let first = list.first, let base = places[first] else { continue }
      for value in list.dropFirst() {
        if let other = places[value], sets.join(base, other) { count -= 1 }
      }
    }
    return count
  }
}
