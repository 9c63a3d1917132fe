extension Tokenizer where Sink: ~Copyable {
  /// Reads a comment from behind its `<!--` on (sections 13.2.5.43 to 13.2.5.52).
  ///
  /// The states come down to this: `>` or `->` right at the start ends it, then `-->` or `--!>`
  /// does, and dashes at the end of the source do not belong to it.
  mutating func readComment(from start: Int, _ sink: inout Sink) {
    if start < source.count, source[start] == 0x3E {
      return finishComment(start..<start, next: start + 1, &sink)
    }
    if source.matches("->", at: start) {
      return finishComment(start..<start, next: start + 2, &sink)
    }
    var from = start
    while let dash = source.first(0x2D, in: from..<source.count) {
      guard dash + 1 < source.count, source[dash + 1] == 0x2D else {
        from = dash + 1
        continue
      }
      if source.matches("-->", at: dash) {
        return finishComment(start..<dash, next: dash + 3, &sink)
      }
      if source.matches("--!>", at: dash) {
        return finishComment(start..<dash, next: dash + 4, &sink)
      }
      from = dash + 1
    }
    var end = source.count
    let length = end - start
    if length >= 3, source.matches("--!", at: end - 3) {
      end -= 3
    } else if length >= 2, source.matches("--", at: end - 2) {
      end -= 2
    } else if length >= 1, source[end - 1] == 0x2D {
      end -= 1
    }
    finishComment(start..<max(start, end), next: source.count, &sink)
  }

  /// Reads what is taken for a comment up to the next `>`.
  mutating func readBogusComment(from start: Int, _ sink: inout Sink) {
    let end = source.first(0x3E, in: start..<source.count)
    finishComment(
      start..<(end ?? source.count), next: end.map { $0 + 1 } ?? source.count, &sink)
  }

  private mutating func finishComment(_ range: Range<Int>, next: Int, _ sink: inout Sink) {
    sink.comment(range, in: source)
    position = next
  }
}
