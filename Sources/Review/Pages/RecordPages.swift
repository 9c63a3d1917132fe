import CaseStore
import Markup
import Vocabulary

extension ReviewSite {
  static let recordRoutes: [Route] = [
    .post("/adverts/:advert/verdict", .judge) { try $0.judgeAdvert() },
    .post("/groups/:group/verdict", .judge) { try $0.judgeGroup() },
    .post("/verdicts/:verdict/undo", .judge) { try $0.undo() },
    .post("/adverts/:advert/note", .work) { try $0.addNote() },
    .get("/figures", .account) { try $0.figuresPage() },
    .get("/audit", .audit) { try $0.auditPage() },
    .get("/accounts", .administer) { try $0.accountsPage() },
  ]
}

extension Visit {
  private func verdict(_ adverts: [Int64], cluster: Int64?) throws {
    guard let choice = form["verdict"].flatMap(VerdictChoice.init(rawValue:)) else {
      throw WebProblem.refused(words["verdict_missing"])
    }
    guard let why = form.text("why"), why.utf8.count <= limits.noteBytes else {
      throw WebProblem.refused(words["why_missing"])
    }
    guard let session else { throw WebProblem.signIn }
    try store.judge(
      VerdictRequest(
        adverts: adverts, cluster: cluster, choice: choice, why: why,
        asksSecond: form["second"] != nil), by: session.account, since: session.createdAt, at: at)
  }

  func judgeAdvert() throws -> WebReply {
    let advert = try number("advert")
    try verdict([advert], cluster: nil)
    return form["then"] == "next" ? try next() : .redirect("/adverts/\(advert)")
  }

  func judgeGroup() throws -> WebReply {
    let group = try number("group")
    let chosen = form.all("advert").compactMap { Int64($0) }
    guard !chosen.isEmpty else { throw WebProblem.refused(words["none_chosen"]) }
    try verdict(chosen, cluster: group)
    return .redirect("/groups/\(group)")
  }

  func undo() throws -> WebReply {
    let why = form.text("why") ?? ""
    guard why.utf8.count <= limits.noteBytes else { throw WebProblem.tooLarge }
    try store.undo(verdict: try number("verdict"), why: why, by: try account(), at: at)
    return .redirect(Visit.ownPath(form["to"]))
  }

  func addNote() throws -> WebReply {
    let advert = try number("advert")
    guard let note = form.text("note"), note.utf8.count <= limits.noteBytes else {
      throw WebProblem.refused(words["note_missing"])
    }
    try store.addNote(note, on: advert, by: try account(), at: at)
    return .redirect("/adverts/\(advert)#notes")
  }

  func figuresPage() throws -> WebReply {
    let opinions = try store.secondOpinions()
    let share = opinions.pairs == 0 ? nil : Double(opinions.differing) / Double(opinions.pairs)
    var rows: [[String: Any]] = []
    for lane in Lane.allCases {
      let counts = try store.queueCounts(lane: lane, most: 100_000)
      rows.append([
        "name": words[lane == .urgent ? "menu_urgent" : "menu_queue"],
        "open": counts[.open] ?? 0, "held": counts[.held] ?? 0, "done": counts[.done] ?? 0,
      ])
    }
    return try page(
      "figures", title: words["menu_figures"],
      [
        "lanes": rows, "pairs": opinions.pairs, "differing": opinions.differing,
        "share": share.map { "\(Int(($0 * 100).rounded())) %" } ?? words["cannot_be_told"],
      ])
  }

  func auditPage() throws -> WebReply {
    let login = query.text("account")
    let advert = query.text("advert").flatMap { Int64($0) }
    let before = query["before"].flatMap { Int64($0) }
    var entries = try store.accesses(
      by: login, advert: advert, before: before, most: limits.rows * 2 + 1)
    let goesOn = entries.count > limits.rows * 2
    entries = Array(entries.prefix(limits.rows * 2))
    var context: [String: Any] = [
      "account": login ?? "", "advert": advert.map(String.init) ?? "", "empty": entries.isEmpty,
      "entries": entries.map { entry in
        let detail = entry.detail.flatMap { JSONValue(parsing: Array($0.utf8)) }
        return [
          "sequence": entry.sequence, "at": shown(entry.at), "login": entry.login,
          "kind": words["access_\(entry.kind.rawValue)"],
          "purpose": words["purpose_\(entry.purpose)"],
          "reference": detail?["reference"]?.string ?? "",
          "advert": entry.advert.map(String.init) as Any? ?? false,
          "query": detail?["query"]?.string ?? (entry.detail == nil ? words["erased"] : ""),
        ] as [String: Any]
      },
    ]
    context["file"] =
      "/audit.csv?" + (login.map { "&account=" + FormFields.encode($0) } ?? "")
      + (advert.map { "&advert=\($0)" } ?? "")
    if goesOn, let last = entries.last {
      context["more"] =
        "/audit?before=\(last.sequence)" + (login.map { "&account=" + FormFields.encode($0) } ?? "")
        + (advert.map { "&advert=\($0)" } ?? "")
    }
    return try page("audit", title: words["menu_audit"], context)
  }

  func accountsPage() throws -> WebReply {
    try page(
      "accounts", title: words["menu_accounts"],
      [
        "accounts": try store.accounts().map { account in
          [
            "login": account.login,
            "roles": account.roles.map { words["role_\($0.rawValue)"] }.sorted()
              .joined(separator: ", "),
            "second": account.secondFactor != nil, "created": shown(account.createdAt),
            "signed_in": account.signedInAt.map { shown($0) } ?? words["never"],
            "disabled": account.disabledAt.map { shown($0) } as Any? ?? false,
          ] as [String: Any]
        }
      ])
  }
}
