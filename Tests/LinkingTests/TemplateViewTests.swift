import Testing

@testable import Linking

@Suite struct TemplateViewTests {
  private func laid(_ texts: String...) -> TemplateView? {
    TemplateView(texts.map { Array($0.utf8) })
  }

  @Test func slotsHoldWhatEachTextHas() throws {
    let view = try #require(
      laid(
        "This fine lamp for the living room costs 5 pounds and the price is good",
        "This fine oak chair for the living room costs 10 pounds and the price is good",
        "This fine for the living room costs 3 pounds and the price is good today"))
    #expect(
      view.parts == [
        .fixed("This fine"), .slot(["lamp", "oak chair", ""]), .fixed("for the living room costs"),
        .slot(["5", "10", "3"]), .fixed("pounds and the price is good"), .slot(["", "", "today"]),
      ])
    #expect(view.savedBits > 0)
  }

  @Test func unlikeTextsSaveNothing() throws {
    let view = try #require(
      laid("one two three four five six", "seven eight nine ten eleven twelve"))
    #expect(view.savedBits < 0)
    #expect(laid("only one") == nil)
    #expect(laid("", "two") == nil)
  }

  /// Fixed parts and slots give back the words of every text.
  @Test func everyTextIsItsTemplateFilledIn() throws {
    var invented = Invented(81)
    for round in 0..<60 {
      let base = (0..<20).map { _ in invented.word() }
      let texts = (0..<4).map { _ in
        var words = base
        for _ in 0..<3 {
          let place = invented.number(0..<words.count)
          switch invented.number(0..<3) {
          case 0: words[place] = invented.word()
          case 1: words.insert(invented.word(), at: place)
          default: words.remove(at: place)
          }
        }
        return words.joined(separator: " ")
      }
      let view = try #require(TemplateView(texts.map { Array($0.utf8) }))
      for (number, text) in texts.enumerated() {
        let filled = view.parts.map { part in
          switch part {
          case .fixed(let words): words
          case .slot(let values): values[number]
          }
        }.filter { !$0.isEmpty }.joined(separator: " ")
        #expect(filled == text, "round \(round)")
      }
    }
  }
}
