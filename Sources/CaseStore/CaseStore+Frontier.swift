public import CrawlFrontier
public import Vocabulary
import WebAddress

extension CaseStore {
  /// Addresses of a group that are due, first the most urgent; at most `limit`.
  ///
  /// Addresses of the sources in `without` are left out; with `onlyWatched` all that no sent notice is
  /// looked after at.
  public func dueAddresses(
    group: String, at now: Timestamp, limit: Int, without sources: [String] = [],
    onlyWatched: Bool = false
  ) throws -> [QueuedAddress] {
    try engine.read { session in
      try session.rows(
        """
        SELECT id, source, group_key, url, kind, depth, priority, due_at, etag, last_modified
        FROM address WHERE group_key = ?1 AND due_at <= ?2
          AND instr(?4, ' ' || source || ' ') = 0
          AND (?5 = 0 OR id IN (SELECT address FROM notice_watch WHERE asked_at IS NOT NULL
            UNION SELECT control FROM notice_watch WHERE asked_at IS NOT NULL))
        ORDER BY priority, due_at, id LIMIT ?3
        """,
        [
          .text(group), .integer(now.milliseconds), SQLValue(limit),
          Self.names(sources), SQLValue(onlyWatched),
        ]
      ).compactMap(QueuedAddress.init(row:))
    }
  }

  /// When the first address of a group that is not due at `now` will be; nil when there is none.
  ///
  /// Addresses of the sources in `without` are left out.
  public func nextDue(
    group: String, after now: Timestamp, without sources: [String] = []
  ) throws -> Timestamp? {
    try engine.read { session in
      try session.integer(
        """
        SELECT MIN(due_at) FROM address WHERE group_key = ?1 AND due_at > ?2
          AND instr(?3, ' ' || source || ' ') = 0
        """,
        [
          .text(group), .integer(now.milliseconds),
          Self.names(sources),
        ]
      ).map(Timestamp.init(milliseconds:))
    }
  }

  /// Makes what is due of an origin due at `until`: its robots.txt cannot be had.
  public func postpone(group: String, origin: String, until: Timestamp) throws {
    try engine.write { session in
      try session.execute(
        """
        UPDATE address SET due_at = ?3, note = 'robots.txt could not be fetched'
        WHERE group_key = ?1 AND due_at < ?3 AND substr(url, 1, length(?2)) = ?2
        """, [.text(group), .text(origin + "/"), .integer(until.milliseconds)])
    }
  }

  /// For each group with anything scheduled, when its first address is due.
  ///
  /// Addresses of the sources in `without` are left out.
  public func scheduledGroups(
    without sources: [String] = []
  ) throws -> [(group: String, dueAt: Timestamp)] {
    try engine.read { session in
      try session.rows(
        """
        SELECT group_key, MIN(due_at) FROM address WHERE due_at IS NOT NULL
          AND instr(?1, ' ' || source || ' ') = 0 GROUP BY group_key ORDER BY 2
        """, [Self.names(sources)]
      ).compactMap { row in
        guard let group = row.text(0), let due = row.integer(1) else { return nil }
        return (group, Timestamp(milliseconds: due))
      }
    }
  }

  /// Names of sources, which hold no spaces, as SQL looks a name up in them with `instr`.
  private static func names(_ sources: [String]) -> SQLValue {
    .text(" " + sources.joined(separator: " ") + " ")
  }

  /// Politeness of every group, as it was last saved.
  public func groups() throws -> [GroupState] {
    try engine.read { session in
      try session.rows(
        """
        SELECT key, next_allowed, delay, crawl_delay, blocked_until, backoff_step, failure_step,
          last_failure, pace, refused_pace, peers
        FROM politeness_group ORDER BY key
        """
      ).compactMap { row in
        guard let key = row.text(0), let next = row.integer(1), let delay = row.real(2) else {
          return nil
        }
        return GroupState(
          key: key, delay: delay, nextAllowed: Timestamp(milliseconds: next),
          blockedUntil: row.integer(4).map(Timestamp.init(milliseconds:)),
          backoffStep: Int(row.integer(5) ?? 0), failureStep: Int(row.integer(6) ?? 0),
          lastFailure: row.integer(7).map(Timestamp.init(milliseconds:)),
          crawlDelay: row.real(3), pace: row.real(8) ?? 0, refusedPace: row.real(9) ?? 0,
          peers: (row.text(10) ?? "").split(separator: " ").map(String.init))
      }
    }
  }

  /// Saves groups' politeness; called before each request starts, so that a crash cannot forget it.
  public func save(groups: [GroupState]) throws {
    try engine.write { session in
      for group in groups { try Self.save(group, in: session) }
    }
  }

  /// What is known of an origin's robots.txt.
  public func robots(origin: String) throws -> StoredRobots? {
    try engine.read { session in
      let row = try session.row(
        "SELECT kind, body, fetched_at, expires_at FROM robots WHERE origin = ?1",
        [.text(origin)])
      guard let row, let kind = row.text(0), let fetched = row.integer(2),
        let expires = row.integer(3)
      else { return nil }
      return StoredRobots(
        origin: origin, kind: kind, body: row.blob(1),
        fetchedAt: Timestamp(milliseconds: fetched), expiresAt: Timestamp(milliseconds: expires))
    }
  }

  /// Makes everything that a source will ever visit again due at `now`.
  public func makeDue(source: String, at now: Timestamp) throws {
    try engine.write { session in
      try session.execute(
        "UPDATE address SET due_at = ?2 WHERE source = ?1 AND due_at > ?2",
        [.text(source), .integer(now.milliseconds)])
    }
  }

  /// Puts off an address that may not be fetched, with the reason; nil leaves it unscheduled.
  public func refuse(address: Int64, outcome: String, note: String, until: Timestamp?) throws {
    try engine.write { session in
      try session.execute(
        "UPDATE address SET outcome = ?2, note = ?3, due_at = ?4 WHERE id = ?1",
        [
          .integer(address), .text(outcome), .text(note), SQLValue(until?.milliseconds),
        ])
    }
  }

  static func save(_ group: GroupState, in session: any SQLSession) throws {
    try session.execute(
      """
      INSERT INTO politeness_group (key, next_allowed, delay, crawl_delay, blocked_until,
        backoff_step, failure_step, last_failure, pace, refused_pace, peers)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
      ON CONFLICT (key) DO UPDATE SET next_allowed = excluded.next_allowed,
        delay = excluded.delay, crawl_delay = excluded.crawl_delay,
        blocked_until = excluded.blocked_until, backoff_step = excluded.backoff_step,
        failure_step = excluded.failure_step, last_failure = excluded.last_failure,
        pace = excluded.pace, refused_pace = excluded.refused_pace, peers = excluded.peers
      """,
      [
        .text(group.key), .integer(group.nextAllowed.milliseconds), .real(group.delay),
        SQLValue(group.crawlDelay), SQLValue(group.blockedUntil?.milliseconds),
        SQLValue(group.backoffStep), SQLValue(group.failureStep),
        SQLValue(group.lastFailure?.milliseconds), .real(group.pace), .real(group.refusedPace),
        .text(group.peers.joined(separator: " ")),
      ])
  }

  static func save(_ robots: StoredRobots, in session: any SQLSession) throws {
    try session.execute(
      """
      INSERT INTO robots (origin, kind, body, fetched_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)
      ON CONFLICT (origin) DO UPDATE SET kind = excluded.kind, body = excluded.body,
        fetched_at = excluded.fetched_at, expires_at = excluded.expires_at
      """,
      [
        .text(robots.origin), .text(robots.kind), SQLValue(robots.body),
        .integer(robots.fetchedAt.milliseconds), .integer(robots.expiresAt.milliseconds),
      ])
  }

  private static let heldNote =
    "held back: pages of its shape have brought no advert for long (trap guard)"
  private static let doubtedNote =
    "held back: only pages that say the same as others lead to it (trap guard)"

  static func insert(
    _ found: FoundAddress, source: String, foundOn: Int64?, at: Timestamp,
    in session: any SQLSession
  ) throws {
    try session.execute(
      """
      INSERT INTO address (source, group_key, url, kind, depth, priority, due_at, found_at, found_on,
        shape, outcome, note, section)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
      ON CONFLICT (source, url) DO NOTHING
      """,
      [
        .text(source), .text(found.group), .text(found.url), .text(found.kind.rawValue),
        SQLValue(found.depth), SQLValue(found.priority.rawValue),
        found.isHeld || found.isDoubted ? .null : .integer(found.dueAt.milliseconds),
        .integer(at.milliseconds), SQLValue(foundOn),
        SQLValue(found.shape.map { Int64(bitPattern: $0) }),
        SQLValue(found.isDoubted ? "doubted" : found.isHeld ? "held" : nil),
        SQLValue(found.isDoubted ? doubtedNote : found.isHeld ? heldNote : nil),
        SQLValue(found.section.map { Int64(bitPattern: $0) }),
      ])
  }
}

extension QueuedAddress {
  /// Nil when the row holds an address that this version cannot read.
  fileprivate init?(row: SQLRow) {
    guard let id = row.integer(0), let source = row.text(1), let group = row.text(2),
      let address = row.text(3).flatMap({ Address($0) }),
      let kind = row.text(4).flatMap(AddressKind.init(rawValue:)), let due = row.integer(7)
    else { return nil }
    self.init(
      id: id, address: address, source: source, group: group, kind: kind,
      priority: row.integer(6).flatMap { VisitPriority(rawValue: Int($0)) } ?? .other,
      depth: Int(row.integer(5) ?? 0), due: Timestamp(milliseconds: due), etag: row.text(8),
      lastModified: row.text(9))
  }
}
