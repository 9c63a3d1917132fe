public import Linking
public import Vocabulary

/// What a round of linking brought.
public struct LinkTotals: Sendable, Hashable {
  /// Adverts whose links were looked at.
  public var linked = 0
  /// Adverts that were assessed again because their links changed.
  public var reassessed = 0
  /// Adverts that are for review and were not before.
  public var newlyFlagged = 0
  /// Adverts that were for review and are not any more.
  public var dropped = 0
  /// Clusters that were founded, grew, merged, split, or went.
  public var clusters = 0

  public init() {}

  /// Adds what another round brought.
  public mutating func add(_ other: LinkTotals) {
    linked += other.linked
    reassessed += other.reassessed
    newlyFlagged += other.newlyFlagged
    dropped += other.dropped
    clusters += other.clusters
  }
}

/// What the store asks while it links: it holds texts and measures, and understands neither.
public struct LinkHandlers {
  /// What linking knows of an advert; nil leaves it out of the graph.
  public var read: (LinkableAdvert) throws -> LinkedAdvert?
  /// Whether an assessment by the first measures may differ from one by the second; both by name, the
  /// first empty where nobody looked at the advert's links yet.
  public var matters: (_ before: [String: Int?], _ now: [String: Int?]) -> Bool
  /// Assesses an advert again; nil leaves its assessment as it is.
  public var assess:
    (LinkableAdvert.Version, _ source: String, LinkageMeasures) throws -> Reassessment?

  public init(
    read: @escaping (LinkableAdvert) throws -> LinkedAdvert?,
    matters: @escaping (_ before: [String: Int?], _ now: [String: Int?]) -> Bool = { $0 != $1 },
    assess:
      @escaping (LinkableAdvert.Version, _ source: String, LinkageMeasures) throws ->
      Reassessment?
  ) {
    self.read = read
    self.matters = matters
    self.assess = assess
  }
}

extension CaseStore {
  /// Adverts that wait to be linked.
  public func waitingLinks() throws -> Int {
    try engine.read { Int(try $0.integer("SELECT COUNT(*) FROM link_waiting") ?? 0) }
  }

  /// Links adverts that wait, `most` of them, in one transaction: the third of a page.
  ///
  /// Those that waited are assessed again, and those whose measures changed so that it matters, and no
  /// others. When it throws, nothing was changed and they wait on.
  public func link(
    most: Int, at: Timestamp, rule: LinkRule = LinkRule(), _ handlers: LinkHandlers
  ) throws -> LinkTotals {
    try linking { session in
      var totals = LinkTotals()
      let waiting = try session.rows(
        "SELECT advert FROM link_waiting ORDER BY advert LIMIT ?1", [SQLValue(most)]
      ).compactMap { $0.integer(0) }
      guard let last = waiting.last else { return totals }
      var linker = Linker(
        index: StoredLinkIndex(session: session, cache: linkCache), rule: rule)
      for id in waiting {
        let advert = try LinkableAdvert(id, in: session)
        if let linked = try advert.flatMap(handlers.read) {
          try linker.add(linked)
          totals.linked += 1
        } else {
          try linker.remove(id)
        }
      }
      try Self.settle(
        &linker, waiting: waiting, decision: nil, at: at, in: session, &totals, handlers)
      try session.execute("DELETE FROM link_waiting WHERE advert <= ?1", [.integer(last)])
      return totals
    }
  }

  /// A transaction whose links are remembered when it is done, and forgotten when it fails.
  func linking<Result>(_ body: (any SQLSession) throws -> Result) throws -> Result {
    do {
      return try write { session in
        linkCache.follow(try session.integer("SELECT MAX(id) FROM cluster_decision") ?? 0)
        return try body(session)
      }
    } catch {
      linkCache.clear()
      throw error
    }
  }

  static func settle(
    _ linker: inout Linker<StoredLinkIndex>, waiting: [Int64], decision: Int64?, at: Timestamp,
    in session: any SQLSession, _ totals: inout LinkTotals, _ handlers: LinkHandlers
  ) throws {
    let changes = try linker.settle()
    for change in changes.clusters {
      try session.execute(
        """
        INSERT INTO cluster_change (at, kind, cluster, others, adverts, decision)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        """,
        [
          .integer(at.milliseconds), .text(change.kind.rawValue), .integer(change.cluster),
          .text(change.others.map(String.init).joined(separator: " ")),
          .text(change.adverts.map(String.init).joined(separator: " ")), SQLValue(decision),
        ])
    }
    totals.clusters += changes.clusters.count
    let waited = Set(waiting)
    for id in waited.union(changes.adverts).sorted() {
      guard let measures = try linker.measures(of: id) else { continue }
      let linkage = measures.stored
      let row = try session.row(
        """
        SELECT l.measures, v.linkage FROM link_advert l JOIN advert a ON a.id = l.advert
        JOIN advert_version v ON v.id = a.latest WHERE l.advert = ?1
        """, [.integer(id)])
      guard let row else { continue }
      if row.text(0) != linkage {
        try session.execute(
          "UPDATE link_advert SET measures = ?2 WHERE advert = ?1",
          [.integer(id), .text(linkage)])
      }
      let before = LinkageMeasures.counts(stored: row.text(1))
      guard
        waited.contains(id)
          || handlers.matters(before, LinkageMeasures.counts(stored: linkage)),
        let advert = try LinkableAdvert(id, in: session), let shown = advert.versions.first,
        let again = try handlers.assess(shown, advert.source, measures)
      else { continue }
      try replace(shown, with: again, linkage: linkage, at: at, in: session)
      totals.reassessed += 1
      totals.newlyFlagged += again.flagged && !shown.flagged ? 1 : 0
      totals.dropped += shown.flagged && !again.flagged ? 1 : 0
    }
  }

  private static func replace(
    _ version: LinkableAdvert.Version, with assessed: Reassessment, linkage: String, at: Timestamp,
    in session: any SQLSession
  ) throws {
    guard
      version.record != assessed.record || version.version != assessed.version
        || version.linkage != linkage
    else { return }
    try session.execute(
      """
      UPDATE advert_version SET record = ?2, flagged = ?3, lane = ?4, priority = ?5, barriers = ?6,
        rule = ?7, version = ?8, assessed_at = ?9, linkage = ?10 WHERE id = ?1
      """,
      [
        .integer(version.id), .text(assessed.record), SQLValue(assessed.flagged),
        SQLValue(assessed.lane?.rawValue), .real(assessed.priority),
        .text(assessed.barriers.map(\.rawValue).joined(separator: " ")), .text(assessed.rule),
        .text(assessed.version), .integer(at.milliseconds), .text(linkage),
      ])
    try replaceHits(of: version.id, with: assessed.hits, in: session)
  }

  /// The measures of the text that an advert shows now are kept up to date; an earlier text has those
  /// it was assessed by.
  static let linkageColumn =
    "CASE WHEN v.linkage IS NOT NULL AND v.id = a.latest THEN l.measures ELSE v.linkage END"

  /// The measures of a text of an advert's links, by name.
  ///
  /// Nil ones were looked for and have no value; none at all where nobody looked at its links.
  public func linkage(
    source: String, key: String, textDigest: [UInt8]
  ) throws -> [String: Int?] {
    try engine.read { session in
      let row = try session.row(
        """
        SELECT \(Self.linkageColumn) FROM advert a JOIN advert_version v ON v.advert = a.id
        LEFT JOIN link_advert l ON l.advert = a.id
        WHERE a.source = ?1 AND a.key = ?2 AND v.text_digest = ?3
        """, [.text(source), .text(key), .blob(textDigest)])
      return LinkageMeasures.counts(stored: row?.text(0))
    }
  }
}

extension LinkageMeasures {
  /// `name=count` for what has a value and `name=` for what has none, by name; apart by spaces.
  var stored: String {
    values.sorted { $0.name < $1.name }
      .map { "\($0.name)=\($0.count.map(String.init) ?? "")" }.joined(separator: " ")
  }

  static func counts(stored text: String?) -> [String: Int?] {
    var counts: [String: Int?] = [:]
    for pair in (text ?? "").split(separator: " ") {
      let parts = pair.split(separator: "=", omittingEmptySubsequences: false)
      guard parts.count == 2 else { continue }
      counts.updateValue(Int(parts[1]), forKey: String(parts[0]))
    }
    return counts
  }
}
