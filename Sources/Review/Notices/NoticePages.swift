import Bytes
import CaseStore
import Markup
import Notices
import Vocabulary

extension ReviewSite {
  static let noticeRoutes: [Route] = [
    .get("/notices", .notices) { try $0.noticeBoard() },
    .get("/notices/new", .notify) { try $0.newNoticePage() },
    .post("/notices", .notify) { try $0.draftNotice() },
    .get("/notices/:notice", .notices) { try $0.noticePage() },
    .get("/notices/:notice/edit", .notify) { try $0.editNoticePage() },
    .post("/notices/:notice/edit", .notify) { try $0.editNotice() },
    .post("/notices/:notice/submit", .notify) { try $0.submitNotice() },
    .post("/notices/:notice/approve", .notify) { try $0.approveNotice() },
    .post("/notices/:notice/reject", .notify) { try $0.rejectNotice() },
    .post("/notices/:notice/doubt", .notify) { try $0.settleDoubt() },
    .get("/recipients", .notices) { try $0.recipientPage() },
  ]
}

extension Visit {
  /// Targets whose evidence stands beside the letter.
  private static let mostTargets = 20

  /// The notice that the path names.
  ///
  /// Throws `WebProblem.missing` when there is none.
  func notice() throws -> StoredNotice {
    guard let notice = try store.notice(try number("notice")) else { throw WebProblem.missing }
    return notice
  }

  /// The letter beside its evidence, what may be done with it, and what happened.
  func noticePage() throws -> WebReply {
    let notice = try notice()
    let draft = notice.draft
    let only = draft.targets.count == 1 ? draft.targets.first?.advert : nil
    try record(.notice, advert: only, query: "notice=\(notice.id)")
    let thread = try store.noticeThread(notice.id)
    let login = try account().login
    let isOwn = login == notice.author || login == notice.lastEditor
    var context: [String: Any] = [
      "number": notice.id, "act": words["act_\(draft.act)"],
      "state": words["notice_state_\(notice.state.rawValue)"],
      "organisation": draft.text.organisation, "recipient": draft.recipient,
      "recipient_href": "/recipients?address=" + FormFields.encode(draft.recipient),
      "rung": words["rung_\(draft.rung)"], "author": notice.author, "editor": notice.lastEditor,
      "contact": try store.contactHistory(recipient: draft.recipient, limit: 1).first.map {
        "\($0.host): \($0.reason), \(shown($0.at))"
      } as Any? ?? false,
      "digest": Hex.encode(draft.text.digest), "letter_language": draft.text.language,
      "letter": NoticeLetter.readable(draft.text.rendered),
      "problems": draft.text.problems,
      "obstacles": try store.noticeObstacles(notice.id).map(obstacle),
      "stops": try store.noticeStops(notice.id).map(obstacle),
      "follows": draft.follows as Any? ?? false, "skip": draft.text.skipReason,
      "targets": try draft.targets.prefix(Self.mostTargets).map { target in
        [
          "address": target.url, "advert": target.advert,
          "evidence": try store.evidence(ofCapture: target.capture).map { [shown($0)] } ?? [],
        ] as [String: Any]
      },
      "more_targets": draft.targets.count > Self.mostTargets
        ? words["notice_targets", String(draft.targets.count)] as Any : false,
      "approvals": thread.approvals.map {
        [
          "login": $0.login, "at": shown($0.at), "until": shown($0.until),
          "revoked": $0.revoked.map { shown($0) } as Any? ?? false, "waiver": $0.waiver ?? "",
        ] as [String: Any]
      },
      "deadlines": thread.deadlines.map {
        [
          "kind": deadlineName($0.kind), "due": shown($0.due),
          "late": $0.met == nil && $0.due < at, "met": $0.met.map { shown($0) } as Any? ?? false,
        ] as [String: Any]
      },
      "events": thread.events.map(event), "cut": thread.isCut,
      "message": thread.message.map { message in
        [
          "box": words["outbox_\(message.state)"], "message_id": message.messageID,
          "attempts": message.attempts, "due": shown(message.due),
          "frozen": Hex.encode(message.digest),
        ] as [String: Any]
      } as Any? ?? false,
    ]
    let mayAct = may(.notify)
    let isOpen = notice.state == .draft || notice.state == .review
    context["may_edit"] = mayAct && isOpen
    context["may_submit"] = mayAct && notice.state == .draft && draft.text.problems.isEmpty
    context["may_approve"] = mayAct && notice.state == .review && !isOwn
    context["own_waits"] = mayAct && notice.state == .review && isOwn
    context["may_return"] = mayAct && notice.state == .review
    context["may_cancel"] = mayAct && (isOpen || notice.state == .approved || notice.state == .held)
    context["may_settle"] = mayAct && notice.state == .inDoubt
    context["needs_waiver"] = notice.kind == "takedown"
    context["choices"] = CaseStore.DoubtDecision.allCases.map {
      ["value": $0.rawValue, "name": words["doubt_decision_\($0.rawValue)"]]
    }
    return try page("notice-page", title: words["notice_title", String(notice.id)], context)
  }

  private func obstacle(_ name: String) -> String {
    words.words["obstacle_" + name.replacing(" ", with: "_")] ?? name
  }

  private func event(_ event: NoticeEvent) -> [String: Any] {
    let (name, detail): (String, String?) =
      switch event.kind {
      case .custody(let action): (eventName(action), reason(event.detail))
      case .attempt(let number, let phase, let code):
        (
          words["event_attempt", String(number), words["phase_\(phase)"]],
          [code.map { String($0) }, event.detail].compactMap { $0 }.joined(separator: " ")
        )
      case .received(let kind):
        (words["event_received", words.words["inbound_\(kind)"] ?? kind], event.detail)
      case .recheck(let finding, let url):
        (words["event_recheck", words["finding_\(finding)"]], "\(url) \(event.detail ?? "")")
      }
    let isReceived = if case .received = event.kind { true } else { false }
    return [
      "at": shown(event.at), "name": name, "who": event.who ?? "", "what": detail ?? "",
      "is_received": isReceived,
    ]
  }

  private func eventName(_ action: String) -> String {
    let name = action.hasPrefix("notice.") ? String(action.dropFirst(7)) : action
    return words.words["event_\(name)"] ?? words.words["notice_state_\(name)"] ?? action
  }

  /// What people said in a custody event.
  private func reason(_ payload: String?) -> String {
    guard let payload else { return words["erased"] }
    let said = JSONValue(parsing: Array(payload.utf8))
    return ["why", "waiver", "note"].compactMap { said?[$0]?.string }.joined(separator: "; ")
  }
}
