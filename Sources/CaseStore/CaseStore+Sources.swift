public import CrawlFrontier
public import Vocabulary

extension CaseStore {
  /// Adds a source or takes over its changed definition, and schedules start addresses that are new.
  ///
  /// Purpose and legal basis travel with everything the source brings, so a change of the
  /// definition is an event of the custody log.
  public func register(
    source: String, digest: String, definition: String, purpose: String, legalBasis: String,
    retention: Int64? = nil, start: [FoundAddress], by actor: Actor, at: Timestamp,
    judge: (_ url: String, _ depth: Int, AddressKind) -> FoundAddress? = { _, _, _ in nil }
  ) throws {
    try engine.write { session in
      let known = try session.row("SELECT digest FROM source WHERE name = ?1", [.text(source)])
      if known?.text(0) != digest {
        try session.execute(
          """
          INSERT INTO source (name, digest, definition, purpose, legal_basis, added_at, changed_at,
            retention)
          VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7)
          ON CONFLICT (name) DO UPDATE SET digest = excluded.digest,
            definition = excluded.definition, purpose = excluded.purpose,
            legal_basis = excluded.legal_basis, changed_at = excluded.changed_at,
            retention = excluded.retention
          """,
          [
            .text(source), .text(digest), .text(definition), .text(purpose), .text(legalBasis),
            .integer(at.milliseconds), SQLValue(retention),
          ])
        if known != nil { try Self.rejudge(source, at: at, in: session, judge) }
        _ = try Self.append(
          action: known == nil ? "source.add" : "source.change", subject: "source:\(source)",
          payload: Self.sourcePayload(
            definition: definition, digest: digest, legalBasis: legalBasis, purpose: purpose,
            retention: retention), by: actor, at: at, in: session)
      }
      for address in start {
        try Self.insert(address, source: source, foundOn: nil, at: at, in: session)
      }
    }
  }

  static func sourcePayload(
    definition: String, digest: String, legalBasis: String, purpose: String, retention: Int64?
  ) -> String {
    json([
      "definition": definition, "digest": digest, "legal_basis": legalBasis, "purpose": purpose,
      "retention": retention.map { "\($0) s" },
    ])
  }

  /// Applies a source's changed rules to the addresses that are known already.
  ///
  /// What the rules take out is not visited any more; what they took out before and let in again is
  /// due. An address that changes its politeness group takes the waits of the old one along.
  private static func rejudge(
    _ source: String, at: Timestamp, in session: any SQLSession,
    _ judge: (_ url: String, _ depth: Int, AddressKind) -> FoundAddress?
  ) throws {
    var last: Int64 = 0
    while true {
      let rows = try session.rows(
        """
        SELECT id, url, depth, group_key, kind FROM address WHERE source = ?1 AND id > ?2
        ORDER BY id LIMIT 1000
        """, [.text(source), .integer(last)])
      guard let end = rows.last?.integer(0) else { return }
      last = end
      for row in rows {
        guard let id = row.integer(0), let url = row.text(1), let group = row.text(3) else {
          continue
        }
        let kind = row.text(4).flatMap(AddressKind.init(rawValue:)) ?? .other
        guard let judged = judge(url, Int(row.integer(2) ?? 0), kind) else {
          try session.execute(
            "UPDATE address SET due_at = NULL, outcome = 'out-of-scope' WHERE id = ?1",
            [.integer(id)])
          continue
        }
        try session.execute(
          """
          UPDATE address SET kind = ?2, group_key = ?3, due_at = CASE
            WHEN due_at IS NULL AND outcome = 'out-of-scope' THEN ?4 ELSE due_at END WHERE id = ?1
          """,
          [
            .integer(id), .text(judged.kind.rawValue), .text(judged.group),
            .integer(at.milliseconds),
          ])
        if judged.group != group {
          try session.execute(
            """
            INSERT INTO politeness_group (key, next_allowed, delay, crawl_delay, blocked_until,
              backoff_step, failure_step, last_failure, pace, refused_pace, peers)
            SELECT ?1, next_allowed, delay, crawl_delay, blocked_until, backoff_step, failure_step,
              last_failure, pace, refused_pace, peers FROM politeness_group WHERE key = ?2
            ON CONFLICT (key) DO UPDATE SET
              next_allowed = CASE WHEN excluded.next_allowed > politeness_group.next_allowed
                THEN excluded.next_allowed ELSE politeness_group.next_allowed END,
              blocked_until = CASE WHEN excluded.blocked_until > COALESCE(politeness_group.blocked_until, 0)
                THEN excluded.blocked_until ELSE politeness_group.blocked_until END
            """, [.text(judged.group), .text(group)])
        }
      }
    }
  }

  /// Names of every source that ever brought anything, those not declared any more among them.
  public func sourceNames() throws -> [String] {
    try engine.read { session in
      try session.rows("SELECT name FROM source ORDER BY name").compactMap { $0.text(0) }
    }
  }

  /// Whether a source knows an address.
  public func knows(_ url: String, of source: String) throws -> Bool {
    try engine.read { try Self.isKnown(url, to: source, in: $0) }
  }

  /// What is known of one address.
  public struct AddressStatus: Sendable, Hashable {
    /// The source that knows it.
    public var source: String
    /// Its politeness group.
    public var group: String
    /// What the source's rules said it is.
    public var kind: String
    /// Links from a start address.
    public var depth: Int
    /// When it is due; nil is never.
    public var dueAt: Timestamp?
    /// When it was last visited.
    public var visitedAt: Timestamp?
    /// How that visit ended.
    public var outcome: String?
    /// HTTP status of that visit.
    public var status: Int?
    /// What else is to say of it.
    public var note: String?
    /// How the visits went.
    public var history: VisitHistory
    /// Where it was found.
    public var foundOn: String?
  }

  /// What every source knows of an address.
  public func addressStatus(url: String) throws -> [AddressStatus] {
    try engine.read { session in
      try session.rows(
        """
        SELECT a.source, a.group_key, a.kind, a.depth, a.due_at, a.visited_at, a.outcome, a.status,
          a.note, f.url, a.visits, a.unchanged, a.gone, a.failures, a.last, a.unchanged_before
        FROM address a LEFT JOIN address f ON f.id = a.found_on WHERE a.url = ?1 ORDER BY a.source
        """, [.text(url)]
      ).map { row in
        AddressStatus(
          source: row.text(0) ?? "", group: row.text(1) ?? "", kind: row.text(2) ?? "",
          depth: Int(row.integer(3) ?? 0),
          dueAt: row.integer(4).map(Timestamp.init(milliseconds:)),
          visitedAt: row.integer(5).map(Timestamp.init(milliseconds:)), outcome: row.text(6),
          status: row.integer(7).map(Int.init), note: row.text(8),
          history: VisitHistory(row: row, from: 10),
          foundOn: row.text(9))
      }
    }
  }

  /// What earlier visits to an address left: what the next one is judged by.
  public struct VisitBasis: Sendable, Hashable {
    /// The newest payload held.
    public struct Payload: Sendable, Hashable {
      /// The capture that holds it.
      public var capture: Int64
      /// SHA-256 of the payload as received, 32 bytes.
      public var digest: [UInt8]
      /// When that capture began.
      public var beganAt: Timestamp
      /// The URL it was fetched from.
      public var url: String
      /// `WARC-Record-ID` of its response record.
      public var recordID: String
    }

    /// How the visits went.
    public var history: VisitHistory
    /// The newest payload held; nil before the first.
    public var payload: Payload?
  }

  /// What earlier visits to an address left; nil for an address that is not known.
  public func visitBasis(address: Int64) throws -> VisitBasis? {
    try engine.read { session in
      let row = try session.row(
        """
        SELECT a.visits, a.unchanged, a.gone, a.failures, a.last, a.unchanged_before, c.id,
          c.payload_digest, c.began_at, c.url, m.record_id
        FROM address a LEFT JOIN capture c ON c.id = a.capture
        LEFT JOIN warc_member m ON m.capture = c.id AND m.type = 'response' WHERE a.id = ?1
        """, [.integer(address)])
      guard let row else { return nil }
      let history = VisitHistory(row: row, from: 0)
      guard let capture = row.integer(6), let digest = row.blob(7), let began = row.integer(8),
        let url = row.text(9), let record = row.text(10)
      else { return VisitBasis(history: history, payload: nil) }
      return VisitBasis(
        history: history,
        payload: VisitBasis.Payload(
          capture: capture, digest: digest, beganAt: Timestamp(milliseconds: began), url: url,
          recordID: record))
    }
  }

  /// Each source's counters of addresses taken up, as the trap guards need them.
  public func scopeMemories() throws -> [String: ScopeMemory] {
    let pages = try addressCounts()
    return try engine.read { session in
      var counters: [String: [UInt64: Int]] = [:]
      try session.forEach("SELECT source, counter, pages FROM scope_counter", []) { row in
        if let source = row.text(0), let counter = row.integer(1), let count = row.integer(2) {
          counters[source, default: [:]][UInt64(bitPattern: counter)] = Int(count)
        }
        return true
      }
      return Dictionary(
        uniqueKeysWithValues: Set(pages.keys).union(counters.keys).map {
          ($0, ScopeMemory(pages: pages[$0] ?? 0, counters: counters[$0] ?? [:]))
        })
    }
  }

  static func save(_ counts: [ScopeCount], in session: any SQLSession) throws {
    for count in counts {
      try session.execute(
        """
        INSERT INTO scope_counter (source, counter, pages) VALUES (?1, ?2, ?3)
        ON CONFLICT (source, counter) DO UPDATE SET pages = excluded.pages
        """,
        [
          .text(count.source), .integer(Int64(bitPattern: count.counter)), SQLValue(count.pages),
        ])
    }
  }

  /// Number of addresses known to each source.
  public func addressCounts() throws -> [String: Int] {
    try engine.read { session in
      var counts: [String: Int] = [:]
      try session.forEach("SELECT source, COUNT(*) FROM address GROUP BY source", []) { row in
        if let source = row.text(0) { counts[source] = Int(row.integer(1) ?? 0) }
        return true
      }
      return counts
    }
  }
}
