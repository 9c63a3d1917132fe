import Analysis
import Assessment
import CaseStore
import Linking
import Markup
import Measurement
import Vocabulary

extension ReviewSite {
  static let reportRoutes: [Route] = [
    .get("/sources", .read) { try $0.sourcesPage() },
    .get("/trends", .read) { try $0.trendsPage() },
  ]
}

/// What is counted over everything for the page of trends.
struct TrendReport: Sendable {
  var figures: TrendFigures
  /// By stated nationality: adverts, and those for review.
  var nationalities: [(name: String, adverts: Int, flagged: Int)]
  /// Adverts for review by kind of work, empty where nothing tells it, by week.
  var sectors: [WeekCount]
  /// Journeys between places that no cluster made before, by week.
  var routes: [WeekCount]
  var routeNames: [(from: String, to: String, count: Int)]

  /// Clusters whose movement is read, the largest.
  static let mostClusters = 500

  init(_ store: CaseStore, sectors table: SectorTable, at now: Timestamp) throws {
    let since = now + Double(-(WeekPlot.weeks - 1) * 7 * 86_400)
    figures = try store.trends(since: since)
    sectors = try Self.sectors(store, table, since: since)
    var counts: [String: (adverts: Int, flagged: Int)] = [:]
    try store.forEachStatingNationality { record, isFlagged in
      let facts = JSONValue(parsing: Array(record.utf8))?["facts"]?.list ?? []
      let stated = Set(
        facts.filter { $0["kind"]?.string == "nationality" }.compactMap { $0["value"]?.string })
      for name in stated {
        counts[name, default: (0, 0)].adverts += 1
        counts[name, default: (0, 0)].flagged += isFlagged ? 1 : 0
      }
    }
    nationalities = counts.map { ($0, $1.adverts, $1.flagged) }
      .sorted { ($1.1, $0.0) < ($0.1, $1.0) }.prefix(60).map { $0 }
    var weeks: [Int64: Int64] = [:]
    var named: [[String]: Int] = [:]
    for cluster in try store.clusters(most: Self.mostClusters) {
      let view = try store.links { try $0.view(ofCluster: cluster) }
      for leg in view?.movement.newRoutes(since: since) ?? [] {
        weeks[leg.arrival.milliseconds / CaseStore.week, default: 0] += 1
        named[[leg.from, leg.to], default: 0] += 1
      }
    }
    routes = weeks.map { WeekCount(week: $0, name: "", count: $1) }.sorted { $0.week < $1.week }
    routeNames = named.map { ($0[0], $0[1], $1) }
      .sorted { ($1.2, $0.0, $0.1) < ($0.2, $1.0, $1.1) }.prefix(30).map { $0 }
  }

  private static func sectors(
    _ store: CaseStore, _ table: SectorTable, since: Timestamp
  ) throws -> [WeekCount] {
    var counts: [WeekCount: Int64] = [:]
    try store.forEachFlagged(since: since) { advert in
      let fields =
        advert.record.isEmpty ? nil : JSONValue(parsing: Array(advert.record.utf8))?["fields"]
      let sector = table.sector(
        of: SectorEvidence(
          form: advert.form, language: advert.language, title: advert.title,
          occupation: fields?["occupation"]?.string, industry: fields?["industry"]?.string))
      counts[WeekCount(week: advert.week, name: sector ?? "", count: 0), default: 0] += 1
    }
    return counts.map { WeekCount(week: $0.week, name: $0.name, count: $1) }
      .sorted { ($0.week, $0.name) < ($1.week, $1.name) }
  }
}

extension Visit {
  func sourcesPage() throws -> WebReply {
    try record(.list, query: "sources")
    let health = site.health.value(waiting: limits.countingSeconds)
    let feedback = try store.referralFeedback().bySource
    return try page(
      "sources", title: words["menu_sources"],
      [
        "counting": health == nil, "empty": health?.isEmpty ?? false,
        "sources": (health ?? []).map { source in
          [
            "name": source.name,
            "success": source.lastSuccess.map { shown($0) } ?? words["never"],
            "next": source.nextVisit.map { shown($0) } ?? words["never"],
            "late": source.lastSuccess.map { at - $0 > 3 * 86_400 } ?? true,
            "new": source.newAdverts.map(String.init).joined(separator: " "),
            "new_total": source.newAdverts.reduce(0, +),
            "spark": Self.spark(source.newAdverts, label: words["new_adverts"]).context,
            "captures": source.captures, "blocked": source.blocked,
            "is_blocked": source.blocked * 5 > source.captures,
            "failures": source.failures.isEmpty
              ? words["none"]
              : source.failures.sorted { $0.key < $1.key }
                .map { "\($0.key) \($0.value)" }.joined(separator: ", "),
            "refused": source.refusedByRobots,
            "robots": source.robots.map {
              "\($0.origin): \(words["robots_\($0.kind)"]) (\(shown($0.expires)))"
            },
            "feedback": shown(feedback[source.name]) as Any? ?? false,
            "href": "/queue?source=" + FormFields.encode(source.name),
          ] as [String: Any]
        },
      ])
  }

  /// What came of referrals in a few words.
  func shown(_ feedback: ReferralFeedback?) -> String? {
    guard let feedback else { return nil }
    let outcomes = ReferralOutcome.allCases.compactMap { outcome in
      feedback.outcomes[outcome].map { "\(words["outcome_\(outcome.rawValue)"]) \($0)" }
    }
    return ([words["referrals_made", String(feedback.referrals)]] + outcomes)
      .joined(separator: ", ")
  }

  private static func spark(_ values: [Int64], label: String) -> Drawing {
    let step = 12.0
    var drawing = Drawing(width: step * Double(values.count), height: 32, label: label)
    let most = max(1, values.max() ?? 1)
    for (place, value) in values.enumerated() {
      let height = max(value > 0 ? 2 : 0.5, 30 * Double(value) / Double(most))
      drawing.rectangle(
        x: step * Double(place) + 1, y: 31 - height, width: step - 2, height: height, "bar",
        title: String(value))
    }
    return drawing
  }

  func trendsPage() throws -> WebReply {
    try record(.list, query: "trends")
    guard let report = site.trends.value(waiting: limits.countingSeconds) else {
      return try page("trends", title: words["menu_trends"], ["counting": true])
    }
    let figures = report.figures
    func plot(_ key: String, _ counts: [WeekCount], _ name: (String) -> String = { $0 })
      -> [String: Any]
    {
      WeekPlot(counts, at: at, rest: words["others"], named: name).context(
        title: words["trend_\(key)"], id: key)
    }
    let all = words["all"]
    return try page(
      "trends", title: words["menu_trends"],
      [
        "plots": [
          plot("adverts", figures.adverts, { _ in all }),
          plot("flagged", figures.flagged, { _ in all }),
          plot("forms", figures.forms, { words[$0.isEmpty ? "form_unknown" : "form_\($0)"] }),
          plot("indicators", figures.indicators, { "\($0) \(indicatorTitle($0) ?? "")" }),
          plot("sectors", report.sectors, { sectorName($0) }),
          plot("languages", figures.languages, { $0.isEmpty ? words["unknown"] : $0 }),
          plot("places", figures.places),
          plot("selectors", figures.selectors, { words["selector_\($0)"] }),
          plot("routes", report.routes, { _ in all }),
        ],
        "routes": report.routeNames.map {
          ["from": $0.from, "to": $0.to, "count": $0.count] as [String: Any]
        },
        "shares": [
          share("language", figures.shareByLanguage.map { ($0, Int($1), Int($2)) }),
          share("source", figures.shareBySource.map { ($0, Int($1), Int($2)) }),
          share("nationality", report.nationalities),
        ],
      ])
  }

  private func sectorName(_ key: String) -> String {
    key.isEmpty
      ? words["unknown"]
      : site.tools.patterns?.sectors.name(key, in: language.rawValue) ?? key
  }

  private func share(
    _ key: String, _ rows: [(name: String, adverts: Int, flagged: Int)]
  ) -> [String: Any] {
    [
      "share_title": words["share_\(key)"], "share_note": words["share_\(key)_note"],
      "rows": rows.filter { $0.adverts > 0 }.map { row in
        let share = Proportion(min(row.flagged, row.adverts), of: row.adverts)
        return [
          "name": row.name.isEmpty ? words["unknown"] : row.name, "adverts": row.adverts,
          "flagged": row.flagged, "share": Self.percent(share.value),
          "interval": Self.interval(share),
        ] as [String: Any]
      },
    ]
  }

  static func percent(_ share: Double?) -> String {
    share.map { Drawing.text($0 * 100) + " %" } ?? "–"
  }

  static func interval(_ share: Proportion) -> String {
    share.interval.map { "\(Drawing.text($0.lower * 100))–\(Drawing.text($0.upper * 100)) %" }
      ?? "–"
  }
}
