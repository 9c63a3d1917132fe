/// The session identifiers that `surt` leaves out of its keys.
enum SURTSession {
  /// A path in lower case without the segments in which ASP.NET keeps a session.
  ///
  /// They are `/(S(…))/` and `/(…)/` with 24 letters and digits, before a page with `.aspx`.
  static func strippingPath(_ path: [UInt8]) -> [UInt8] {
    let once = stripping(path, where: isNestedToken)
    return stripping(once, where: isToken)
  }

  /// Removes the last segment that matches and has `.aspx` behind it before any question mark.
  private static func stripping(
    _ path: [UInt8], where matches: (ArraySlice<UInt8>) -> Bool
  ) -> [UInt8] {
    guard let page = lastPage(in: path) else { return path }
    var end = path.count
    while let slash = path[..<end].lastIndex(of: 0x2F) {
      // The segment between the slash before it and this one.
      let start = path[..<slash].lastIndex(of: 0x2F).map { $0 + 1 }
      if let start, page(slash + 1), matches(path[start..<slash]) {
        return Array(path[..<start] + path[(slash + 1)...])
      }
      end = slash
    }
    return path
  }

  /// Tells for an offset whether `[^?]+\.aspx` matches there; nil when the path has no `.aspx`.
  private static func lastPage(in path: [UInt8]) -> ((Int) -> Bool)? {
    let suffix = Array(".aspx".utf8)
    guard path.count > suffix.count else { return nil }
    // For each offset, by scanning backwards, the first `?` and the last `.aspx` before it matter.
    var reachable = [Bool](repeating: false, count: path.count + 1)
    var pageAhead = -1
    var found = false
    for index in stride(from: path.count - 1, through: 0, by: -1) {
      if path[index] == 0x3F { pageAhead = -1 }
      reachable[index] = pageAhead > index && path[index] != 0x3F
      if path[index] == 0x2E, path[index...].starts(with: suffix) {
        if pageAhead < 0 { pageAhead = index }
        found = true
      }
    }
    return found ? { reachable[$0] } : nil
  }

  private static func isToken(_ segment: ArraySlice<UInt8>) -> Bool {
    segment.count == 26 && segment.first == 0x28 && segment.last == 0x29
      && segment.dropFirst().dropLast().allSatisfy(isLowerAlphanumeric)
  }

  /// `(` and one or more of letter, `(`, 24 letters and digits, `)`, and `)`.
  private static func isNestedToken(_ segment: ArraySlice<UInt8>) -> Bool {
    guard segment.count > 2, (segment.count - 2) % 27 == 0, segment.first == 0x28,
      segment.last == 0x29
    else { return false }
    var rest = segment.dropFirst().dropLast()
    while let letter = rest.first {
      guard letter.isASCIILetter, isToken(rest.dropFirst().prefix(26)) else { return false }
      rest = rest.dropFirst(27)
    }
    return true
  }

  private static func isLowerAlphanumeric(_ byte: UInt8) -> Bool {
    byte.isASCIIDigit || byte.isASCIILetter
  }

  /// A query without session parameters whose values have the usual shape.
  ///
  /// They are `jsessionid`, `phpsessid`, `sid`, `ASPSESSIONID…` and the pair `cfid`, `cftoken`. The
  /// name may be the end of a longer one: that is how `surt` does it.
  static func strippingQuery(_ query: [UInt8]) -> [UInt8] {
    var result = query
    for name in ["jsessionid=", "phpsessid=", "sid="] {
      result = stripping(result, name: Array(name.utf8)) { rest in
        fixed(rest, count: 32) { $0.isASCIIDigit || $0.isASCIILetter }
      }
    }
    result = stripping(result, name: Array("aspsessionid".utf8)) { rest in
      guard let name = fixed(rest, count: 8, \.isASCIILetter), name < rest.endIndex,
        rest[name] == 0x3D
      else { return nil }
      return fixed(rest[(name + 1)...], count: 24, \.isASCIILetter)
    }
    return stripping(result, name: Array("cfid=".utf8)) { rest in
      guard let first = rest.firstIndex(of: 0x26), first > rest.startIndex else { return nil }
      let token = Array("cftoken=".utf8)
      let behind = rest[(first + 1)...]
      guard startsWith(behind, token) else { return nil }
      let value = behind.dropFirst(token.count)
      let end = value.firstIndex(of: 0x26) ?? value.endIndex
      return end > value.startIndex ? end : nil
    }
  }

  private static func fixed(
    _ text: ArraySlice<UInt8>, count: Int, _ matches: (UInt8) -> Bool
  ) -> Int? {
    let part = text.prefix(count)
    return part.count == count && part.allSatisfy(matches) ? part.endIndex : nil
  }

  /// Removes the last place where the name stands with a value that ends the parameter, and the
  /// ampersand behind it.
  private static func stripping(
    _ query: [UInt8], name: [UInt8], value: (ArraySlice<UInt8>) -> Int?
  ) -> [UInt8] {
    guard query.count > name.count else { return query }
    for start in stride(from: query.count - name.count, through: 0, by: -1)
    where startsWith(query[start...], name) {
      guard let end = value(query[(start + name.count)...]) else { continue }
      if end == query.count { return Array(query[..<start]) }
      if query[end] == 0x26 { return Array(query[..<start] + query[(end + 1)...]) }
    }
    return query
  }

  private static func startsWith(_ text: ArraySlice<UInt8>, _ lowercase: [UInt8]) -> Bool {
    text.prefix(lowercase.count).elementsEqual(lowercase) { $0.asciiLowercased == $1 }
  }
}
