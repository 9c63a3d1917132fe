import CaseStore
import Linking
import Vocabulary

extension LinkReport {
  /// For a terminal of so many columns.
  func text(width: Int) -> String {
    var lines = [Output.styled(heading, .bold) + ": " + total]
    lines += section("adverts", adverts)
    lines += section("what they share", view.shared.map(line))
    if view.adverts.count == 1, let only = view.adverts.first {
      lines += section("tied to", only.edges.map { "\(shown($0.node.text))\(doubt($0.doubt))" })
    }
    lines += section("places and dates", PlaceStrip(view.movement, width: width - 2).lines)
    lines += section("movement", movement)
    for texts in texts { lines += section("text:\(texts.group)", Self.lines(of: texts)) }
    lines += section("perhaps also", view.suggestions.map(line))
    lines += section("decisions", ownDecisions.map(line))
    lines += section("history", log.map(line))
    return lines.joined(separator: "\n")
  }

  private func section(_ title: String, _ lines: [String]) -> [String] {
    lines.isEmpty ? [] : ["", Output.styled(title, .bold)] + lines.map { "  " + $0 }
  }

  private var total: String {
    let sources = Set(view.adverts.map(\.advert.source)).count
    let count = view.adverts.count
    let first = view.adverts.compactMap(\.advert.firstSeen).min()
    let last = view.adverts.compactMap(\.advert.lastSeen).max()
    return "\(count) \(count == 1 ? "advert" : "adverts") at \(sources) "
      + "\(sources == 1 ? "source" : "sources")"
      + (first.map { ", seen " + Self.days($0, last ?? $0) } ?? "")
  }

  private var adverts: [String] {
    view.adverts.flatMap { record -> [String] in
      let advert = record.advert
      let caption = captions[advert.id]
      var places: [String] = []
      for seen in advert.sightings.sorted(by: { $0.when < $1.when }) {
        if let place = seen.place, places.last != place { places.append(place) }
      }
      let what = [
        places.isEmpty ? nil : places.joined(separator: " → "),
        advert.names.isEmpty ? nil : advert.names.joined(separator: ", "),
        advert.ages.isEmpty ? nil : "age " + advert.ages.map(String.init).joined(separator: ", "),
        advert.employer, cluster == nil ? clusters[advert.id].map { "in cluster \($0)" } : nil,
        caption?.gone == true ? "gone" : nil,
      ].compactMap { $0.map(shown) }
      return [
        "\(advert.id)  \(shown(caption?.title ?? advert.key))"
          + Output.styled("  [\(advert.source)]", .dim)
          + (what.isEmpty ? "" : "  " + what.joined(separator: "; ")),
        Output.styled("      \(shown(caption?.url ?? advert.key))", .dim),
      ]
    }
  }

  private func line(_ shared: SharedNode) -> String {
    let standing = shared.standing
    let spread = standing.spread
    let here = shared.ties.count
    let counts = [
      "\(here) of these adverts"
        + (spread.adverts > here ? " and \(spread.adverts - here) more" : ""),
      spread.sources > 1 ? "\(spread.sources) sources" : nil,
      spread.places > 1 ? "\(spread.places) places" : nil,
      spread.first.map { Self.days($0, spread.last ?? $0) },
    ].compactMap { $0 }
    let reasons = standing.reasons.map(\.sentence)
    let why = reasons.isEmpty ? "" : ": " + reasons.joined(separator: ", ")
    return "\(shared.joins ? "joins" : Self.name(standing.role))  \(shown(shared.node.text))  "
      + Output.styled(counts.joined(separator: ", "), .dim) + why
      + doubts(shared)
  }

  /// Why ties only suggest, and of how many that is said where it is not of all.
  private func doubts(_ shared: SharedNode) -> String {
    let kinds = Set(shared.ties.compactMap(\.doubt)).sorted { $0.rawValue < $1.rawValue }
    return kinds.map { kind in
      let count = shared.ties.count { $0.doubt == kind }
      return count == shared.ties.count ? doubt(kind) : " (\(count) of them: \(kind.sentence))"
    }.joined()
  }

  private static func days(_ first: Timestamp, _ last: Timestamp) -> String {
    first.day == last.day ? "on \(first.day)" : "\(first.day) to \(last.day)"
  }

  private static func name(_ role: NodeRole) -> String {
    switch role {
    case .joins, .suggests: "suggests"
    case .discounted: "discounted"
    }
  }

  private func doubt(_ doubt: EdgeDoubt?) -> String { doubt.map { " (\($0.sentence))" } ?? "" }

  private var movement: [String] {
    let movement = view.movement
    var lines = movement.circuits.map { circuit in
      "round \((circuit.places + circuit.places.prefix(1)).map(shown).joined(separator: " → ")), "
        + "made again \(circuit.repeats) times, \(circuit.from.day) to \(circuit.to.day)"
    }
    if let days = movement.daysPerLeg {
      lines.append(
        "\(movement.legs.count) journeys, \((days * 10).rounded() / 10) days from one arrival to "
          + "the next (median)")
    }
    return lines
  }

  private static func lines(of texts: Texts) -> [String] {
    var number = 0
    return texts.template.parts.flatMap { part -> [String] in
      switch part {
      case .fixed(let words): return [shown(words)]
      case .slot(let values):
        number += 1
        return zip(texts.adverts, values).map { advert, value in
          Output.styled(
            "    slot \(number), advert \(advert): \(value.isEmpty ? "–" : shown(value))", .yellow)
        }
      }
    }
  }

  private func line(_ suggestion: ClusterSuggestion) -> String {
    let why =
      switch suggestion.reason {
      case .weak: "which only suggests it"
      case .bridge: "which alone, or in one advert alone, does not join two large groups"
      case .parted: "but a person set them apart"
      }
    let own = Set(clusters.values).union(view.adverts.map(\.advert.id))
    let others = [suggestion.a, suggestion.b].filter { !own.contains($0) }.map(String.init)
    return "\(others.joined(separator: " and ")) by \(shown(suggestion.node.text)), \(why)"
  }

  private func line(_ decision: ClusterDecision) -> String {
    "\(decision.id)  \(decision.when.day)  \(shown(decision.act.text))  by \(shown(decision.who)): "
      + shown(decision.why)
  }

  private func line(_ entry: ClusterLogEntry) -> String {
    let others =
      entry.others.isEmpty
      ? "" : " with " + entry.others.map(String.init).joined(separator: ", ")
    let adverts = entry.adverts.prefix(8).map(String.init).joined(separator: ", ")
    return "\(entry.at.day)  \(entry.kind.rawValue)\(others): \(entry.adverts.count) "
      + (entry.adverts.count == 1 ? "advert " : "adverts ")
      + "(\(adverts)\(entry.adverts.count > 8 ? ", …" : ""))"
      + (entry.decision.map { ", by decision \($0)" } ?? "")
  }
}

extension Timestamp {
  /// The day in UTC, as 2026-01-02.
  var day: String { String(rfc3339.prefix(10)) }
}
