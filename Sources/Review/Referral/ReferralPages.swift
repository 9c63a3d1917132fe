import Bytes
import CaseStore
import Foundation
import Markup
import Vocabulary

extension ReviewSite {
  static let referralRoutes: [Route] = [
    .get("/adverts/:advert/report", .read) { try $0.reportPage() },
    .get("/adverts/:advert/report.pdf", .read) { try $0.reportFile() },
    .get("/adverts/:advert/extract/:partner", .work) { try $0.extractPage() },
    .post("/adverts/:advert/refer", .judge) { try $0.refer() },
    .post("/referrals/:referral/outcome", .work) { try $0.addOutcome() },
  ]
}

extension Visit {
  /// Whom an advert might go to and whom it went to, for the page about it.
  func addReferrals(
    _ advert: AdvertDetail, _ record: ShownRecord, to context: inout [String: Any]
  ) throws {
    let referrals = try store.referrals(of: advert.id)
    let barriers = record.because.compactMap { Barrier(rawValue: $0.barrier) }
    let advised = site.partners.advised(for: barriers)
    context["advice"] = advised.map { found in
      [
        "partner": found.partner.key, "name": word(found.partner.name),
        "task": word(found.partner.task),
        "barriers": found.barriers.map { words["barrier_\($0.rawValue)"] }
          .joined(separator: ", "),
        "parts": found.partner.extract.map { words["extract_\($0.rawValue)"] }
          .joined(separator: ", "),
      ]
    }
    context["advised"] = !advised.isEmpty && advert.judged != nil
    context["may_refer"] = may(.judge)
    context["may_see_notices"] = may(.notices)
    context["may_notify"] = may(.notify) && advert.lane != .urgent
    context["referrals"] = referrals.map { referral in
      [
        "number": referral.id, "at": shown(referral.at), "login": referral.login,
        "partner": site.partners.partner(referral.partner).map { word($0.name) }
          ?? referral.partner,
        "answers": referral.answers.map { answer in
          [
            "at": shown(answer.at), "who": answer.login,
            "outcome": words["outcome_\(answer.outcome.rawValue)"],
            "note": answer.detail.flatMap { JSONValue(parsing: Array($0.utf8))?["note"]?.string }
              ?? words["erased"],
          ] as [String: Any]
        },
      ] as [String: Any]
    }
    context["outcomes"] = ReferralOutcome.allCases.map {
      ["value": $0.rawValue, "name": words["outcome_\($0.rawValue)"]]
    }
    context["referred"] = !referrals.isEmpty
  }

  /// A text in the language of the page, else in English.
  func word(_ texts: [String: String]) -> String {
    texts[language.rawValue] ?? texts["en"] ?? ""
  }

  /// What every page about one advert that leaves the house says.
  private func reported(
    _ id: Int64
  ) throws -> (advert: AdvertDetail, version: AdvertVersion, context: [String: Any]) {
    guard let advert = try store.detail(ofAdvert: id),
      let version = advert.versions.first(where: { $0.id == (advert.judged ?? advert.latest) })
    else { throw WebProblem.missing }
    return (
      advert, version,
      [
        "id": id, "heading": version.title ?? words["untitled"], "source": advert.source,
        "url": advert.url, "days": days(advert.firstSeen, advert.lastSeen),
        "made": shown(at), "by": try account().login, "urgent": advert.lane == .urgent,
        "reference": session?.purpose?.reference ?? "",
        "purpose_said": session?.purpose.map { words["purpose_\($0.kind.rawValue)"] } ?? "",
      ]
    )
  }

  private func report() throws -> [String: Any] {
    let id = try number("advert")
    var (advert, version, context) = try reported(id)
    try record(.report, advert: id)
    let record = ShownRecord(version.record)
    addText(version, record, to: &context)
    addReasons(record, to: &context)
    addFindings(record, to: &context)
    try addHistory(advert, version, to: &context)
    try addReferrals(advert, record, to: &context)
    context["places"] = places(record)
    context["assets"] = "/assets/"
    return context
  }

  /// Places that the advert's own words name.
  private func places(_ record: ShownRecord) -> String {
    var names: [String] = []
    for fact in record.record["facts"]?.list ?? [] where fact["kind"]?.string == "place" {
      guard let name = fact["value"]?.string, !names.contains(name) else { continue }
      names.append(name)
    }
    return names.prefix(20).joined(separator: ", ")
  }

  func reportPage() throws -> WebReply {
    let context = try report()
    return try page("report", title: words["report_title", parameters["advert"] ?? ""], context)
  }

  func reportFile() throws -> WebReply {
    guard let program = site.chromium else { throw WebProblem.refused(words["no_browser"]) }
    var context = try report()
    context["assets"] = ""
    context["is_file"] = true
    let id = parameters["advert"] ?? ""
    let html = try page("report", title: words["report_title", id], context)
    let printed = try site.heavy.run {
      PrintedPage(html: html.body, style: BundledFiles.all["page.css"] ?? []).pdf(program: program)
    }
    guard let printed else { throw WebProblem.refused(words["not_printed"]) }
    return WebReply(
      status: 200,
      headers: [
        ("content-type", "application/pdf"),
        ("content-disposition", "attachment; filename=\"adwatch-advert-\(id).pdf\""),
      ], body: printed)
  }

  func extractPage() throws -> WebReply {
    let id = try number("advert")
    guard let partner = site.partners.partner(parameters["partner"] ?? "") else {
      throw WebProblem.missing
    }
    var (_, version, context) = try reported(id)
    try record(.report, advert: id, query: "partner=\(partner.key)")
    let record = ShownRecord(version.record)
    let parts = Set(partner.extract)
    context["partner"] = partner.key
    context["partner_name"] = word(partner.name)
    context["task"] = word(partner.task)
    context["parts"] = partner.extract.map { words["extract_\($0.rawValue)"] }
      .joined(separator: ", ")
    if parts.contains(.text) { addText(version, record, to: &context) }
    if parts.contains(.reasons) { addReasons(record, to: &context) }
    var found: [String: Any] = [:]
    addFindings(record, to: &found)
    if parts.contains(.selectors) { context["selectors"] = found["selectors"] }
    if parts.contains(.fields) { context["fields"] = found["fields"] }
    if parts.contains(.places) { context["places"] = places(record) }
    for part in ExtractPart.allCases { context["has_\(part.rawValue)"] = parts.contains(part) }
    // Who needs no evidence needs no address either: it leads to the advert's contacts.
    if parts.contains(.evidence), let evidence = try store.evidence(ofCapture: version.capture) {
      context["evidence"] = [shown(evidence)]
    } else {
      context["url"] = false
    }
    context["may_refer"] = may(.judge)
    return try page(
      "extract", title: words["extract_title", String(id), word(partner.name)], context)
  }

  func refer() throws -> WebReply {
    let id = try number("advert")
    guard let partner = form["partner"].flatMap({ site.partners.partner($0) }) else {
      throw WebProblem.missing
    }
    try store.refer(advert: id, to: partner.key, by: try account(), at: at)
    return .redirect("/adverts/\(id)#referrals")
  }

  func addOutcome() throws -> WebReply {
    let referral = try number("referral")
    guard let outcome = form["outcome"].flatMap(ReferralOutcome.init(rawValue:)),
      let advert = try store.advert(ofReferral: referral)
    else { throw WebProblem.missing }
    let note = form.text("note") ?? ""
    guard note.utf8.count <= limits.noteBytes else { throw WebProblem.tooLarge }
    try store.answer(referral: referral, outcome, note: note, by: try account(), at: at)
    return .redirect("/adverts/\(advert)#referrals")
  }
}
