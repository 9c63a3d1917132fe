import CrawlFrontier
public import Vocabulary

extension CaseStore {
  /// Commits exchanges whose records are already synced to disk: the first transaction of a page.
  ///
  /// With each capture go its records, its custody event, what the visit leaves on the address and
  /// the group's politeness. `ends` gives, for each file written to, the offset up to which it is now
  /// evidence. `written` are records that belong to no capture (the warcinfo of a new file). Returns
  /// the captures' numbers in order; when it throws, nothing was committed.
  public func commit(
    _ captures: [CaptureCommit], written: [StoredMember], ends: [String: Int64], run: Run,
    by actor: Actor, at: Timestamp
  ) throws -> [Int64] {
    try write { session in
      var files: [String: Int64] = [:]
      for (path, end) in ends.sorted(by: { $0.key < $1.key }) {
        files[path] = try session.integer(
          """
          INSERT INTO warc_file (path, committed_end) VALUES (?1, ?2)
          ON CONFLICT (path) DO UPDATE SET committed_end = excluded.committed_end RETURNING id
          """, [.text(path), .integer(end)])
      }
      try Self.insert(written, files: files, capture: nil, in: session)
      for member in written {
        _ = try Self.append(
          action: "file.begin", subject: "record:\(member.recordID)",
          payload: CapturePayload.begun(member), by: actor, at: at, in: session)
      }
      return try captures.map {
        try Self.insert($0, files: files, run: run, by: actor, at: at, in: session)
      }
    }
  }

  private static func insert(
    _ capture: CaptureCommit, files: [String: Int64], run: Run, by actor: Actor, at: Timestamp,
    in session: any SQLSession
  ) throws -> Int64 {
    let id = try session.integer(
      """
      INSERT INTO capture (address, run, source, url, purpose, began_at, ended_at, outcome, detail,
        status, media_type, payload_digest, payload_length, payload_of, analysis, retention)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16) RETURNING id
      """,
      [
        SQLValue(capture.address), .integer(run.id), .text(capture.source), .text(capture.url),
        .text(capture.purpose), .integer(capture.beganAt.milliseconds),
        .integer(capture.endedAt.milliseconds), .text(capture.outcome), SQLValue(capture.detail),
        SQLValue(capture.status), SQLValue(capture.mediaType), SQLValue(capture.payloadDigest),
        SQLValue(capture.payloadLength), SQLValue(capture.payloadOf),
        .text(capture.analysis.rawValue), SQLValue(capture.retention),
      ])
    guard let id else { throw CaseStoreError.failed("a capture was not stored") }
    try insert(capture.members, files: files, capture: id, in: session)
    let event = try append(
      action: "capture", subject: "capture:\(id)", payload: payload(of: capture, run: run),
      by: actor, at: at, in: session)
    try session.execute(
      "UPDATE capture SET custody = ?2 WHERE id = ?1", [.integer(id), .integer(event)])
    if let payloadOf = capture.payloadOf {
      try carrySightings(from: payloadOf, to: id, at: capture.beganAt, in: session)
    }
    if let address = capture.address, let visit = capture.visit {
      try record(visit, of: capture, as: id, on: address, in: session)
    }
    if let group = capture.group { try save(group, in: session) }
    if let robots = capture.robots { try save(robots, in: session) }
    if let image = capture.image { try save(image, of: capture, as: id, in: session) }
    for found in capture.found {
      try insert(found, source: capture.source, foundOn: capture.address, at: at, in: session)
    }
    return id
  }

  static func insert(
    _ members: [StoredMember], files: [String: Int64], capture: Int64?, in session: any SQLSession
  ) throws {
    for member in members {
      guard let file = files[member.file] else {
        throw CaseStoreError.failed("no end was given for \(member.file)")
      }
      try session.execute(
        """
        INSERT INTO warc_member (file, offset, length, digest, record_id, type, capture)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        """,
        [
          .integer(file), .integer(member.offset), .integer(member.length), .blob(member.digest),
          .text(member.recordID), .text(member.type), SQLValue(capture),
        ])
    }
  }

  private static func payload(of capture: CaptureCommit, run: Run) -> String {
    CapturePayload(
      beganAt: capture.beganAt,
      details: CapturePayload.Details(
        detail: capture.detail, endedAt: capture.endedAt, length: capture.payloadLength,
        mediaType: capture.mediaType, purpose: capture.purpose, retention: capture.retention,
        run: run.id),
      members: capture.members, outcome: capture.outcome,
      payloadDigest: capture.payloadDigest, source: capture.source,
      status: capture.status.map(Int64.init), url: capture.url
    ).json
  }

  private static func record(
    _ visit: AddressVisit, of capture: CaptureCommit, as id: Int64, on address: Int64,
    in session: any SQLSession
  ) throws {
    try session.execute(
      """
      UPDATE address SET visited_at = ?2, outcome = ?3, status = ?4, etag = ?5, last_modified = ?6,
        capture = CASE WHEN ?7 = 1 THEN ?8 ELSE capture END, due_at = ?9, priority = ?10, note = ?11,
        visits = ?12, unchanged = ?13, gone = ?14, failures = ?15, last = ?16,
        unchanged_before = ?17 WHERE id = ?1
      """,
      [
        .integer(address), .integer(capture.beganAt.milliseconds), .text(capture.outcome),
        SQLValue(capture.status), SQLValue(visit.etag), SQLValue(visit.lastModified),
        SQLValue(visit.holdsPayload), .integer(id), SQLValue(visit.dueAt?.milliseconds),
        SQLValue(visit.priority.rawValue), SQLValue(capture.detail),
        SQLValue(visit.history.visits), SQLValue(visit.history.unchanged),
        SQLValue(visit.history.gone), SQLValue(visit.history.failures),
        SQLValue(visit.history.last?.rawValue), SQLValue(visit.history.unchangedBefore),
      ])
    if let yield = visit.yield { try save(yield, in: session) }
  }

  /// A page that came unchanged shows the same adverts again, without another analysis.
  private static func carrySightings(
    from earlier: Int64, to capture: Int64, at: Timestamp, in session: any SQLSession
  ) throws {
    let arguments: [SQLValue] = [
      .integer(earlier), .integer(capture), .integer(at.milliseconds),
    ]
    try session.execute(
      """
      INSERT INTO advert_sighting (advert, capture, version, seen_at)
      SELECT advert, ?2, version, ?3 FROM advert_sighting WHERE capture = ?1
      """, arguments)
    try session.execute(
      """
      INSERT INTO link_waiting (advert) SELECT advert FROM advert_sighting
      WHERE capture = ?1 AND ?2 > 0 AND ?3 > 0
      ON CONFLICT (advert) DO NOTHING
      """, arguments)
    try noteReappearance(from: earlier, in: capture, at: at, session)
    try session.execute(
      """
      UPDATE advert SET last_seen = ?3, state = 'seen'
      WHERE id IN (SELECT advert FROM advert_sighting WHERE capture = ?2) AND ?1 > 0
      """, arguments)
  }

  /// For each WARC file, the offset up to which its records are evidence.
  public func committedEnds() throws -> [String: Int64] {
    try engine.read { session in
      var ends: [String: Int64] = [:]
      try session.forEach("SELECT path, committed_end FROM warc_file", []) { row in
        if let path = row.text(0), let end = row.integer(1) { ends[path] = end }
        return true
      }
      return ends
    }
  }
}
