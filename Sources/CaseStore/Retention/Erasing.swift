import Vocabulary

/// A transaction that erases captures, one after the other.
struct Erasing {
  let session: any SQLSession
  let actor: Actor
  /// When it is done.
  let now: Timestamp
  let handlers: ErasureHandlers
  var totals = ErasureTotals()
  /// Adverts that nothing is left of.
  var gone: Set<Int64> = []
  /// Captures of pictures that no advert shows any more.
  private var unshown: Set<Int64> = []

  init(
    session: any SQLSession, actor: Actor, at now: Timestamp, handlers: ErasureHandlers
  ) {
    self.session = session
    self.actor = actor
    self.now = now
    self.handlers = handlers
  }

  /// A capture as it is erased.
  private struct Entry {
    var id: Int64
    var source: String
    var address: Int64?
    var event: Int64
    var due: Timestamp
    var members: [StoredMember]
  }

  /// Erases a capture that is due, or all of it but a payload that another one repeats.
  mutating func erase(_ id: Int64, due: Timestamp) throws {
    try eraseCapture(id, due: due)
    // What is kept of pictures goes with the last advert that showed them.
    while let picture = unshown.popFirst() {
      guard try !CaseStore.isHeld(picture, in: session),
        let entry = try entry(picture, due: due)?.entry
      else { continue }
      try eraseWholly(entry, because: "the adverts that showed it were erased")
    }
  }

  private mutating func eraseCapture(_ id: Int64, due: Timestamp) throws {
    guard let (entry, isRepeated, action) = try entry(id, due: due) else { return }
    guard isRepeated else { return try eraseWholly(entry) }
    guard action == "capture" else { return }
    try reduce(entry)
  }

  /// A capture with whether a later one repeats its payload, and by which action its event came.
  private func entry(
    _ id: Int64, due: Timestamp
  ) throws -> (entry: Entry, isRepeated: Bool, action: String?)? {
    let row = try session.row(
      """
      SELECT c.source, c.address, c.custody, e.action,
        EXISTS (SELECT 1 FROM capture r WHERE r.payload_of = c.id)
      FROM capture c JOIN custody_event e ON e.seq = c.custody WHERE c.id = ?1
      """, [.integer(id)])
    guard let row, let source = row.text(0), let event = row.integer(2) else { return nil }
    let members = try session.rows(
      """
      SELECT f.path, m.offset, m.length, m.digest, m.record_id, m.type
      FROM warc_member m JOIN warc_file f ON f.id = m.file WHERE m.capture = ?1 ORDER BY m.id
      """, [.integer(id)]
    ).map(CaseStore.member)
    let entry = Entry(
      id: id, source: source, address: row.integer(1), event: event, due: due, members: members)
    return (entry, row.integer(4) == 1, row.text(3))
  }

  private mutating func eraseWholly(
    _ entry: Entry, because reason: String = "its retention ended"
  ) throws {
    let key: [SQLValue] = [.integer(entry.id)]
    try eraseReadings(of: entry.id)
    try session.execute("DELETE FROM page_analysis WHERE capture = ?1", key)
    for row in try session.rows("SELECT url FROM image WHERE capture = ?1", key) {
      guard let url = row.text(0) else { continue }
      try CaseStore.awaitLinks(showing: url, of: entry.source, in: session)
    }
    try session.execute("DELETE FROM warc_member WHERE capture = ?1", key)
    if let address = entry.address {
      // A server's word on a payload that nobody has any more must not be asked for.
      try session.execute(
        """
        UPDATE address SET capture = NULL, etag = NULL, last_modified = NULL
        WHERE id = ?2 AND capture = ?1
        """, key + [.integer(address)])
    }
    try session.execute("DELETE FROM capture WHERE id = ?1", key)
    if let address = entry.address { try forget(address) }
    try bury(entry, because: reason)
    try erasePayloads(about: "capture:\(entry.id)")
    totals.captures += 1
  }

  /// An address that is not visited any more and of which nothing is held.
  private func forget(_ address: Int64) throws {
    let key: [SQLValue] = [.integer(address)]
    guard
      try session.row(
        """
        SELECT 1 FROM address a WHERE a.id = ?1 AND a.due_at IS NULL AND a.visited_at IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM capture WHERE address = a.id)
        """, key) != nil
    else { return }
    try session.execute("UPDATE address SET found_on = NULL WHERE found_on = ?1", key)
    try session.execute("DELETE FROM address WHERE id = ?1", key)
  }

  /// Keeps of a capture only the payload, in another file, because a capture that stays repeats it.
  private mutating func reduce(_ entry: Entry) throws {
    guard let payload = entry.members.first(where: { $0.type == "response" }) else { return }
    let moved = try handlers.move(
      entry.source, payload, "kept for a later capture of the same payload")
    var files: [String: Int64] = [:]
    for (path, end) in moved.ends.sorted(by: { $0.key < $1.key }) {
      files[path] = try session.integer(
        """
        INSERT INTO warc_file (path, committed_end) VALUES (?1, ?2)
        ON CONFLICT (path) DO UPDATE SET committed_end = excluded.committed_end RETURNING id
        """, [.text(path), .integer(end)])
    }
    try CaseStore.insert(moved.written, files: files, capture: nil, in: session)
    for member in moved.written {
      _ = try CaseStore.append(
        action: "file.begin", subject: "record:\(member.recordID)",
        payload: CapturePayload.begun(member), by: actor, at: now, in: session)
    }
    try session.execute("DELETE FROM warc_member WHERE capture = ?1", [.integer(entry.id)])
    try CaseStore.insert(moved.members, files: files, capture: entry.id, in: session)
    guard
      let payload = try CaseStore.capturePayload(of: entry.id, in: session)
    else { throw CaseStoreError.failed("capture \(entry.id) is gone while it is erased") }
    let event = try CaseStore.append(
      action: "capture.reduced", subject: "capture:\(entry.id)", payload: payload, by: actor,
      at: now, in: session)
    try session.execute(
      "UPDATE capture SET custody = ?2 WHERE id = ?1", [.integer(entry.id), .integer(event)])
    try bury(entry, because: "its retention ended; its payload is kept for a later capture")
    totals.reduced += 1
  }

  /// Puts tombstones in the place of a capture's records, and records that.
  private mutating func bury(_ entry: Entry, because reason: String) throws {
    try session.execute(
      """
      INSERT INTO purge (event, capture, source, reason, due_at, at)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6)
      """,
      [
        .integer(entry.event), .integer(entry.id), .text(entry.source), .text(reason),
        .integer(entry.due.milliseconds), .integer(now.milliseconds),
      ])
    var tombstones: [StoredMember] = []
    for (file, range) in Self.ranges(of: entry.members) {
      let place = try handlers.tombstone(
        file, range.lowerBound, range.upperBound - range.lowerBound,
        "Erased at \(now.rfc3339): \(reason).")
      let member = place.member
      let id = try session.integer(
        """
        INSERT INTO warc_member (file, offset, length, digest, record_id, type, purge)
        SELECT id, ?2, ?3, ?4, ?5, ?6, ?7 FROM warc_file WHERE path = ?1 RETURNING id
        """,
        [
          .text(member.file), .integer(member.offset), .integer(member.length),
          .blob(member.digest), .text(member.recordID), .text(member.type), .integer(entry.event),
        ])
      guard let id else { throw CaseStoreError.failed("a tombstone was not stored") }
      try session.execute(
        "INSERT INTO erasure_waiting (member, warcinfo, words, at) VALUES (?1, ?2, ?3, ?4)",
        [
          .integer(id), .text(place.warcinfo), .text(place.words),
          .integer(place.at.milliseconds),
        ])
      tombstones.append(member)
      totals.bytes += member.length
    }
    try session.execute("DELETE FROM custody_payload WHERE seq = ?1", [.integer(entry.event)])
    totals.payloads += 1
    _ = try CaseStore.append(
      action: "purge", subject: "event:\(entry.event)",
      payload: PurgePayload(
        capture: entry.id, source: entry.source, reason: reason, dueAt: entry.due,
        tombstones: tombstones
      ).json, by: actor, at: now, in: session)
  }

  /// Records that stand one behind the other, as one range of their file.
  private static func ranges(of members: [StoredMember]) -> [(file: String, range: Range<Int64>)] {
    var ranges: [(file: String, range: Range<Int64>)] = []
    for member in members.sorted(by: { ($0.file, $0.offset) < ($1.file, $1.offset) }) {
      let end = member.offset + member.length
      if let last = ranges.last, last.file == member.file, last.range.upperBound == member.offset {
        ranges[ranges.count - 1].range = last.range.lowerBound..<end
      } else {
        ranges.append((member.file, member.offset..<end))
      }
    }
    return ranges
  }

  // MARK: - What was read from a page

  /// Erases the texts that only this capture showed; adverts without a text left go with theirs.
  private mutating func eraseReadings(of capture: Int64) throws {
    let key: [SQLValue] = [.integer(capture)]
    var seen: Set<Int64> = []
    for row in try session.rows("SELECT advert FROM advert_sighting WHERE capture = ?1", key)
      + session.rows("SELECT advert FROM advert_version WHERE capture = ?1", key)
    {
      if let advert = row.integer(0) { seen.insert(advert) }
    }
    try session.execute("DELETE FROM advert_sighting WHERE capture = ?1", key)
    // A text that other captures showed as well goes on with the newest of them.
    try session.execute(
      """
      UPDATE advert_version SET capture = (SELECT COALESCE(x.payload_of, x.id)
        FROM advert_sighting g JOIN capture x ON x.id = g.capture
        WHERE g.version = advert_version.id ORDER BY g.seen_at DESC, x.id DESC LIMIT 1)
      WHERE capture = ?1 AND EXISTS (SELECT 1 FROM advert_sighting g
        WHERE g.version = advert_version.id)
      """, key)
    for advert in seen { try eraseTexts(of: advert) }
  }

  private mutating func eraseTexts(of advert: Int64) throws {
    let key: [SQLValue] = [.integer(advert)]
    try CaseStore.showLatest(of: advert, in: session)
    let versions = try session.rows(
      """
      SELECT v.id FROM advert_version v WHERE v.advert = ?1
        AND NOT EXISTS (SELECT 1 FROM advert_sighting WHERE version = v.id)
      """, key
    ).compactMap { $0.integer(0) }
    for version in versions {
      let selectors = try session.rows(
        "SELECT DISTINCT selector FROM advert_selector WHERE advert_version = ?1",
        [.integer(version)]
      ).compactMap { $0.integer(0) }
      let pictures = try session.rows(
        """
        SELECT m.capture, m.url, m.source FROM advert_image i JOIN advert a ON a.id = ?2
        JOIN image m ON m.source = a.source AND m.url = i.url WHERE i.version = ?1
        """, [.integer(version), .integer(advert)])
      try session.execute("DELETE FROM advert_version WHERE id = ?1", [.integer(version)])
      for row in pictures {
        guard let capture = row.integer(0), let url = row.text(1), let source = row.text(2),
          try !CaseStore.isShown(url, of: source, in: session)
        else { continue }
        unshown.insert(capture)
      }
      for selector in selectors {
        try session.execute(
          """
          DELETE FROM selector WHERE id = ?1
            AND NOT EXISTS (SELECT 1 FROM advert_selector WHERE selector = ?1)
          """, [.integer(selector)])
      }
    }
    guard
      try session.row("SELECT 1 FROM advert_version WHERE advert = ?1 LIMIT 1", key) == nil
    else { return try CaseStore.awaitLinks(of: advert, in: session) }
    try session.execute("DELETE FROM advert WHERE id = ?1", key)
    try erasePayloads(about: "advert:\(advert)")
    gone.insert(advert)
    totals.adverts += 1
  }

  /// Erases what was said about something that is gone: reasons, notes, what was looked for.
  ///
  /// The entries themselves stay: who did what, and when.
  private mutating func erasePayloads(about subject: String) throws {
    let events = try session.rows(
      """
      SELECT e.seq FROM custody_event e JOIN custody_payload p ON p.seq = e.seq
      WHERE e.subject = ?1 AND e.action <> 'capture' ORDER BY e.seq
      """, [.text(subject)]
    ).compactMap { $0.integer(0) }
    for event in events {
      try session.execute("DELETE FROM custody_payload WHERE seq = ?1", [.integer(event)])
      totals.payloads += 1
      _ = try CaseStore.append(
        action: "purge.payload", subject: "event:\(event)",
        payload: CaseStore.json(["reason": "\(subject) was purged"]), by: actor, at: now,
        in: session)
    }
  }
}
