/// The pattern of one robots.txt rule, matched in linear time.
///
/// Between `*` stand literal pieces; each is searched for once, leftmost first, which for `*` alone
/// is as good as trying everything.
struct RobotsPattern: Sendable {
  /// The line a person would look for.
  let rule: RobotsRule
  /// Octets of the pattern; the longer one of two that match is the more specific.
  let length: Int
  private let pieces: [[UInt8]]
  private let isAnchoredAtEnd: Bool

  var allows: Bool { rule.allows }

  init(_ value: ArraySlice<UInt8>, allows: Bool, line: Int) {
    var body = value
    isAnchoredAtEnd = body.last == UInt8(ascii: "$")
    if isAnchoredAtEnd { body = body.dropLast() }
    var pieces: [[UInt8]] = []
    let parts = body.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      // Neighbouring stars are one star: an empty piece says nothing except at either end.
      guard !part.isEmpty || index == 0 || index == parts.count - 1 else { continue }
      pieces.append(ComparableForm.bytes(part, encodingSpecials: true))
    }
    self.pieces = pieces
    length =
      pieces.reduce(0) { $0 + $1.count } + (parts.count - 1) + (isAnchoredAtEnd ? 1 : 0)
    let shown = String(decoding: value.prefix(200), as: UTF8.self)
    rule = RobotsRule(
      line: line, text: (allows ? "Allow: " : "Disallow: ") + shown, allows: allows)
  }

  func isBetter(than other: RobotsPattern?) -> Bool {
    guard let other else { return true }
    return length > other.length || (length == other.length && allows && !other.allows)
  }

  /// Whether the pattern matches a path in comparable form, from its first octet.
  func matches(_ path: [UInt8]) -> Bool {
    guard let first = pieces.first, path.starts(with: first) else { return false }
    guard pieces.count > 1 else { return !isAnchoredAtEnd || path.count == first.count }
    var position = first.count
    for piece in pieces[1..<(pieces.count - 1)] {
      guard let end = Self.find(piece, in: path, from: position) else { return false }
      position = end
    }
    let last = pieces[pieces.count - 1]
    if isAnchoredAtEnd {
      return path.count - last.count >= position && path[(path.count - last.count)...] == last[...]
    }
    return last.isEmpty || Self.find(last, in: path, from: position) != nil
  }

  /// The end of the leftmost occurrence of `needle` at or after `start`, by Knuth, Morris and Pratt.
  private static func find(_ needle: [UInt8], in path: [UInt8], from start: Int) -> Int? {
    guard path.count - start >= needle.count else { return nil }
    var fallback = [Int](repeating: 0, count: needle.count)
    var length = 0
    for index in needle.indices.dropFirst() {
      while length > 0, needle[index] != needle[length] { length = fallback[length - 1] }
      if needle[index] == needle[length] { length += 1 }
      fallback[index] = length
    }
    length = 0
    for index in start..<path.count {
      while length > 0, path[index] != needle[length] { length = fallback[length - 1] }
      if path[index] == needle[length] { length += 1 }
      if length == needle.count { return index + 1 }
    }
    return nil
  }
}
