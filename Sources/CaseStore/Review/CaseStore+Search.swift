public import Vocabulary

/// An advert in a list of what was found.
public struct FoundAdvert: Sendable, Hashable {
  /// Row number of the advert.
  public var id: Int64
  /// The text that has what was looked for.
  public var version: Int64
  /// Name of the source.
  public var source: String
  /// Its title then.
  public var title: String?
  /// The words around what was found, `\u{1}` before and `\u{2}` after each.
  public var excerpt: String?
  /// When it was first seen.
  public var firstSeen: Timestamp
  /// When it was last seen.
  public var lastSeen: Timestamp
  /// Places that it names.
  public var places: [String]
  /// True when the site says it is gone.
  public var gone: Bool
  /// True when it belongs to the urgent lane.
  public var urgent: Bool
}

extension CaseStore {
  /// Texts with the words looked for, the latest text first, below version `before`.
  public func search(
    _ query: SearchQuery, before: Int64?, most: Int
  ) throws -> [FoundAdvert] {
    guard let expression = query.expression else { return [] }
    return try engine.read { session in
      try session.rows(
        """
        SELECT a.id, v.id, a.source, v.title,
          snippet(advert_words, 1, char(1), char(2), ' … ', 24),
          a.first_seen, a.last_seen, '', a.state, v.lane
        FROM advert_words w JOIN advert_version v ON v.id = w.rowid JOIN advert a ON a.id = v.advert
        WHERE advert_words MATCH ?1 AND w.rowid < ?2 ORDER BY w.rowid DESC LIMIT ?3
        """, [.text(expression), .integer(before ?? .max), SQLValue(most)]
      ).map(Self.found)
    }
  }

  /// Adverts with an identifier, one row a text that has it, below version `before`.
  public func adverts(
    withSelector kind: String, _ value: String, before: Int64?, most: Int
  ) throws -> [FoundAdvert] {
    try engine.read { session in
      try session.rows(
        """
        SELECT DISTINCT a.id, v.id, a.source, v.title, NULL, a.first_seen, a.last_seen,
          (SELECT i.places FROM review_item i WHERE i.advert = a.id), a.state, v.lane
        FROM selector s JOIN advert_selector x ON x.selector = s.id
        JOIN advert_version v ON v.id = x.advert_version JOIN advert a ON a.id = v.advert
        WHERE s.kind = ?1 AND s.value = ?2 AND v.id < ?3 ORDER BY v.id DESC LIMIT ?4
        """, [.text(kind), .text(value), .integer(before ?? .max), SQLValue(most)]
      ).map(Self.found)
    }
  }

  /// Brings together what erased texts left in the index of words; slow, for after a purge.
  public func compactWords() throws {
    try engine.write {
      try $0.execute("INSERT INTO advert_words (advert_words) VALUES ('optimize')")
    }
  }

  private static func found(_ row: SQLRow) -> FoundAdvert {
    FoundAdvert(
      id: row.integer(0) ?? 0, version: row.integer(1) ?? 0, source: row.text(2) ?? "",
      title: row.text(3), excerpt: row.text(4),
      firstSeen: Timestamp(milliseconds: row.integer(5) ?? 0),
      lastSeen: Timestamp(milliseconds: row.integer(6) ?? 0),
      places: (row.text(7) ?? "").split(separator: "\n").map(String.init),
      gone: row.text(8) == "gone", urgent: row.text(9) == "urgent")
  }
}
