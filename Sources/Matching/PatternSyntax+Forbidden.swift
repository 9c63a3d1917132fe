extension PatternSyntax {
  /// What a pack may not use: constructs whose meaning depends on where a search begins.
  ///
  /// Those are `\G` and the verbs and settings written `(*…)`. Packs do without them so that a search
  /// may begin anywhere and still give exactly the matches of one over the whole text.
  static func forbidden(in source: [UInt8]) -> RegexProblem? {
    var index = 0
    while index < source.count {
      let next = index + 1 < source.count ? source[index + 1] : 0
      switch source[index] {
      case UInt8(ascii: "\\"):
        if next == UInt8(ascii: "G") {
          return RegexProblem(message: "\\G is not available in packs", offset: index)
        }
        if next == UInt8(ascii: "Q") {
          index = endOfQuotation(source, from: index + 2)
        } else {
          index += 2
        }
      case UInt8(ascii: "["):
        index = endOfClass(source, from: index + 1)
      case UInt8(ascii: "(") where next == UInt8(ascii: "*"):
        return RegexProblem(message: "(*…) is not available in packs", offset: index)
      default:
        index += 1
      }
    }
    return nil
  }

  private static func endOfQuotation(_ source: [UInt8], from start: Int) -> Int {
    var index = start
    while index + 1 < source.count {
      if source[index] == UInt8(ascii: "\\"), source[index + 1] == UInt8(ascii: "E") {
        return index + 2
      }
      index += 1
    }
    return source.count
  }

  /// The index after a class whose `[` stands before `start`; a class that does not end is left to
  /// PCRE2 to refuse.
  private static func endOfClass(_ source: [UInt8], from start: Int) -> Int {
    var index = start
    if index < source.count, source[index] == UInt8(ascii: "^") { index += 1 }
    if index < source.count, source[index] == UInt8(ascii: "]") { index += 1 }
    while index < source.count {
      switch source[index] {
      case UInt8(ascii: "\\"): index += 2
      case UInt8(ascii: "]"): return index + 1
      case UInt8(ascii: "[")
      where index + 1 < source.count && source[index + 1] == UInt8(ascii: ":"):
        // A POSIX name such as [:alpha:]; a bracket and colon that begin none are themselves.
        var end = index + 2
        while end < source.count,
          (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(source[end])
            || source[end] == UInt8(ascii: "^")
        { end += 1 }
        if end + 1 < source.count, source[end] == UInt8(ascii: ":"),
          source[end + 1] == UInt8(ascii: "]")
        {
          index = end + 2
        } else {
          index += 1
        }
      default: index += 1
      }
    }
    return source.count
  }
}
