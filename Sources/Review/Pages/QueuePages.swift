import CaseStore
import Matching
import Vocabulary

extension ReviewSite {
  static let queueRoutes: [Route] = [
    .get("/queue", .read) { try $0.queuePage(.review) },
    .get("/urgent", .read) { try $0.queuePage(.urgent) },
    .post("/next", .work) { try $0.next() },
    .get("/groups/:group", .read) { try $0.groupPage() },
    .post("/groups/:group/take", .work) { try $0.take() },
    .post("/groups/:group/let-go", .work) { try $0.letGo() },
  ]
}

/// What a page of the queue was asked for.
struct QueueQuestion {
  var filter: QueueFilter
  var after: QueueCursor?

  init(_ query: FormFields, lane: Lane) {
    var facets: [QueueFacet] = []
    for kind in QueueFacet.Kind.allCases {
      if let value = query.text(kind.rawValue) { facets.append(QueueFacet(kind, value)) }
    }
    filter = QueueFilter(
      lane: lane, state: query["state"].flatMap(ReviewState.init(rawValue:)) ?? .open,
      facets: facets, since: query.text("since").flatMap { Timestamp(rfc3339: $0 + "T00:00:00Z") },
      order: query["order"].flatMap(QueueOrder.init(rawValue:)) ?? .priority)
    after = query["after"].flatMap(QueueCursor.init(text:))
  }

  /// The same question as an address's query, without the place in it.
  var query: String {
    var fields = filter.facets.map { ($0.kind.rawValue, $0.value) }
    if filter.state != .open { fields.append(("state", filter.state.rawValue)) }
    if filter.order != .priority { fields.append(("order", filter.order.rawValue)) }
    if let since = filter.since { fields.append(("since", String(since.rfc3339.prefix(10)))) }
    return fields.map { "\($0)=\(FormFields.encode($1))" }.joined(separator: "&")
  }
}

extension Visit {
  func queuePage(_ lane: Lane) throws -> WebReply {
    let question = QueueQuestion(query, lane: lane)
    let base = lane == .urgent ? "/urgent" : "/queue"
    try record(.list, query: question.query.isEmpty ? nil : question.query)
    var groups = try store.queue(
      question.filter, after: question.after, most: limits.rows + 1, at: at)
    let goesOn = groups.count > limits.rows
    groups = Array(groups.prefix(limits.rows))
    let counts = try store.queueCounts(lane: lane, most: 1000)
    let account = try account()
    var context: [String: Any] = [
      "base": base, "urgent": lane == .urgent, "may_work": may(.work),
      "groups": groups.map { row($0, isOwn: $0.holder == account.login) },
      "empty": groups.isEmpty,
      "states": ReviewState.allCases.map { state in
        var other = question
        other.filter.state = state
        let count = counts[state] ?? 0
        return [
          "name": words["state_\(state.rawValue)"], "current": state == question.filter.state,
          "href": base + "?" + other.query, "count": count >= 1000 ? "1000+" : String(count),
        ] as [String: Any]
      },
      "orders": QueueOrder.allCases.map {
        [
          "value": $0.rawValue, "name": words["order_\($0.rawValue)"],
          "chosen": $0 == question.filter.order,
        ] as [String: Any]
      },
      "state": question.filter.state.rawValue,
      "since": question.filter.since.map { String($0.rfc3339.prefix(10)) } ?? "",
      "filters": try QueueFacet.Kind.allCases.map { try choice($0, question) },
      "narrowed": !question.filter.facets.isEmpty || question.filter.since != nil,
    ]
    if goesOn, let last = groups.last {
      let start = question.query.isEmpty ? "" : question.query + "&"
      context["more"] = base + "?" + start + "after=" + last.cursor.text
    }
    if question.after != nil { context["first"] = base + "?" + question.query }
    context["file"] = "/queue.csv?" + question.query
    context.merge(try saved(page: base, query: question.query)) { first, _ in first }
    return try page(
      "queue", title: words[lane == .urgent ? "menu_urgent" : "menu_queue"], context)
  }

  /// Values that a list offers; what has more is typed.
  private static let mostChoices = 80

  private func choice(
    _ kind: QueueFacet.Kind, _ question: QueueQuestion
  ) throws -> [String: Any] {
    let given = question.filter.facets.first { $0.kind == kind }?.value
    var context: [String: Any] = [
      "name": kind.rawValue, "label": words["filter_\(kind.rawValue)"], "value": given ?? "",
    ]
    switch kind {
    case .selector: context["typed"] = true
    case .place:
      context["typed"] = true
      context["suggested"] = try store.facetValues(kind, most: Self.mostChoices)
    default:
      context["values"] = try store.facetValues(kind, most: Self.mostChoices).map { value in
        ["value": value, "name": name(value, of: kind), "chosen": value == given] as [String: Any]
      }
    }
    return context
  }

  private func name(_ value: String, of kind: QueueFacet.Kind) -> String {
    switch kind {
    case .form: words["form_\(value)"]
    case .barrier: words["barrier_\(value)"]
    case .indicator: indicatorTitle(value).map { "\(value) \($0)" } ?? value
    default: value
    }
  }

  /// An indicator's title in the language of the page, else in English.
  func indicatorTitle(_ id: String) -> String? {
    guard let title = site.library?.indicator(id)?.title else { return nil }
    return title[language.rawValue] ?? title["en"] ?? title.min { $0.key < $1.key }?.value
  }

  private func row(_ group: QueueGroup, isOwn: Bool) -> [String: Any] {
    [
      "href": group.adverts > 1 ? "/groups/\(group.cluster)" : "/adverts/\(group.lead)",
      "title": group.title ?? words["untitled"], "source": group.source,
      "form": group.form.map { words["form_\($0.rawValue)"] } ?? words["form_unknown"],
      "language": group.language ?? "", "several": group.adverts > 1,
      "count": words["group_count", String(group.adverts), String(group.open)],
      "barriers": group.barriers.map { words["barrier_\($0)"] },
      "places": group.places.prefix(4).joined(separator: ", "),
      "priority": Drawing.text(group.priority),
      "days": days(group.firstSeen, group.lastSeen),
      "holder": isOwn
        ? words["held_by_you"] : group.holder.map { words["held_by", $0] } as Any? ?? false,
    ]
  }

  func next() throws -> WebReply {
    let lane = form["lane"].flatMap(Lane.init(rawValue:)) ?? .review
    guard
      let found = try store.takeNext(
        lane: lane, by: try account(), until: at + Double(limits.leaseSeconds), at: at)
    else { return .redirect(lane == .urgent ? "/urgent" : "/queue") }
    return .redirect("/adverts/\(found.lead)")
  }

  func groupPage() throws -> WebReply {
    let group = try number("group")
    let members = try store.members(ofGroup: group)
    guard !members.isEmpty else { throw WebProblem.missing }
    try record(.list, query: "group=\(group)")
    let lease = try store.lease(ofGroup: group, at: at)
    let own = try account()
    return try page(
      "group", title: words["group_title", String(group)],
      [
        "group": group, "heading": members[0].title ?? words["untitled"],
        "members": members.map { member in
          [
            "id": member.advert, "title": member.title ?? words["untitled"],
            "source": member.source, "state": words["state_\(member.state.rawValue)"],
            "excerpt": Self.excerpt(of: member),
            "places": member.places.joined(separator: ", "),
            "days": days(member.firstSeen, member.lastSeen), "open": member.state == .open,
          ] as [String: Any]
        },
        "may_judge": may(.judge), "may_work": may(.work), "choices": choices,
        "held": lease != nil, "own": lease?.account == own.id,
        "lease": lease.map { held($0, isOwn: $0.account == own.id) } as Any? ?? false,
        "urgent": group < 0,
        "linked": group > 0
          ? try store.cluster(ofAdvert: members[0].advert) as Any? ?? false : false,
      ])
  }

  /// Bytes of an advert's own words that a list shows.
  private static let excerptBytes = 260

  /// The beginning of an advert's own words.
  private static func excerpt(of member: CaseStore.GroupMember) -> String {
    let text = TextPieces(
      member.text, marks: [], content: ShownRecord(member.record).content, most: .max)
    let own = text.pieces.filter(\.isOwn).map(\.text).joined(separator: " ")
    let start = TextPieces(own, marks: [], content: [], most: excerptBytes)
    return start.pieces.map(\.text).joined() + (start.isCut ? " …" : "")
  }

  /// The verdicts that there are, with the key that stands for each.
  var choices: [[String: Any]] {
    VerdictChoice.allCases.enumerated().map { place, choice in
      [
        "value": choice.rawValue, "name": words["verdict_\(choice.rawValue)"],
        "key": String(place + 1),
      ]
    }
  }

  func take() throws -> WebReply {
    let group = try number("group")
    try store.take(
      group: group, by: try account(), until: at + Double(limits.leaseSeconds), at: at)
    return .redirect(Visit.ownPath(form["to"]))
  }

  func letGo() throws -> WebReply {
    try store.letGo(group: try number("group"), by: try account(), at: at)
    return .redirect(Visit.ownPath(form["to"]))
  }
}
