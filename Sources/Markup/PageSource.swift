/// What the strings of a document are read from when they are asked for.
///
/// Most of what a page says in attributes is never asked for; what is costs one decoding each time.
final class PageSource: Sendable {
  /// The page in well-formed UTF-8.
  let source: [UInt8]
  /// The text of the document.
  let text: [UInt8]
  /// Strings that do not stand in the source as they are meant.
  let extra: [UInt8]
  /// Bytes of an attribute that count.
  let maximumBytes: Int
  /// Bytes of the text of a link that count.
  let maximumLinkText: Int

  init(
    source: [UInt8] = [], text: [UInt8] = [], extra: [UInt8] = [], maximumBytes: Int = 0,
    maximumLinkText: Int = 0
  ) {
    self.source = source
    self.text = text
    self.extra = extra
    self.maximumBytes = maximumBytes
    self.maximumLinkText = max(0, maximumLinkText)
  }

  static let empty = PageSource()

  /// What a piece says; empty where there is none.
  func string(_ piece: Piece) -> String {
    if piece.isExtra {
      return String(decoding: extra[piece.range.clamped(to: 0..<extra.count)], as: UTF8.self)
    }
    return source.withUnsafeBufferPointer {
      SourceText.string(piece.range.clamped(to: 0..<$0.count), in: $0, maximum: maximumBytes)
    }
  }

  /// Gives what a piece says to a function.
  func withBytes<Result>(
    _ piece: Piece, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    if piece.isExtra {
      return try extra.withUnsafeBufferPointer {
        try body(UnsafeBufferPointer(rebasing: $0[piece.range.clamped(to: 0..<$0.count)]))
      }
    }
    return try source.withUnsafeBufferPointer { source in
      let range = piece.range.clamped(to: 0..<source.count)
      if range.count <= maximumBytes, source.firstToReplace(in: range) == nil {
        return try body(UnsafeBufferPointer(rebasing: source[range]))
      }
      return try SourceText.attribute(range, in: source, maximum: maximumBytes)
        .withUnsafeBufferPointer(body)
    }
  }

  /// The words of a piece in lower case.
  func words(_ piece: Piece) -> [String] {
    source.withUnsafeBufferPointer {
      SourceText.words(piece.range.clamped(to: 0..<$0.count), in: $0, maximum: maximumBytes)
    }
  }

  /// Whether a piece says a name, whatever its case.
  func isPiece(_ piece: Piece, named name: String) -> Bool {
    let range = piece.range.clamped(to: 0..<source.count)
    guard !piece.isExtra else { return string(piece).lowercased() == name }
    return source.withUnsafeBufferPointer { source in
      var index = range.lowerBound
      for byte in name.utf8 {
        // Other letters and references are compared as they read.
        guard index < range.upperBound else { return false }
        let found = source[index]
        if found >= 0x80 || byte >= 0x80 || found == 0x26 || found < 0x20 {
          return SourceText.string(range, in: source, maximum: maximumBytes).lowercased() == name
        }
        guard found.asciiLowered == byte else { return false }
        index += 1
      }
      return index == range.upperBound
    }
  }

  /// A stretch of the text in one line, as far as the text of a link counts.
  func line(_ range: Range<Int>) -> String {
    text.withUnsafeBufferPointer { bytes in
      let range = range.clamped(to: 0..<bytes.count)
      var end = min(range.upperBound, range.lowerBound + maximumLinkText)
      // A scalar that the limit cuts through is dropped.
      while end < range.upperBound, end > range.lowerBound, bytes[end] & 0xC0 == 0x80 { end -= 1 }
      let kept = UnsafeBufferPointer(rebasing: bytes[range.lowerBound..<end])
      guard kept.first(0x0A, in: 0..<kept.count) != nil else {
        return String(decoding: kept, as: UTF8.self)
      }
      return String(decoding: kept.map { $0 == 0x0A ? 0x20 : $0 }, as: UTF8.self)
    }
  }
}

/// Where a string of a document stands: in the source as written, or among what was put aside.
struct Piece: BitwiseCopyable, Sendable {
  private let start: UInt32
  private let end: UInt32

  private static let mark: UInt32 = 1 << 31

  /// A stretch of the source, which is no longer than 1 GiB.
  @inline(__always)
  init(_ range: Range<Int>) {
    start = UInt32(truncatingIfNeeded: range.lowerBound)
    end = UInt32(truncatingIfNeeded: range.upperBound)
  }

  /// A stretch of what was put aside.
  init(extra range: Range<Int>) {
    start = UInt32(truncatingIfNeeded: range.lowerBound) | Self.mark
    end = UInt32(truncatingIfNeeded: range.upperBound) | Self.mark
  }

  private init(missing: UInt32) {
    start = missing
    end = missing
  }

  /// None at all.
  static let missing = Piece(missing: .max)
  /// One that says nothing.
  static let empty = Piece(0..<0)

  var isMissing: Bool { start == .max }
  var isEmpty: Bool { start == end }
  var isExtra: Bool { start & Self.mark != 0 }

  var range: Range<Int> { Int(start & ~Self.mark)..<Int(end & ~Self.mark) }
}
