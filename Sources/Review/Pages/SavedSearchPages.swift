import CaseStore
import Vocabulary

extension ReviewSite {
  static let savedRoutes: [Route] = [
    .post("/searches", .read) { try $0.saveSearch() },
    .post("/searches/:search/forget", .read) { try $0.forgetSearch() },
  ]
}

extension Visit {
  private static let pages: Set<String> = ["/queue", "/urgent", "/search"]

  /// What the template `saved` needs on a page with a question of its own.
  func saved(page: String, query: String) throws -> [String: Any] {
    [
      "searches": try store.searches(of: try account()).map {
        [
          "number": $0.id, "search_name": $0.name,
          "search_href": $0.page + ($0.query.isEmpty ? "" : "?" + $0.query),
        ] as [String: Any]
      },
      "search_page": page, "search_query": query,
    ]
  }

  func saveSearch() throws -> WebReply {
    guard let name = form.text("name"), name.utf8.count <= 100, let page = form["page"],
      Self.pages.contains(page), let query = form["query"], query.utf8.count <= 2000,
      query.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x23 && $0 != 0x22 })
    else { throw WebProblem.refused(words["search_unnamed"]) }
    try store.save(search: name, page: page, query: query, of: try account(), at: at)
    return .redirect(page + (query.isEmpty ? "" : "?" + query))
  }

  func forgetSearch() throws -> WebReply {
    try store.forget(search: try number("search"), of: try account())
    return .redirect(Visit.ownPath(form["to"]))
  }
}
