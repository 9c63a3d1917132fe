/// The sort-friendly key of an address, as the Python package `surt` (0.3.1) and so pywb and
/// cdxj-indexer write it: `com,example)/path?query`.
///
/// The key is lossy on purpose. Credentials, the scheme, a leading `www.`, default ports, the
/// fragment, empty queries, final slashes, upper case and well-known session identifiers go; escapes
/// are undone as often as it takes and what must be escaped is escaped once; query parameters are
/// sorted. It is for looking captures up, not for fetching and not the identity of a page.
enum SURTKey {
  /// The key of an address with a host of a special scheme, from its parts.
  static func make(
    host: ArraySlice<UInt8>, port: UInt16?, path: ArraySlice<UInt8>, query: ArraySlice<UInt8>?
  ) -> [UInt8] {
    var key: [UInt8] = []
    key.reserveCapacity(host.count + path.count + (query?.count ?? 0) + 16)
    appendHost(host, to: &key)
    // `surt` takes port 0 for none.
    if let port, port != 0 {
      key.append(0x3A)
      key.append(contentsOf: String(port).utf8)
    }
    key.append(0x29)
    key.append(contentsOf: canonicalPath(path))
    if let query = query.map(canonicalQuery), !query.isEmpty {
      key.append(0x3F)
      key.append(contentsOf: query)
    }
    return key
  }

  /// The labels from last to first; those of IPv4 literals too, as `surt` does it.
  ///
  /// Dots at the ends go, and of dots inside every second goes (it replaces `..` by `.` once).
  private static func appendHost(_ host: ArraySlice<UInt8>, to key: inout [UInt8]) {
    if host.first == 0x5B {
      key.append(contentsOf: host.dropFirst().dropLast())
      return
    }
    var name: [UInt8] = []
    var dots = 0
    for byte in host {
      dots = byte == 0x2E ? dots + 1 : 0
      if dots == 0 || !dots.isMultiple(of: 2), !name.isEmpty || dots == 0 { name.append(byte) }
    }
    while name.last == 0x2E { name.removeLast() }

    var labels = name.split(separator: 0x2E, omittingEmptySubsequences: false)
    if labels.count > 1, let first = labels.first, first.starts(with: "www".utf8),
      first.dropFirst(3).allSatisfy(\.isASCIIDigit)
    {
      labels.removeFirst()
    }
    for (index, label) in labels.reversed().enumerated() {
      if index > 0 { key.append(0x2C) }
      key.append(contentsOf: label)
    }
  }

  private static func canonicalPath(_ path: ArraySlice<UInt8>) -> [UInt8] {
    var result = escapedOnce(normalizedPath(fullyUnescaped(path)[...]))
    for index in result.indices { result[index] = result[index].asciiLowercased }
    result = SURTSession.strippingPath(result)
    if result.count > 1, result.last == 0x2F { result.removeLast() }
    return result
  }

  private static func canonicalQuery(_ query: ArraySlice<UInt8>) -> [UInt8] {
    let escaped = escapedOnce(fullyUnescaped(query))
    var stripped = SURTSession.strippingQuery(escaped)
    for index in stripped.indices { stripped[index] = stripped[index].asciiLowercased }
    guard stripped.count > 1 else { return stripped }
    let parameters = stripped.split(separator: 0x26, omittingEmptySubsequences: false).map(
      Parameter.init)
    return Array(parameters.sorted().map(\.text).joined(separator: [0x26]))
  }

  /// Unescapes until nothing changes, in linear time.
  ///
  /// No two escapes can overlap, so it does not matter in which order they are undone: what was
  /// written so far never holds an escape, and a new byte can complete only the one that ends in it.
  static func fullyUnescaped(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    for byte in text {
      output.append(byte)
      while output.count >= 3,
        let decoded = PercentCoding.escape(in: output[(output.count - 3)...], at: output.count - 3)
      {
        output.removeLast(3)
        output.append(decoded)
      }
    }
    return output
  }

  private static func escapedOnce(_ text: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    for byte in text {
      if byte <= 0x20 || byte >= 0x7F || byte == 0x23 || byte == 0x25 {
        PercentCoding.append(byte, encodedTo: &output)
      } else {
        output.append(byte)
      }
    }
    return output
  }

  /// Dot segments and empty segments go; a `..` with nothing above it stays.
  private static func normalizedPath(_ path: ArraySlice<UInt8>) -> [UInt8] {
    var segments: [ArraySlice<UInt8>] = []
    for segment in path.dropFirst().split(separator: 0x2F, omittingEmptySubsequences: false) {
      if segment.elementsEqual(".".utf8) { continue }
      if segment.elementsEqual("..".utf8), segments.popLast() != nil { continue }
      segments.append(segment)
    }
    var output: [UInt8] = [0x2F]
    guard let last = segments.popLast() else { return output }
    for segment in segments where !segment.isEmpty {
      output.append(contentsOf: segment)
      output.append(0x2F)
    }
    output.append(contentsOf: last)
    return output
  }

  /// A query parameter; one without `=` sorts before one with an empty value.
  private struct Parameter: Comparable {
    let text: ArraySlice<UInt8>
    let nameEnd: Int

    init(_ text: ArraySlice<UInt8>) {
      self.text = text
      nameEnd = text.firstIndex(of: 0x3D) ?? text.endIndex
    }

    static func == (lhs: Parameter, rhs: Parameter) -> Bool { lhs.text == rhs.text }

    static func < (lhs: Parameter, rhs: Parameter) -> Bool {
      let left = lhs.text[..<lhs.nameEnd]
      let right = rhs.text[..<rhs.nameEnd]
      if left != right { return left.lexicographicallyPrecedes(right) }
      return lhs.text[lhs.nameEnd...].lexicographicallyPrecedes(rhs.text[rhs.nameEnd...])
    }
  }
}

extension Address {
  /// The key under which CDXJ indexes hold a capture of this address: `com,example)/path?query`.
  ///
  /// Equal to what `surt` 0.3.1 gives for ``href`` of http and https addresses, but for hosts that
  /// end in two dots or consist of dots, which no name server knows. An address without a host,
  /// one of a scheme that is not special, and a `file:` one is its own key.
  public var surtKey: String {
    guard layout.hostKind != .none, layout.scheme.isSpecial, layout.scheme != .file else {
      return href
    }
    let all = bytes(0, nil)[...]
    let end = Int(layout.fragment >= 0 ? layout.fragment : Int32(all.count))
    let pathEnd = layout.query >= 0 ? Int(layout.query) : end
    let key = SURTKey.make(
      host: all[Int(layout.host)..<Int(layout.hostEnd)], port: port,
      path: all[Int(layout.path)..<pathEnd],
      query: layout.query >= 0 ? all[(pathEnd + 1)..<end] : nil)
    return String(decoding: key, as: UTF8.self)
  }
}
