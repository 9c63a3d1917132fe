import Bytes
import Matching

/// What `adwatch patterns profile` says, for a person and as JSON.
struct ProfileReport {
  var profile: PatternProfile
  var digest: String
  /// Patterns shown at most.
  var limit: Int?

  private var shown: [PatternProfile.Cost] {
    let tried = profile.ranked.filter { $0.candidates > 0 }
    return limit.map { Array(tried.prefix($0)) } ?? tried
  }

  // MARK: For a person

  /// Lines of text.
  var lines: [String] {
    var lines = [
      "\(profile.texts) texts, \(profile.bytes) bytes, \(milliseconds(profile.nanoseconds)) ms of "
        + "matching; folding, literal filter and exceptions are \(percent(profile.shareOfTheRest)).",
      "",
      "   share         ms  candidates   searches    matches       hits  pattern",
    ]
    for cost in shown { lines += entry(cost) }
    let rewrite = profile.toRewrite
    lines.append("")
    if rewrite.isEmpty {
      lines.append(
        "No pattern takes \(percent(PatternProfile.notableShare)) of the work or reached a limit: "
          + "nothing has to be rewritten.")
    } else {
      lines.append("To rewrite first:")
      for cost in rewrite {
        let reasons = profile.advice(on: cost).map { explanation($0, cost) }
        lines.append(
          "  \(cost.plan.pattern), \(percent(profile.share(of: cost))): "
            + (reasons.isEmpty ? [Self.costly] : reasons).joined(separator: "; "))
      }
    }
    return lines
  }

  private func entry(_ cost: PatternProfile.Cost) -> [String] {
    let columns = [
      (percent(profile.share(of: cost)), 8), (milliseconds(cost.nanoseconds), 11),
      ("\(cost.candidates)", 12), ("\(cost.searches)", 11), ("\(cost.matches)", 11),
      ("\(cost.hits)", 11),
    ]
    let line = columns.map { right($0, $1) }.joined() + "  " + cost.plan.pattern
    let filter =
      cost.plan.literals.isEmpty
      ? "tried on every text" : "literals " + literals(cost.plan.literals)
    let worst = cost.worst.map {
      "; worst \(milliseconds($0.nanoseconds)) ms on \(adwatch.shown($0.id))"
    }
    return [line, String(repeating: " ", count: 10) + filter + (worst ?? "")]
  }

  private static let costly =
    "its searches are long; shorten what it repeats, or split it into patterns with longer literals"

  private func explanation(_ advice: PatternAdvice, _ cost: PatternProfile.Cost) -> String {
    switch advice {
    case .limited(let texts):
      "it reached a limit on \(texts) texts and may have missed something there; bound what it repeats"
    case .unfiltered:
      "it has no letters that every match must contain, or only ones that are everywhere, so that it "
        + "is tried on every text; give it some"
    case .commonLiterals:
      "its literals (\(literals(cost.plan.literals))) stand in "
        + "\(percent(Double(cost.candidates) / Double(max(1, profile.texts)))) of the texts and it "
        + "matches in few of them; make them longer"
    case .unboundedReach:
      "a match may begin anywhere before its literal; bound what comes before it, as in .{0,40}"
    case .unboundedWidth:
      "it repeats across words without bound; write .{0,40} for .* and the like"
    }
  }

  private func literals(_ literals: [String]) -> String {
    let first = literals.prefix(5).map { "'\($0)'" }.joined(separator: " ")
    return literals.count > 5 ? "\(first) and \(literals.count - 5) more" : first
  }

  private func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(1, width - text.count)) + text
  }

  private func percent(_ share: Double) -> String {
    let thousandths = Int((share * 1000).rounded())
    return "\(thousandths / 10).\(thousandths % 10) %"
  }

  private func milliseconds(_ nanoseconds: Int) -> String {
    let hundredths = (nanoseconds + 5_000) / 10_000
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }

  // MARK: As JSON

  /// One object.
  var json: String {
    var json = JSONWriter()
    json.object { json in
      json.key("schema")
      json.string("adwatch.profile/1")
      json.key("patterns")
      json.string(digest)
      json.key("texts")
      json.integer(profile.texts)
      json.key("bytes")
      json.integer(profile.bytes)
      json.key("milliseconds")
      json.number(Double(profile.nanoseconds) / 1e6)
      json.key("rest_share")
      json.number(profile.shareOfTheRest)
      json.key("profile")
      json.array { json in
        for cost in shown { write(cost, to: &json) }
      }
    }
    return json.text
  }

  private func write(_ cost: PatternProfile.Cost, to json: inout JSONWriter) {
    json.object { json in
      json.key("pattern")
      json.string(cost.plan.pattern)
      for (key, value) in [
        ("candidates", cost.candidates), ("searches", cost.searches), ("matches", cost.matches),
        ("hits", cost.hits), ("limited", cost.limited), ("reach", cost.plan.reach),
      ] {
        json.key(key)
        json.integer(value)
      }
      json.key("milliseconds")
      json.number(Double(cost.nanoseconds) / 1e6)
      json.key("share")
      json.number(profile.share(of: cost))
      json.key("worst")
      json.object { json in
        json.key("id")
        json.string(cost.worst?.id)
        json.key("milliseconds")
        json.number(cost.worst.map { Double($0.nanoseconds) / 1e6 })
      }
      json.key("literals")
      json.array { json in
        for literal in cost.plan.literals { json.string(literal) }
      }
      json.key("advice")
      json.array { json in
        for advice in profile.advice(on: cost) { json.string(advice.name) }
      }
    }
  }
}
