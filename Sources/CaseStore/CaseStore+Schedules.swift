public import CrawlFrontier
public import Vocabulary

/// What visits to one listing have taught, as the store keeps it.
public struct StoredYield: Sendable, Hashable {
  public var listing: Int64
  public var yield: ListingYield
  /// The visit that was counted last.
  public var visitedAt: Timestamp

  public init(listing: Int64, yield: ListingYield, visitedAt: Timestamp) {
    self.listing = listing
    self.yield = yield
    self.visitedAt = visitedAt
  }
}

/// What a source's visits have taught.
public struct StoredRates: Sendable, Hashable {
  public var yields: [StoredYield] = []
  /// New adverts by hour of the day, 24 of them; empty before the first.
  public var hours: [Double] = []

  public init() {}
}

/// A page whose analysis is being committed, as the schedule sees it.
public struct SettledPage: Sendable, Hashable {
  public var address: Int64
  public var source: String
  public var group: String
  public var kind: AddressKind
  /// It is one of the source's start addresses.
  public var isStart: Bool
  /// With the visit that is being settled.
  public var history: VisitHistory
  /// When the visit began.
  public var beganAt: Timestamp
  /// Adverts that the page brought and that the source did not know.
  public var newAdverts: Int
  /// The text of an advert on it is another than before, or there is none on it.
  public var isTextNew: Bool
}

/// What an analysis changes of an address's schedule.
public struct Settlement: Sendable, Hashable {
  public var dueAt: Timestamp?
  public var history: VisitHistory
  /// What is known of the listing now; nil when it is none.
  public var yield: StoredYield?
  /// The source's adverts by hour now; nil when they did not change.
  public var hours: [Double]?

  public init(
    dueAt: Timestamp?, history: VisitHistory, yield: StoredYield? = nil, hours: [Double]? = nil
  ) {
    self.dueAt = dueAt
    self.history = history
    self.yield = yield
    self.hours = hours
  }
}

extension CaseStore {
  /// What visits have taught, by source.
  public func listingRates() throws -> [String: StoredRates] {
    try engine.read { session in
      var rates: [String: StoredRates] = [:]
      let query = """
        SELECT a.source, r.address, r.adverts, r.seconds, r.visited_at FROM listing_rate r
        JOIN address a ON a.id = r.address
        """
      try session.forEach(query, []) { row in
        if let source = row.text(0), let listing = row.integer(1), let at = row.integer(4) {
          rates[source, default: StoredRates()].yields.append(
            StoredYield(
              listing: listing,
              yield: ListingYield(adverts: row.real(2) ?? 0, seconds: row.real(3) ?? 0),
              visitedAt: Timestamp(milliseconds: at)))
        }
        return true
      }
      try session.forEach(
        "SELECT source, hour, adverts FROM posting_hour ORDER BY source, hour", []
      ) { row in
        if let source = row.text(0) {
          rates[source, default: StoredRates()].hours.append(row.real(2) ?? 0)
        }
        return true
      }
      return rates
    }
  }

  /// What the visits to a listing brought; nil for an address that is no listing or was seen once.
  public func listingYield(url: String, source: String) throws -> ListingYield? {
    try engine.read { session in
      try session.row(
        """
        SELECT r.adverts, r.seconds FROM listing_rate r JOIN address a ON a.id = r.address
        WHERE a.source = ?1 AND a.url = ?2 AND r.seconds > 0
        """, [.text(source), .text(url)]
      ).map { ListingYield(adverts: $0.real(0) ?? 0, seconds: $0.real(1) ?? 0) }
    }
  }

  static func save(_ yield: StoredYield, in session: any SQLSession) throws {
    try session.execute(
      """
      INSERT INTO listing_rate (address, adverts, seconds, visited_at) VALUES (?1, ?2, ?3, ?4)
      ON CONFLICT (address) DO UPDATE SET adverts = excluded.adverts, seconds = excluded.seconds,
        visited_at = excluded.visited_at
      """,
      [
        .integer(yield.listing), .real(yield.yield.adverts), .real(yield.yield.seconds),
        .integer(yield.visitedAt.milliseconds),
      ])
  }

  /// Lets the schedule have its say on a page whose analysis is being committed.
  ///
  /// Only the visit that is the address's latest counts: what is analysed again says nothing new of
  /// when to come.
  static func settle(
    _ analysis: AnalysisCommit, newAdverts: Int, isTextNew: Bool,
    _ decide: (SettledPage) -> Settlement?, in session: any SQLSession
  ) throws -> (group: String, dueAt: Timestamp)? {
    guard let address = analysis.address, analysis.outcome == .done else { return nil }
    let row = try session.row(
      """
      SELECT source, group_key, kind, priority, visits, unchanged, gone, failures, last,
        unchanged_before FROM address WHERE id = ?1 AND visited_at = ?2
      """, [.integer(address), .integer(analysis.seenAt.milliseconds)])
    guard let row, let source = row.text(0), let group = row.text(1),
      let kind = row.text(2).flatMap(AddressKind.init(rawValue:))
    else { return nil }
    let page = SettledPage(
      address: address, source: source, group: group, kind: kind,
      isStart: row.integer(3) == Int64(VisitPriority.start.rawValue),
      history: VisitHistory(row: row, from: 4), beganAt: analysis.seenAt,
      newAdverts: newAdverts, isTextNew: isTextNew)
    guard let settlement = decide(page) else { return nil }
    try session.execute(
      "UPDATE address SET due_at = ?2, unchanged = ?3, last = ?4 WHERE id = ?1",
      [
        .integer(address), SQLValue(settlement.dueAt?.milliseconds),
        SQLValue(settlement.history.unchanged), SQLValue(settlement.history.last?.rawValue),
      ])
    if let yield = settlement.yield { try save(yield, in: session) }
    for (hour, adverts) in (settlement.hours ?? []).enumerated() {
      try session.execute(
        """
        INSERT INTO posting_hour (source, hour, adverts) VALUES (?1, ?2, ?3)
        ON CONFLICT (source, hour) DO UPDATE SET adverts = excluded.adverts
        """, [.text(source), SQLValue(hour), .real(adverts)])
    }
    return settlement.dueAt.map { (group, $0) }
  }
}

extension VisitHistory {
  /// Visits, unchanged, gone, failures, last and unchanged_before, in six columns from one on.
  init(row: SQLRow, from column: Int) {
    self.init(
      visits: Int(row.integer(column) ?? 0), unchanged: Int(row.integer(column + 1) ?? 0),
      gone: Int(row.integer(column + 2) ?? 0), failures: Int(row.integer(column + 3) ?? 0),
      last: row.text(column + 4).flatMap(VisitOutcome.init(rawValue:)),
      unchangedBefore: Int(row.integer(column + 5) ?? 0))
  }
}
