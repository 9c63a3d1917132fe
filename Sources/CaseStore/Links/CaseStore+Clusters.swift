public import Linking
public import Vocabulary

/// What became of a cluster, as the log has it.
public struct ClusterLogEntry: Sendable, Hashable {
  /// When.
  public var at: Timestamp
  /// What happened.
  public var kind: ClusterChange.Kind
  /// The clusters that it took in, that left it, or that it was called before.
  public var others: [Int64]
  /// The adverts that came or went.
  public var adverts: [Int64]
  /// The decision that led to it; nil when adverts came or changed.
  public var decision: Int64?
}

/// What an advert is called in a list.
public struct AdvertCaption: Sendable, Hashable {
  /// Row number.
  public var id: Int64
  /// Name of the source.
  public var source: String
  /// Where it was last seen.
  public var url: String
  /// Its title.
  public var title: String?
  /// What it offers.
  public var form: Form?
  /// When it was first seen.
  public var firstSeen: Timestamp
  /// When it was last seen.
  public var lastSeen: Timestamp
  /// True when the site says it is gone.
  public var gone: Bool
}

extension CaseStore {
  /// Runs `body` on the links as they are.
  public func links<Result>(
    rule: LinkRule = LinkRule(), _ body: (Linker<StoredLinkIndex>) throws -> Result
  ) throws -> Result {
    try engine.read { session in
      try body(Linker(index: StoredLinkIndex(session: session), rule: rule))
    }
  }

  /// The names of clusters, the one with most adverts first; at most `most`.
  public func clusters(most: Int) throws -> [Int64] {
    try engine.read { session in
      try session.rows(
        """
        SELECT cluster FROM link_advert WHERE cluster IS NOT NULL
        GROUP BY cluster ORDER BY COUNT(*) DESC, cluster LIMIT ?1
        """, [SQLValue(most)]
      ).compactMap { $0.integer(0) }
    }
  }

  /// The adverts of an address or of a site's own key, the latest first.
  public func adverts(at address: String) throws -> [Int64] {
    try engine.read { session in
      try session.rows(
        """
        SELECT id FROM advert WHERE url = ?1 OR key = ?1 ORDER BY last_seen DESC, id DESC LIMIT 100
        """, [.text(address)]
      ).compactMap { $0.integer(0) }
    }
  }

  /// What adverts are called; those that are not there any more are left out.
  public func captions(of adverts: [Int64]) throws -> [Int64: AdvertCaption] {
    try engine.read { session in
      var captions: [Int64: AdvertCaption] = [:]
      for id in adverts {
        let row = try session.row(
          """
          SELECT a.source, a.url, v.title, v.form, a.first_seen, a.last_seen, a.state
          FROM advert a LEFT JOIN advert_version v ON v.id = a.latest WHERE a.id = ?1
          """, [.integer(id)])
        guard let row else { continue }
        captions[id] = AdvertCaption(
          id: id, source: row.text(0) ?? "", url: row.text(1) ?? "", title: row.text(2),
          form: row.text(3).flatMap(Form.init(rawValue:)),
          firstSeen: Timestamp(milliseconds: row.integer(4) ?? 0),
          lastSeen: Timestamp(milliseconds: row.integer(5) ?? 0), gone: row.text(6) == "gone")
      }
      return captions
    }
  }

  /// The newest texts of adverts with their records, for showing where they differ.
  public func texts(of adverts: [Int64]) throws -> [(id: Int64, text: String, record: String)] {
    try engine.read { session in
      try adverts.compactMap { id in
        let row = try session.row(
          """
          SELECT v.text, v.record FROM advert a JOIN advert_version v ON v.id = a.latest
          WHERE a.id = ?1
          """, [.integer(id)])
        guard let row, let text = row.text(0), let record = row.text(1) else { return nil }
        return (id, text, record)
      }
    }
  }

  /// What became of a cluster, the newest first.
  public func log(ofCluster cluster: Int64, most: Int) throws -> [ClusterLogEntry] {
    try engine.read { session in
      try session.rows(
        """
        SELECT at, kind, others, adverts, decision FROM cluster_change WHERE cluster = ?1
        ORDER BY id DESC LIMIT ?2
        """, [.integer(cluster), SQLValue(most)]
      ).compactMap { row in
        guard let kind = row.text(1).flatMap(ClusterChange.Kind.init(rawValue:)) else { return nil }
        return ClusterLogEntry(
          at: Timestamp(milliseconds: row.integer(0) ?? 0), kind: kind,
          others: Self.numbers(row.text(2)), adverts: Self.numbers(row.text(3)),
          decision: row.integer(4))
      }
    }
  }

  private static func numbers(_ text: String?) -> [Int64] {
    (text ?? "").split(separator: " ").compactMap { Int64($0) }
  }

  /// Records what a person decided about clusters, with its custody event, and settles what follows.
  ///
  /// Returns the decision's number. Throws `CaseStoreError.refused` when it names what is not there.
  public func decide(
    _ act: ClusterDecision.Act, why: String, by actor: Actor, at: Timestamp,
    rule: LinkRule = LinkRule(), _ handlers: LinkHandlers
  ) throws -> (decision: Int64, totals: LinkTotals) {
    try linking { session in
      try Self.check(act, in: session)
      let number = (try session.integer("SELECT MAX(id) FROM cluster_decision") ?? 0) + 1
      let event = try Self.append(
        action: "links.decide", subject: "decision:\(number)",
        payload: Self.json(["act": act.text, "why": why]), by: actor, at: at, in: session)
      try session.execute(
        """
        INSERT INTO cluster_decision (id, at, actor, why, act, custody)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        """,
        [
          .integer(number), .integer(at.milliseconds),
          .integer(try Self.identifier(of: actor, at: at, in: session)), .text(why),
          .text(act.text), .integer(event),
        ])
      var linker = Linker(
        index: StoredLinkIndex(session: session, cache: linkCache), rule: rule)
      try linker.touch(
        ClusterDecision(id: number, when: at, who: actor.name, why: why, act: act))
      var totals = LinkTotals()
      try Self.settle(
        &linker, waiting: [], decision: number, at: at, in: session, &totals, handlers)
      return (number, totals)
    }
  }

  private static func check(_ act: ClusterDecision.Act, in session: any SQLSession) throws {
    func require(advert: Int64) throws {
      guard
        try session.row("SELECT 1 FROM link_advert WHERE advert = ?1", [.integer(advert)]) != nil
      else { throw CaseStoreError.refused("there is no linked advert \(advert)") }
    }
    switch act {
    case .join(let a, let b):
      guard a != b else { throw CaseStoreError.refused("an advert is joined with another one") }
      try require(advert: a)
      try require(advert: b)
    case .part(let adverts): for advert in adverts { try require(advert: advert) }
    case .disregard(let node), .trust(let node):
      guard
        try session.row("SELECT 1 FROM link_node WHERE name = ?1", [.text(node.text)]) != nil
      else { throw CaseStoreError.refused("no advert has \(node.text)") }
    case .undo(let number):
      guard
        try session.row("SELECT 1 FROM cluster_decision WHERE id = ?1", [.integer(number)]) != nil
      else { throw CaseStoreError.refused("there is no decision \(number)") }
    }
  }
}
