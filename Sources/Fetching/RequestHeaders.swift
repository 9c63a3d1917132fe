import WebAddress

/// The header fields a request goes out with, checked.
struct RequestHeaders {
  /// Lines for curl's list, which are `Name: value`, `Name;` for an empty value.
  let lines: [String]
  /// Cookies to be sent besides those of the jar; nil when there are none, or no jar.
  private(set) var cookies: String?

  /// What makes a request unfit to be sent.
  struct Problem: Error {
    var reason: String
  }

  init(_ request: FetchRequest) throws(Problem) {
    var fields = [
      HeaderField("User-Agent", request.userAgent),
      HeaderField("Accept", "*/*"),
      // Named here and not through curl's option, which would also decode the body.
      HeaderField("Accept-Encoding", "gzip, br, zstd"),
    ]
    if let etag = request.etag { fields.append(HeaderField("If-None-Match", etag)) }
    if let date = request.lastModified { fields.append(HeaderField("If-Modified-Since", date)) }
    fields.removeAll { field in request.headers.contains { $0.isNamed(field.name) } }
    fields += request.headers
    for field in fields { try Self.check(field) }
    if request.network.cookies != .none {
      // The jar writes the field, and takes these in: a request has one Cookie field (RFC 6265, 5.4).
      cookies = fields.first { $0.isNamed("cookie") }?.value
      fields.removeAll { $0.isNamed("cookie") }
    }
    lines =
      fields.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
      // curl would wait for a 100 response before it sends a long body.
      + ["Expect:"]
  }

  private static func check(_ field: HeaderField) throws(Problem) {
    guard !field.name.isEmpty, field.name.utf8.allSatisfy(isTokenByte) else {
      throw Problem(reason: "a header name is no token")
    }
    if let name = managed.first(where: field.isNamed) {
      throw Problem(reason: "the header \(name) is not for callers to set")
    }
    // RFC 9110, 5.5. A line break would start another field, or another request.
    guard field.value.utf8.allSatisfy({ $0 == 9 || $0 >= 32 && $0 != 127 }) else {
      throw Problem(reason: "the value of \(field.name) has a control character")
    }
  }

  /// Framing and routing, which curl decides.
  private static let managed = [
    "Connection", "Content-Length", "Expect", "Host", "Keep-Alive", "Proxy-Authorization",
    "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
  ]

  /// RFC 9110, 5.6.2.
  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122: true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}

extension FetchRequest {
  /// Whether a 304 would answer a question that was asked.
  var isConditional: Bool {
    etag != nil || lastModified != nil
      || headers.contains { $0.isNamed("if-none-match") || $0.isNamed("if-modified-since") }
  }
}
