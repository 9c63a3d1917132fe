import Bytes
import CaseStore
import Notices
import Vocabulary
import WebAddress

extension Visit {
  private var desk: NoticeDesk {
    get throws { try NoticeDesk(store: store) { Address($0)?.hostname } }
  }

  /// The form for a notice about the adverts that the query names.
  func newNoticePage() throws -> WebReply {
    var plan = NoticeDesk.Plan()
    plan.language = language.rawValue
    plan.fields.notifier = site.tools.notifier
    plan.fields.mailbox = site.tools.mailbox
    return try noticeForm(plan, about: query.text("advert") ?? "", action: "/notices", isNew: true)
  }

  func editNoticePage() throws -> WebReply {
    let notice = try notice()
    try record(.notice, query: "notice=\(notice.id)")
    return try noticeForm(
      try NoticeDesk.plan(of: notice), about: "", action: "/notices/\(notice.id)/edit",
      isNew: false)
  }

  func draftNotice() throws -> WebReply {
    let adverts = (form.text("adverts") ?? "")
      .split { !$0.isASCII || !$0.isNumber }.compactMap { Int64($0) }
    var plan = NoticeDesk.Plan()
    plan.act = form.text("act") ?? ""
    plan.recipient = form.text("recipient") ?? ""
    plan.rung = form.text("rung").flatMap { Int($0) } ?? 0
    take(&plan)
    plan.fields.notifier = site.tools.notifier
    plan.fields.mailbox = site.tools.mailbox
    let drafted = try saying {
      try desk.draft(plan, about: adverts, by: try account(), at: at)
    }
    switch drafted {
    case .existing(let id), .new(let id): return .redirect("/notices/\(id)")
    }
  }

  func editNotice() throws -> WebReply {
    let notice = try notice()
    var plan = try NoticeDesk.plan(of: notice)
    take(&plan)
    try saying { try desk.edit(notice, to: plan, by: try account(), at: at) }
    return .redirect("/notices/\(notice.id)")
  }

  func submitNotice() throws -> WebReply {
    let notice = try notice()
    guard notice.draft.text.problems.isEmpty else {
      throw WebProblem.refused(words["notice_incomplete"])
    }
    try store.moveNotice(
      notice.id, to: .review, why: "submitted", by: try account().actor, at: at)
    return .redirect("/notices/\(notice.id)")
  }

  /// Approves the bytes that the page showed, by whoever knows this account's password and has its
  /// second factor now: a session that was left open approves nothing.
  func approveNotice() throws -> WebReply {
    let id = try number("notice")
    let account = try account()
    guard let digest = Hex.decode(form["digest"] ?? ""), digest.count == 32 else {
      throw WebProblem.malformed
    }
    guard let secret = account.secondFactor else {
      throw WebProblem.refused(words["needs_second"])
    }
    guard
      try store.attemptSignIn(
        login: account.login, address: address, mostOfLogin: limits.signInsOfLogin,
        mostOfAddress: limits.signInsOfAddress, window: limits.signInWindow, at: at)
    else { throw WebProblem.tooMany }
    let isKnown =
      PasswordHash(text: account.passwordHash)?.matches(Array((form["password"] ?? "").utf8))
      ?? false
    let step = OneTimeCode.step(of: form["code"] ?? "", secret: secret, at: at.seconds)
    guard isKnown, let step else {
      try store.recordFailedSignIn(login: account.login, from: address, at: at)
      throw WebProblem.refused(words["approve_failed"])
    }
    try store.approveNotice(
      id, NoticeApproval(digest: digest, step: step, waiver: form.text("waiver")), by: account,
      at: at)
    try store.forgetAttempts(login: account.login)
    return .redirect("/notices/\(id)")
  }

  /// Gives a notice back to its author, or gives it up.
  func rejectNotice() throws -> WebReply {
    let id = try number("notice")
    let why = try reasonGiven()
    try store.moveNotice(
      id, to: form["cancel"] == nil ? .draft : .cancelled, why: why, by: try account().actor,
      at: at)
    return .redirect("/notices/\(id)")
  }

  func settleDoubt() throws -> WebReply {
    let id = try number("notice")
    guard let choice = form["choice"].flatMap(CaseStore.DoubtDecision.init(rawValue:)) else {
      throw WebProblem.malformed
    }
    try store.settleDoubt(
      of: id, choice, why: try reasonGiven(), by: try account(), at: at)
    return .redirect("/notices/\(id)")
  }

  private func reasonGiven() throws -> String {
    guard let why = form.text("why"), why.utf8.count <= limits.noteBytes else {
      throw WebProblem.refused(words["why_missing"])
    }
    return why
  }

  /// What is wrong with a draft is said, not an error of ours.
  private func saying<T>(_ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let problem as NoticeLetter.Problem {
      throw WebProblem.refused(problem.description)
    } catch CaseStoreError.failed(let what) where what.contains("CHECK constraint") {
      throw WebProblem.refused(words["notice_malformed"])
    }
  }

  private func take(_ plan: inout NoticeDesk.Plan) {
    plan.language = form.text("language") ?? plan.language
    plan.organisation = form.text("organisation") ?? ""
    plan.skip = form.text("skip") ?? ""
    plan.fields.facts = (form["facts"] ?? "").utf8
      .split { $0 == 0x0A || $0 == 0x0D }
      .map { String($0) ?? "" }
      .filter { $0.utf8.contains { $0 > 0x20 } }
    for field in Self.noticeFields {
      plan.fields[keyPath: field.path] = form.text(field.name) ?? ""
    }
  }

  /// What a form asks for beside the observed facts, in the order of a letter.
  private static var noticeFields: [(name: String, path: WritableKeyPath<NoticeFields, String>)] {
    [
      ("ground", \.ground), ("period", \.period), ("reply_by", \.replyBy),
      ("earlier", \.earlier), ("authority", \.authority), ("necessity", \.necessity),
      ("scope", \.scope), ("follow_up", \.followUp), ("redress", \.redress), ("effect", \.effect),
    ]
  }

  private func noticeForm(
    _ plan: NoticeDesk.Plan, about adverts: String, action: String, isNew: Bool
  ) throws -> WebReply {
    let acts = try NoticeActs().acts
    return try page(
      "notice-form", title: words[isNew ? "notice_new" : "notice_edit"],
      [
        "action": action, "is_new": isNew, "adverts": adverts, "recipient": plan.recipient,
        "organisation": plan.organisation, "skip": plan.skip,
        "facts": plan.fields.facts.joined(separator: "\n"), "mailbox": plan.fields.mailbox,
        "notifier": plan.fields.notifier,
        "unsettled": plan.fields.notifier.isEmpty || plan.fields.mailbox.isEmpty,
        "acts": acts.keys.sorted().filter { $0 != "retraction" }.map { name in
          [
            "value": name, "name": words["act_\(name)"], "chosen": name == plan.act,
          ] as [String: Any]
        },
        "tongues": NoticeActs.languages.map {
          [
            "value": $0, "name": words["tongue_\($0)"], "chosen": $0 == plan.language,
          ] as [String: Any]
        },
        "rungs": (1...8).map {
          [
            "value": $0, "name": words["rung_\($0)"], "chosen": $0 == plan.rung,
          ] as [String: Any]
        },
        "fields": Self.noticeFields.map { field in
          [
            "name": field.name, "label": words["notice_\(field.name)"],
            "value": plan.fields[keyPath: field.path],
          ]
        },
      ])
  }
}
