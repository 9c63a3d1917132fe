import Testing

@testable import Linking

@Suite struct TextAlignmentTests {
  /// The least cost by plain recursion over both texts, each state once, nothing trimmed.
  private func slowCost(_ template: TextTemplate, _ words: [UInt32], _ weights: [Int32]) -> Int32 {
    var known: [[Int]: Int32] = [:]
    func cost(_ i: Int, _ j: Int, _ inEdit: Bool) -> Int32 {
      if i == template.count, j == words.count { return 0 }
      let key = [i, j, inEdit ? 1 : 0]
      if let found = known[key] { return found }
      let opening =
        inEdit
        ? 0 : template.isSlot(i) ? 4 * TextAlignment.bit : TextAlignment.opening(template.count)
      var best = Int32.max / 4
      if i < template.count, j < words.count, template.hashes[i] == words[j] {
        best = min(best, cost(i + 1, j + 1, false))
      }
      if i < template.count { best = min(best, cost(i + 1, j, true) + opening + TextAlignment.bit) }
      if j < words.count {
        best = min(best, cost(i, j + 1, true) + opening + TextAlignment.bit + weights[j])
      }
      known[key] = best
      return best
    }
    return cost(0, 0, false)
  }

  private func template(_ words: Words) -> TextTemplate {
    TextTemplate(
      id: 7, group: 3, hashes: words.hashes, weights: words.weights,
      slots: [UInt8](repeating: 0, count: words.count + 1), stops: words.stops,
      sentenceKeys: words.stops.map { UInt64($0) })
  }

  private func words(_ hashes: [UInt32]) -> Words {
    var words = Words()
    words.hashes = hashes
    if !hashes.isEmpty { words.stops = [UInt32(hashes.count)] }
    words.weights = hashes.map { UInt8(20 + $0 % 60) }
    return words
  }

  @Test func itCostsWhatASlowSearchFinds() {
    var invented = Invented(11)
    for round in 0..<300 {
      let letters = invented.number(2..<9)
      let first = words(
        (0..<invented.number(0..<14)).map { _ in UInt32(invented.number(0..<letters)) })
      let second = words(
        (0..<invented.number(0..<14)).map { _ in UInt32(invented.number(0..<letters)) })
      var template = self.template(first)
      for index in template.slots.indices where invented.number(0..<4) == 0 {
        template.slots[index] = UInt8(invented.number(1..<4))
      }
      let weights = second.weights.map { Int32($0) }
      let found = TextAlignment(template, second.hashes, weights)
      #expect(found.cost == slowCost(template, second.hashes, weights), "round \(round)")
      #expect(applied(found, to: first.hashes, second.hashes) == second.hashes, "round \(round)")
    }
  }

  @Test func anchorsLeadToTheSameTextAndHardlyCostMore() {
    var invented = Invented(29)
    for round in 0..<40 {
      // A long text of a small language, and the same with some words and passages changed.
      var first = (0..<invented.number(120..<400)).map { _ in UInt32(invented.number(0..<300)) }
      var second = first
      for _ in 0..<invented.number(1..<8) {
        let start = invented.number(0..<second.count)
        let end = min(second.count, start + invented.number(0..<30))
        second.replaceSubrange(
          start..<end,
          with: (0..<invented.number(0..<30)).map { _ in UInt32(invented.number(0..<300)) })
      }
      if round % 4 == 0 { first = invented.shuffled(first) }
      let template = self.template(words(first))
      let weights = words(second).weights.map { Int32($0) }
      let exact = TextAlignment(template, second, weights, exact: .max / 8)
      let anchored = TextAlignment(template, second, weights, exact: 64)
      #expect(applied(anchored, to: first, second) == second, "round \(round)")
      #expect(anchored.cost >= exact.cost, "round \(round)")
      #expect(anchored.cost <= exact.cost + exact.cost / 10, "round \(round)")
      #expect(anchored.cost == priced(anchored, template, weights), "round \(round)")
    }
  }

  /// What edits cost, one by one.
  private func priced(
    _ alignment: TextAlignment, _ template: TextTemplate, _ weights: [Int32]
  ) -> Int32 {
    alignment.edits.reduce(0) { cost, edit in
      let known = template.isSlot(edit.template.lowerBound)
      let opening = known ? 4 * TextAlignment.bit : TextAlignment.opening(template.count)
      let words = edit.text.reduce(Int32(0)) { $0 + weights[$1] + TextAlignment.bit }
      return cost + opening + words + Int32(edit.template.count) * TextAlignment.bit
    }
  }

  /// The text that template and edits make.
  private func applied(
    _ alignment: TextAlignment, to template: [UInt32], _ text: [UInt32]
  ) -> [UInt32] {
    var result: [UInt32] = []
    var place = 0
    for edit in alignment.edits {
      result += template[place..<edit.template.lowerBound]
      result += text[edit.text]
      place = edit.template.upperBound
    }
    return result + template[place...]
  }

  @Test func commonWordsInALongDifferenceDoNotCutIt() {
    // The two differ in the middle but for one short word that both have there.
    let first = words([1, 2, 3, 4, 5, 90, 91, 92, 0, 93, 94, 95, 6, 7, 8, 9])
    let second = words([1, 2, 3, 4, 5, 80, 81, 82, 0, 83, 84, 85, 6, 7, 8, 9])
    let template = self.template(first)
    let found = TextAlignment(template, second.hashes, second.weights.map { Int32($0) })
    #expect(found.edits == [TextEdit(template: 5..<12, text: 5..<12)])
  }

  @Test func aTemplateIsReadFromItsBytes() throws {
    var template = self.template(words([1, .max, 3]))
    template.slots[1] = 3
    let read = try #require(TextTemplate(id: 7, group: 3, bytes: template.bytes))
    #expect(read == template)
    #expect(TextTemplate(id: 7, group: 3, bytes: []) == nil)
    #expect(TextTemplate(id: 7, group: 3, bytes: Array(template.bytes.dropLast())) == nil)
  }
}
