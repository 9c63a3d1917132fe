import Linking
public import Vocabulary

/// What the store asks while it erases: it knows places of records, and not what stands there.
public struct ErasureHandlers {
  /// The record that takes the place of `length` bytes of a file.
  public var tombstone:
    (_ file: String, _ offset: Int64, _ length: Int64, _ words: String) throws -> ErasedPlace
  /// Copies a record to a file where it may stay, synced, and says what was written where.
  public var move: (_ source: String, _ record: StoredMember, _ words: String) throws -> MovedRecord

  public init(
    tombstone:
      @escaping (_ file: String, _ offset: Int64, _ length: Int64, _ words: String) throws ->
      ErasedPlace,
    move:
      @escaping (_ source: String, _ record: StoredMember, _ words: String) throws -> MovedRecord
  ) {
    self.tombstone = tombstone
    self.move = move
  }
}

/// A tombstone that is to be written.
public struct ErasedPlace: Sendable, Hashable {
  /// Where, with its digest.
  public var member: StoredMember
  /// The file's `warcinfo` record.
  public var warcinfo: String
  /// What it says.
  public var words: String
  /// Its date.
  public var at: Timestamp

  public init(member: StoredMember, warcinfo: String, words: String, at: Timestamp) {
    self.member = member
    self.warcinfo = warcinfo
    self.words = words
    self.at = at
  }
}

/// A record that was copied, with the records that came with it.
public struct MovedRecord: Sendable {
  /// The copy and what tells of it, in their order.
  public var members: [StoredMember]
  /// Records that belong to no capture (the warcinfo of a new file).
  public var written: [StoredMember]
  /// For each file written to, the offset up to which it is evidence.
  public var ends: [String: Int64]

  public init(members: [StoredMember], written: [StoredMember], ends: [String: Int64]) {
    self.members = members
    self.written = written
    self.ends = ends
  }
}

/// What was erased.
public struct ErasureTotals: Sendable, Hashable {
  /// Captures that are gone.
  public var captures = 0
  /// Captures of which the payload is left.
  public var reduced = 0
  /// Adverts that are gone with them.
  public var adverts = 0
  /// Payloads of custody events that are gone.
  public var payloads = 0
  /// Bytes over which tombstones are written.
  public var bytes: Int64 = 0

  public init() {}

  /// Adds what another transaction erased.
  public mutating func add(_ other: ErasureTotals) {
    captures += other.captures
    reduced += other.reduced
    adverts += other.adverts
    payloads += other.payloads
    bytes += other.bytes
  }
}

extension CaseStore {
  /// Erases captures that are due, the newest first, with everything that only they brought, in one
  /// transaction.
  ///
  /// Whether each is due and not held is asked again within it. Tombstones wait until
  /// `finishErasures` is told that they are in their files: a crash in between loses none.
  public func erase(
    _ captures: [Int64], rule: RetentionRule, by actor: Actor, at: Timestamp,
    _ handlers: ErasureHandlers
  ) throws -> ErasureTotals {
    try linking { session in
      var erasing = Erasing(session: session, actor: actor, at: at, handlers: handlers)
      for capture in captures {
        guard let due = try Self.dueAt(capture, rule, in: session) else { continue }
        try erasing.erase(capture, due: due)
      }
      try unlink(erasing.gone, at: at, in: session)
      if erasing.totals != ErasureTotals() {
        try session.execute("INSERT INTO chore (name) VALUES ('compact') ON CONFLICT DO NOTHING")
      }
      return erasing.totals
    }
  }

  /// Takes adverts that are gone out of the graph; those that they were joined to are looked at again
  /// when links are made next.
  private func unlink(
    _ gone: Set<Int64>, at: Timestamp, in session: any SQLSession
  ) throws {
    guard !gone.isEmpty else { return }
    var linker = Linker(
      index: StoredLinkIndex(session: session, cache: linkCache), rule: LinkRule())
    var nodes: Set<Int64> = []
    for advert in gone.sorted() {
      for row in try session.rows(
        "SELECT node FROM link_edge WHERE advert = ?1", [.integer(advert)])
      {
        if let node = row.integer(0) { nodes.insert(node) }
      }
      try linker.remove(advert)
      try session.execute("DELETE FROM link_waiting WHERE advert = ?1", [.integer(advert)])
    }
    var totals = LinkTotals()
    let handlers = LinkHandlers(
      read: { _ in nil },
      matters: { before, now in before != now },
      assess: { version, _, _ in
        try session.execute(
          """
          INSERT INTO link_waiting (advert) SELECT advert FROM advert_version WHERE id = ?1
          ON CONFLICT (advert) DO NOTHING
          """, [.integer(version.id)])
        return nil
      })
    try Self.settle(
      &linker, waiting: [], decision: nil, at: at, in: session, &totals, handlers)
    for node in nodes {
      try session.execute(
        """
        DELETE FROM link_node WHERE id = ?1
          AND NOT EXISTS (SELECT 1 FROM link_edge WHERE node = ?1)
        """, [.integer(node)])
    }
    linkCache.clear()
  }

  /// Tombstones that are recorded and may not be in their files yet, at most `limit`.
  public func waitingErasures(limit: Int = 1000) throws -> [ErasedPlace] {
    try engine.read { session in
      try session.rows(
        """
        SELECT f.path, m.offset, m.length, m.digest, m.record_id, m.type, w.warcinfo, w.words, w.at
        FROM erasure_waiting w JOIN warc_member m ON m.id = w.member
        JOIN warc_file f ON f.id = m.file ORDER BY f.path, m.offset LIMIT ?1
        """, [SQLValue(limit)]
      ).map { row in
        ErasedPlace(
          member: Self.member(row), warcinfo: row.text(6) ?? "", words: row.text(7) ?? "",
          at: Timestamp(milliseconds: row.integer(8) ?? 0))
      }
    }
  }

  /// Notes that tombstones are in their files, synced.
  public func finishErasures(_ places: [ErasedPlace]) throws {
    try engine.write { session in
      for place in places {
        try session.execute(
          """
          DELETE FROM erasure_waiting WHERE member =
            (SELECT id FROM warc_member WHERE record_id = ?1 AND purge IS NOT NULL)
          """, [.text(place.member.recordID)])
      }
    }
  }

  /// Writes the database anew when something was erased since the last time, so that its files hold
  /// nothing of it any more.
  public func compactIfErased() throws {
    guard try engine.read({ try $0.integer("SELECT 1 FROM chore WHERE name = 'compact'") }) != nil
    else { return }
    try engine.write {
      // Deleted words stay in the index of words until its parts are merged.
      try $0.execute("INSERT INTO advert_words (advert_words) VALUES ('optimize')")
    }
    try engine.compact()
    try engine.write { try $0.execute("DELETE FROM chore WHERE name = 'compact'") }
  }

  /// What was purged: by source, how many captures, and when last.
  public func purged() throws -> [(source: String, captures: Int, last: Timestamp)] {
    try engine.read { session in
      try session.rows(
        "SELECT source, COUNT(DISTINCT capture), MAX(at) FROM purge GROUP BY source ORDER BY source"
      ).map { row in
        (
          row.text(0) ?? "", Int(row.integer(1) ?? 0),
          Timestamp(milliseconds: row.integer(2) ?? 0)
        )
      }
    }
  }
}
