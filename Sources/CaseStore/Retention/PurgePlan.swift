public import Vocabulary

/// By which rule captures are due.
public struct RetentionRule: Sendable, Hashable {
  /// Seconds for what was collected without a retention of its own; nil keeps it.
  public var general: Int64?
  /// The time as of which things are due; what is recorded of a purge says when it was done.
  public var now: Timestamp

  public init(general: Int64?, now: Timestamp) {
    self.general = general
    self.now = now
  }
}

/// What a purge at a moment would do.
public struct PurgePlan: Sendable, Hashable {
  /// What of one source.
  public struct Part: Sendable, Hashable {
    /// Captures that go.
    public var captures = 0
    /// Captures of which the payload stays, because a later capture that stays repeats it.
    public var reduced = 0
    /// Captures that are due and kept by a hold.
    public var held = 0
    /// Bytes of the records that go.
    public var bytes: Int64 = 0
    /// When the earliest of them began.
    public var from: Timestamp?
    /// When the latest of them began.
    public var until: Timestamp?

    public init() {}
  }

  /// By source.
  public var parts: [String: Part] = [:]
  /// Captures that nothing says when to erase: neither their source nor the general rule.
  public var unlimited = 0
  /// What has something done to it, the newest first.
  public var captures: [Int64] = []

  public init() {}
}

extension CaseStore {
  /// How long a capture is kept in seconds: what was promised when it was made, or less when its source
  /// says less since; a later change of the source never makes it longer.
  ///
  /// `?2` is the general rule.
  static let period = """
    CASE WHEN c.retention IS NULL THEN COALESCE(s.retention, ?2)
      WHEN s.retention < c.retention THEN s.retention ELSE c.retention END
    """

  static let held = """
    EXISTS (SELECT 1 FROM legal_hold h WHERE h.lifted_at IS NULL AND (h.kind = 'everything'
      OR (h.kind = 'source' AND h.target = c.source) OR (h.kind = 'url' AND h.target = c.url)
      OR (h.kind = 'capture' AND h.number = c.id)
      OR (h.kind = 'advert' AND EXISTS (SELECT 1 FROM advert_sighting g
        WHERE g.capture = c.id AND g.advert = h.number))
      OR (h.kind = 'advert' AND c.purpose = 'image' AND EXISTS (SELECT 1 FROM image m
        JOIN advert_image i ON i.url = m.url JOIN advert_version v ON v.id = i.version
        WHERE m.capture = c.id AND v.advert = h.number))))
    """

  private static let due = """
    SELECT c.id, c.source, c.began_at, \(held),
      (SELECT COALESCE(SUM(m.length), 0) FROM warc_member m WHERE m.capture = c.id),
      (SELECT e.action FROM custody_event e WHERE e.seq = c.custody)
    FROM capture c LEFT JOIN source s ON s.name = c.source
    WHERE c.id < ?3 AND c.custody IS NOT NULL
      AND c.ended_at + 1000 * (\(period)) <= ?1 ORDER BY c.id DESC LIMIT 1000
    """

  /// What is due, without changing anything.
  public func purgePlan(_ rule: RetentionRule) throws -> PurgePlan {
    try engine.read { session in
      var plan = PurgePlan()
      var going: Set<Int64> = []
      var before = Int64.max
      while true {
        let rows = try session.rows(
          Self.due, [.integer(rule.now.milliseconds), SQLValue(rule.general), .integer(before)])
        guard let last = rows.last?.integer(0) else { break }
        before = last
        for row in rows {
          guard let id = row.integer(0), let source = row.text(1) else { continue }
          var part = plan.parts[source] ?? PurgePlan.Part()
          defer { plan.parts[source] = part }
          if row.integer(3) == 1 {
            part.held += 1
            continue
          }
          // Captures that repeat a payload are newer than the one that holds it: they were seen.
          let isRepeated = try session.rows(
            "SELECT id FROM capture WHERE payload_of = ?1", [.integer(id)]
          ).contains { $0.integer(0).map { !going.contains($0) } ?? false }
          if isRepeated {
            guard row.text(5) == "capture" else { continue }
            part.reduced += 1
          } else {
            going.insert(id)
            part.captures += 1
          }
          part.bytes += row.integer(4) ?? 0
          let began = Timestamp(milliseconds: row.integer(2) ?? 0)
          part.from = part.from.map { min($0, began) } ?? began
          part.until = part.until.map { max($0, began) } ?? began
          plan.captures.append(id)
        }
      }
      plan.parts = plan.parts.filter { $0.value != PurgePlan.Part() }
      plan.unlimited = Int(
        try session.integer(
          """
          SELECT COUNT(*) FROM capture c LEFT JOIN source s ON s.name = c.source
          WHERE c.retention IS NULL AND s.retention IS NULL AND ?1 IS NULL
          """, [SQLValue(rule.general)]) ?? 0)
      return plan
    }
  }

  /// When a capture's retention ended; nil when it did not, or when a hold keeps it.
  static func dueAt(
    _ capture: Int64, _ rule: RetentionRule, in session: any SQLSession
  ) throws -> Timestamp? {
    let due = try session.integer(
      """
      SELECT c.ended_at + 1000 * (\(period)) FROM capture c LEFT JOIN source s ON s.name = c.source
      WHERE c.id = ?3 AND c.ended_at + 1000 * (\(period)) <= ?1 AND NOT \(held)
      """, [.integer(rule.now.milliseconds), SQLValue(rule.general), .integer(capture)])
    return due.map(Timestamp.init(milliseconds:))
  }

  /// Whether a hold keeps a capture.
  static func isHeld(_ capture: Int64, in session: any SQLSession) throws -> Bool {
    try session.row(
      "SELECT 1 FROM capture c WHERE c.id = ?1 AND \(held)", [.integer(capture)]) != nil
  }

  /// How long each source's captures are kept now, in seconds; absent where nothing says.
  public func retentions(general: Int64?) throws -> [String: Int64] {
    try engine.read { session in
      var periods: [String: Int64] = [:]
      try session.forEach("SELECT name, COALESCE(retention, ?1) FROM source", [SQLValue(general)]) {
        row in
        if let name = row.text(0), let period = row.integer(1) { periods[name] = period }
        return true
      }
      return periods
    }
  }
}
