public import Vocabulary

extension CaseStore {
  /// A record as `verify` compares it with its file.
  public struct MemberEntry: Sendable {
    /// The record.
    public var member: StoredMember
    /// The capture it belongs to; nil for a warcinfo.
    public var capture: Int64?
    /// The capture's URL.
    public var url: String?
  }

  /// Calls `body` with every record, by file and offset.
  public func forEachMember(_ body: (MemberEntry) throws -> Void) throws {
    try engine.read { session in
      try session.forEach(
        """
        SELECT f.path, m.offset, m.length, m.digest, m.record_id, m.type, m.capture, c.url
        FROM warc_member m JOIN warc_file f ON f.id = m.file
        LEFT JOIN capture c ON c.id = m.capture ORDER BY f.path, m.offset
        """, []
      ) { row in
        let member = StoredMember(
          file: row.text(0) ?? "", offset: row.integer(1) ?? 0, length: row.integer(2) ?? 0,
          digest: row.blob(3) ?? [], recordID: row.text(4) ?? "", type: row.text(5) ?? "")
        try body(MemberEntry(member: member, capture: row.integer(6), url: row.text(7)))
        return true
      }
    }
  }

  /// A row as `verify` compares it with the custody event that recorded it.
  public struct RecordedEntry: Sendable {
    /// What the row is called in a finding.
    public var name: String
    /// Number of the custody event, where the row names it.
    public var custody: Int64?
    /// The events of these actions are about the row.
    public var actions: [String]
    /// Subject of these events.
    public var subject: String
    /// The payloads that the newest such event may have, rebuilt from what is stored now.
    public var expectedPayloads: [String]
    /// When that event was, where the row says so.
    public var at: Timestamp?
    /// Who is its actor, where the row says so.
    public var actor: String?
  }

  /// Calls `body` with every capture, oldest first.
  public func forEachCapture(_ body: (RecordedEntry) throws -> Void) throws {
    try engine.read { session in
      try session.forEach(Self.captureColumns + " ORDER BY id", []) { row in
        let id = row.integer(0) ?? 0
        var payload = try Self.payload(of: row, in: session)
        let full = payload.json
        payload.details = nil
        try body(
          RecordedEntry(
            name: "capture \(id)", custody: row.integer(1), actions: ["capture"],
            subject: "capture:\(id)", expectedPayloads: [full, payload.json]))
        return true
      }
    }
  }

  private static let captureColumns = """
    SELECT id, custody, source, url, began_at, outcome, status, payload_digest, detail, ended_at,
      payload_length, media_type, purpose, retention, run FROM capture
    """

  private static func payload(
    of row: SQLRow, in session: any SQLSession
  ) throws -> CapturePayload {
    let members = try session.rows(
      """
      SELECT f.path, m.offset, m.length, m.digest, m.record_id, m.type
      FROM warc_member m JOIN warc_file f ON f.id = m.file WHERE m.capture = ?1 ORDER BY m.id
      """, [row.values[0]]
    ).map(Self.member)
    return CapturePayload(
      beganAt: .init(milliseconds: row.integer(4) ?? 0),
      details: CapturePayload.Details(
        detail: row.text(8), endedAt: .init(milliseconds: row.integer(9) ?? 0),
        length: row.integer(10), mediaType: row.text(11), purpose: row.text(12) ?? "",
        retention: row.integer(13), run: row.integer(14) ?? 0),
      members: members, outcome: row.text(5) ?? "", payloadDigest: row.blob(7),
      source: row.text(2) ?? "", status: row.integer(6), url: row.text(3) ?? "")
  }

  /// What the log has to say of a capture as its row stands now; nil when there is none.
  static func capturePayload(of id: Int64, in session: any SQLSession) throws -> String? {
    try session.row(captureColumns + " WHERE id = ?1", [.integer(id)])
      .map { try payload(of: $0, in: session).json }
  }

  static func member(_ row: SQLRow) -> StoredMember {
    StoredMember(
      file: row.text(0) ?? "", offset: row.integer(1) ?? 0, length: row.integer(2) ?? 0,
      digest: row.blob(3) ?? [], recordID: row.text(4) ?? "", type: row.text(5) ?? "")
  }

  /// Calls `body` with every run's start and end, every source as it stands, every first record of a
  /// file, every purge, hold and look-up of a contact.
  public func forEachRecorded(_ body: (RecordedEntry) throws -> Void) throws {
    try engine.read { session in
      try session.forEach(
        """
        SELECT r.id, r.command, r.software, r.patterns_digest, a.name, r.started_at, r.ended_at,
          r.outcome FROM run r JOIN actor a ON a.id = r.actor ORDER BY r.id
        """, []
      ) { row in
        let id = row.integer(0) ?? 0
        func entry(_ what: String, _ at: Timestamp, _ payload: String) -> RecordedEntry {
          RecordedEntry(
            name: "the \(what) of run \(id)", custody: nil, actions: ["run.\(what)"],
            subject: "run:\(id)", expectedPayloads: [payload], at: at, actor: row.text(4))
        }
        try body(
          entry(
            "start", .init(milliseconds: row.integer(5) ?? 0),
            Self.startPayload(
              command: row.text(1) ?? "", software: row.text(2) ?? "", patterns: row.text(3))))
        if let ended = row.integer(6) {
          try body(
            entry(
              "end", .init(milliseconds: ended), Self.json(["outcome": row.text(7) ?? ""])))
        } else if row.text(7) != nil {
          try body(entry("end", .init(milliseconds: 0), ""))
        }
        return true
      }
      try session.forEach(
        """
        SELECT name, definition, digest, legal_basis, purpose, retention, changed_at, added_at
        FROM source ORDER BY name
        """, []
      ) { row in
        let name = row.text(0) ?? ""
        let payload = Self.sourcePayload(
          definition: row.text(1) ?? "", digest: row.text(2) ?? "", legalBasis: row.text(3) ?? "",
          purpose: row.text(4) ?? "", retention: row.integer(5))
        func entry(_ actions: [String], _ at: Int64?, _ payloads: [String]) -> RecordedEntry {
          RecordedEntry(
            name: "source \(name)", custody: nil, actions: actions, subject: "source:\(name)",
            expectedPayloads: payloads, at: .init(milliseconds: at ?? 0), actor: nil)
        }
        try body(entry(["source.add"], row.integer(7), []))
        try body(entry(["source.add", "source.change"], row.integer(6), [payload]))
        return true
      }
      try session.forEach(
        """
        SELECT f.path, m.offset, m.length, m.digest, m.record_id, m.type
        FROM warc_member m JOIN warc_file f ON f.id = m.file
        WHERE m.capture IS NULL AND m.purge IS NULL ORDER BY m.id
        """, []
      ) { row in
        let member = Self.member(row)
        try body(
          RecordedEntry(
            name: "the first record of \(member.file)", custody: nil, actions: ["file.begin"],
            subject: "record:\(member.recordID)", expectedPayloads: [CapturePayload.begun(member)]))
        return true
      }
      try forEachPurge(in: session, body)
      try forEachHold(in: session, body)
      try forEachLookup(in: session, body)
    }
  }

  private func forEachPurge(
    in session: any SQLSession, _ body: (RecordedEntry) throws -> Void
  ) throws {
    try session.forEach(
      "SELECT event, capture, source, reason, due_at, at FROM purge ORDER BY event", []
    ) { row in
      let event = row.integer(0) ?? 0
      let tombstones = try session.rows(
        """
        SELECT f.path, m.offset, m.length, m.digest, m.record_id, m.type
        FROM warc_member m JOIN warc_file f ON f.id = m.file
        WHERE m.purge = ?1 AND m.capture IS NULL ORDER BY m.id
        """, [.integer(event)]
      ).map(Self.member)
      let payload = PurgePayload(
        capture: row.integer(1) ?? 0, source: row.text(2) ?? "", reason: row.text(3) ?? "",
        dueAt: .init(milliseconds: row.integer(4) ?? 0), tombstones: tombstones)
      try body(
        RecordedEntry(
          name: "the purge of event \(event)", custody: nil, actions: ["purge"],
          subject: "event:\(event)", expectedPayloads: [payload.json],
          at: .init(milliseconds: row.integer(5) ?? 0)))
      return true
    }
  }

  private func forEachHold(
    in session: any SQLSession, _ body: (RecordedEntry) throws -> Void
  ) throws {
    try session.forEach(
      """
      SELECT id, kind, target, number, why, reference, placed_at, placed_by, lifted_at, lifted_by,
        lifted_why FROM legal_hold ORDER BY id
      """, []
    ) { row in
      let id = row.integer(0) ?? 0
      func entry(_ what: String, _ at: Timestamp, _ by: String?, _ payload: String) -> RecordedEntry
      {
        RecordedEntry(
          name: "hold \(id)", custody: nil, actions: ["hold.\(what)"], subject: "hold:\(id)",
          expectedPayloads: [payload], at: at, actor: by ?? "")
      }
      // A target is stored in two columns, of which the other has to be empty.
      guard let hold = Self.hold(row), hold.target.value == row.text(2),
        hold.target.number == row.integer(3)
      else {
        try body(entry("add", .init(milliseconds: 0), nil, ""))
        return true
      }
      try body(
        entry(
          "add", hold.placedAt, hold.placedBy,
          Self.holdPayload(hold.target, why: hold.why, reference: hold.reference)))
      if hold.liftedAt != nil || hold.liftedBy != nil || hold.liftedWhy != nil {
        try body(
          entry(
            "remove", hold.liftedAt ?? .init(milliseconds: 0), hold.liftedBy,
            Self.json(["why": hold.liftedWhy ?? ""])))
      }
      return true
    }
  }

  /// Captures whose ties to other rows do not hold, with what is wrong; at most `limit`.
  public func brokenTies(limit: Int) throws -> [String] {
    try engine.read { session in
      let lost = try session.rows(
        """
        SELECT c.id FROM capture c LEFT JOIN address a ON a.id = c.address
        WHERE c.address IS NOT NULL
          AND (a.id IS NULL OR a.url <> c.url OR a.source <> c.source) ORDER BY c.id LIMIT ?1
        """, [SQLValue(limit)]
      ).map { "capture \($0.integer(0) ?? 0) is not of the address that it names" }
      let none = try session.rows(
        """
        SELECT c.id FROM capture c WHERE c.address IS NULL AND c.purpose = 'page'
          ORDER BY c.id LIMIT ?1
        """, [SQLValue(limit)]
      ).map { "capture \($0.integer(0) ?? 0) names no address" }
      let tombs = try session.rows(
        """
        SELECT m.offset FROM warc_member m WHERE m.purge IS NOT NULL
          AND (m.capture IS NOT NULL OR m.type <> 'metadata') ORDER BY m.id LIMIT ?1
        """, [SQLValue(limit)]
      ).map { "the record at \($0.integer(0) ?? 0) is a tombstone and something else" }
      let other = try session.rows(
        """
        SELECT c.id FROM capture c JOIN warc_member m ON m.capture = c.id AND m.type = 'revisit'
        LEFT JOIN capture p ON p.id = c.payload_of
        WHERE (p.id IS NULL OR p.source <> c.source OR p.url <> c.url
          OR p.id >= c.id OR COALESCE(p.payload_digest, c.payload_digest) <> c.payload_digest)
        ORDER BY c.id LIMIT ?1
        """, [SQLValue(limit)]
      ).map { "capture \($0.integer(0) ?? 0) does not name the capture whose payload it repeats" }
      let stray = try session.rows(
        """
        SELECT c.id FROM capture c WHERE c.payload_of IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM warc_member m WHERE m.capture = c.id AND m.type = 'revisit')
        ORDER BY c.id LIMIT ?1
        """, [SQLValue(limit)]
      ).map { "capture \($0.integer(0) ?? 0) names a payload that it does not repeat" }
      return lost + none + tombs + other + stray
    }
  }

  /// Whether the newest command that writes records has not ended: it goes on, or was killed, and nothing
  /// was cleaned up yet.
  public func isRunOpen() throws -> Bool {
    try engine.read { session in
      let row = try session.row(
        """
        SELECT ended_at FROM run WHERE command IN ('crawl', 'import', 'purge')
        ORDER BY id DESC LIMIT 1
        """)
      return row.map { $0.integer(0) == nil } ?? true
    }
  }
}
