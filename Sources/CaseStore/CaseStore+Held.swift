public import CrawlFrontier
public import Vocabulary

/// An address that was held back, when it is asked for once more whether it may be fetched.
public struct HeldAddress: Sendable, Hashable {
  public var url: String
  public var kind: AddressKind
}

extension CaseStore {
  /// Whether another advert of the source has had the same text.
  static func isTextKnown(
    _ advert: StoredAdvert, of source: String, in session: any SQLSession
  ) throws -> Bool {
    try session.row(
      """
      SELECT 1 FROM advert_version v JOIN advert a ON a.id = v.advert
      WHERE v.text_digest = ?1 AND a.source = ?2 AND a.key <> ?3 LIMIT 1
      """, [.blob(advert.textDigest), .text(source), .text(advert.key)]) != nil
  }

  /// Whether an advert of the page names somebody whom no advert of the source has named: who posts
  /// one text again and again with other numbers is looked for, and is no trap.
  static func namesNewSelector(
    _ analysis: AnalysisCommit, in session: any SQLSession
  ) throws -> Bool {
    guard analysis.page == .advert else { return false }
    for selector in analysis.adverts.flatMap(\.selectors) where selector.valid && selector.inContent
    {
      let known = try session.row(
        """
        SELECT 1 FROM selector s JOIN advert_selector l ON l.selector = s.id
        JOIN advert_version v ON v.id = l.advert_version JOIN advert a ON a.id = v.advert
        WHERE s.kind = ?1 AND s.value = ?2 AND a.source = ?3 LIMIT 1
        """, [.text(selector.kind), .text(selector.value), .text(analysis.source)])
      if known == nil { return true }
    }
    return false
  }

  /// Makes an address due that only doubtful pages led to; false when it is none.
  static func free(
    _ url: String, of source: String, _ at: Timestamp, in session: any SQLSession
  ) throws -> Bool {
    try session.row(
      """
      UPDATE address SET due_at = ?3, outcome = NULL, note = NULL
      WHERE source = ?1 AND url = ?2 AND outcome = 'doubted' RETURNING id
      """, [.text(source), .text(url), .integer(at.milliseconds)]) != nil
  }

  /// A page brought something: its shape and those of the pages that led to it are trusted again, and
  /// addresses that were held back become due as far as the trust goes.
  static func release(
    for analysis: AnalysisCommit, at: Timestamp, renew: (String, String) -> Void,
    leave: (String, HeldAddress) -> Bool, due: inout [String: Timestamp],
    in session: any SQLSession
  ) throws {
    var next = analysis.address
    var shapes: Set<Int64> = []
    var sections: Set<Int64> = []
    for _ in 0...ShapeTrust().ancestors {
      guard let id = next else { break }
      let row = try session.row(
        "SELECT url, shape, section, found_on FROM address WHERE id = ?1", [.integer(id)])
      next = row?.integer(3)
      guard let url = row?.text(0), let shape = row?.integer(1) else { continue }
      renew(analysis.source, url)
      shapes.insert(shape)
      if let section = row?.integer(2) { sections.insert(section) }
    }
    var held: [SQLRow] = []
    let limit = SQLValue(ShapeTrust().adverts)
    for shape in shapes.sorted() {
      held += try session.rows(
        """
        SELECT id, url, kind, group_key FROM address
        WHERE source = ?1 AND shape = ?2 AND outcome = 'held' ORDER BY id LIMIT ?3
        """, [.text(analysis.source), .integer(shape), limit])
    }
    for section in sections.sorted() {
      held += try session.rows(
        """
        SELECT id, url, kind, group_key FROM address
        WHERE source = ?1 AND section = ?2 AND outcome = 'held' ORDER BY id LIMIT ?3
        """, [.text(analysis.source), .integer(section), limit])
    }
    try release(held, of: analysis.source, at, leave: leave, due: &due, in: session)
  }

  /// A new day has come: the oldest declared adverts of these sources that are held back are asked for
  /// again, as many as a shape has leave for at first, so that nothing waits for ever.
  ///
  /// Returns the groups that have something due.
  public func releaseAdverts(
    of sources: [String], at: Timestamp, renew: (String, String) -> Void,
    leave: (String, HeldAddress) -> Bool, counters: () -> [ScopeCount]
  ) throws -> [String: Timestamp] {
    try write { session in
      var due: [String: Timestamp] = [:]
      for source in sources {
        let held = try session.rows(
          """
          SELECT id, url, kind, group_key FROM address
          WHERE source = ?1 AND outcome = 'held' AND kind = ?2 ORDER BY id LIMIT ?3
          """,
          [
            .text(source), .text(AddressKind.advert.rawValue), SQLValue(ShapeTrust().adverts),
          ])
        for url in held.compactMap({ $0.text(1) }) { renew(source, url) }
        try Self.release(held, of: source, at, leave: leave, due: &due, in: session)
      }
      try Self.save(counters(), in: session)
      return due
    }
  }

  /// Makes rows of addresses due as far as they are given leave.
  private static func release(
    _ rows: [SQLRow], of source: String, _ at: Timestamp, leave: (String, HeldAddress) -> Bool,
    due: inout [String: Timestamp], in session: any SQLSession
  ) throws {
    var asked: Set<Int64> = []
    for row in rows {
      guard let id = row.integer(0), asked.insert(id).inserted, let url = row.text(1),
        let group = row.text(3),
        let kind = row.text(2).flatMap(AddressKind.init(rawValue:)),
        leave(source, HeldAddress(url: url, kind: kind))
      else { continue }
      try session.execute(
        "UPDATE address SET due_at = ?2, outcome = NULL, note = NULL WHERE id = ?1",
        [.integer(id), .integer(at.milliseconds)])
      due[group] = min(due[group] ?? at, at)
    }
  }

  /// Calls `body` with the addresses of a source that are no adverts, oldest first, at most `limit`:
  /// what the shapes of its host were learned from.
  public func forEachAddress(
    of source: String, limit: Int, _ body: (String) -> Void
  ) throws {
    try engine.read { session in
      try session.forEach(
        "SELECT url FROM address WHERE source = ?1 AND shape IS NOT NULL ORDER BY id LIMIT ?2",
        [.text(source), SQLValue(limit)]
      ) { row in
        if let url = row.text(0) { body(url) }
        return true
      }
    }
  }
}
