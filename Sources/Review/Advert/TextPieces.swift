/// A text cut where hits begin and end, so that each piece lies wholly inside or outside of each hit.
struct TextPieces {
  /// A stretch of the text that a hit covers.
  struct Mark: Hashable {
    /// UTF-8 bytes of the text.
    var range: Range<Int>
    /// The hit's number on the page.
    var number: Int
    /// Whether the hit counts.
    var counts: Bool
  }

  /// A piece.
  struct Piece: Hashable {
    var text: String
    /// The hits that cover it.
    var marks: [Mark]
    /// The hits that end with it: their numbers stand after it.
    var endings: [Int]
    /// Whether it is the advert's own.
    var isOwn: Bool
  }

  let pieces: [Piece]
  /// Whether the end of the text was left out.
  let isCut: Bool

  /// Marks that lie partly or wholly beyond the text, or begin within a scalar, are cut to it.
  init(_ text: String, marks: [Mark], content: [Range<Int>], most: Int) {
    let bytes = Array(text.utf8)
    let end = Self.boundary(bytes, min(bytes.count, most))
    let whole = 0..<end
    func fitted(_ range: Range<Int>) -> Range<Int> {
      let cut = range.clamped(to: whole)
      let low = Self.boundary(bytes, cut.lowerBound)
      return low..<max(low, Self.boundary(bytes, cut.upperBound))
    }
    let marks = marks.map { mark in
      var mark = mark
      mark.range = fitted(mark.range)
      return mark
    }.filter { !$0.range.isEmpty }
    let own = content.map(fitted).filter { !$0.isEmpty }
    var events: [Int: (opening: [Mark], closing: [Mark])] = [:]
    for mark in marks {
      events[mark.range.lowerBound, default: ([], [])].opening.append(mark)
      events[mark.range.upperBound, default: ([], [])].closing.append(mark)
    }
    for range in own {
      _ = events[range.lowerBound, default: ([], [])]
      events[range.lowerBound] = events[range.lowerBound] ?? ([], [])
      events[range.upperBound] = events[range.upperBound] ?? ([], [])
    }
    events[end] = events[end] ?? ([], [])
    var pieces: [Piece] = []
    var active: Set<Mark> = []
    var start = 0
    var ownPlace = 0
    let sortedOwn = own.sorted { $0.lowerBound < $1.lowerBound }
    for place in events.keys.sorted() {
      let ending = events[place]?.closing ?? []
      if place > start {
        while ownPlace < sortedOwn.count, sortedOwn[ownPlace].upperBound <= start { ownPlace += 1 }
        pieces.append(
          Piece(
            text: String(decoding: bytes[start..<place], as: UTF8.self),
            marks: active.sorted { $0.number < $1.number },
            endings: ending.map(\.number).sorted(),
            isOwn: own.isEmpty
              || (ownPlace < sortedOwn.count && sortedOwn[ownPlace].contains(start))))
        start = place
      }
      active.subtract(ending)
      active.formUnion(events[place]?.opening ?? [])
    }
    self.pieces = pieces
    isCut = end < bytes.count
  }

  /// The start of the scalar that a place lies in.
  private static func boundary(_ bytes: [UInt8], _ place: Int) -> Int {
    var place = place
    while place > 0, place < bytes.count, bytes[place] & 0xC0 == 0x80 { place -= 1 }
    return place
  }
}
