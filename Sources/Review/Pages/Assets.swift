extension ReviewSite {
  static let assetRoutes: [Route] = [
    .get("/assets/:name", .anybody) { try $0.asset() }
  ]
}

extension Visit {
  private static let types = [
    "review.css": "text/css; charset=utf-8", "page.css": "text/css; charset=utf-8",
    "review.js": "text/javascript; charset=utf-8",
  ]

  /// A style or script; only those that are named, whatever the path says.
  func asset() throws -> WebReply {
    guard let name = parameters["name"], let type = Self.types[name],
      let bytes = BundledFiles.all[name]
    else { throw WebProblem.missing }
    return WebReply(
      status: 200,
      headers: [
        ("content-type", type), ("cache-control", "no-cache"),
        ("cross-origin-resource-policy", "cross-origin"),
      ],
      body: bytes)
  }
}
