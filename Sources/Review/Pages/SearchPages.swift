import CaseStore
import Extraction
import Linking
import Markup
import Vocabulary

extension ReviewSite {
  static let searchRoutes: [Route] = [
    .get("/search", .read) { try $0.searchPage() },
    .get("/selectors", .read) { try $0.selectorPage() },
  ]
}

extension Visit {
  /// Selectors of one question that are looked up.
  private static let mostSelectors = 4

  func searchPage() throws -> WebReply {
    let question = query.text("q").map { String($0.prefix(SearchQuery.mostBytes)) }
    let country = query.text("country").flatMap { $0.utf8.count == 2 ? $0.uppercased() : nil }
    var context: [String: Any] = ["question": question ?? "", "country": country ?? ""]
    let asked =
      question.map { "q=" + FormFields.encode($0) + (country.map { "&country=" + $0 } ?? "") } ?? ""
    context.merge(try saved(page: "/search", query: asked)) { first, _ in first }
    guard let question else { return try page("search", title: words["menu_search"], context) }
    context["file"] = "/search.csv?" + asked
    try record(.search, query: question)
    let selectors = Self.selectors(in: question, country: country)
    context["asked"] = true
    context["selectors"] = try selectors.prefix(Self.mostSelectors).map { kind, value in
      let found = try store.adverts(
        withSelector: kind, value, before: nil, most: limits.rows + 1)
      return [
        "name": "\(kind) \(value)", "href": Self.selectorPath(kind, value),
        "found": found.prefix(limits.rows).map(row), "none": found.isEmpty,
      ] as [String: Any]
    }
    let before = query["before"].flatMap { Int64($0) }
    var found = try store.search(SearchQuery(question), before: before, most: limits.rows + 1)
    let goesOn = found.count > limits.rows
    found = Array(found.prefix(limits.rows))
    context["found"] = found.map(row)
    context["none"] = found.isEmpty
    if goesOn, let last = found.last {
      context["more"] =
        "/search?q=" + FormFields.encode(question) + "&before=\(last.version)"
        + (country.map { "&country=" + $0 } ?? "")
    }
    return try page("search", title: words["menu_search"], context)
  }

  /// Contacts that the question may stand for, read like an advert's own words: every writing that an
  /// advert uses will do.
  private static func selectors(in question: String, country: String?) -> [(String, String)] {
    let read = Extractor.extract(
      Document(plainText: Array(question.utf8)),
      hints: PageHints(country: country, kind: .advert))
    var found: [(String, String)] = []
    for selector in read.adverts.flatMap(\.selectors) {
      let pair = (selector.kind.rawValue, selector.value)
      if !found.contains(where: { $0 == pair }) { found.append(pair) }
    }
    return found
  }

  static func selectorPath(_ kind: String, _ value: String) -> String {
    "/selectors?kind=\(FormFields.encode(kind))&value=\(FormFields.encode(value))"
  }

  func selectorPage() throws -> WebReply {
    guard let kind = query.text("kind"), let value = query.text("value") else {
      throw WebProblem.missing
    }
    try record(.search, query: "\(kind):\(value)")
    let before = query["before"].flatMap { Int64($0) }
    var found = try store.adverts(withSelector: kind, value, before: before, most: limits.rows + 1)
    let goesOn = found.count > limits.rows
    found = Array(found.prefix(limits.rows))
    var context: [String: Any] = [
      "kind": words["selector_\(kind)"], "value": value,
      "file": Self.selectorPath(kind, value).replacing("/selectors?", with: "/selectors.csv?"),
      "found": found.map(row), "none": found.isEmpty,
    ]
    if goesOn, let last = found.last {
      context["more"] = Self.selectorPath(kind, value) + "&before=\(last.version)"
    }
    return try page("selector", title: "\(kind) \(value)", context)
  }

  private func row(_ found: FoundAdvert) -> [String: Any] {
    [
      "id": found.id, "title": found.title ?? words["untitled"], "source": found.source,
      "days": days(found.firstSeen, found.lastSeen),
      "places": found.places.joined(separator: ", "), "gone": found.gone, "urgent": found.urgent,
      "excerpt": found.excerpt.map(Self.marked) ?? [],
    ]
  }

  /// Parts of an excerpt, with those that were looked for marked.
  private static func marked(_ excerpt: String) -> [[String: Any]] {
    var parts: [[String: Any]] = []
    for piece in excerpt.split(separator: "\u{1}", omittingEmptySubsequences: false) {
      let halves = piece.split(separator: "\u{2}", maxSplits: 1, omittingEmptySubsequences: false)
      if halves.count == 2 {
        parts.append(["text": String(halves[0]), "hit": true])
        parts.append(["text": String(halves[1]), "hit": false])
      } else {
        parts.append(["text": String(piece), "hit": false])
      }
    }
    return parts
  }
}
