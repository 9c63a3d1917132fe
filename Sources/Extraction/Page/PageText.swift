import Markup

/// The lines of a page's text, and which of them are its headings.
struct PageText {
  let text: [UInt8]
  /// Every line, without its line break.
  let lines: [Range<Int>]

  init(_ text: [UInt8], limit: Int = 100_000) {
    self.text = text
    var lines: [Range<Int>] = []
    var start = 0
    var index = 0
    while index < text.count, lines.count < limit {
      if text[index] == 0x0A {
        if index > start { lines.append(start..<index) }
        start = index + 1
      }
      index += 1
    }
    if start < text.count { lines.append(start..<text.count) }
    self.lines = lines
  }

  /// The first short lines of the page's own words, folded: where notices stand.
  func notices(in content: [Range<Int>], bytes: Int = 1_500) -> [[UInt8]] {
    var seen = 0
    var notices: [[UInt8]] = []
    for line in lines where RangeSet.holds(line, content) {
      if line.count <= 240 { notices.append(Folding.key(text, line)) }
      seen += line.count
      if seen > bytes { break }
    }
    return notices
  }
}
