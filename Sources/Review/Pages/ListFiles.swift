import Bytes
import CaseStore
import Vocabulary

extension ReviewSite {
  static let fileRoutes: [Route] = [
    .get("/queue.csv", .read) { try $0.queueFile(.review) },
    .get("/search.csv", .read) { try $0.searchFile() },
    .get("/selectors.csv", .read) { try $0.selectorFile() },
    .get("/audit.csv", .audit) { try $0.auditFile() },
  ]
}

extension CommaTable {
  func reply(name: String) -> WebReply {
    WebReply(
      status: 200,
      headers: [
        ("content-type", "text/csv; charset=utf-8"),
        ("content-disposition", "attachment; filename=\"adwatch-\(name).csv\""),
      ], body: Array(text.utf8))
  }
}

extension Visit {
  func queueFile(_ lane: Lane) throws -> WebReply {
    let question = QueueQuestion(query, lane: lane)
    try record(.export, query: "queue " + question.query)
    var table = CommaTable([
      "group", "advert", "title", "source", "form", "language", "barriers", "places", "adverts",
      "to_judge", "priority", "first_seen", "last_seen",
    ])
    for group in try store.queue(question.filter, after: nil, most: limits.fileRows, at: at) {
      table.add([
        String(group.cluster), String(group.lead), group.title ?? "", group.source,
        group.form?.rawValue ?? "", group.language ?? "", group.barriers.joined(separator: " "),
        group.places.joined(separator: "; "), String(group.adverts), String(group.open),
        String(group.priority), group.firstSeen.rfc3339, group.lastSeen.rfc3339,
      ])
    }
    return table.reply(name: "queue")
  }

  private static let foundColumns = [
    "advert", "title", "source", "first_seen", "last_seen", "places", "gone", "urgent",
  ]

  private func add(_ found: [FoundAdvert], to table: inout CommaTable) {
    for advert in found {
      table.add([
        String(advert.id), advert.title ?? "", advert.source, advert.firstSeen.rfc3339,
        advert.lastSeen.rfc3339, advert.places.joined(separator: "; "), advert.gone ? "1" : "0",
        advert.urgent ? "1" : "0",
      ])
    }
  }

  func searchFile() throws -> WebReply {
    guard let question = query.text("q") else { throw WebProblem.missing }
    try record(.export, query: question)
    var table = CommaTable(Self.foundColumns)
    add(
      try store.search(SearchQuery(question), before: nil, most: limits.fileRows), to: &table)
    return table.reply(name: "search")
  }

  func selectorFile() throws -> WebReply {
    guard let kind = query.text("kind"), let value = query.text("value") else {
      throw WebProblem.missing
    }
    try record(.export, query: "\(kind):\(value)")
    var table = CommaTable(Self.foundColumns)
    add(
      try store.adverts(withSelector: kind, value, before: nil, most: limits.fileRows),
      to: &table)
    return table.reply(name: "selector")
  }

  func auditFile() throws -> WebReply {
    var table = CommaTable(["entry", "at", "account", "what", "advert", "purpose"])
    let entries = try store.accesses(
      by: query.text("account"), advert: query.text("advert").flatMap { Int64($0) }, before: nil,
      most: limits.fileRows)
    for entry in entries {
      table.add([
        String(entry.sequence), entry.at.rfc3339, entry.login, entry.kind.rawValue,
        entry.advert.map(String.init) ?? "", entry.purpose,
      ])
    }
    return table.reply(name: "audit")
  }
}
