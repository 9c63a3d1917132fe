import CaseStore
import Markup
import Matching
import Vocabulary

/// The adverts for review as a person reads them in a terminal.
struct FlagTable {
  /// For each indicator, in how many adverts it was found: a hit says more when it is rare.
  var counts: [String: Int64]
  /// Adverts held.
  var adverts: Int64
  /// The packs, for the indicators' titles.
  var library: PatternLibrary?

  /// One advert with its reasons, several lines.
  func entry(_ advert: FlaggedAdvert, number: Int) -> String {
    let record = JSONValue.object(FlagRecord(advert).record)
    var lines = [heading(advert, number), "   \(shown(advert.url))"]
    lines.append(
      "   seen \(advert.firstSeen.rfc3339) to \(advert.lastSeen.rfc3339)"
        + (advert.gone ? ", now gone" : "")
        + (advert.editedSince ? ", edited since: shown as it was flagged" : ""))
    for reason in record["assessment"]?["because"]?.list ?? [] {
      let ids = (reason["indicators"]?.list ?? []).compactMap(\.string)
      lines.append(
        "   \(Output.styled(reason["barrier"]?.string ?? "", .bold)): \(ids.joined(separator: ", "))"
      )
    }
    let urgent = (record["assessment"]?["urgent"]?.list ?? []).compactMap(\.string)
    if !urgent.isEmpty { lines.append("   urgent: \(urgent.joined(separator: ", "))") }
    lines += hits(of: record, advert.linkage).map { "     " + $0 }
    if let cluster = advert.cluster {
      let others = advert.clusterSize - 1
      lines.append(
        "     in cluster \(cluster) with \(others) other \(others == 1 ? "advert" : "adverts"): "
          + "adwatch links \(cluster)")
    }
    lines += contacts(of: record).map { "     " + $0 }
    return lines.joined(separator: "\n") + "\n"
  }

  private func heading(_ advert: FlaggedAdvert, _ number: Int) -> String {
    let lane = advert.lane == .urgent ? Output.styled("URGENT ", .red) : ""
    let title = shown(advert.title ?? advert.key)
    let priority = (advert.priority * 10).rounded() / 10
    return "\(number). \(lane)\(Output.styled(title, .bold))"
      + Output.styled("  [\(advert.source), priority \(priority)]", .dim)
  }

  private func hits(of record: JSONValue, _ linkage: [String: Int]) -> [String] {
    var seen: Set<String> = []
    return (record["hits"]?.list ?? []).compactMap { hit in
      guard hit["not_counted"]?.string == nil, let id = hit["indicator"]?.string else { return nil }
      let quote = hit["quote"]?.string.map { "“\(shown($0))”" } ?? counted(id, linkage)
      guard seen.insert(id + quote).inserted else { return nil }
      let strength = hit["strength"]?.string ?? ""
      let evidence = hit["evidence"]?.string ?? ""
      return
        "\(id) \(title(id))\(quote) \(Output.styled("\(strength), \(evidence), \(base(id)), \(hit["pattern"]?.string ?? "")", .dim))"
    }
  }

  /// What a computed indicator rests on, as far as it is about links.
  private func counted(_ id: String, _ linkage: [String: Int]) -> String {
    let measures = library?.indicator(id)?.condition?.measures ?? []
    let counts = measures.sorted { $0.rawValue < $1.rawValue }.compactMap { measure in
      linkage[measure.rawValue].flatMap { LinkageCount(measure, $0)?.sentence }
    }
    return counts.isEmpty ? "computed" : "(" + counts.joined(separator: ", ") + ")"
  }

  private func title(_ id: String) -> String {
    guard let title = library?.indicator(id)?.title["en"] else { return "" }
    return title + ": "
  }

  private func base(_ id: String) -> String {
    guard adverts > 0, let count = counts[id] else { return "in none" }
    return "in \(count) of \(adverts) adverts"
  }

  private func contacts(of record: JSONValue) -> [String] {
    (record["selectors"]?.list ?? []).compactMap { selector in
      guard let kind = selector["kind"]?.string, let value = selector["value"]?.string,
        kind != "url", case .bool(true)? = selector["in_content"]
      else { return nil }
      let trick = selector["trick"]?.string.map {
        " (hidden: \($0), “\(shown(selector["raw"]?.string ?? ""))”)"
      }
      return Output.styled("\(kind) \(shown(value))\(trick ?? "")", .dim)
    }
  }
}
