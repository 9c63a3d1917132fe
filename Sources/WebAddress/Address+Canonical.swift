extension Address {
  /// The address as the identity of a page: what is certainly or almost certainly noise is gone.
  ///
  /// For http and https:
  /// - the fragment and the credentials go, which servers do not see or pages do not depend on;
  /// - a final dot of the host goes, and an empty query;
  /// - escapes of unreserved characters are undone and the others written in upper case
  ///   (RFC 3986 §6.2.2), but in segments and parameters that have a `%` that begins no escape;
  /// - query parameters that only track where a visitor came from go (`utm_…`, `gclid`, `fbclid`, …),
  ///   and session identifiers go (`PHPSESSID`, `;jsessionid=…`, ASP.NET's `/(S(…))/`; `sid` and the
  ///   like only with a value that looks like a token).
  ///
  /// Kept, because sites differ by them: the scheme, `www.`, the port, the path's case, empty path
  /// segments and final slash, `index.html`, and the order and number of the other parameters.
  /// Addresses of other schemes lose their fragment only. The canonical form of a canonical
  /// address is the same address.
  public var canonical: Address {
    guard isHTTP else { return withoutFragment }
    if CanonicalForm.isPlain(self) { return self }
    let path = CanonicalForm.path(bytes(layout.path, layout.pathEnd))
    let query =
      layout.query < 0 ? [] : CanonicalForm.query(bytes(layout.query + 1, layout.queryEnd))
    var hostBytes = bytes(layout.host, layout.hostEnd)
    if layout.hostKind == .domain { CanonicalForm.removeFinalDot(&hostBytes) }

    var output = bytes(0, layout.schemeEnd + 3)
    output.append(contentsOf: hostBytes)
    output.append(contentsOf: bytes(layout.hostEnd, layout.authorityEnd))
    output.append(contentsOf: path)
    if !query.isEmpty {
      output.append(0x3F)
      output.append(contentsOf: query)
    }
    let text = String(decoding: output, as: UTF8.self)
    guard text != href else { return self }
    // It is no longer than this address, so it parses; keeping this one is the safe answer.
    return (try? Address(parsing: text, maximumLength: .max)) ?? withoutFragment
  }
}

/// The parts of ``Address/canonical``.
enum CanonicalForm {
  /// Whether there is nothing in the address that could have to go, which is so for most.
  static func isPlain(_ address: Address) -> Bool {
    let layout = address.layout
    guard layout.query < 0, layout.fragment < 0, layout.host == layout.schemeEnd + 3 else {
      return false
    }
    var before: UInt8 = 0
    for byte in address.href.utf8 {
      if byte == 0x25 || byte == 0x3B || byte == 0x28 { return false }
      if before == 0x2E, byte == 0x2F || byte == 0x3A { return false }
      before = byte
    }
    return true
  }

  /// Two final dots stay: they are no name's root label, and without them `1..` would be a number.
  static func removeFinalDot(_ host: inout [UInt8]) {
    guard host.count > 1, host.last == 0x2E, host[host.count - 2] != 0x2E else { return }
    host.removeLast()
  }

  static func path(_ path: [UInt8]) -> [UInt8] {
    let segments = normalizedEscapes(path) { $0 == 0x2F || $0 == 0x3B }
      .split(separator: 0x2F, omittingEmptySubsequences: false)
    var output: [UInt8] = []
    var isFirst = true
    for segment in segments {
      if isFirst {
        isFirst = false
        continue
      }
      let kept = SessionParameters.strippingPathParameter(segment)
      if SessionParameters.isSessionSegment(kept) { continue }
      output.append(0x2F)
      // What would become `..` without its parameter stays: it must not climb.
      output.append(contentsOf: DotSegment(kept) == nil ? kept : segment)
    }
    return output.isEmpty ? [0x2F] : output
  }

  static func query(_ query: [UInt8]) -> [UInt8] {
    let normalized = normalizedEscapes(query) { $0 == 0x26 }
    let parameters = normalized.split(separator: 0x26, omittingEmptySubsequences: false)
    let hasToken = parameters.contains { SessionParameters.isColdFusionToken($0) }
    let kept = parameters.filter { parameter in
      !SessionParameters.isTracking(parameter)
        && !SessionParameters.isSession(parameter, besideToken: hasToken)
    }
    // Empty parameters are kept where they stand, unless nothing else is left.
    return kept.allSatisfy(\.isEmpty) ? [] : Array(kept.joined(separator: [0x26]))
  }

  /// Undoes needless escapes piece by piece, where `isSeparator` bytes end pieces.
  ///
  /// A stray `%` makes escapes ambiguous (undoing `%%34%31` gives one), so a piece that has one is left
  /// alone; the others are not, lest removing that piece changed what becomes of them.
  private static func normalizedEscapes(
    _ text: [UInt8], isSeparator: (UInt8) -> Bool
  ) -> [UInt8] {
    guard text.contains(0x25) else { return text }
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    var rest = text[...]
    while true {
      let end = rest.firstIndex(where: isSeparator) ?? rest.endIndex
      appendNormalized(rest[..<end], to: &output)
      guard end < rest.endIndex else { return output }
      output.append(rest[end])
      rest = rest[(end + 1)...]
    }
  }

  private static func appendNormalized(_ piece: ArraySlice<UInt8>, to output: inout [UInt8]) {
    let start = output.count
    var index = piece.startIndex
    while index < piece.endIndex {
      guard piece[index] == 0x25 else {
        output.append(piece[index])
        index += 1
        continue
      }
      guard let byte = PercentCoding.escape(in: piece, at: index) else {
        output.removeSubrange(start...)
        output.append(contentsOf: piece)
        return
      }
      if isUnreserved(byte) {
        output.append(byte)
      } else {
        PercentCoding.append(byte, encodedTo: &output)
      }
      index += 3
    }
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte.isASCIIDigit || byte == 0x2D || byte == 0x2E || byte == 0x5F
      || byte == 0x7E
  }
}
