import Testing

@testable import Matching

@Suite struct FoldedViewTests {
  private func folded(_ text: String) -> String {
    String(decoding: FoldedView(Array(text.utf8)).bytes, as: UTF8.self)
  }

  @Test(arguments: [
    ("ｐａｓｓｐｏｒｔ", "passport"), ("pаsspоrt", "passport"), ("паспорт", "паспорт"),
    ("pass\u{200B}port", "passport"), ("p\u{301}ass\u{336}port", "passport"),
    ("p a s s p o r t", "passport"), ("your p.a.s.s.p.o.r.t, please", "your passport, please"),
    ("c-a-s-h only", "cash only"), ("c*a*s*h", "cash"), ("k e p t safe", "kept safe"),
    ("п а с п о р т", "паспорт"), ("p·a·i·d", "paid"),
    ("p4ssport", "passport"), ("c@sh", "cash"), ("pa$$port", "passport"), ("m0n3y", "money"),
  ])
  func disguisesAreUndone(text: String, expected: String) {
    #expect(folded(text) == expected)
  }

  @Test(arguments: [
    "a b c", "I am a man", "J. R. R. Smith", "50€ or 60 eur", "24h a day", "0 6 1 2 3 4 5 6",
    "mp3 and b2", "10x5 cm", "an e-mail to x@y.example", "o.k. then", "3.50 p.p.", "a-b-c",
    "page 1 a b c", "x 5 y",
  ])
  func whatIsNoDisguiseStays(text: String) {
    // An address loses its sign: it is read by the selectors, never by patterns of this view.
    #expect(folded(text) == text.replacing("x@y", with: "xay"))
  }

  @Test func spansPointIntoTheOriginal() throws {
    let matcher = try Packs.matcher(["\\bpassport\\b"], view: .folded)
    for text in ["your p a s s p o r t, please", "your p4s5p0rt, please"] {
      let hit = try #require(matcher.match(Array(text.utf8)).hits.first)
      let quote = String(decoding: Array(text.utf8)[hit.range], as: UTF8.self)
      #expect(quote == text.dropFirst(5).prefix { $0 != "," })
    }
  }

  /// Every byte of the view stands for bytes of the text, in order, whatever the text is.
  @Test func offsetsAscendAndStayInside() {
    var random = Generator(seed: 77)
    for _ in 0..<2000 {
      let text = PatternMaker.text(&random)
      let view = FoldedView(text)
      var last = 0
      for index in view.bytes.indices {
        let range = view.original(index..<(index + 1))
        #expect(range.lowerBound >= last && range.upperBound <= text.count && !range.isEmpty)
        last = range.lowerBound
      }
    }
  }
}
