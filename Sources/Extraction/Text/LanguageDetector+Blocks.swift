/// A stretch of a text in one language.
public struct LanguageBlock: Sendable, Hashable {
  /// Bytes of the text.
  public var range: Range<Int>
  /// ISO 639 code.
  public var language: String

  public init(range: Range<Int>, language: String) {
    self.range = range
    self.language = language
  }
}

extension LanguageDetector {
  /// The languages of a text's blocks, where they differ; one block when they do not, none when the
  /// text is too short to tell.
  ///
  /// A block is a row of lines; the first `limit` bytes are looked at. Lines too short to tell belong to what stands before them.
  static func blocks(
    in text: [UInt8], _ ranges: [Range<Int>], limit: Int = 4 << 10
  ) -> [LanguageBlock] {
    guard let first = ranges.first, let last = ranges.last else { return [] }
    let all = first.lowerBound..<last.upperBound
    var blocks: [LanguageBlock] = []
    var spent = 0
    for range in ranges {
      for line in pieces(of: text, range) where spent < limit {
        spent += line.count
        guard line.count >= shortest, let guess = guess(text[line], nil, nil), guess.reliable
        else { continue }
        if let last = blocks.last, last.language == guess.code {
          blocks[blocks.count - 1].range = last.range.lowerBound..<line.upperBound
        } else {
          blocks.append(LanguageBlock(range: line, language: guess.code))
        }
      }
    }
    // What could not be told belongs to what stands before it.
    for index in blocks.indices {
      let end = index + 1 < blocks.count ? blocks[index + 1].range.lowerBound : all.upperBound
      let start = index == 0 ? all.lowerBound : blocks[index].range.lowerBound
      blocks[index].range = start..<max(end, blocks[index].range.upperBound)
    }
    return blocks
  }

  /// Bytes of a line that say what language it is in.
  private static let shortest = 28

  /// The lines of a range.
  private static func pieces(of text: [UInt8], _ range: Range<Int>) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = range.lowerBound
    for index in range where text[index] == 0x0A {
      if index > start { lines.append(start..<index) }
      start = index + 1
    }
    if start < range.upperBound { lines.append(start..<range.upperBound) }
    return lines
  }
}
