import Foundation

/// A text with a part of it underlined by carets, for a terminal.
struct Underline {
  /// The text on one line, without control characters; its middle when it is long.
  let text: String
  /// Spaces, then a caret for each column of the part.
  let carets: String

  /// Columns shown at most.
  static let maximumColumns = 100

  /// `range` is in UTF-8 bytes of the text.
  init(_ text: [UInt8], _ range: Range<Int>) {
    func columns(_ bytes: ArraySlice<UInt8>) -> [Unicode.Scalar] {
      Array(shown(String(decoding: bytes, as: UTF8.self)).unicodeScalars)
    }
    let range = range.clamped(to: 0..<text.count)
    var before = columns(text[..<range.lowerBound])[...]
    let part = columns(text[range])
    var after = columns(text[range.upperBound...])[...]
    let room = max(20, Self.maximumColumns - part.count)
    if before.count + after.count > room {
      if before.count > room / 2 { before = ["…"] + before.suffix(room / 2) }
      if after.count > room / 2 { after = after.prefix(room / 2) + ["…"] }
    }
    self.text = String(String.UnicodeScalarView(before + part + after))
    carets =
      String(repeating: " ", count: before.reduce(0) { $0 + Self.width($1) })
      + String(repeating: "^", count: max(1, part.reduce(0) { $0 + Self.width($1) }))
  }

  /// Columns of a terminal that a scalar takes, as wcwidth(3) would say in a UTF-8 locale.
  private static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
