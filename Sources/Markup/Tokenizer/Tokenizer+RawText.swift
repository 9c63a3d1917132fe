extension Tokenizer where Sink: ~Copyable {
  /// Reads RCDATA, RAWTEXT or a script up to the end tag that closes it (sections 13.2.5.9 to
  /// 13.2.5.31).
  mutating func readRaw(_ sink: inout Sink) {
    let start = position
    let isScript = model == .scriptData
    let end = (isScript ? endOfScript(from: start) : endOfRaw(from: start)) ?? source.count
    if end > start {
      if model == .rcdata {
        tell(start..<end, .rcdata, &sink)
      } else {
        sink.characters(start..<end, model: model, in: source)
      }
    }
    position = end
    if end < source.count { readEndTag(&sink) }
  }

  private func endOfRaw(from start: Int) -> Int? {
    var from = start
    while let open = source.first(0x3C, in: from..<source.count) {
      if isClosingTag(at: open) { return open }
      from = open + 1
    }
    return nil
  }

  /// Whether the appropriate end tag begins here: the name alone at the end of the source is text.
  private func isClosingTag(at open: Int) -> Bool {
    guard !closingName.isEmpty, open + 1 < source.count, source[open + 1] == 0x2F,
      source.matches(closingName, at: open + 2)
    else { return false }
    return endsName(at: open + 2 + closingName.count)
  }

  private func endsName(at index: Int) -> Bool {
    guard index < source.count else { return false }
    let byte = source[index]
    return byte == 0x3E || byte == 0x2F || byte.isHTMLSpace
  }

  /// How deep a script hides its end tag.
  private enum Escape {
    case none
    /// After `<!--`.
    case escaped
    /// After `<script` in that: the next `</script` closes this one only.
    case doubleEscaped
  }

  private func endOfScript(from start: Int) -> Int? {
    var escape = Escape.none
    var dashes = 0
    var index = start
    while index < source.count {
      if escape == .none || dashes == 0 {
        // Only "<" means something, and "-" in an escape.
        guard let next = nextInScript(from: index, escape != .none) else { return nil }
        index = next
      }
      let byte = source[index]
      if byte == 0x2D {
        dashes += 1
        index += 1
        continue
      }
      if byte == 0x3E, escape != .none, dashes >= 2 {
        escape = .none
      }
      dashes = 0
      guard byte == 0x3C else {
        index += 1
        continue
      }
      switch escape {
      case .none:
        if isClosingTag(at: index) { return index }
        if source.matches("<!--", at: index) {
          escape = .escaped
          dashes = 2
          index += 4
          continue
        }
      case .escaped:
        if isClosingTag(at: index) { return index }
        if source.matches("<script", at: index), endsName(at: index + 7) {
          escape = .doubleEscaped
          index += 8
          continue
        }
      case .doubleEscaped:
        if source.matches("</script", at: index), endsName(at: index + 8) {
          escape = .escaped
          index += 9
          continue
        }
      }
      index += 1
    }
    return nil
  }

  private func nextInScript(from index: Int, _ isEscaped: Bool) -> Int? {
    guard isEscaped else { return source.first(0x3C, in: index..<source.count) }
    var index = index
    while index < source.count {
      let byte = source[index]
      if byte == 0x3C || byte == 0x2D { return index }
      index += 1
    }
    return nil
  }
}
