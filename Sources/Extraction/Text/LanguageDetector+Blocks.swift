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
  /// A block is a row of lines. Lines too short to tell belong to what stands before them.
  static func blocks(
    in text: [UInt8], _ ranges: [Range<Int>], limit: Int = 64 << 10
  ) -> [LanguageBlock] {
    var sample: [UInt8] = []
    for range in ranges where sample.count < limit {
      sample += text[range].prefix(limit - sample.count)
      sample.append(0x0A)
    }
    guard let first = ranges.first, let last = ranges.last, let whole = guess(sample[...], nil, nil)
    else { return [] }
    let all = LanguageBlock(range: first.lowerBound..<last.upperBound, language: whole.code)
    if whole.reliable, whole.percent >= pure { return [all] }
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
    if blocks.isEmpty { return whole.reliable ? [all] : [] }
    // What could not be told belongs to what stands before it.
    for index in blocks.indices {
      let end = index + 1 < blocks.count ? blocks[index + 1].range.lowerBound : all.range.upperBound
      let start = index == 0 ? all.range.lowerBound : blocks[index].range.lowerBound
      blocks[index].range = start..<max(end, blocks[index].range.upperBound)
    }
    return blocks
  }

  /// Per cent of a text in one language above which it is not looked at in pieces.
  private static let pure = 94
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
