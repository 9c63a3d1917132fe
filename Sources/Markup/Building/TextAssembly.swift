/// Text as a browser lays it out: white space collapsed, lines where blocks meet.
struct TextAssembly: ~Copyable {
  /// What separates the text so far from what comes.
  enum Separator: UInt8, Comparable {
    case none, space, line
    static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
  }

  private(set) var bytes: GrowingBuffer<UInt8>
  private var runs: GrowingBuffer<SourceMap.Run>
  private(set) var isCut = false
  private var pending = Separator.none
  /// What the last run of the map adds to a text offset; a value no run has at first.
  private var shift = Int.min
  private var maximum: Int

  /// An empty text; `expected` bytes of it or fewer need no more memory later.
  init(maximum: Int, expected: Int = 0) {
    self.maximum = max(0, min(maximum, 1 << 30))
    bytes = GrowingBuffer(capacity: max(1_024, expected))
    runs = GrowingBuffer(capacity: max(128, expected / 16))
  }

  var map: SourceMap { SourceMap(runs: runs.array) }

  /// Begins again with an empty text.
  mutating func reset(maximum: Int) {
    bytes.shorten(to: 0)
    runs.shorten(to: 0)
    isCut = false
    pending = .none
    shift = Int.min
    self.maximum = max(0, min(maximum, 1 << 30))
  }

  /// Asks for a separator before the next text; nothing stands at the ends of the text.
  @inline(__always)
  mutating func separate(_ separator: Separator) {
    if separator.rawValue > pending.rawValue { pending = separator }
  }

  /// Appends a stretch of source; answers how many bytes of text it gave, separators apart.
  ///
  /// NULs become U+FFFD or nothing.
  mutating func append(
    _ range: Range<Int>, in source: UnsafeBufferPointer<UInt8>, isPreformatted: Bool,
    replacingNUL: Bool
  ) -> Int {
    let before = bytes.count
    var separators = 0
    var index = range.lowerBound
    let end = range.upperBound
    while index < end {
      let byte = source[index]
      if byte.isHTMLSpace {
        if isPreformatted {
          separate(byte == 0x0A || byte == 0x0D ? .line : .space)
          index += 1
        } else {
          separate(.space)
          index = source.endOfSpace(from: index + 1, to: end)
        }
        continue
      }
      if byte == 0 {
        if replacingNUL {
          separators += CharacterReference.replacement.withUTF8 { put($0, at: index) }
        }
        index += 1
        continue
      }
      let start = index
      index = source.endOfPlainText(from: index + 1, to: end)
      // One scalar fits in at least.
      guard !isCut, bytes.count + 5 <= maximum || hasRoom(index - start) else { break }
      separators += flush()
      copy(UnsafeBufferPointer(rebasing: source[start..<index]), at: start)
    }
    return bytes.count - before - separators
  }

  /// Appends a few bytes that all come from one place; answers how many separators came before.
  mutating func put(_ text: UnsafeBufferPointer<UInt8>, at place: Int) -> Int {
    guard hasRoom(text.count) else { return 0 }
    let separators = flush()
    runs.append(
      SourceMap.Run(
        text: UInt32(bytes.count), source: UInt32(truncatingIfNeeded: place) | SourceMap.fixed))
    shift = Int.min
    bytes.append(contentsOf: text)
    return separators
  }

  /// Whether a separator and so much text fit in; once they do not, nothing more is taken.
  @inline(__always)
  private mutating func hasRoom(_ count: Int) -> Bool {
    if isCut || bytes.count + 1 + count > maximum { isCut = true }
    return !isCut
  }

  @inline(__always)
  private mutating func flush() -> Int {
    guard pending != .none else { return 0 }
    let separator = pending
    pending = .none
    guard bytes.count > 0 else { return 0 }
    bytes.append(separator == .line ? 0x0A : 0x20)
    return 1
  }

  @inline(__always)
  private mutating func copy(_ text: UnsafeBufferPointer<UInt8>, at place: Int) {
    var length = text.count
    if bytes.count + length > maximum {
      isCut = true
      length = max(0, maximum - bytes.count)
      while length > 0, length < text.count, text[length] & 0xC0 == 0x80 { length -= 1 }
      while length > 0, text[length - 1] == 0x20 { length -= 1 }
    }
    if place - bytes.count != shift {
      shift = place - bytes.count
      runs.append(
        SourceMap.Run(text: UInt32(bytes.count), source: UInt32(truncatingIfNeeded: place)))
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[0..<length]))
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Where white space ends that stands at an index, if any does.
  @inline(__always)
  fileprivate func endOfSpace(from start: Int, to end: Int) -> Int {
    guard let baseAddress else { return start }
    var index = start
    let high: UInt64 = 0x8080_8080_8080_8080
    let low = ~high
    let bytes = UnsafeRawPointer(baseAddress)
    // What is read behind the end does not count.
    while index < end, index &+ 8 <= count {
      let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
      let plain = word & low
      // From tab to carriage return, but for the vertical tab, and the space.
      let isFromTab = (plain &+ 0x7777_7777_7777_7777) & ~(plain &+ 0x7272_7272_7272_7272)
      let isNotVertical = (plain ^ 0x0B0B_0B0B_0B0B_0B0B) &+ low
      let isNotSpace = (plain ^ 0x2020_2020_2020_2020) &+ low
      let ends = (~(isFromTab & isNotVertical) & isNotSpace | word) & high
      if ends != 0 { return Swift.min(end, index &+ ends.trailingZeroBitCount / 8) }
      index &+= 8
    }
    while index < end, self[index].isHTMLSpace { index &+= 1 }
    return Swift.min(end, index)
  }

  /// The end, or before a space that is the last byte and stands between no words.
  @inline(__always)
  private func endOfWord(from start: Int, to end: Int) -> Int {
    end > start && self[end &- 1] == 0x20 ? end &- 1 : end
  }

  /// Where text ends that collapsing leaves as it is: before a control character and before white
  /// space that is not one space between words.
  @inline(__always)
  fileprivate func endOfPlainText(from start: Int, to end: Int) -> Int {
    guard let baseAddress else { return start }
    var index = start
    // Eight bytes at a time: the high bit of each byte of a word says what the byte is.
    let high: UInt64 = 0x8080_8080_8080_8080
    let low = ~high
    let bytes = UnsafeRawPointer(baseAddress)
    while index < end, index &+ 9 <= count {
      let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
      let next = bytes.loadUnaligned(fromByteOffset: index + 1, as: UInt64.self).littleEndian
      let isAboveSpace = ((word & low) &+ 0x5F5F_5F5F_5F5F_5F5F) | word
      let isNextAbove = ((next & low) &+ 0x5F5F_5F5F_5F5F_5F5F) | next
      let isSpaceOrAbove = ((word & low) &+ 0x6060_6060_6060_6060) | word
      let ends = (~(isAboveSpace | isNextAbove) | ~isSpaceOrAbove) & high
      if ends != 0 {
        index &+= ends.trailingZeroBitCount / 8
        return index < end ? index : endOfWord(from: start, to: end)
      }
      index &+= 8
    }
    if index >= end { return endOfWord(from: start, to: end) }
    while index < end {
      let byte = self[index]
      if byte > 0x20 {
        index += 1
      } else if byte == 0x20, index + 1 < end, self[index + 1] > 0x20 {
        index += 2
      } else {
        break
      }
    }
    return index
  }
}
