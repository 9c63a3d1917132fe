import Bytes
import Matching
import Measurement

/// What `adwatch patterns measure` says, for a person and as JSON.
struct MeasureReport {
  var library: PatternLibrary
  var digest: String
  /// What a true label means, in the words of whoever knows.
  var meaning: String?
  /// Indicators that were left out, because they rest on what is not stated.
  var leftOut: [String]
  var tally: LabelTally
  /// Inputs without a label, and labels without an input.
  var unlabelled: Int
  var unread: Int

  private let sampleRule = SampleRule()

  private var ids: [String] {
    library.packs.flatMap(\.indicators).map(\.id).filter { !leftOut.contains($0) }.sorted()
  }

  // MARK: For a person

  /// Lines of text.
  var lines: [String] {
    var lines = [
      "\(tally.total) labelled adverts, \(tally.positives) of them positive"
        + (meaning.map { " (\($0))" } ?? "") + ".",
      "base rate \(text(base))",
    ]
    if unlabelled + unread > 0 {
      lines.append(
        "Left out: \(unlabelled) adverts without a label, \(unread) labels without an advert.")
    }
    if !leftOut.isEmpty {
      lines.append(
        "Left out, also from the rule: \(leftOut.joined(separator: ", ")). They rest on what is not "
          + "stated, which tells how adverts were collected.")
    }
    lines += ["", "The whole rule (flagged)"] + figures(MeasuredSample.rule)
    var never: [String] = []
    for id in ids {
      guard tally.table(id).support > 0 else {
        never.append(id)
        continue
      }
      lines += ["", "\(id) \(library.indicator(id)?.title["en"] ?? "")"] + figures(id)
    }
    if !never.isEmpty { lines += ["", "Found nowhere: \(never.joined(separator: ", "))."] }
    lines += [
      "",
      "Intervals are 95 %: of \(ids.count) indicators, one in twenty may lie outside of its own by "
        + "chance.",
    ]
    return lines
  }

  private func figures(_ name: String) -> [String] {
    let table = tally.table(name)
    return [
      "  found in \(table.support) of \(table.total), \(table.truePositives) of them positive",
      "  precision \(text(sampleRule.estimate(table.precision, of: "adverts with a hit")))",
      "  recall    \(text(sampleRule.estimate(table.recall, of: "positive adverts")))",
      "  lift      \(text(sampleRule.lift(table)))",
    ]
  }

  private func text(_ estimate: Estimate) -> String {
    switch estimate {
    case .figure(let value, let interval):
      "\(rounded(value)) (\(rounded(interval.lower)) to \(rounded(interval.upper)))"
    case .withheld(let shortfall): "cannot be told: \(text(shortfall))"
    }
  }

  private func text(_ shortfall: Shortfall) -> String {
    switch shortfall {
    case .few(let what, let count, let needed): "\(count) \(what), at least \(needed) are needed"
    case .wide(let interval):
      "anything from \(rounded(interval.lower)) to \(rounded(interval.upper))"
    case .oneClass: "all labels are the same"
    }
  }

  private func rounded(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }

  private var base: Estimate {
    sampleRule.estimate(tally.table(MeasuredSample.rule).baseRate, of: "labelled adverts")
  }

  // MARK: As JSON

  /// One object.
  var json: String {
    var json = JSONWriter()
    json.object { json in
      json.key("schema")
      json.string("adwatch.measure/1")
      json.key("patterns")
      json.string(digest)
      json.key("label_means")
      json.string(meaning)
      for (key, value) in [
        ("adverts", tally.total), ("positive", tally.positives), ("unlabelled", unlabelled),
        ("unread", unread),
      ] {
        json.key(key)
        json.integer(value)
      }
      json.key("base_rate")
      write(base, to: &json)
      json.key("left_out")
      json.array { json in
        for id in leftOut { json.string(id) }
      }
      json.key("rule")
      write(MeasuredSample.rule, id: nil, to: &json)
      json.key("indicators")
      json.array { json in
        for id in ids { write(id, id: id, to: &json) }
      }
    }
    return json.text
  }

  private func write(_ name: String, id: String?, to json: inout JSONWriter) {
    let table = tally.table(name)
    json.object { json in
      if let id {
        json.key("id")
        json.string(id)
      }
      json.key("support")
      json.integer(table.support)
      json.key("true_positives")
      json.integer(table.truePositives)
      json.key("precision")
      write(sampleRule.estimate(table.precision, of: "adverts with a hit"), to: &json)
      json.key("recall")
      write(sampleRule.estimate(table.recall, of: "positive adverts"), to: &json)
      json.key("lift")
      write(sampleRule.lift(table), to: &json)
    }
  }

  private func write(_ estimate: Estimate, to json: inout JSONWriter) {
    json.object { json in
      var figure: (value: Double, interval: Interval)?
      var withheld: Shortfall?
      switch estimate {
      case .figure(let value, let interval): figure = (value, interval)
      case .withheld(let shortfall): withheld = shortfall
      }
      json.key("value")
      json.number(figure?.value)
      json.key("lower")
      json.number(figure?.interval.lower)
      json.key("upper")
      json.number(figure?.interval.upper)
      json.key("withheld")
      json.string(withheld?.rule)
    }
  }
}
