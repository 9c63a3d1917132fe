/// Where the sentence around a place in a text begins and ends.
///
/// A line feed ends a sentence, because blocks of a page are separated by one. So do `.`, `!`, `?` and
/// `…` when white space, a closing bracket or quotation mark, or the end of the text follows, which
/// leaves `3.50` and `example.org` whole; and so do the ideographic `。`, `！` and `？` wherever they stand.
/// Abbreviations are not known: after "approx. " a new sentence begins. What no sign divides is
/// divided `reach` bytes before and after the place asked for.
enum Sentences {
  /// How far a sentence goes at most to either side; bounds the work on text without punctuation.
  static let reach = 4096

  /// The whole sentences that a range of a text touches, white space before them included.
  static func range(around range: Range<Int>, in text: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    var start = min(max(0, range.lowerBound), text.count)
    let first = max(0, start - reach)
    while start > first, !ends(before: start, in: text) { start -= 1 }
    var end = min(max(start + 1, range.upperBound), text.count)
    let last = min(text.count, end + reach)
    while end < last, !ends(before: end, in: text) { end += 1 }
    return start..<max(start, end)
  }

  /// Whether a sentence ends right before the offset.
  private static func ends(before offset: Int, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    let last = text[offset - 1]
    switch last {
    case UInt8(ascii: "\n"): return true
    case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"):
      return isFollowedByBreak(offset, in: text)
    case 0xA6 where isSequence(0xE2, 0x80, before: offset, in: text):  // …
      return isFollowedByBreak(offset, in: text)
    case 0x82: return isSequence(0xE3, 0x80, before: offset, in: text)  // 。
    case 0x81, 0x9F: return isSequence(0xEF, 0xBC, before: offset, in: text)  // ！ ？
    default: return false
    }
  }

  private static func isSequence(
    _ first: UInt8, _ second: UInt8, before offset: Int, in text: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    offset >= 3 && text[offset - 3] == first && text[offset - 2] == second
  }

  private static func isFollowedByBreak(_ offset: Int, in text: UnsafeBufferPointer<UInt8>) -> Bool
  {
    guard offset < text.count else { return true }
    switch text[offset] {
    case 0x09...0x0D, 0x20, UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "\""),
      UInt8(ascii: "'"):
      return true
    case 0xC2:
      // No-break space, next line, and the closing angle quotation mark.
      return offset + 1 < text.count && [0x85, 0xA0, 0xBB].contains(text[offset + 1])
    case 0xE2:
      // General punctuation: the Unicode spaces and the curly quotation marks.
      return offset + 1 < text.count && text[offset + 1] == 0x80
    default:
      return false
    }
  }
}
