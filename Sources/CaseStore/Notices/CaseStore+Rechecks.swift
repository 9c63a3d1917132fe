public import Vocabulary

/// What a settled look came to.
public struct SettledRecheck: Sendable, Hashable {
  public var notice: Int64
  public var url: String
  public var at: Timestamp
  public var finding: Recheck.Finding
  /// What all looks at the address amount to now.
  public var verdict: RecheckVerdict
}

/// A target that is watched.
public struct WatchedTarget: Sendable, Hashable {
  public var notice: Int64
  public var url: String
  public var next: Timestamp?
  public var verdict: RecheckVerdict
}

extension CaseStore {
  /// Captures before and after a look among which its control is sought.
  private static let controlReach: Int64 = 5000
  /// Milliseconds between a look and its control at most.
  private static let controlWindow: Int64 = 1_800_000
  /// Looks settled at once.
  private static let mostLooks = 1000

  /// Whether a watched address is due and not yet in the queue: cheap enough to ask often.
  public func hasDueRechecks(at now: Timestamp) throws -> Bool {
    try engine.read { sql in
      try sql.integer(
        """
        SELECT 1 FROM notice_watch WHERE next_at <= ?1
          AND (asked_at IS NULL OR asked_at < next_at) LIMIT 1
        """, [.integer(now.milliseconds)]) != nil
    }
  }

  /// Makes due what is to be looked at, each with a page of the same site to tell "site down" from
  /// "advert gone"; returns the groups that have something due.
  ///
  /// These are entries of the frontier like any other: scope, robots.txt and pace hold. With `all` every
  /// watched address of the notices is made due, whatever the schedule says.
  @discardableResult
  public func askRechecks(
    of notice: Int64? = nil, all: Bool = false, at now: Timestamp
  ) throws -> [String] {
    try engine.write { sql in
      let rows = try sql.rows(
        """
        SELECT w.notice, w.url, w.address, a.group_key, a.source FROM notice_watch w
        JOIN address a ON a.id = w.address
        WHERE (?2 IS NULL OR w.notice = ?2) AND w.next_at IS NOT NULL
          AND (?3 = 1 OR w.next_at <= ?1 AND (w.asked_at IS NULL OR w.asked_at < w.next_at))
        ORDER BY w.next_at LIMIT \(Self.mostLooks)
        """, [.integer(now.milliseconds), SQLValue(notice), SQLValue(all)])
      var groups: Set<String> = []
      for row in rows {
        guard let address = row.integer(2), let group = row.text(3), let source = row.text(4)
        else { continue }
        groups.insert(group)
        var wanted = [address]
        let control = try sql.integer(
          """
          SELECT a.id FROM address a WHERE a.group_key = ?1 AND a.source = ?2 AND a.id <> ?3
            AND a.capture IS NOT NULL AND a.status BETWEEN 200 AND 304
            AND NOT EXISTS (SELECT 1 FROM notice_watch w WHERE w.address = a.id)
          ORDER BY a.priority, a.id LIMIT 1
          """, [.text(group), .text(source), .integer(address)])
        if let control { wanted.append(control) }
        for id in wanted {
          try sql.execute(
            "UPDATE address SET due_at = ?2 WHERE id = ?1 AND (due_at IS NULL OR due_at > ?2)",
            [.integer(id), .integer(now.milliseconds)])
        }
        try sql.execute(
          "UPDATE notice_watch SET asked_at = ?3, next_at = min(next_at, ?3), control = ?4 "
            + "WHERE notice = ?1 AND url = ?2",
          [row.values[0], row.values[1], .integer(now.milliseconds), SQLValue(control)])
      }
      return groups.sorted()
    }
  }

  /// Judges the captures of watched addresses that nobody has judged yet, and moves notices by what all
  /// looks amount to.
  ///
  /// What its analysis has not read yet waits; an absence waits half an hour for its control, unless
  /// `isFinal`: nothing else will be fetched now.
  public func settleRechecks(
    isFinal: Bool = false, by actor: Actor, at now: Timestamp
  ) throws -> [SettledRecheck] {
    let looks = try engine.read { try Self.openLooks(in: $0) }
    guard !looks.isEmpty else { return [] }
    return try engine.write { sql in
      try Self.tellTime(now, in: sql)
      var settled: [SettledRecheck] = []
      // An address whose look waits keeps later looks waiting: they are counted in their order.
      var waiting: Set<[String]> = []
      for look in looks {
        let key = [String(look.notice), look.url]
        guard !waiting.contains(key) else { continue }
        guard let result = try Self.settle(look, isFinal, by: actor, at: now, in: sql) else {
          waiting.insert(key)
          continue
        }
        settled.append(result)
      }
      for notice in Set(settled.map(\.notice)).sorted() {
        try Self.draw(notice, by: actor, at: now, in: sql)
      }
      return settled
    }
  }

  /// Targets that are watched, with what the looks at each amount to.
  public func watchedTargets(of notice: Int64? = nil, limit: Int = 1000) throws -> [WatchedTarget] {
    try engine.read { sql in
      try sql.rows(
        """
        SELECT notice, url, next_at FROM notice_watch WHERE ?1 IS NULL OR notice = ?1
        ORDER BY notice, url LIMIT ?2
        """, [SQLValue(notice), SQLValue(limit)]
      ).map { row in
        let (notice, url) = (row.integer(0) ?? 0, row.text(1) ?? "")
        return WatchedTarget(
          notice: notice, url: url, next: row.integer(2).map(Timestamp.init(milliseconds:)),
          verdict: RecheckVerdict(try Self.counted(notice, url, in: sql)))
      }
    }
  }

  private struct OpenLook {
    var notice: Int64
    var url: String
    var advert: Int64
    var told: Int64
    var capture: Int64
    var at: Timestamp
    var outcome: String
    var status: Int?
    var detail: String
    var analysis: String
    var basis: Int64
    var source: String
  }

  private static func openLooks(in sql: any SQLSession) throws -> [OpenLook] {
    try sql.rows(
      """
      SELECT w.notice, w.url, t.advert, t.capture, c.id, c.began_at, c.outcome, c.status, c.detail,
        coalesce(b.analysis, c.analysis), coalesce(c.payload_of, c.id), c.source
      FROM notice_watch w JOIN notice_target t ON t.notice = w.notice AND t.url = w.url
      JOIN capture c ON c.url = w.url AND c.id > t.capture AND c.address = w.address
      LEFT JOIN capture b ON b.id = c.payload_of
      WHERE c.purpose = 'page' AND c.began_at > (
          SELECT min(e.at) FROM custody_event e
          WHERE e.subject = 'notice:' || w.notice AND e.action = 'notice.sent')
        AND NOT EXISTS (SELECT 1 FROM notice_recheck r
          WHERE r.notice = w.notice AND r.url = w.url AND r.capture >= c.id)
      ORDER BY c.id LIMIT \(mostLooks)
      """
    ).map { row in
      OpenLook(
        notice: row.integer(0) ?? 0, url: row.text(1) ?? "", advert: row.integer(2) ?? 0,
        told: row.integer(3) ?? 0, capture: row.integer(4) ?? 0,
        at: Timestamp(milliseconds: row.integer(5) ?? 0), outcome: row.text(6) ?? "",
        status: row.integer(7).map { Int($0) }, detail: row.text(8) ?? "",
        analysis: row.text(9) ?? "", basis: row.integer(10) ?? 0, source: row.text(11) ?? "")
    }
  }

  /// Nil when it is too early to tell.
  private static func settle(
    _ look: OpenLook, _ isFinal: Bool, by actor: Actor, at now: Timestamp, in sql: any SQLSession
  ) throws -> SettledRecheck? {
    guard look.analysis != "waiting" else { return nil }
    let facts = try facts(of: look, in: sql)
    let judged = Recheck(facts)
    // Where it leads is fetched in its turn, and may show the advert.
    let age = now.milliseconds - look.at.milliseconds
    guard facts.redirect != .elsewhere || age >= controlWindow else { return nil }
    var control: (name: String, capture: Int64?) = ("none", nil)
    if judged.finding == .absent {
      control = try Self.control(of: look, in: sql)
      if control.name != "ok", !isFinal, age < controlWindow { return nil }
    }
    let custody = try logNotice(
      look.notice, "notice.recheck",
      ["finding": judged.finding.rawValue, "control": control.name, "capture": "\(look.capture)"],
      by: actor, at: now, in: sql)
    try sql.execute(
      """
      INSERT INTO notice_recheck (notice, url, at, finding, status, control, egress, detail, capture,
        custody, control_capture)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'crawl', ?7, ?8, ?9, ?10)
      """,
      [
        .integer(look.notice), .text(look.url), .integer(look.at.milliseconds),
        .text(judged.finding.rawValue), SQLValue(look.status), .text(control.name),
        .text(judged.reason), .integer(look.capture), .integer(custody),
        SQLValue(control.capture),
      ])
    let verdict = RecheckVerdict(try counted(look.notice, look.url, in: sql))
    let sent = try sql.integer(
      """
      SELECT min(at) FROM custody_event WHERE subject = 'notice:' || ?1 AND action = 'notice.sent'
      """, [.integer(look.notice)])
    let next = RecheckSchedule.next(
      sent: Timestamp(milliseconds: sent ?? look.at.milliseconds), verdict: verdict, now: look.at)
    try sql.execute(
      "UPDATE notice_watch SET next_at = ?3, asked_at = NULL WHERE notice = ?1 AND url = ?2",
      [.integer(look.notice), .text(look.url), SQLValue(next?.milliseconds)])
    return SettledRecheck(
      notice: look.notice, url: look.url, at: look.at, finding: judged.finding, verdict: verdict)
  }

  private static func facts(
    of look: OpenLook, in sql: any SQLSession
  ) throws -> Recheck.Look {
    let page = try sql.row(
      "SELECT page FROM page_analysis WHERE capture = ?1", [.integer(look.basis)])
    var facts = Recheck.Look(
      outcome: look.outcome, status: look.status,
      page: page?.text(0).flatMap(PageKind.init(rawValue:)))
    let versions = try sql.row(
      """
      SELECT (SELECT version FROM advert_sighting WHERE advert = ?1 AND capture = ?2),
        (SELECT version FROM advert_sighting WHERE advert = ?1 AND capture = ?3)
      """, [.integer(look.advert), .integer(look.basis), .integer(look.told)])
    facts.showsAdvert = versions?.integer(0) != nil
    facts.hasSameText = facts.showsAdvert && versions?.integer(0) == versions?.integer(1)
    if !facts.showsAdvert, facts.page != .gone {
      facts.isKnownEmpty =
        try sql.integer(
          """
          SELECT 1 FROM capture b JOIN capture o ON o.payload_digest = b.payload_digest
          JOIN page_analysis p ON p.capture = o.id
          WHERE b.id = ?1 AND o.url <> b.url AND o.source = b.source AND p.page = 'gone' LIMIT 1
          """, [.integer(look.basis)]) != nil
    }
    facts.redirect = try redirect(of: look, in: sql)
    return facts
  }

  private static func redirect(
    of look: OpenLook, in sql: any SQLSession
  ) throws -> Recheck.Redirect? {
    let words = "redirected to "
    guard look.detail.hasPrefix(words) else { return nil }
    let target = String(look.detail.dropFirst(words.count).prefix { $0 != " " })
    let url = target.hasSuffix(":") ? String(target.dropLast()) : target
    let shows = try sql.integer(
      """
      SELECT 1 FROM capture c JOIN advert_sighting s ON s.capture = coalesce(c.payload_of, c.id)
      WHERE c.url = ?1 AND c.began_at >= ?2 AND s.advert IN (?3, (
        SELECT o.id FROM advert o JOIN advert_version v ON v.advert = o.id
        JOIN advert_version w ON w.text_digest = v.text_digest
        WHERE w.advert = ?3 AND o.id <> ?3 LIMIT 1)) LIMIT 1
      """, [.text(url), .integer(look.at.milliseconds), .integer(look.advert)])
    if shows != nil { return .sameAdvert }
    let kind = try sql.row(
      "SELECT kind, priority FROM address WHERE source = ?1 AND url = ?2",
      [.text(look.source), .text(url)])
    let isList = kind?.text(0) == "listing" || kind?.integer(1) == 0
    return isList ? .listing : .elsewhere
  }

  private static func control(
    of look: OpenLook, in sql: any SQLSession
  ) throws -> (name: String, capture: Int64?) {
    let row = try sql.row(
      """
      SELECT c.id, c.status BETWEEN 200 AND 299 OR c.status = 304 AND c.payload_of IS NOT NULL
      FROM capture c JOIN address a ON a.id = c.address
      WHERE c.id BETWEEN ?1 - ?5 AND ?1 + ?5 AND c.source = ?2 AND c.purpose = 'page'
        AND c.url <> ?3 AND c.began_at BETWEEN ?4 - ?6 AND ?4 + ?6
        AND a.group_key = (SELECT group_key FROM address x JOIN capture y ON y.address = x.id
          WHERE y.id = ?1)
        AND NOT EXISTS (SELECT 1 FROM notice_watch w WHERE w.url = c.url)
        AND NOT EXISTS (SELECT 1 FROM page_analysis p
          WHERE p.capture = coalesce(c.payload_of, c.id) AND p.page IN ('gone', 'blocked'))
      ORDER BY 2 DESC, abs(c.began_at - ?4), c.id LIMIT 1
      """,
      [
        .integer(look.capture), .text(look.source), .text(look.url),
        .integer(look.at.milliseconds), .integer(controlReach), .integer(controlWindow),
      ])
    guard let row else { return ("none", nil) }
    return (row.integer(1) == 1 ? "ok" : "failed", row.integer(0))
  }

  private static func counted(
    _ notice: Int64, _ url: String, in sql: any SQLSession
  ) throws -> [RecheckVerdict.Counted] {
    try sql.rows(
      """
      SELECT at, finding, control FROM notice_recheck WHERE notice = ?1 AND url = ?2 ORDER BY at, id
      """, [.integer(notice), .text(url)]
    ).compactMap { row in
      row.text(1).flatMap(Recheck.Finding.init(rawValue:)).map {
        RecheckVerdict.Counted(
          at: Timestamp(milliseconds: row.integer(0) ?? 0), finding: $0,
          isControlled: row.text(2) == "ok")
      }
    }
  }

  /// Moves a notice by what the looks at its targets amount to.
  private static func draw(
    _ notice: Int64, by actor: Actor, at now: Timestamp, in sql: any SQLSession
  ) throws {
    let state = try sql.row("SELECT state FROM notice WHERE id = ?1", [.integer(notice)])
    guard let state = state?.text(0).flatMap(NoticeState.init(rawValue:)) else { return }
    let verdicts = try sql.rows(
      "SELECT url FROM notice_target WHERE notice = ?1", [.integer(notice)]
    ).map { RecheckVerdict(try counted(notice, $0.text(0) ?? "", in: sql)) }
    guard let next = RecheckSchedule.state(of: state, verdicts) else { return }
    try meetDeadlines(notice, nil, at: now, in: sql)
    try move(notice, to: next, why: "re-checks", by: actor, at: now, in: sql)
  }
}
