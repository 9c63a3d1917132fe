import Bytes
import CaseStore
import Markup
import Matching
import Vocabulary

extension ReviewSite {
  static let advertRoutes: [Route] = [
    .get("/adverts/:advert", .read) { try $0.advertPage() },
    .get("/adverts/:advert/packet", .read) { try $0.packetPage() },
    .get("/captures/:capture/page", .read) { try $0.archivedPage() },
  ]
}

extension Visit {
  func advertPage() throws -> WebReply {
    let id = try number("advert")
    guard let advert = try store.detail(ofAdvert: id) else { throw WebProblem.missing }
    try record(.read, advert: id)
    let wanted = query["version"].flatMap { Int64($0) }
    guard
      let version = advert.versions.first(where: { $0.id == (wanted ?? advert.judged) })
        ?? advert.versions.first(where: { $0.id == advert.latest }) ?? advert.versions.first
    else { throw WebProblem.missing }
    let shownRecord = ShownRecord(version.record)
    let lease = try advert.cluster.flatMap { try store.lease(ofGroup: $0, at: at) }
    let own = try account()
    let urgent = advert.lane == .urgent
    let isGrouped = try advert.cluster.map { try store.adverts(inGroup: $0) > 1 } ?? false
    var context: [String: Any] = [
      "id": id, "heading": version.title ?? words["untitled"], "source": advert.source,
      "url": advert.url, "days": days(advert.firstSeen, advert.lastSeen),
      "gone": advert.gone, "edited": advert.latest != version.id, "urgent": urgent,
      "form": version.form.map { words["form_\($0.rawValue)"] } ?? words["form_unknown"],
      "advert_language": version.language ?? "", "key": advert.key,
      "state": advert.state.map { words["state_\($0.rawValue)"] } ?? words["not_for_review"],
      "for_review": advert.judged != nil, "group": advert.cluster ?? 0,
      "grouped": isGrouped,
      "linked": try store.cluster(ofAdvert: id) as Any? ?? false,
      "lease": lease.map { held($0, isOwn: $0.account == own.id) } as Any? ?? false,
      "own": lease?.account == own.id, "may_take": may(.work) && lease == nil,
      "may_work": may(.work),
      "may_judge": may(.judge) && advert.judged != nil
        && (lease == nil || lease?.account == own.id),
      "choices": choices, "capture": version.capture,
    ]
    addText(version, shownRecord, to: &context)
    addReasons(shownRecord, to: &context)
    addFindings(shownRecord, to: &context)
    try addHistory(advert, version, to: &context)
    try addReferrals(advert, shownRecord, to: &context)
    return try page("advert", title: version.title ?? words["untitled"], context)
  }

  func addText(
    _ version: AdvertVersion, _ record: ShownRecord, to context: inout [String: Any]
  ) {
    let marks = record.hits.compactMap { hit in
      hit.range.map {
        TextPieces.Mark(
          range: $0, number: hit.number, counts: hit.notCounted == nil && hit.inContent)
      }
    }
    let text = TextPieces(
      version.text, marks: marks, content: record.content, most: limits.shownTextBytes)
    // Stretches of the advert's own words and of the rest of the page take turns.
    var runs: [(isOwn: Bool, pieces: [[String: Any]])] = []
    for piece in text.pieces {
      if runs.last?.isOwn != piece.isOwn { runs.append((piece.isOwn, [])) }
      runs[runs.count - 1].pieces.append([
        "text": piece.text, "marked": !piece.marks.isEmpty,
        "counts": piece.marks.contains { $0.counts },
        "endings": piece.endings.map { ["number": $0] },
      ])
    }
    context["runs"] = runs.filter { run in
      run.isOwn
        || run.pieces.contains { ($0["text"] as? String)?.contains { !$0.isWhitespace } ?? false }
    }.map { ["own": $0.isOwn, "pieces": $0.pieces] as [String: Any] }
    context["cut"] = text.isCut
  }

  func addReasons(_ record: ShownRecord, to context: inout [String: Any]) {
    let rates = site.rates.current
    context["because"] = record.because.map { reason in
      [
        "barrier": words["barrier_\(reason.barrier)"],
        "indicators": reason.indicators.map { "\($0) \(indicatorTitle($0) ?? "")" },
      ] as [String: Any]
    }
    context["urgent_because"] = record.urgent.map { "\($0) \(indicatorTitle($0) ?? "")" }
    context["rule"] = record.rule
    let counted = record.hits.filter { $0.notCounted == nil && $0.inContent }
    let others = record.hits.filter { $0.notCounted != nil || !$0.inContent }
    context["for"] = counted.map { hit($0, rates) }
    context["against"] = others.map { hit($0, rates) }
    context["nothing_against"] = others.isEmpty
    context["linkage"] = record.linkage
  }

  /// Who works on something, and until when.
  func held(_ lease: ReviewLease, isOwn: Bool) -> String {
    let time = String(lease.until.rfc3339.prefix(16).suffix(5)) + " UTC"
    return isOwn ? words["held_by_you_until", time] : words["held_until", lease.login, time]
  }

  private func hit(_ hit: ShownRecord.Hit, _ rates: BaseRates.Counts?) -> [String: Any] {
    let indicator = site.library?.indicator(hit.indicator)
    let rate: String
    if let rates, rates.adverts > 0 {
      rate =
        words[
          "base_rate", String(rates.byIndicator[hit.indicator] ?? 0), String(rates.adverts)]
    } else {
      rate = words["base_rate_unknown"]
    }
    return [
      "number": hit.number, "indicator": hit.indicator,
      "title": indicatorTitle(hit.indicator) ?? "",
      "barriers": hit.barriers.map { words["barrier_\($0)"] }.joined(separator: ", "),
      "strength": hit.strength.map { words["strength_\($0)"] } ?? "",
      "evidence": hit.evidence.map { words["evidence_\($0)"] } ?? "",
      "sources": indicator?.sources.joined(separator: "; ") ?? "",
      "note": indicator?.note as Any? ?? false, "rate": rate, "pattern": hit.pattern,
      "version": hit.packVersion, "quote": hit.quote as Any? ?? false,
      "computed": hit.range == nil, "in_text": hit.range != nil,
      "not_counted": hit.notCounted ?? (hit.inContent ? "" : words["outside"]),
    ]
  }

  /// Facts and selectors that are shown.
  private static let mostFindings = 100

  func addFindings(_ record: ShownRecord, to context: inout [String: Any]) {
    context["fields"] = record.fields.map { ["name": words["field_\($0)"], "value": $1] }
    context["facts"] = (record.record["facts"]?.list ?? []).prefix(Self.mostFindings).map { fact in
      [
        "kind": words["fact_\(fact["kind"]?.string ?? "")"], "raw": fact["raw"]?.string ?? "",
        "value": fact["value"]?.string ?? fact["value"]?.number.map(Self.number) ?? "",
        "unit": [fact["currency"]?.string, fact["period"]?.string].compactMap { $0 }
          .joined(separator: " "),
      ]
    }
    var seen: Set<String> = []
    context["selectors"] = (record.record["selectors"]?.list ?? []).prefix(Self.mostFindings)
      .compactMap { selector -> [String: Any]? in
        guard let kind = selector["kind"]?.string, let value = selector["value"]?.string,
          seen.insert("\(kind):\(value)").inserted
        else { return nil }
        return [
          "kind": words["selector_\(kind)"], "value": value,
          "href": Self.selectorPath(kind, value),
          "trick": selector["trick"]?.string.map {
            words["hidden_by", words["trick_\($0)"], selector["raw"]?.string ?? ""]
          } as Any? ?? false,
        ]
      }
  }

  private static func number(_ value: Double) -> String {
    Int64(exactly: value).map(String.init) ?? "\(value)"
  }

  func addHistory(
    _ advert: AdvertDetail, _ version: AdvertVersion, to context: inout [String: Any]
  ) throws {
    context["versions"] = advert.versions.map { other in
      [
        "id": other.id, "seen": shown(other.seenAt), "flagged": other.flagged,
        "current": other.id == version.id, "href": "/adverts/\(advert.id)?version=\(other.id)",
      ] as [String: Any]
    }
    context["several_versions"] = advert.versions.count > 1
    if let place = advert.versions.firstIndex(of: version), place + 1 < advert.versions.count {
      let earlier = advert.versions[place + 1]
      context["diff"] = WordDiff(from: earlier.text, to: version.text).parts.map { part in
        [
          "text": part.text, "added": part.kind == .added, "removed": part.kind == .removed,
          "same": part.kind == .same,
        ] as [String: Any]
      }
      context["diff_from"] = shown(earlier.seenAt)
    }
    context["sightings"] = advert.sightings.map {
      ["at": shown($0.at), "url": $0.url, "capture": $0.capture] as [String: Any]
    }
    let entries = try store.verdicts(on: advert.id)
    let undone = Set(entries.compactMap(\.undoes))
    let own = try account()
    context["verdicts"] = entries.map { entry in
      let reason = entry.why.flatMap { JSONValue(parsing: Array($0.utf8))?["why"]?.string }
      return [
        "id": entry.id, "at": shown(entry.at), "login": entry.login,
        "choice": entry.choice.map { words["verdict_\($0.rawValue)"] }
          ?? words["took_back", String(entry.undoes ?? 0)],
        "why": reason ?? (entry.why == nil ? words["erased"] : ""),
        "second": entry.asksSecond, "undone": undone.contains(entry.id),
        "may_undo": entry.choice != nil && !undone.contains(entry.id) && entry.account == own.id
          && may(.judge),
      ] as [String: Any]
    }
    context["notes"] = try store.notes(on: advert.id).map { note in
      [
        "at": shown(note.at), "login": note.login,
        "text": note.text.flatMap { JSONValue(parsing: Array($0.utf8))?["note"]?.string }
          ?? words["erased"],
      ]
    }
    if let evidence = try store.evidence(ofCapture: version.capture) {
      context["evidence"] = [shown(evidence)]
    }
  }

  func shown(_ evidence: CaptureEvidence) -> [String: Any] {
    [
      "capture": evidence.capture, "url": evidence.url,
      "began": evidence.beganAt.rfc3339Milliseconds,
      "status": evidence.status.map(String.init) ?? "",
      "payload": evidence.payloadDigest.map { "sha256:" + Hex.encode($0) } ?? "",
      "custody": evidence.custody.map(String.init) ?? "",
      "members": evidence.members.map {
        [
          "type": $0.type, "file": $0.file, "offset": $0.offset, "length": $0.length,
          "digest": "sha256:" + Hex.encode($0.digest), "record": $0.recordID,
        ] as [String: Any]
      },
    ]
  }

  /// What a hotline or the police needs of an advert, to be printed or saved: and nothing else.
  func packetPage() throws -> WebReply {
    let id = try number("advert")
    guard let advert = try store.detail(ofAdvert: id), let judged = advert.judged,
      let version = advert.versions.first(where: { $0.id == judged })
    else { throw WebProblem.missing }
    try record(.packet, advert: id)
    let shownRecord = ShownRecord(version.record)
    var context: [String: Any] = [
      "id": id, "heading": version.title ?? words["untitled"], "source": advert.source,
      "url": advert.url, "first": shown(advert.firstSeen), "last": shown(advert.lastSeen),
      "made": shown(at), "by": try account().login, "urgent": advert.lane == .urgent,
      "reference": session?.purpose?.reference ?? "",
    ]
    addText(version, shownRecord, to: &context)
    addReasons(shownRecord, to: &context)
    addFindings(shownRecord, to: &context)
    if let evidence = try store.evidence(ofCapture: version.capture) {
      context["evidence"] = [shown(evidence)]
    }
    return try page("packet", title: words["packet_title", String(id)], context)
  }

  func archivedPage() throws -> WebReply {
    let id = try number("capture")
    guard let evidence = try store.evidence(ofCapture: id) else { throw WebProblem.missing }
    try record(.page, query: "capture=\(id)")
    let source =
      try evidence.payloadOf.flatMap { try store.evidence(ofCapture: $0) } ?? evidence
    var context: [String: Any] = ["capture": id, "url": evidence.url]
    if let archived = ArchivedPage(source, in: site.folder, most: limits.archivedBytes) {
      context["page_title"] = archived.title as Any? ?? false
      context["lines"] = archived.lines.map {
        ["text": $0.text, "heading": $0.heading > 0] as [String: Any]
      }
      context["links"] = archived.links.map { ["text": $0.text, "address": $0.address] }
      context["hidden"] = archived.hidden.map {
        ["text": $0.text, "reason": words["hidden_\($0.reason)"]]
      }
      context["has_hidden"] = !archived.hidden.isEmpty
      context["images"] = words["images_not_shown", String(archived.images)]
    } else {
      context["unreadable"] = true
    }
    var reply = try page("captured", title: words["archived_page"], context)
    reply.headers.append(
      (
        "content-security-policy",
        "sandbox; default-src 'none'; style-src 'self'; frame-ancestors 'self'; base-uri 'none'; "
          + "form-action 'none'"
      ))
    reply.headers.append(("x-frame-options", "SAMEORIGIN"))
    return reply
  }
}
