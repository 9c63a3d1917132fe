/// Finds the edges of words and tokens without decoding more than needed.
enum TextRange {
  /// The stretch of bytes around `index` that satisfies `test`, at most `limit` to each side.
  static func around(
    _ index: Int, in text: [UInt8], limit: Int, _ test: (UInt8) -> Bool
  ) -> Range<Int> {
    backward(
      from: index, in: text, limit: limit, test)..<forward(
        from: index, in: text, limit: limit, test)
  }

  /// Where the stretch that ends at `index` begins.
  static func backward(
    from index: Int, in text: [UInt8], limit: Int, _ test: (UInt8) -> Bool
  ) -> Int {
    var start = index
    while start > 0, index - start < limit, test(text[start - 1]) { start -= 1 }
    return start
  }

  /// Where the stretch that begins at `index` ends.
  static func forward(
    from index: Int, in text: [UInt8], limit: Int, _ test: (UInt8) -> Bool
  ) -> Int {
    var end = index
    while end < text.count, end - index < limit, test(text[end]) { end += 1 }
    return end
  }

  /// Whether a letter above ASCII of a script that puts spaces between words ends at `index`.
  static func isLetter(before index: Int, in text: [UInt8]) -> Bool {
    guard index > 0, text[index - 1] >= 0x80 else { return false }
    let found = scalar(in: text, before: index)
    return found.value < 0x2E80 && role(ofScalar: found.value) == .letter
  }

  /// The same as a string.
  static func string(_ text: [UInt8], _ range: Range<Int>) -> String {
    String(decoding: text[range], as: UTF8.self)
  }
}
