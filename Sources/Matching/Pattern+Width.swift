extension Pattern {
  /// Whether it repeats, without bound, something that runs across words: `.*`, `[^.]+`, `(…)*`.
  ///
  /// One word or number of any length is no such thing, nor is white space.
  public var runsOnWithoutBound: Bool {
    var scan = RepeatScan(bytes: Array(source.utf8))
    return scan.findsUnboundedRun()
  }
}

/// Walks over an expression's atoms and looks at what follows each.
private struct RepeatScan {
  let bytes: [UInt8]
  var index = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func findsUnboundedRun() -> Bool {
    while index < bytes.count {
      let crossesWords = atom()
      if isUnboundedRepeat(), crossesWords { return true }
    }
    return false
  }

  /// Passes one atom; true when repeating it crosses from one word into the next.
  private mutating func atom() -> Bool {
    let byte = bytes[index]
    index += 1
    switch byte {
    case UInt8(ascii: "\\"):
      guard index < bytes.count else { return false }
      index += 1
      return [UInt8]("SDWNX".utf8).contains(bytes[index - 1])
    case UInt8(ascii: "["): return characterClass()
    case UInt8(ascii: "."), UInt8(ascii: ")"): return true
    default: return false
    }
  }

  /// Passes the rest of a class; true when it is negated or holds a space.
  private mutating func characterClass() -> Bool {
    var crossesWords = false
    if index < bytes.count, bytes[index] == UInt8(ascii: "^") {
      crossesWords = true
      index += 1
    }
    // A bracket that comes first is a letter like others.
    if index < bytes.count, bytes[index] == UInt8(ascii: "]") { index += 1 }
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "]") { break }
      if byte == 0x20 { crossesWords = true }
      guard byte == UInt8(ascii: "\\"), index < bytes.count else { continue }
      if [UInt8]("sSDW".utf8).contains(bytes[index]) { crossesWords = true }
      index += 1
    }
    return crossesWords
  }

  /// Passes `*`, `+` or `{n,}` where it stands.
  private mutating func isUnboundedRepeat() -> Bool {
    guard index < bytes.count else { return false }
    switch bytes[index] {
    case UInt8(ascii: "*"), UInt8(ascii: "+"):
      index += 1
      return true
    case UInt8(ascii: "{"):
      guard let end = bytes[index...].firstIndex(of: UInt8(ascii: "}")) else { return false }
      return bytes[end - 1] == UInt8(ascii: ",")
    default: return false
    }
  }
}
