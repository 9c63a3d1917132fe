import Bytes
public import Vocabulary

extension CaseStore {
  /// Why a recipient may never be written to.
  public enum RecipientBar: Sendable, Hashable {
    /// It is a selector of an advert.
    case selector
    /// It stands on the list of suppressed addresses.
    case suppressed
  }

  /// Stores a look-up with its custody event; returns its number.
  public func keepLookup(_ lookup: StoredLookup, by actor: Actor) throws -> Int64 {
    try engine.write { sql in
      let id = (try sql.integer("SELECT max(id) FROM contact_lookup") ?? 0) + 1
      let custody = try Self.append(
        action: "contact.lookup", subject: "contact-lookup:\(id)",
        payload: Self.payload(of: lookup, digest: lookup.digest), by: actor, at: lookup.askedAt,
        in: sql)
      try sql.execute(
        """
        INSERT INTO contact_lookup (id, key, kind, target, server, query, asked_at, outcome, status,
          detail, endpoint, answer, digest, custody)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
        """,
        [
          .integer(id), .text(lookup.key), .text(lookup.kind.rawValue), .text(lookup.target),
          .text(lookup.server), .text(lookup.query), .integer(lookup.askedAt.milliseconds),
          .text(lookup.outcome), SQLValue(lookup.status), .text(lookup.detail),
          SQLValue(lookup.endpoint), .blob(lookup.answer), .blob(lookup.digest),
          .integer(custody),
        ])
      return id
    }
  }

  private static func payload(of lookup: StoredLookup, digest: [UInt8]) -> String {
    json([
      "kind": lookup.kind.rawValue, "target": lookup.target, "server": lookup.server,
      "query": lookup.query, "outcome": lookup.outcome, "digest": Hex.encode(digest),
      "status": lookup.status.map(String.init) ?? "", "detail": lookup.detail,
      "endpoint": lookup.endpoint ?? "",
    ])
  }

  /// Calls `body` with every look-up as `verify` compares it: its digest is that of the answer that is
  /// there, or what was written down when that was erased.
  func forEachLookup(
    in session: any SQLSession, _ body: (RecordedEntry) throws -> Void
  ) throws {
    try session.forEach(
      """
      SELECT id, kind, target, server, query, asked_at, outcome, status, detail, endpoint, answer,
        digest, erased_at, custody
      FROM contact_lookup ORDER BY id
      """, []
    ) { row in
      let lookup = Self.lookup(row)
      let digest = lookup.erasedAt == nil ? SHA256.hash(lookup.answer).bytes : lookup.digest
      let isWhole = digest == lookup.digest
      try body(
        RecordedEntry(
          name: "look-up \(lookup.id)", custody: row.integer(13), actions: ["contact.lookup"],
          subject: "contact-lookup:\(lookup.id)",
          expectedPayloads: [isWhole ? Self.payload(of: lookup, digest: digest) : ""],
          at: lookup.askedAt))
      return true
    }
  }

  /// The newest look-up of a question whose answer is still there.
  public func latestLookup(key: String) throws -> StoredLookup? {
    try engine.read { sql in
      try sql.row(
        """
        SELECT id, kind, target, server, query, asked_at, outcome, status, detail, endpoint, answer,
          digest, erased_at
        FROM contact_lookup WHERE key = ?1 AND erased_at IS NULL
        ORDER BY asked_at DESC, id DESC LIMIT 1
        """, [.text(key)]
      ).map(Self.lookup)
    }
  }

  /// A look-up by its number.
  public func lookup(_ id: Int64) throws -> StoredLookup? {
    try engine.read { sql in
      try sql.row(
        """
        SELECT id, kind, target, server, query, asked_at, outcome, status, detail, endpoint, answer,
          digest, erased_at
        FROM contact_lookup WHERE id = ?1
        """, [.integer(id)]
      ).map(Self.lookup)
    }
  }

  private static func lookup(_ row: SQLRow) -> StoredLookup {
    var lookup = StoredLookup(
      kind: row.text(1).flatMap(StoredLookup.Kind.init(rawValue:)) ?? .dns,
      target: row.text(2) ?? "", server: row.text(3) ?? "", query: row.text(4) ?? "",
      askedAt: Timestamp(milliseconds: row.integer(5) ?? 0), outcome: row.text(6) ?? "",
      status: row.integer(7).map { Int($0) }, detail: row.text(8) ?? "", endpoint: row.text(9),
      answer: row.blob(10) ?? [])
    lookup.id = row.integer(0) ?? 0
    lookup.digest = row.blob(11) ?? []
    lookup.erasedAt = row.integer(12).map { Timestamp(milliseconds: $0) }
    return lookup
  }

  /// How many answers of look-ups before a time can be erased.
  ///
  /// None while any legal hold stands: a look-up belongs to no source, so that nothing says which of them
  /// a hold means.
  public func dueLookups(before: Timestamp) throws -> Int {
    try engine.read { try Self.dueLookups(before: before, in: $0) }
  }

  private static func dueLookups(before: Timestamp, in sql: any SQLSession) throws -> Int {
    Int(
      try sql.integer(
        """
        SELECT count(*) FROM contact_lookup WHERE asked_at < ?1 AND erased_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM legal_hold WHERE lifted_at IS NULL)
        """, [.integer(before.milliseconds)]) ?? 0)
  }

  /// Erases the answers of look-ups before a time and who was found in them; returns how many there were.
  ///
  /// The look-ups stay with their digests, so that an answer kept elsewhere can be held against them.
  public func eraseLookups(before: Timestamp, by actor: Actor, at: Timestamp) throws -> Int {
    try engine.write { sql in
      let count = try Self.dueLookups(before: before, in: sql)
      guard count > 0 else { return 0 }
      _ = try Self.append(
        action: "contact.erase", subject: "contact-lookups",
        payload: Self.json(["before": before.rfc3339, "answers": String(count)]), by: actor, at: at,
        in: sql)
      try sql.execute(
        """
        UPDATE contact_lookup SET answer = x'', erased_at = ?2
        WHERE asked_at < ?1 AND erased_at IS NULL
        """, [.integer(before.milliseconds), .integer(at.milliseconds)])
      try sql.execute("DELETE FROM contact_found WHERE at < ?1", [.integer(before.milliseconds)])
      return count
    }
  }

  /// Why a recipient may never be written to; nil when nothing is known against it.
  public func recipientBar(_ recipient: String) throws -> RecipientBar? {
    try engine.read { sql in
      if try sql.row(
        "SELECT 1 FROM selector WHERE lower(value) = lower(?1) LIMIT 1", [.text(recipient)]) != nil
      {
        return .selector
      }
      let listed = try sql.row(
        "SELECT 1 FROM notice_suppressed WHERE address = lower(?1)", [.text(recipient)])
      return listed == nil ? nil : .suppressed
    }
  }

  /// Stores what one search found, in one custody event.
  public func keepContacts(
    _ contacts: [StoredContact], host: String, by actor: Actor, at: Timestamp
  ) throws {
    try engine.write { sql in
      let chosen = contacts.filter { $0.place == 1 && $0.recipient != nil }
        .map { "\($0.rung) \($0.recipient ?? "")" }.joined(separator: ", ")
      let custody = try Self.append(
        action: "contact.found", subject: "host:\(host)",
        payload: Self.json(["contacts": String(contacts.count), "chosen": chosen]), by: actor,
        at: at, in: sql)
      for contact in contacts {
        try sql.execute(
          """
          INSERT INTO contact_found (host, rung, place, target, recipient, said, refusal,
            organisation, source, confidence, reason, lookup, at, custody)
          VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
          """,
          [
            .text(host), SQLValue(contact.rung), SQLValue(contact.place), .text(contact.target),
            SQLValue(contact.recipient), .text(contact.said), SQLValue(contact.refusal),
            .text(contact.organisation), .text(contact.source), .text(contact.confidence),
            .text(contact.reason), SQLValue(contact.lookup), .integer(at.milliseconds),
            .integer(custody),
          ])
      }
    }
  }

  /// Everybody whom the newest search for a host found on a rung, best first.
  public func contacts(host: String, rung: Int) throws -> [StoredContact] {
    try engine.read { sql in
      try sql.rows(
        """
        SELECT id, host, rung, place, target, recipient, said, refusal, organisation, source,
          confidence, reason, lookup, at
        FROM contact_found WHERE host = ?1 AND rung = ?2
          AND custody = (SELECT max(custody) FROM contact_found WHERE host = ?1)
        ORDER BY place, id LIMIT 200
        """, [.text(host), SQLValue(rung)]
      ).map(Self.contact)
    }
  }

  /// Where a recipient was found, newest first.
  public func contactHistory(
    recipient: String, limit: Int = 50
  ) throws -> [StoredContact] {
    try engine.read { sql in
      try sql.rows(
        """
        SELECT id, host, rung, place, target, recipient, said, refusal, organisation, source,
          confidence, reason, lookup, at
        FROM contact_found WHERE lower(recipient) = lower(?1) ORDER BY at DESC, id DESC LIMIT ?2
        """, [.text(recipient), SQLValue(limit)]
      ).map(Self.contact)
    }
  }

  private static func contact(_ row: SQLRow) -> StoredContact {
    var contact = StoredContact(
      host: row.text(1) ?? "", rung: Int(row.integer(2) ?? 0), place: Int(row.integer(3) ?? 0),
      target: row.text(4) ?? "", recipient: row.text(5), said: row.text(6) ?? "",
      refusal: row.text(7), organisation: row.text(8) ?? "", source: row.text(9) ?? "",
      confidence: row.text(10) ?? "", reason: row.text(11) ?? "", lookup: row.integer(12),
      at: Timestamp(milliseconds: row.integer(13) ?? 0))
    contact.id = row.integer(0) ?? 0
    return contact
  }
}
