public import Vocabulary

/// How many there were in one week.
public struct WeekCount: Sendable, Hashable {
  /// The Thursday-based week since 1970: seven days from midnight UTC.
  public var week: Int64
  /// What was counted; empty for all together.
  public var name: String
  public var count: Int64

  public init(week: Int64, name: String, count: Int64) {
    self.week = week
    self.name = name
    self.count = count
  }
}

/// What an advert for review says of the kind of work.
public struct FlaggedText: Sendable, Hashable {
  /// The week in which it was first seen.
  public var week: Int64
  /// What it offers; nil when that is unsure.
  public var form: Form?
  /// ISO 639 code; nil when it cannot be told.
  public var language: String?
  /// Its title.
  public var title: String?
  /// The scan record.
  public var record: String
}

/// Figures over all adverts: what they read grows with the store, so they are counted apart from pages.
public struct TrendFigures: Sendable {
  /// Adverts first seen.
  public var adverts: [WeekCount] = []
  /// Adverts for review, first seen.
  public var flagged: [WeekCount] = []
  /// Those by form.
  public var forms: [WeekCount] = []
  /// Those by language.
  public var languages: [WeekCount] = []
  /// Those by place.
  public var places: [WeekCount] = []
  /// Those by indicator.
  public var indicators: [WeekCount] = []
  /// Selectors that no advert had before, by kind.
  public var selectors: [WeekCount] = []
  /// Adverts in all and those for review, by language; empty where it is unknown.
  public var shareByLanguage: [(name: String, adverts: Int64, flagged: Int64)] = []
  /// The same by source.
  public var shareBySource: [(name: String, adverts: Int64, flagged: Int64)] = []

  public init() {}
}

extension CaseStore {
  /// Milliseconds of a week.
  public static let week: Int64 = 7 * 86_400_000

  /// Counts by week since `since`.
  public func trends(since: Timestamp) throws -> TrendFigures {
    try engine.read { session in
      let start: [SQLValue] = [.integer(since.milliseconds)]
      func weeks(_ sql: String) throws -> [WeekCount] {
        try session.rows(sql, start).map { row in
          WeekCount(
            week: row.integer(0) ?? 0, name: row.text(1) ?? "", count: row.integer(2) ?? 0)
        }
      }
      var figures = TrendFigures()
      figures.adverts = try weeks(
        """
        SELECT first_seen / 604800000, '', COUNT(*) FROM advert WHERE first_seen >= ?1
        GROUP BY 1 ORDER BY 1
        """)
      figures.flagged = try weeks(
        """
        SELECT first_seen / 604800000, '', COUNT(*) FROM review_item WHERE first_seen >= ?1
        GROUP BY 1 ORDER BY 1
        """)
      figures.forms = try weeks(
        """
        SELECT first_seen / 604800000, form, COUNT(*) FROM review_item WHERE first_seen >= ?1
        GROUP BY 1, 2 ORDER BY 1, 2
        """)
      figures.languages = try weeks(
        """
        SELECT first_seen / 604800000, language, COUNT(*) FROM review_item WHERE first_seen >= ?1
        GROUP BY 1, 2 ORDER BY 1, 2
        """)
      figures.indicators = try weeks(
        """
        SELECT i.first_seen / 604800000, h.indicator, COUNT(DISTINCT i.advert) FROM review_item i
        JOIN hit h ON h.advert_version = i.version AND h.in_content = 1 WHERE i.first_seen >= ?1
        GROUP BY 1, 2 ORDER BY 1, 2
        """)
      figures.selectors = try weeks(
        """
        SELECT f.first / 604800000, f.kind, COUNT(*) FROM (
          SELECT s.kind AS kind, MIN(v.seen_at) AS first FROM selector s
          JOIN advert_selector x ON x.selector = s.id AND x.in_content = 1
          JOIN advert_version v ON v.id = x.advert_version
          GROUP BY s.id) f WHERE f.first >= ?1 GROUP BY 1, 2 ORDER BY 1, 2
        """)
      figures.places = try Self.places(since, in: session)
      figures.shareByLanguage = try Self.shares(
        """
        SELECT v.language, COUNT(*), COUNT(i.advert) FROM advert a
        JOIN advert_version v ON v.id = a.latest LEFT JOIN review_item i ON i.advert = a.id
        GROUP BY 1 ORDER BY 2 DESC LIMIT 60
        """, in: session)
      figures.shareBySource = try Self.shares(
        """
        SELECT a.source, COUNT(*), COUNT(i.advert) FROM advert a
        LEFT JOIN review_item i ON i.advert = a.id GROUP BY 1 ORDER BY 2 DESC LIMIT 200
        """, in: session)
      return figures
    }
  }

  private static func shares(
    _ sql: String, in session: any SQLSession
  ) throws -> [(name: String, adverts: Int64, flagged: Int64)] {
    try session.rows(sql).map { ($0.text(0) ?? "", $0.integer(1) ?? 0, $0.integer(2) ?? 0) }
  }

  private static func places(
    _ since: Timestamp, in session: any SQLSession
  ) throws -> [WeekCount] {
    var counts: [WeekCount: Int64] = [:]
    try session.forEach(
      """
      SELECT first_seen / 604800000, places FROM review_item
      WHERE first_seen >= ?1 AND places <> ''
      """, [.integer(since.milliseconds)]
    ) { row in
      for place in (row.text(1) ?? "").split(separator: "\n") {
        counts[
          WeekCount(week: row.integer(0) ?? 0, name: String(place), count: 0), default: 0] += 1
      }
      return true
    }
    return counts.map { WeekCount(week: $0.week, name: $0.name, count: $1) }
      .sorted { ($0.week, $0.name) < ($1.week, $1.name) }
  }

  /// Calls `body` with the newest text of adverts that state a nationality, and whether they are for
  /// review; for a report, never for a filter.
  public func forEachStatingNationality(
    _ body: (_ record: String, _ flagged: Bool) throws -> Void
  ) throws {
    try engine.read { session in
      try session.forEach(
        """
        SELECT v.record, i.advert FROM advert a JOIN advert_version v ON v.id = a.latest
        LEFT JOIN review_item i ON i.advert = a.id WHERE v.record LIKE '%"nationality"%'
        """, []
      ) { row in
        try body(row.text(0) ?? "", row.integer(1) != nil)
        return true
      }
    }
  }

  /// Calls `body` with the text of every advert for review that was first seen since `since`: what tells
  /// the kind of work.
  ///
  /// The record is empty unless it states an occupation or a line of business.
  public func forEachFlagged(
    since: Timestamp, _ body: (_ advert: FlaggedText) throws -> Void
  ) throws {
    try engine.read { session in
      try session.forEach(
        """
        SELECT i.first_seen / 604800000, i.form, i.language, v.title,
          CASE WHEN v.record LIKE '%"occupation":"%' OR v.record LIKE '%"industry":"%'
            THEN v.record ELSE '' END
        FROM review_item i JOIN advert_version v ON v.id = i.version WHERE i.first_seen >= ?1
        """, [.integer(since.milliseconds)]
      ) { row in
        try body(
          FlaggedText(
            week: row.integer(0) ?? 0, form: row.text(1).flatMap(Form.init(rawValue:)),
            language: row.text(2), title: row.text(3), record: row.text(4) ?? ""))
        return true
      }
    }
  }

  /// The newest texts below advert `before`, the latest advert first.
  public func latestTexts(
    before: Int64?, most: Int
  ) throws -> [(advert: Int64, source: String, text: StoredText)] {
    try engine.read { session in
      try session.rows(
        """
        SELECT a.id, a.source, a.key, v.id, a.key, v.title, v.form, v.language, v.flagged,
          v.text, v.text_digest, v.record, \(Self.linkageColumn)
        FROM advert a JOIN advert_version v ON v.id = a.latest
        LEFT JOIN link_advert l ON l.advert = a.id
        WHERE a.id < ?1 ORDER BY a.id DESC LIMIT ?2
        """, [.integer(before ?? .max), SQLValue(most)]
      ).compactMap { row in
        guard let advert = row.integer(0), let source = row.text(1), let text = Self.text(row)
        else { return nil }
        return (advert, source, text)
      }
    }
  }
}
