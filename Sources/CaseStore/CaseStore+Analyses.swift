import CrawlFrontier
public import Vocabulary

extension CaseStore {
  /// Commits analyses: the second transaction of a page.
  ///
  /// An advert whose text is new gets a new version; one whose text is known gets the new assessment
  /// and a sighting. A link that the source does not know yet is put to `admit`, which counts it for
  /// the trap guards and says whether it is taken up; `counters` then gives the counts to be kept.
  /// `renew` hears of pages that brought something, or led there. `settle` says when the page is visited next, given what it brought.
  @discardableResult
  public func commit(
    _ analyses: [AnalysisCommit], at: Timestamp,
    admit: (_ source: String, FoundAddress) -> FoundAddress? = { $1 },
    renew: (_ source: String, _ url: String) -> Void = { _, _ in },
    leave: (_ source: String, HeldAddress) -> Bool = { _, _ in true },
    counters: () -> [ScopeCount] = { [] }, settle: (SettledPage) -> Settlement? = { _ in nil }
  ) throws -> AnalysisTotals {
    try write { session in
      var totals = AnalysisTotals()
      for analysis in analyses {
        try Self.insert(analysis, at: at, in: session)
        let earlier = try Self.sightings(in: analysis.capture, session)
        var current: Set<Int64> = []
        var brought = 0
        // A page that shows an advert earns; one that only names new ones does when these turn out well.
        var isUseful = false
        var isTextNew = analysis.adverts.isEmpty
        let isDoubtful = try analysis.isDoubtful && !Self.namesNewSelector(analysis, in: session)
        for advert in analysis.adverts {
          let stored = try Self.insert(advert, of: analysis, at: at, in: session)
          totals.newAdverts += stored.isNew ? 1 : 0
          totals.newlyFlagged += stored.newlyFlagged ? 1 : 0
          brought += stored.isNew && advert.part > 0 ? 1 : 0
          isTextNew = isTextNew || stored.isTextNew
          if stored.isNew, !isUseful, !isDoubtful {
            isUseful = try !Self.isTextKnown(advert, of: analysis.source, in: session)
          }
          current.insert(stored.id)
        }
        try Self.retire(earlier, except: current, of: analysis.capture, in: session)
        for found in analysis.found {
          if try Self.isKnown(found.url, to: analysis.source, in: session) {
            let isFreed =
              try !isDoubtful && Self.free(found.url, of: analysis.source, at, in: session)
            if isFreed { totals.due[found.group] = at }
            continue
          }
          guard var admitted = admit(analysis.source, found) else { continue }
          admitted.isDoubted = isDoubtful
          try Self.insert(
            admitted, source: analysis.source, foundOn: analysis.address, at: at, in: session)
          guard !admitted.isHeld, !admitted.isDoubted else { continue }
          totals.found.append(admitted)
          brought += admitted.kind == .advert ? 1 : 0
        }
        if isUseful {
          try Self.release(
            for: analysis, at: at, renew: renew, leave: leave, due: &totals.due, in: session)
        }
        let settled = try Self.settle(
          analysis, newAdverts: brought, isTextNew: isTextNew, settle, in: session)
        if let (group, due) = settled {
          totals.due[group] = min(totals.due[group] ?? due, due)
        }
      }
      try Self.save(counters(), in: session)
      return totals
    }
  }

  static func isKnown(
    _ url: String, to source: String, in session: any SQLSession
  ) throws -> Bool {
    try session.row(
      "SELECT 1 FROM address WHERE source = ?1 AND url = ?2", [.text(source), .text(url)]) != nil
  }

  private static func insert(
    _ analysis: AnalysisCommit, at: Timestamp, in session: any SQLSession
  ) throws {
    try session.execute(
      """
      INSERT INTO page_analysis (capture, version, page, language, title, error, limited, analysed_at)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
      ON CONFLICT (capture) DO UPDATE SET version = excluded.version, page = excluded.page,
        language = excluded.language, title = excluded.title, error = excluded.error,
        limited = excluded.limited, analysed_at = excluded.analysed_at
      """,
      [
        .integer(analysis.capture), .text(analysis.version), .text(analysis.page.rawValue),
        SQLValue(analysis.language), SQLValue(analysis.title), SQLValue(analysis.error),
        SQLValue(analysis.limited.isEmpty ? nil : analysis.limited.joined(separator: " ")),
        .integer(at.milliseconds),
      ])
    try session.execute(
      "UPDATE capture SET analysis = ?2 WHERE id = ?1",
      [.integer(analysis.capture), .text(analysis.outcome.rawValue)])
    if analysis.page == .gone, let address = analysis.address {
      try markGone(address: address, in: analysis.capture, at: analysis.seenAt, session)
    }
  }

  private static func insert(
    _ advert: StoredAdvert, of analysis: AnalysisCommit, at: Timestamp, in session: any SQLSession
  ) throws -> (id: Int64, isNew: Bool, newlyFlagged: Bool, isTextNew: Bool) {
    let seen = SQLValue.integer(analysis.seenAt.milliseconds)
    let known = try session.row(
      """
      SELECT a.id, v.flagged, a.state FROM advert a LEFT JOIN advert_version v ON v.id = a.latest
      WHERE a.source = ?1 AND a.key = ?2
      """, [.text(analysis.source), .text(advert.key)])
    let id = try session.integer(
      """
      INSERT INTO advert (source, key, url, first_seen, last_seen, state)
      VALUES (?1, ?2, ?3, ?4, ?4, 'seen')
      ON CONFLICT (source, key) DO UPDATE SET url = excluded.url, state = 'seen',
        first_seen = CASE WHEN excluded.first_seen < advert.first_seen
          THEN excluded.first_seen ELSE advert.first_seen END,
        last_seen = CASE WHEN excluded.last_seen > advert.last_seen
          THEN excluded.last_seen ELSE advert.last_seen END
      RETURNING id
      """, [.text(analysis.source), .text(advert.key), .text(advert.url), seen])
    guard let id else { throw CaseStoreError.failed("an advert was not stored") }
    let isTextNew = try noteSighting(
      of: id, digest: advert.textDigest, isNew: known == nil, wasGone: known?.text(2) == "gone",
      in: analysis.capture, at: analysis.seenAt, session)
    let version = try insertVersion(advert, of: id, analysis: analysis, at: at, in: session)
    try session.execute(
      """
      INSERT INTO advert_sighting (advert, capture, version, seen_at) VALUES (?1, ?2, ?3, ?4)
      ON CONFLICT (capture, advert) DO UPDATE SET version = excluded.version
      """, [.integer(id), .integer(analysis.capture), .integer(version), seen])
    // Captures that repeat this payload were never analysed themselves: they show the same.
    try session.execute(
      """
      INSERT INTO advert_sighting (advert, capture, version, seen_at)
      SELECT ?1, id, ?3, began_at FROM capture WHERE payload_of = ?2
      ON CONFLICT (capture, advert) DO UPDATE SET version = excluded.version
      """, [.integer(id), .integer(analysis.capture), .integer(version)])
    try showLatest(of: id, in: session)
    try awaitLinks(of: id, in: session)
    let wasFlagged = known?.integer(1) == 1
    return (id, known == nil, advert.flagged && !wasFlagged, isTextNew)
  }

  /// Has an advert's links looked at again.
  static func awaitLinks(of advert: Int64, in session: any SQLSession) throws {
    try session.execute(
      "INSERT INTO link_waiting (advert) VALUES (?1) ON CONFLICT (advert) DO NOTHING",
      [.integer(advert)])
  }

  /// The newest sighting decides which version an advert shows, whatever the order of analysis.
  static func showLatest(of advert: Int64, in session: any SQLSession) throws {
    try session.execute(
      """
      UPDATE advert SET latest = (SELECT version FROM advert_sighting
        WHERE advert = ?1 ORDER BY seen_at DESC, capture DESC LIMIT 1) WHERE id = ?1
      """, [.integer(advert)])
  }

  private static func sightings(
    in capture: Int64, _ session: any SQLSession
  ) throws -> [(advert: Int64, version: Int64)] {
    try session.rows(
      "SELECT advert, version FROM advert_sighting WHERE capture = ?1", [.integer(capture)]
    ).compactMap { row in
      guard let advert = row.integer(0), let version = row.integer(1) else { return nil }
      return (advert, version)
    }
  }

  /// Removes what an earlier analysis of the same capture found and this one does not find any more.
  private static func retire(
    _ earlier: [(advert: Int64, version: Int64)], except current: Set<Int64>, of capture: Int64,
    in session: any SQLSession
  ) throws {
    for (advert, version) in earlier {
      if !current.contains(advert) {
        try session.execute(
          """
          DELETE FROM advert_sighting WHERE advert = ?1 AND capture IN (
            SELECT id FROM capture WHERE id = ?2 OR payload_of = ?2)
          """, [.integer(advert), .integer(capture)])
        try showLatest(of: advert, in: session)
        try awaitLinks(of: advert, in: session)
      }
      try session.execute(
        """
        DELETE FROM advert_version WHERE id = ?1
          AND NOT EXISTS (SELECT 1 FROM advert_sighting WHERE version = ?1)
        """, [.integer(version)])
      try session.execute(
        """
        DELETE FROM advert WHERE id = ?1
          AND NOT EXISTS (SELECT 1 FROM advert_version WHERE advert = ?1)
        """, [.integer(advert)])
    }
  }

  private static func insertVersion(
    _ advert: StoredAdvert, of id: Int64, analysis: AnalysisCommit, at: Timestamp,
    in session: any SQLSession
  ) throws -> Int64 {
    let version = try session.integer(
      """
      INSERT INTO advert_version (advert, capture, part, form, language, title, text, text_digest,
        record, flagged, lane, priority, barriers, rule, version, seen_at, assessed_at)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
      ON CONFLICT (advert, text_digest) DO UPDATE SET form = excluded.form,
        language = excluded.language, title = excluded.title, text = excluded.text,
        record = excluded.record, flagged = excluded.flagged, lane = excluded.lane,
        priority = excluded.priority, barriers = excluded.barriers, rule = excluded.rule,
        version = excluded.version, assessed_at = excluded.assessed_at, linkage = NULL
      RETURNING id
      """,
      [
        .integer(id), .integer(analysis.capture), SQLValue(advert.part),
        SQLValue(advert.form?.rawValue), SQLValue(advert.language), SQLValue(advert.title),
        .text(advert.text), .blob(advert.textDigest), .text(advert.record),
        SQLValue(advert.flagged), SQLValue(advert.lane?.rawValue), .real(advert.priority),
        .text(advert.barriers.map(\.rawValue).joined(separator: " ")), .text(advert.rule),
        .text(analysis.version), .integer(analysis.seenAt.milliseconds),
        .integer(at.milliseconds),
      ])
    guard let version else { throw CaseStoreError.failed("an advert's version was not stored") }
    try replaceFindings(of: version, source: analysis.source, with: advert, in: session)
    return version
  }

  private static func replaceFindings(
    of version: Int64, source: String, with advert: StoredAdvert, in session: any SQLSession
  ) throws {
    try replaceHits(of: version, with: advert.hits, in: session)
    try replaceImages(of: version, source: source, with: advert.images, in: session)
    try session.execute(
      "DELETE FROM advert_selector WHERE advert_version = ?1", [.integer(version)])
    for selector in advert.selectors {
      let key: [SQLValue] = [.text(selector.kind), .text(selector.value)]
      try session.execute(
        "INSERT INTO selector (kind, value) VALUES (?1, ?2) ON CONFLICT (kind, value) DO NOTHING",
        key)
      let id = try session.integer(
        "SELECT id FROM selector WHERE kind = ?1 AND value = ?2", key)
      try session.execute(
        """
        INSERT INTO advert_selector (advert_version, selector, start, finish, valid, confidence,
          trick, in_content)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT (advert_version, selector, start) DO NOTHING
        """,
        [
          .integer(version), SQLValue(id), SQLValue(selector.range.lowerBound),
          SQLValue(selector.range.upperBound), SQLValue(selector.valid),
          .real(selector.confidence), SQLValue(selector.trick), SQLValue(selector.inContent),
        ])
    }
  }

  static func replaceHits(
    of version: Int64, with hits: [StoredHit], in session: any SQLSession
  ) throws {
    try session.execute("DELETE FROM hit WHERE advert_version = ?1", [.integer(version)])
    for hit in hits {
      try session.execute(
        """
        INSERT INTO hit (advert_version, indicator, pattern, pack_version, start, finish, in_content)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        """,
        [
          .integer(version), .text(hit.indicator), .text(hit.pattern), SQLValue(hit.packVersion),
          SQLValue(hit.range?.lowerBound), SQLValue(hit.range?.upperBound),
          SQLValue(hit.inContent),
        ])
    }
  }
}

/// What a commit of analyses brought.
public struct AnalysisTotals: Sendable, Hashable {
  /// Adverts never seen before.
  public var newAdverts = 0
  /// Adverts that are for review and were not before.
  public var newlyFlagged = 0
  /// Addresses taken up.
  public var found: [FoundAddress] = []
  /// For groups with addresses whose visits were set anew, when the first of these is due.
  public var due: [String: Timestamp] = [:]

  public init() {}
}

/// A counter of the trap guards: so many addresses of a source were taken up under it.
public struct ScopeCount: Sendable, Hashable {
  /// Name of the source.
  public var source: String
  /// The guard's own key.
  public var counter: UInt64
  /// Addresses counted.
  public var pages: Int

  public init(source: String, counter: UInt64, pages: Int) {
    self.source = source
    self.counter = counter
    self.pages = pages
  }
}
