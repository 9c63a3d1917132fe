extension Address {
  /// The scheme without the colon, lower case: `https`.
  public var scheme: String { text(0, layout.schemeEnd) }

  /// The user name, percent-encoded; mostly empty.
  public var username: String { text(layout.usernameStart, layout.usernameEnd) }

  /// The password, percent-encoded; mostly empty.
  public var password: String {
    layout.passwordEnd > layout.usernameEnd
      ? text(layout.usernameEnd + 1, layout.passwordEnd) : ""
  }

  /// The host as it stands in the address: IPv6 in brackets, empty when there is none.
  public var hostname: String { text(layout.host, layout.hostEnd) }

  /// The host, nil for an address that has none (`mailto:`, `data:`).
  public var host: Host? {
    switch layout.hostKind {
    case .none: nil
    case .empty: .empty
    case .domain: .domain(hostname)
    case .opaque: .opaque(hostname)
    case .ipv4: IPAddress(text: bytes(layout.host, layout.hostEnd)[...]).map(Host.ipv4)
    case .ipv6: IPAddress(text: bytes(layout.host + 1, layout.hostEnd - 1)[...]).map(Host.ipv6)
    }
  }

  /// The port when it is not the scheme's default.
  public var port: UInt16? { layout.port }

  /// The port to connect to, nil for schemes that have no default and when none is given.
  public var effectivePort: UInt16? { layout.port ?? layout.scheme.defaultPort }

  /// The path: begins with a slash, or is opaque, or is empty.
  public var pathname: String { text(layout.path, layout.pathEnd) }

  /// The query with its question mark; empty when it is null or empty.
  public var search: String { component(from: layout.query, to: layout.queryEnd) }

  /// The fragment with its number sign; empty when it is null or empty.
  public var hash: String { component(from: layout.fragment, to: nil) }

  /// The origin (URL standard §4.7): `scheme://host:port`, or `null` for opaque origins.
  public var origin: String {
    switch layout.scheme {
    case .http, .https, .ws, .wss, .ftp:
      "\(scheme)://\(text(layout.host, layout.authorityEnd))"
    case .file: "null"
    case .other: blobOrigin ?? "null"
    }
  }

  private var blobOrigin: String? {
    guard scheme == "blob", let inner = Address(pathname), inner.isHTTP else { return nil }
    return inner.origin
  }

  /// Whether the scheme is http or https.
  public var isHTTP: Bool { layout.scheme == .http || layout.scheme == .https }

  /// Whether the path is opaque, as in `mailto:` and `data:` addresses.
  public var hasOpaquePath: Bool { layout.hasOpaquePath }

  /// The address without its fragment; what is asked of a server.
  public var withoutFragment: Address {
    guard layout.fragment >= 0 else { return self }
    // Trailing spaces of an opaque path were encoded when it was parsed, so none is bared here.
    var shorter = layout
    shorter.fragment = -1
    return Address(href: text(0, layout.fragment), layout: shorter)
  }

  private func component(from start: Int32, to end: Int32?) -> String {
    guard start >= 0 else { return "" }
    let whole = text(start, end)
    return whole.utf8.count > 1 ? whole : ""
  }

  func text(_ start: Int32, _ end: Int32?) -> String {
    String(href[place(start)..<(end.map(place) ?? href.endIndex)])
  }

  func bytes(_ start: Int32, _ end: Int32?) -> [UInt8] {
    Array(href.utf8[place(start)..<(end.map(place) ?? href.endIndex)])
  }

  private func place(_ offset: Int32) -> String.Index {
    href.utf8.index(href.startIndex, offsetBy: Int(offset))
  }
}
