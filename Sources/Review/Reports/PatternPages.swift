import Analysis
import CaseStore
import Configuration
import Matching
import Measurement
import Vocabulary

extension ReviewSite {
  static let patternRoutes: [Route] = [
    .get("/patterns", .read) { try $0.patternsPage() },
    .get("/patterns/:indicator", .read) { try $0.indicatorPage() },
    .get("/patterns/:indicator/try", .tryOut) { try $0.trialPage() },
  ]
}

extension Visit {
  private func library() throws -> PatternLibrary {
    guard let library = site.tools.patterns?.library ?? site.library else {
      throw WebProblem.refused(words["no_patterns"])
    }
    return library
  }

  func patternsPage() throws -> WebReply {
    try record(.list, query: "patterns")
    let library = try library()
    let judged = try store.judgedPatterns()
    let rates = site.rates.current
    return try page(
      "patterns", title: words["menu_patterns"],
      [
        "packs": library.packs.map { pack in
          [
            "name": pack.name, "version": pack.version,
            "forms": pack.forms.map { words["form_\($0.rawValue)"] }.joined(separator: ", "),
            "indicators": pack.indicators.map { indicator in
              let precision = precision(indicator.patterns.map(\.name), judged)
              return [
                "id": indicator.id, "title": indicatorTitle(indicator.id) ?? "",
                "href": "/patterns/\(FormFields.encode(indicator.id))",
                "strength": words["strength_\(indicator.strength.rawValue)"],
                "barriers": indicator.barriers.map { words["barrier_\($0.rawValue)"] }
                  .joined(separator: ", "),
                "patterns": indicator.patterns.count,
                "rate": rates?.byIndicator[indicator.id].map(String.init) ?? "0",
                "precision": Self.percent(precision.value),
                "judged": precision.total,
              ] as [String: Any]
            },
          ] as [String: Any]
        },
        "adverts": rates.map { String($0.adverts) } ?? "–",
      ])
  }

  private func precision(_ patterns: [String], _ judged: [String: JudgedCounts]) -> Proportion {
    let counts = patterns.compactMap { judged[$0] }
    let warranted = counts.reduce(0) { $0 + $1.warranted }
    return Proportion(warranted, of: warranted + counts.reduce(0) { $0 + $1.unwarranted })
  }

  func indicatorPage() throws -> WebReply {
    let id = parameters["indicator"] ?? ""
    guard let indicator = try library().indicator(id) else { throw WebProblem.missing }
    try record(.list, query: "pattern=\(id)")
    let judged = try store.judgedPatterns()
    let feedback = try store.referralFeedback().byIndicator[id]
    return try page(
      "indicator", title: "\(id) \(indicatorTitle(id) ?? "")",
      [
        "id": id, "strength": words["strength_\(indicator.strength.rawValue)"],
        "evidence": words["evidence_\(indicator.evidence.rawValue)"],
        "barriers": indicator.barriers.map { words["barrier_\($0.rawValue)"] }
          .joined(separator: ", "),
        "sources": indicator.sources, "note": indicator.note as Any? ?? false,
        "condition": indicator.condition != nil,
        "pack": try library().pack(ofIndicator: id).map { "\($0.name) v\($0.version)" } ?? "",
        "queue": "/queue?indicator=" + FormFields.encode(id),
        "feedback": shown(feedback) as Any? ?? false,
        "exceptions": indicator.exceptions.map {
          ["language": $0.language, "source": $0.source]
        },
        "patterns": indicator.patterns.map { pattern in
          let precision = precision([pattern.name], judged)
          return [
            "name": pattern.name, "language": pattern.language, "source": pattern.source,
            "view": words["view_\(pattern.view.rawValue)"], "judged": precision.total,
            "precision": Self.percent(precision.value), "interval": Self.interval(precision),
            "may_try": may(.tryOut) && site.tools.patterns != nil,
            "try": "/patterns/\(FormFields.encode(id))/try?pattern="
              + FormFields.encode(pattern.name),
          ] as [String: Any]
        },
      ])
  }

  func trialPage() throws -> WebReply {
    let id = parameters["indicator"] ?? ""
    guard let folder = site.tools.patterns else { throw WebProblem.refused(words["no_patterns"]) }
    guard let indicator = folder.library.indicator(id),
      let pattern = indicator.patterns.first(where: { $0.name == query["pattern"] })
    else { throw WebProblem.missing }
    let expression = query["expression"] ?? pattern.source
    var context: [String: Any] = [
      "id": id, "name": pattern.name, "source": pattern.source, "expression": expression,
      "problem": false,
    ]
    if query["expression"] != nil {
      try record(.trial, query: "\(pattern.name): \(expression)")
      do {
        context["trial"] = shown(try site.trial(pattern, indicator, expression, folder))
      } catch let problem as ConfigurationProblems {
        context["problem"] = problem.problems.map(\.message).joined(separator: "; ")
      }
    }
    return try page("trial", title: words["try_title", pattern.name], context)
  }

  private func shown(_ trial: PatternTrial) -> [String: Any] {
    func list(_ key: String, _ changes: [PatternTrial.Change]) -> [String: Any] {
      [
        "list_title": words["try_\(key)"], "count": changes.count, "none": changes.isEmpty,
        "changes": changes.map {
          [
            "advert": $0.advert, "title": $0.title ?? words["untitled"], "source": $0.source,
            "quote": $0.quote,
          ] as [String: Any]
        },
      ]
    }
    return [
      "summary": words[
        "try_summary", String(trial.texts), String(trial.before), String(trial.now)],
      "cut": trial.isCut,
      "lists": [
        list("newly", trial.newlyFlagged), list("dropped", trial.dropped),
        list("gained", trial.gained), list("lost", trial.lost),
      ],
    ]
  }
}

extension ReviewSite {
  /// Runs a trial, unless another one is running: each takes a processor for seconds.
  func trial(
    _ pattern: Pattern, _ indicator: Indicator, _ expression: String, _ folder: PatternFolder
  ) throws -> PatternTrial {
    guard expression.utf8.count <= limits.trial.expression else { throw WebProblem.tooLarge }
    return try heavy.run {
      try PatternTrial(
        pattern, of: indicator, changedTo: expression, in: folder, store: store,
        countries: tools.countries, limits: limits.trial)
    }
  }
}
