import Testing

@testable import Review

@Suite struct TextTests {
  @Test func piecesMakeUpTheTextWhateverTheMarks() {
    var generator = SystemRandomNumberGenerator.seeded(7)
    let text = "één € 🙂 woorden\nin regels, ünd so weiter"
    let count = text.utf8.count
    for _ in 0..<500 {
      let marks = (0..<Int.random(in: 0...6, using: &generator)).map { number in
        let start = Int.random(in: 0...(count + 5), using: &generator)
        return TextPieces.Mark(
          range: start..<(start + Int.random(in: 0...9, using: &generator)), number: number,
          counts: true)
      }
      let pieces = TextPieces(text, marks: marks, content: [3..<9], most: 10_000)
      #expect(pieces.pieces.map(\.text).joined() == text)
      #expect(!pieces.isCut)
      let shown = Set(pieces.pieces.flatMap(\.marks).map(\.number))
      #expect(shown.isSubset(of: Set(marks.map(\.number))))
    }
  }

  @Test func overlappingMarksEndWhereTheyEnd() {
    let marks = [
      TextPieces.Mark(range: 0..<4, number: 1, counts: true),
      TextPieces.Mark(range: 2..<6, number: 2, counts: false),
    ]
    let pieces = TextPieces("abcdefgh", marks: marks, content: [], most: 100).pieces
    #expect(pieces.map(\.text) == ["ab", "cd", "ef", "gh"])
    #expect(pieces.map { $0.marks.map(\.number) } == [[1], [1, 2], [2], []])
    #expect(pieces.map(\.endings) == [[], [1], [2], []])
  }

  @Test func differencesMakeUpBothTexts() {
    var generator = SystemRandomNumberGenerator.seeded(9)
    for _ in 0..<300 {
      func text() -> String {
        (0..<Int.random(in: 0...12, using: &generator)).map { _ in
          ["a", "b", "c", "\n"].randomElement(using: &generator) ?? ""
        }.joined(separator: " ")
      }
      let (old, new) = (text(), text())
      let parts = WordDiff(from: old, to: new).parts
      #expect(parts.filter { $0.kind != .added }.map(\.text).joined() == old)
      #expect(parts.filter { $0.kind != .removed }.map(\.text).joined() == new)
    }
  }

  @Test func longTextsThatDifferThroughoutAreNotComparedWordByWord() {
    let old = (0..<20_000).map { "a\($0)" }.joined(separator: " ")
    let new = (0..<20_000).map { "b\($0)" }.joined(separator: " ")
    #expect(WordDiff(from: old, to: new).parts.count == 2)
  }

  @Test func accentsDoNotHideQuotationMarks() {
    #expect(
      HTMLBytes().escapeText("\"\u{301}<\u{338}'&>\u{0}")
        == "&quot;\u{301}&lt;\u{338}&#39;&amp;&gt; ")
  }
}

/// A generator whose numbers are the same every time.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension SystemRandomNumberGenerator {
  static func seeded(_ seed: UInt64) -> SeededGenerator { SeededGenerator(state: seed) }
}
