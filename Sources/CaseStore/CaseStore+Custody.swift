import Bytes
public import Vocabulary

extension CaseStore {
  /// The last link of the chain: what is compared with a head kept elsewhere.
  public struct CustodyHead: Sendable, Hashable {
    /// Number of events.
    public var sequence: Int64
    /// SHA-256 of the last event, 32 bytes.
    public var digest: [UInt8]

    public init(sequence: Int64, digest: [UInt8]) {
      self.sequence = sequence
      self.digest = digest
    }
  }

  /// The newest event's number and digest; nil while the log is empty.
  public func custodyHead() throws -> CustodyHead? {
    try engine.read { try Self.head(in: $0) }
  }

  /// Records an event that goes with no other change, such as the start of a run.
  @discardableResult
  public func record(
    action: String, subject: String, payload: [String: String], by actor: Actor, at: Timestamp
  ) throws -> Int64 {
    try engine.write { session in
      try Self.append(
        action: action, subject: subject,
        payload: Self.json(payload), by: actor, at: at,
        in: session)
    }
  }

  /// Canonical JSON of a flat object; absent values are left out.
  static func json(_ members: [String: String?]) -> String {
    var json = JSONWriter()
    json.object { json in
      let sorted = members.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
      for (key, value) in sorted {
        guard let value else { continue }
        json.key(key)
        json.string(value)
      }
    }
    return json.text
  }

  /// Appends an event within a transaction and returns its number.
  static func append(
    action: String, subject: String, payload: String, by actor: Actor, at: Timestamp,
    in session: any SQLSession
  ) throws -> Int64 {
    let salt = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
    let head = try Self.head(in: session)
    let event = CustodyEvent(
      sequence: (head?.sequence ?? 0) + 1, at: at, actor: actor.name, action: action,
      subject: subject, payloadDigest: CustodyEvent.payloadDigest(salt: salt, body: payload),
      previous: head?.digest ?? CustodyEvent.origin)
    let actorID = try Self.identifier(of: actor, at: at, in: session)
    try session.execute(
      """
      INSERT INTO custody_event (seq, at, actor, action, subject, payload_digest, previous, digest)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
      """,
      [
        .integer(event.sequence), .integer(at.milliseconds), .integer(actorID), .text(action),
        .text(subject), .blob(event.payloadDigest), .blob(event.previous), .blob(event.digest),
      ])
    try session.execute(
      "INSERT INTO custody_payload (seq, salt, body) VALUES (?1, ?2, ?3)",
      [.integer(event.sequence), .blob(salt), .text(payload)])
    return event.sequence
  }

  /// The row of an actor, made when the name is new.
  static func identifier(
    of actor: Actor, at: Timestamp, in session: any SQLSession
  ) throws -> Int64 {
    if let id = try session.integer("SELECT id FROM actor WHERE name = ?1", [.text(actor.name)]) {
      return id
    }
    let id = try session.integer(
      "INSERT INTO actor (name, kind, created_at) VALUES (?1, ?2, ?3) RETURNING id",
      [.text(actor.name), .text(actor.kind.rawValue), .integer(at.milliseconds)])
    guard let id else { throw CaseStoreError.failed("an actor was not stored") }
    return id
  }

  private static func head(in session: any SQLSession) throws -> CustodyHead? {
    let row = try session.row("SELECT seq, digest FROM custody_event ORDER BY seq DESC LIMIT 1")
    guard let row, let sequence = row.integer(0), let digest = row.blob(1) else { return nil }
    return CustodyHead(sequence: sequence, digest: digest)
  }
}

extension CaseStore {
  /// A stored event as `verify` reads it: the entry, the digest it was stored with, and its payload.
  public struct StoredCustodyEvent: Sendable {
    /// The entry rebuilt from its columns.
    public var event: CustodyEvent
    /// The digest column.
    public var storedDigest: [UInt8]
    /// Salt and payload; nil once purged.
    public var payload: (salt: [UInt8], body: String)?
  }

  /// Calls `body` with every event in order, one at a time.
  public func forEachCustodyEvent(_ body: (StoredCustodyEvent) throws -> Void) throws {
    try engine.read { session in
      try session.forEach(
        """
        SELECT e.seq, e.at, a.name, e.action, e.subject, e.payload_digest, e.previous, e.digest,
          p.salt, p.body
        FROM custody_event e JOIN actor a ON a.id = e.actor
        LEFT JOIN custody_payload p ON p.seq = e.seq ORDER BY e.seq
        """, []
      ) { row in
        let event = CustodyEvent(
          sequence: row.integer(0) ?? 0, at: Timestamp(milliseconds: row.integer(1) ?? 0),
          actor: row.text(2) ?? "", action: row.text(3) ?? "", subject: row.text(4) ?? "",
          payloadDigest: row.blob(5) ?? [], previous: row.blob(6) ?? [])
        var payload: (salt: [UInt8], body: String)?
        if let salt = row.blob(8), let text = row.text(9) { payload = (salt, text) }
        try body(
          StoredCustodyEvent(event: event, storedDigest: row.blob(7) ?? [], payload: payload))
        return true
      }
    }
  }
}
