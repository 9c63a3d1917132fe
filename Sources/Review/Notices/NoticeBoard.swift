import CaseStore
import Vocabulary

/// A column of the board: states in which the same is expected of people.
enum BoardPart: String, CaseIterable {
  /// Being written.
  case write
  /// Waits for a second person.
  case approve
  /// Waits to go out.
  case send
  /// Waits for a decision.
  case settle
  /// Waits for somebody else.
  case wait
  /// Nothing more is expected.
  case done

  static func of(_ state: NoticeState) -> BoardPart {
    switch state {
    case .draft: .write
    case .review: .approve
    case .approved, .held, .queued, .sending, .retryWait: .send
    case .inDoubt, .bounced, .disputed, .overdue, .reappeared, .renewalDue: .settle
    case .sent, .acknowledged, .actionClaimed, .escalated, .moved, .active: .wait
    case .removedConfirmed, .withdrawn, .moot, .cancelled, .converted, .lapsed, .released,
      .closedRemoved, .closedMoved, .closedRefused, .closedReferred:
      .done
    }
  }

  var states: Set<NoticeState> { Set(NoticeState.allCases.filter { Self.of($0) == self }) }
}

extension Visit {
  /// Notices by what is expected next and by deadline.
  func noticeBoard() throws -> WebReply {
    let part = query["part"].flatMap(BoardPart.init(rawValue:))
    let state = query["state"].flatMap(NoticeState.init(rawValue:))
    let advert = query.text("advert").flatMap { Int64($0) }
    let after = query["after"].flatMap(NoticeCursor.init(text:))
    try record(.notice, advert: advert, query: "notices " + request.query)
    let counts = try store.noticeCounts()
    var sections: [[String: Any]] = []
    if let advert {
      sections = [
        try section(
          words["notices_about", String(advert)], "/notices?advert=\(advert)",
          store.noticeCards(about: advert, after: after, most: limits.rows + 1))
      ]
    } else if let state {
      sections = [
        try section(
          words["notice_state_\(state.rawValue)"], "/notices?state=\(state.rawValue)",
          store.noticeCards(in: [state], after: after, most: limits.rows + 1))
      ]
    } else {
      let parts = part.map { [$0] } ?? BoardPart.allCases.filter { $0 != .done }
      sections = try parts.map { part in
        try section(
          words["board_\(part.rawValue)"], "/notices?part=\(part.rawValue)",
          store.noticeCards(in: part.states, after: after, most: limits.rows + 1))
      }
    }
    let control = try store.noticeControl()
    let sending =
      control.isDryRun ? "sending_dry" : control.isSending ? "sending_on" : "sending_off"
    return try page(
      "board", title: words["menu_notices"],
      [
        "parts": BoardPart.allCases.map { other in
          [
            "name": words["board_\(other.rawValue)"], "href": "/notices?part=\(other.rawValue)",
            "current": other == part,
            "count": other.states.reduce(0) { $0 + (counts[$1] ?? 0) },
          ] as [String: Any]
        },
        "states": NoticeState.allCases.compactMap { other -> [String: Any]? in
          guard let count = counts[other], count > 0 else { return nil }
          return [
            "name": words["notice_state_\(other.rawValue)"], "count": count,
            "href": "/notices?state=\(other.rawValue)", "current": other == state,
          ]
        },
        "sections": sections, "may_notify": may(.notify),
        "sending": words[sending],
      ])
  }

  /// What was sent to one recipient and what came of it.
  func recipientPage() throws -> WebReply {
    guard let address = query.text("address"), address.utf8.count <= 2048 else {
      throw WebProblem.missing
    }
    try record(.notice, query: "recipient=" + address)
    let after = query["after"].flatMap(NoticeCursor.init(text:))
    let cards = try store.noticeCards(to: address, after: after, most: limits.rows + 1)
    guard !cards.isEmpty || after != nil else { throw WebProblem.missing }
    return try page(
      "recipient", title: words["recipient_title"],
      [
        "address": address,
        "sections": [
          section(
            words["recipient_notices"], "/recipients?address=" + FormFields.encode(address), cards)
        ],
      ])
  }

  private func section(
    _ title: String, _ address: String, _ cards: [NoticeCard]
  ) -> [String: Any] {
    let shown = cards.prefix(limits.rows)
    var context: [String: Any] = [
      "section": title, "cards": shown.map(card), "empty": cards.isEmpty, "more": false,
    ]
    if cards.count > limits.rows, let last = shown.last {
      context["more"] = address + "&after=" + last.cursor.text
    }
    return context
  }

  private func card(_ card: NoticeCard) -> [String: Any] {
    [
      "number": card.id, "act": words["act_\(card.act)"],
      "state": words["notice_state_\(card.state.rawValue)"],
      "organisation": card.organisation, "recipient": card.recipient,
      "rung": words["rung_\(card.rung)"],
      "again": card.round > 1 ? words["notice_round", String(card.round)] as Any : false,
      "author": card.author, "changed": shown(card.changedAt),
      "targets": words["notice_targets", String(card.targets)],
      "deadline": card.deadline.map { deadline in
        [
          "kind": deadlineName(deadline.kind), "due": shown(deadline.due),
          "late": deadline.due < at,
        ] as [String: Any]
      } as Any? ?? false,
    ]
  }

  /// What a deadline is called; its own name where there are no words for it.
  func deadlineName(_ kind: String) -> String {
    words.words["deadline_" + kind.replacing(" ", with: "_")] ?? kind
  }
}
