public import Vocabulary

/// What became of one notice that was sent, as a report counts it.
public struct ReportedNotice: Sendable, Hashable {
  /// Who was written to; its role in place of a name where that may be a person's.
  public var provider: String
  /// Name of the act.
  public var act: String
  /// What the adverts offer, `sex`, `labour` or `recruitment`; empty when unknown.
  public var form: String
  public var addresses: Int
  public var sent: Timestamp
  /// When a person or a program of the recipient first answered.
  public var answered: Timestamp?
  /// When the removal was confirmed.
  public var removed: Timestamp?
  public var state: NoticeState
  public var outcome: NoticeOutcome?
  /// Whether the recipient, or somebody through it, objected.
  public var wasDisputed: Bool

  public init(
    provider: String, act: String, form: String, addresses: Int, sent: Timestamp,
    answered: Timestamp? = nil, removed: Timestamp? = nil, state: NoticeState,
    outcome: NoticeOutcome? = nil, wasDisputed: Bool = false
  ) {
    self.provider = provider
    self.act = act
    self.form = form
    self.addresses = addresses
    self.sent = sent
    self.answered = answered
    self.removed = removed
    self.state = state
    self.outcome = outcome
    self.wasDisputed = wasDisputed
  }
}

/// Figures of the notices that were sent in a time: those that a trusted flagger publishes each year, by provider of
/// hosting services, kind of content and action taken (Regulation (EU) 2022/2065, Article 22(3)).
///
/// Counts only: no address, no advert, no person.
public struct NoticeReport: Sendable, Hashable {
  /// Notices of one act to one provider about one kind of content.
  public struct Line: Sendable, Hashable {
    public var provider: String
    public var act: String
    public var form: String
    public var notices = 0
    public var addresses = 0
    public var answered = 0
    public var removed = 0
    public var moved = 0
    public var refused = 0
    public var unanswered = 0
    public var referred = 0
    public var disputed = 0
    public var bounced = 0
    public var withdrawn = 0
    /// Half of the answers came within so many hours; nil without any.
    public var hoursToAnswer: Double?
    /// Half of the removals were confirmed within so many hours; nil without any.
    public var hoursToRemoval: Double?
  }

  /// By provider, act and kind of content, in this order.
  public var lines: [Line]

  /// Counts notices.
  public init(_ notices: [ReportedNotice]) {
    let groups = Dictionary(grouping: notices) { [$0.provider, $0.act, $0.form] }
    lines = groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { key, members in
      var line = Line(provider: key[0], act: key[1], form: key[2])
      line.notices = members.count
      line.addresses = members.reduce(0) { $0 + $1.addresses }
      line.answered = members.count { $0.answered != nil }
      line.removed = members.count {
        $0.outcome?.state == .closedRemoved || $0.removed != nil && $0.state != .reappeared
      }
      line.moved = members.count { $0.state == .moved || $0.outcome == .moved }
      line.refused = members.count { [.refused, .notIllegal].contains($0.outcome) }
      line.unanswered = members.count {
        $0.answered == nil && [.overdue, .escalated, .closedRefused].contains($0.state)
          && ![.refused, .notIllegal].contains($0.outcome)
      }
      line.referred = members.count { $0.outcome == .authority }
      line.disputed = members.count { $0.wasDisputed }
      line.bounced = members.count { $0.state == .bounced }
      line.withdrawn = members.count { $0.state == .withdrawn }
      line.hoursToAnswer = Self.median(members.compactMap { Self.hours($0.sent, $0.answered) })
      line.hoursToRemoval = Self.median(members.compactMap { Self.hours($0.sent, $0.removed) })
      return line
    }
  }

  private static func hours(_ from: Timestamp, _ to: Timestamp?) -> Double? {
    to.map { Double($0.milliseconds - from.milliseconds) / 3_600_000 }
  }

  /// The lower of the two middle ones where there are two.
  private static func median(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.sorted()[(values.count - 1) / 2]
  }
}

extension CaseStore {
  /// Names that stand for whoever operates a site or a platform: that may be one person.
  private static let namelessRungs: [Int64: String] = [1: "operators of sites"]

  /// Notices that were sent within a time, as a report counts them; retractions are left out.
  public func reportedNotices(_ time: Range<Timestamp>) throws -> [ReportedNotice] {
    try engine.read { sql in
      try sql.rows(
        """
        WITH happened AS (
          SELECT CAST(substr(subject, 8) AS INTEGER) AS notice, action, min(at) AS at
          FROM custody_event WHERE subject >= 'notice:' AND subject < 'notice;'
            AND action <> 'capture' GROUP BY subject, action)
        SELECT n.rung, n.organisation, n.act, n.state, s.at, o.code,
          (SELECT min(h.at) FROM happened h WHERE h.notice = n.id AND h.at >= s.at AND h.action IN
            ('notice.acknowledged', 'notice.disputed', 'notice.action-claimed', 'notice.preserved')),
          (SELECT h.at FROM happened h
            WHERE h.notice = n.id AND h.action = 'notice.removed-confirmed'),
          EXISTS (SELECT 1 FROM happened h
            WHERE h.notice = n.id AND h.action = 'notice.disputed'),
          (SELECT count(*) FROM notice_target t WHERE t.notice = n.id),
          (SELECT CASE WHEN count(DISTINCT f.form) = 1 THEN min(f.form) ELSE '' END FROM (
            SELECT coalesce(json_extract(v.record, '$.form'), '') AS form
            FROM notice_target t JOIN advert_version v ON v.advert = t.advert
            WHERE t.notice = n.id) f)
        FROM notice n JOIN happened s ON s.notice = n.id AND s.action = 'notice.sent'
        LEFT JOIN notice_outcome o ON o.notice = n.id
        WHERE n.act <> 'retraction' AND s.at >= ?1 AND s.at < ?2 ORDER BY n.id
        """, [.integer(time.lowerBound.milliseconds), .integer(time.upperBound.milliseconds)]
      ).map { row in
        ReportedNotice(
          provider: Self.namelessRungs[row.integer(0) ?? 0] ?? row.text(1) ?? "",
          act: row.text(2) ?? "", form: row.text(10) ?? "", addresses: Int(row.integer(9) ?? 0),
          sent: Timestamp(milliseconds: row.integer(4) ?? 0),
          answered: row.integer(6).map(Timestamp.init(milliseconds:)),
          removed: row.integer(7).map(Timestamp.init(milliseconds:)),
          state: row.text(3).flatMap(NoticeState.init(rawValue:)) ?? .sent,
          outcome: row.text(5).flatMap(NoticeOutcome.init(rawValue:)),
          wasDisputed: row.integer(8) == 1)
      }
    }
  }
}
