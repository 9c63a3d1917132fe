/// What a declaration of CSS says, in place, without white space around it; case does not count.
struct StyleContent {
  let bytes: UnsafeBufferPointer<UInt8>

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = UnsafeBufferPointer(rebasing: bytes[bytes.trimmed(0..<bytes.count)])
  }

  var count: Int { bytes.count }

  /// The byte at an index, in lower case.
  @inline(__always)
  subscript(index: Int) -> UInt8 { bytes[index].asciiLowered }

  /// Without `!important` or whatever follows the mark.
  func withoutMark() -> StyleContent {
    guard let mark = bytes.lastIndex(of: 0x21) else { return self }
    return StyleContent(UnsafeBufferPointer(rebasing: bytes[..<mark]))
  }

  func contains(_ byte: UInt8) -> Bool { bytes.first(byte, in: 0..<bytes.count) != nil }

  func isWord(_ word: StaticString) -> Bool {
    bytes.count == word.utf8CodeUnitCount && bytes.matches(word, at: 0)
  }

  func starts(with word: StaticString) -> Bool { bytes.matches(word, at: 0) }

  func prefix(before byte: UInt8) -> StyleContent {
    guard let end = bytes.first(byte, in: 0..<bytes.count) else { return self }
    return StyleContent(UnsafeBufferPointer(rebasing: bytes[..<end]))
  }

  /// What stands between characters that separate; empty stretches are left out.
  struct Parts {
    fileprivate let bytes: UnsafeBufferPointer<UInt8>
    fileprivate let separates: (UInt8) -> Bool
    fileprivate var index = 0

    mutating func next() -> StyleContent? {
      while index < bytes.count, separates(bytes[index]) { index += 1 }
      guard index < bytes.count else { return nil }
      let start = index
      while index < bytes.count, !separates(bytes[index]) { index += 1 }
      return StyleContent(UnsafeBufferPointer(rebasing: bytes[start..<index]))
    }
  }

  /// The words between spaces.
  var words: Parts { Parts(bytes: bytes, separates: { $0 == 0x20 }) }

  /// The arguments of a function, from a parenthesis on.
  func arguments(from open: Int) -> Parts {
    Parts(
      bytes: UnsafeBufferPointer(rebasing: bytes[(open + 1)...]),
      separates: { $0 == 0x2C || $0 == 0x20 || $0 == 0x2F || $0 == 0x29 })
  }

  /// What a number counts.
  enum Unit {
    case none, percent
    /// The parent's font.
    case parent
    /// The root's font.
    case root
    /// Pixels and points.
    case absolute
    case other
  }

  /// A number with its unit; nil when the content does not begin with one.
  var number: (value: Double, unit: Unit)? {
    var index = 0
    var isNegative = false
    if index < bytes.count, bytes[index] == 0x2D || bytes[index] == 0x2B {
      isNegative = bytes[index] == 0x2D
      index += 1
    }
    var value = 0.0
    var scale = 0.0
    var digits = 0
    while index < bytes.count, index < 32 {
      let byte = bytes[index]
      if byte.isASCIIDigit {
        value = value * 10 + Double(byte - 0x30)
        scale *= 10
        digits += 1
      } else if byte == 0x2E, scale == 0 {
        scale = 1
      } else {
        break
      }
      index += 1
    }
    // A second sign or point is no number.
    if index < bytes.count, [0x2D, 0x2B, 0x2E].contains(bytes[index]) { return nil }
    guard digits > 0 else { return nil }
    if scale > 0 { value /= scale }
    return (isNegative ? -value : value, unit(from: index))
  }

  private func unit(from start: Int) -> Unit {
    var end = start
    while end < bytes.count, bytes[end].isASCIILetter || bytes[end] == 0x25 { end += 1 }
    let unit = StyleContent(UnsafeBufferPointer(rebasing: bytes[start..<end]))
    if unit.count == 0 { return .none }
    if unit.isWord("px") || unit.isWord("pt") { return .absolute }
    if unit.isWord("%") { return .percent }
    if unit.isWord("em") || unit.isWord("ex") || unit.isWord("ch") { return .parent }
    return unit.isWord("rem") ? .root : .other
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// A range without the white space at its ends.
  @inline(__always)
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var first = range.lowerBound
    var last = range.upperBound
    while first < last, self[first].isHTMLSpace { first += 1 }
    while last > first, self[last - 1].isHTMLSpace { last -= 1 }
    return first..<last
  }
}
