/// The matcher under `URLPattern`: literal bytes, `*`, `**` and one capture.
///
/// Runs all possible positions in the pattern side by side, so that time is the length of the text
/// times the length of the pattern and never more.
struct Glob: Sendable, Hashable {
  enum Token: Sendable, Hashable {
    case byte(UInt8)
    /// One byte other than a slash.
    case one
    /// Any run without a slash.
    case run
    /// Any run.
    case all
  }

  struct Match {
    var captured: ArraySlice<UInt8>?
  }

  private let before: [Token]
  /// Nil when nothing is captured.
  private let after: [Token]?
  let literals: Int

  var hasCapture: Bool { after != nil }

  init(_ text: Substring, isPath: Bool) throws(URLPatternError) {
    var parts = [text]
    if let place = text.firstRange(ofUTF8: "{id}") {
      parts = [text[..<place.lowerBound], text[place.upperBound...]]
    }
    for part in parts where part.utf8.contains(where: { $0 == 0x7b || $0 == 0x7d }) {
      throw URLPatternError(description: "braces stand only in '{id}', and that only once")
    }
    before = Self.tokens(parts[0], isPath: isPath, followed: parts.count > 1)
    after = parts.count > 1 ? Self.tokens(parts[1], isPath: isPath, preceded: true) : nil
    literals = (before + (after ?? [])).count {
      if case .byte = $0 { return true }
      return false
    }
  }

  private static func tokens(
    _ text: Substring, isPath: Bool, preceded: Bool = false, followed: Bool = false
  ) -> [Token] {
    let bytes = ComparableForm.bytes(text.utf8)
    let star = UInt8(ascii: "*")
    let slash = UInt8(ascii: "/")
    var tokens: [Token] = []
    var index = 0
    while index < bytes.count {
      guard bytes[index] == star else {
        tokens.append(.byte(bytes[index]))
        index += 1
        continue
      }
      let start = index
      while index < bytes.count, bytes[index] == star { index += 1 }
      if index - start > 1 || !isPath {
        tokens.append(.all)
      } else {
        let opens = start == 0 ? !preceded : bytes[start - 1] == slash
        let closes = index == bytes.count ? !followed : bytes[index] == slash
        if opens && closes { tokens.append(.one) }
        tokens.append(.run)
      }
    }
    return tokens
  }

  /// Matches the whole text.
  func match(_ text: [UInt8]) -> Match? {
    guard let after else {
      return Self.ends(before, in: text)[text.count] ? Match(captured: nil) : nil
    }
    let starts = Self.ends(before, in: text)
    // The part after the capture is matched backwards: from where on can it reach the end?
    let tails = Self.ends(after.reversed(), in: text.reversed())
    // From the right: the latest start that can reach an end, and of its ends the nearest.
    var nearest: Int?
    for index in text.indices.reversed() {
      guard Self.isIdentifier(text[index]) else {
        nearest = nil
        continue
      }
      if tails[text.count - index - 1] { nearest = index + 1 }
      if starts[index], let nearest { return Match(captured: text[index..<nearest]) }
    }
    return nil
  }

  private static func isIdentifier(_ byte: UInt8) -> Bool {
    ![UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "&"), UInt8(ascii: "#")].contains(byte)
  }

  /// For each length of a prefix of `text`, whether the tokens match that prefix.
  private static func ends(_ tokens: [Token], in text: [UInt8]) -> [Bool] {
    let count = tokens.count
    var active = [Bool](repeating: false, count: count + 1)
    active[0] = true
    skip(&active, tokens)
    var result = [active[count]]
    result.reserveCapacity(text.count + 1)
    for byte in text {
      var next = [Bool](repeating: false, count: count + 1)
      for index in 0..<count where active[index] {
        switch tokens[index] {
        case .byte(let expected): if byte == expected { next[index + 1] = true }
        case .one: if byte != UInt8(ascii: "/") { next[index + 1] = true }
        case .run: if byte != UInt8(ascii: "/") { next[index] = true }
        case .all: next[index] = true
        }
      }
      skip(&next, tokens)
      active = next
      result.append(active[count])
    }
    return result
  }

  /// Runs may be empty: whoever stands before one also stands behind it.
  private static func skip(_ active: inout [Bool], _ tokens: [Token]) {
    for index in tokens.indices where active[index] {
      switch tokens[index] {
      case .run, .all: active[index + 1] = true
      default: break
      }
    }
  }
}

extension Substring {
  /// The first place where `needle` stands, compared byte by byte.
  fileprivate func firstRange(ofUTF8 needle: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      let tail = self[start...]
      if tail.utf8.starts(with: needle.utf8) {
        return start..<utf8.index(start, offsetBy: needle.utf8.count)
      }
      start = utf8.index(after: start)
    }
    return nil
  }
}
