public import WebAddress

/// A pattern that operators write in `Seeds/` to tell addresses apart.
///
/// - `/advert/{id}`: begins with `/`, is compared with the path of an address on any host.
/// - `//jobs.example/advert/*`, `https://jobs.example/…`: also names the host, or scheme and host;
///   `*.jobs.example` is any name below `jobs.example`.
/// - `*` is any run of characters within one path segment; a `*` that is a whole segment needs at
///   least one character. `**` is any run, slashes included. Everything else means itself, and the
///   whole path has to match.
/// - `{id}` is one or more characters other than `/`, `?`, `&` and `#`; it captures the site's own
///   identifier and may stand once. It is as short as it can be: `/*-{id}.html` finds `99` in
///   `/cook-wanted-99.html`, and `/job-{id}-*` finds `7` in `/job-7-cook-wanted`.
/// - `?` begins the query, as in an address: `/view.php?id={id}&tab=*`. Each `name=value` must be found
///   among the parameters of the address, in any order; others do not matter. Without `?` the query
///   does not matter at all.
/// - Letters are compared as written, percent-encoding in its uniform spelling.
///
/// Matching takes time linear in the address for a given pattern; no pattern makes it explode.
public struct URLPattern: Sendable, Hashable, CustomStringConvertible {
  /// The pattern as written.
  public let description: String
  let scheme: String?
  let host: HostPattern?
  let path: Glob
  let parameters: [Parameter]
  /// Literal characters: of two patterns that match, the one with more of them is more specific.
  public let specificity: Int

  struct Parameter: Sendable, Hashable {
    var name: [UInt8]
    var value: Glob
  }

  /// Whether the pattern captures an identifier with `{id}`.
  public var capturesIdentifier: Bool {
    path.hasCapture || parameters.contains { $0.value.hasCapture }
  }

  /// Whether an address matches.
  public func matches(_ address: Address) -> Bool { match(address) != nil }

  /// The identifier that `{id}` stands for; nil when the address does not match or nothing is captured.
  public func identifier(in address: Address) -> String? {
    guard let match = match(address), let captured = match.captured else { return nil }
    return String(decoding: captured, as: UTF8.self)
  }

  private struct Match { var captured: ArraySlice<UInt8>? }

  private func match(_ address: Address) -> Match? {
    if let scheme, scheme != address.scheme { return nil }
    if let host, !host.matches(address) { return nil }
    guard let found = path.match(ComparableForm.bytes(address.pathname.utf8)) else { return nil }
    var captured = found.captured
    guard !parameters.isEmpty else { return Match(captured: captured) }
    let query = ComparableForm.bytes(address.search.utf8.dropFirst())
    let actual = query.split(separator: UInt8(ascii: "&"), maxSplits: 200)
    for parameter in parameters {
      var hit: Glob.Match?
      for field in actual {
        let name = field.prefix { $0 != UInt8(ascii: "=") }
        guard name.elementsEqual(parameter.name) else { continue }
        hit = parameter.value.match(Array(field.dropFirst(name.count + 1)))
        if hit != nil { break }
      }
      guard let hit else { return nil }
      captured = captured ?? hit.captured
    }
    return Match(captured: captured)
  }
}

/// What is wrong with a pattern, in words for its author.
public struct URLPatternError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The fault and what to write instead.
  public var description: String
}

extension URLPattern {
  /// Reads a pattern; throws what is wrong with it.
  public init(_ text: String) throws(URLPatternError) {
    guard text.utf8.count <= 1024 else {
      throw URLPatternError(description: "a pattern may have at most 1024 bytes")
    }
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f && $0 != UInt8(ascii: "#") }) else {
      throw URLPatternError(description: "no white space and no '#' in a pattern")
    }
    var rest = text[...]
    var scheme: String?
    var host: HostPattern?
    for word in ["http", "https"] where rest.hasPrefix(word + "://") {
      scheme = word
      rest = rest.dropFirst(word.utf8.count + 1)
    }
    if rest.hasPrefix("//") {
      let end = rest.dropFirst(2).firstIndex(of: "/") ?? rest.endIndex
      let name = String(rest[rest.index(rest.startIndex, offsetBy: 2)..<end])
      guard let pattern = HostPattern(name) else {
        throw URLPatternError(description: "'\(name)' is no host name")
      }
      host = pattern
      rest = rest[end...]
      if rest.isEmpty { rest = "/" }
    }
    guard rest.hasPrefix("/") else {
      throw URLPatternError(
        description: "a pattern begins with '/', '//host/', 'http://' or 'https://'; "
          + "write '/**\(rest.prefix(20))' to match it anywhere")
    }
    let mark = rest.firstIndex(of: "?") ?? rest.endIndex
    let path = try Glob(rest[..<mark], isPath: true)
    var parameters: [Parameter] = []
    if mark < rest.endIndex {
      for field in rest[rest.index(after: mark)...].split(separator: "&") {
        let name = field.prefix { $0 != "=" }
        guard !name.isEmpty, !name.contains("*"), !name.contains("{") else {
          throw URLPatternError(description: "after '?' stand parameters such as 'page=*'")
        }
        let hasValue = name.endIndex < field.endIndex
        let value = hasValue ? field[field.index(after: name.endIndex)...] : ""
        parameters.append(
          Parameter(
            name: ComparableForm.bytes(name.utf8), value: try Glob(value, isPath: false)))
      }
    }
    let captures =
      (path.hasCapture ? 1 : 0) + parameters.reduce(0) { $0 + ($1.value.hasCapture ? 1 : 0) }
    guard captures <= 1 else { throw URLPatternError(description: "'{id}' may stand only once") }
    self.description = text
    self.scheme = scheme
    self.host = host
    self.path = path
    self.parameters = parameters
    specificity =
      path.literals + parameters.reduce(0) { $0 + $1.name.count + $1.value.literals + 1 }
      + (host == nil ? 0 : 1)
  }
}
