extension AddressParser {
  /// Path start state.
  mutating func parsePathStart() {
    if isSpecial {
      if isSlash(byte()) { at += 1 }
      parsePathSegments()
    } else if byte() == 0x2F {
      at += 1
      parsePathSegments()
    } else if let byte = byte(), byte != 0x3F, byte != 0x23 {
      parsePathSegments()
    }
  }

  /// Path state; the input is behind the slash that begins a segment.
  mutating func parsePathSegments() {
    while true {
      var limit = at
      while limit < input.count {
        let byte = input[limit]
        if byte == 0x2F || byte == 0x3F || byte == 0x23 || isSpecial && byte == 0x5C { break }
        limit += 1
      }
      let segment = input[at..<limit]
      let slash = limit < input.count && input[limit] != 0x3F && input[limit] != 0x23
      switch DotSegment(segment) {
      case .double:
        shortenPath()
        if !slash { output.append(0x2F) }
      case .single:
        if !slash { output.append(0x2F) }
      case nil:
        appendSegment(segment)
      }
      at = limit
      guard slash else { break }
      at += 1
    }
  }

  mutating func appendSegment(_ segment: ArraySlice<UInt8>) {
    let isFirst = end == layout.path
    output.append(0x2F)
    PercentCoding.append(segment, encoding: .path, to: &output)
    // The platform-independent Windows drive letter quirk.
    if layout.scheme == .file, isFirst, segment.count == 2, let first = segment.first,
      first.isASCIILetter, segment.last == 0x7C
    {
      output[output.count - 1] = 0x3A
    }
  }

  /// Shorten a path (URL standard §4.2).
  mutating func shortenPath() {
    let start = Int(layout.path)
    guard output.count > start else { return }
    if layout.scheme == .file, output.count - start == 3, output[start + 1].isASCIILetter,
      output[start + 2] == 0x3A
    {
      return
    }
    let slash = output[start...].lastIndex(of: 0x2F) ?? start
    output.removeSubrange(slash...)
  }

  /// Opaque path state.
  mutating func parseOpaquePath() {
    layout.hasOpaquePath = true
    let limit = input[at...].firstIndex { $0 == 0x3F || $0 == 0x23 } ?? input.count
    PercentCoding.append(input[at..<limit], encoding: .c0Control, to: &output)
    // Only before a query or fragment can it end in a space, which must then outlive their removal.
    if limit > at, limit < input.count, input[limit - 1] == 0x20 {
      output.removeLast()
      PercentCoding.append(0x20, encodedTo: &output)
    }
    at = limit
    parseQueryAndFragment()
  }

  mutating func parseQueryAndFragment() {
    guardPath()
    if byte() == 0x3F {
      layout.query = end
      output.append(0x3F)
      let limit = input[(at + 1)...].firstIndex(of: 0x23) ?? input.count
      let query = input[(at + 1)..<limit]
      let set: PercentEncodeSet = isSpecial ? .specialQuery : .query
      if let queryEncoding, isSpecial, layout.scheme != .ws, layout.scheme != .wss {
        queryEncoding.append(query, encoding: set, to: &output)
      } else {
        PercentCoding.append(query, encoding: set, to: &output)
      }
      at = limit
    }
    parseFragment()
  }

  mutating func parseFragment() {
    guard byte() == 0x23 else { return }
    layout.fragment = end
    output.append(0x23)
    PercentCoding.append(input[(at + 1)...], encoding: .fragment, to: &output)
    at = input.count
  }

  /// URL serializing (§4.5): a path of two slashes without a host is kept apart by `/.`.
  mutating func guardPath() {
    let start = Int(layout.path)
    guard layout.hostKind == .none, !layout.hasOpaquePath, layout.path == layout.authorityEnd,
      output.count - start >= 2, output[start] == 0x2F, output[start + 1] == 0x2F
    else { return }
    output.insert(contentsOf: [0x2F, 0x2E], at: start)
    layout.path += 2
    if layout.query >= 0 { layout.query += 2 }
  }
}
