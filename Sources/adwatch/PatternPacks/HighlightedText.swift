/// A text in which parts stand out: in colour on a terminal, else in brackets; a number follows each.
struct HighlightedText {
  /// A part.
  struct Mark {
    /// UTF-8 bytes of the text.
    var range: Range<Int>
    /// The footnote's number.
    var number: Int
    /// How it stands out in colour.
    var style: Output.Style
  }

  private let bytes: [UInt8]
  private let marks: [Mark]

  init(_ bytes: [UInt8], _ marks: [Mark]) {
    self.bytes = bytes
    self.marks = marks.filter { !$0.range.isEmpty && $0.range.upperBound <= bytes.count }
  }

  /// The text; line feeds stay, other control characters do not.
  var text: String {
    let places = Set(marks.flatMap { [$0.range.lowerBound, $0.range.upperBound] })
      .union([0, bytes.count]).sorted()
    var text = ""
    for (start, end) in zip(places, places.dropFirst()) {
      text += opening(at: start)
      let piece = Self.lines(bytes[start..<end])
      let style = marks.filter { $0.range.lowerBound <= start && end <= $0.range.upperBound }
        .map(\.style).min { Self.rank($0) < Self.rank($1) }
      text += style.map { Self.styled(piece, $0) } ?? piece
      text += closing(at: end)
    }
    return text
  }

  private func opening(at place: Int) -> String {
    guard !Output.isColourful else { return "" }
    return String(repeating: "[", count: marks.count { $0.range.lowerBound == place })
  }

  private func closing(at place: Int) -> String {
    let ending = marks.filter { $0.range.upperBound == place }
      .sorted { ($1.range.lowerBound, $0.number) < ($0.range.lowerBound, $1.number) }
    return ending.map { mark in
      Output.isColourful ? Output.styled("[\(mark.number)]", .dim) : "][\(mark.number)]"
    }.joined()
  }

  /// What counts hides what does not where both cover the same words.
  private static func rank(_ style: Output.Style) -> Int { style == .dim ? 1 : 0 }

  /// Each line by itself, so that a pager that cuts lines does not lose the colour.
  private static func styled(_ text: String, _ style: Output.Style) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : Output.styled(String($0), style) }.joined(separator: "\n")
  }

  private static func lines(_ bytes: ArraySlice<UInt8>) -> String {
    bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      .map { shown(String(decoding: $0, as: UTF8.self)) }.joined(separator: "\n")
  }
}
