/// Text as a browser lays it out: white space collapsed, lines where blocks meet.
struct TextAssembly {
  /// What separates the text so far from what comes.
  enum Separator: UInt8, Comparable {
    case none, space, line
    static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
  }

  private(set) var bytes: [UInt8] = []
  private(set) var map = SourceMap()
  private(set) var isCut = false
  private var pending = Separator.none
  /// What the last run of the map adds to a text offset; a value no run has at first.
  private var shift = Int.min
  private let maximum: Int

  init(maximum: Int) { self.maximum = max(0, min(maximum, 1 << 30)) }

  /// Asks for a separator before the next text; nothing stands at the ends of the text.
  @inline(__always)
  mutating func separate(_ separator: Separator) {
    if separator > pending { pending = separator }
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
        let isLine = isPreformatted && (byte == 0x0A || byte == 0x0D)
        separate(isLine ? .line : .space)
        index += 1
        continue
      }
      if byte == 0 {
        if replacingNUL { separators += put([0xEF, 0xBF, 0xBD], at: index) }
        index += 1
        continue
      }
      let start = index
      index += 1
      // A single space between words is what collapsing would give.
      while index < end {
        let next = source[index]
        if next > 0x20 {
          index += 1
        } else if next == 0x20, index + 1 < end, source[index + 1] > 0x20 {
          index += 2
        } else {
          break
        }
      }
      // One scalar fits in at least.
      guard !isCut, bytes.count + 5 <= maximum || hasRoom(index - start) else { break }
      separators += flush()
      copy(UnsafeBufferPointer(rebasing: source[start..<index]), at: start)
    }
    return bytes.count - before - separators
  }

  /// Appends a few bytes that all come from one place; answers how many separators came before.
  mutating func put(_ text: [UInt8], at place: Int) -> Int {
    guard hasRoom(text.count) else { return 0 }
    let separators = flush()
    map.runs.append(
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
    guard !bytes.isEmpty else { return 0 }
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
      map.runs.append(
        SourceMap.Run(text: UInt32(bytes.count), source: UInt32(truncatingIfNeeded: place)))
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[0..<length]))
  }
}
