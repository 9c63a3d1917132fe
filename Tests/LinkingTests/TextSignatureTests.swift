import Testing

@testable import Linking

@Suite struct TextSignatureTests {
  private let rule = LinkRule()

  private func reading(_ text: String) -> TextReading { TextReading(advert(1, text), rule: rule) }

  private func shingles(_ reading: TextReading) -> Set<UInt32> {
    let none = [Bool](repeating: false, count: reading.words.stops.count)
    return Set(TextSignature.shingles(reading, none, rule.shingle))
  }

  private func keys(_ reading: TextReading) -> Set<UInt64> {
    let none = [Bool](repeating: false, count: reading.words.stops.count)
    return Set(TextSignature(reading, isCommon: none, rule: rule).keys)
  }

  /// Candidates by bands against every pair's true likeness: near pairs share a band, far ones do not.
  @Test func bandsFindWhatAnExhaustiveComparisonFinds() {
    var invented = Invented(21)
    var texts: [[String]] = []
    for _ in 0..<60 {
      let base = (0..<50).map { _ in invented.word() }
      texts.append(base)
      for changes in [1, 3, 6] {
        var copy = base
        for _ in 0..<changes { copy[invented.number(0..<50)] = invented.word() }
        texts.append(copy)
      }
    }
    let readings = texts.map { reading($0.joined(separator: " ")) }
    let sets = readings.map(shingles)
    let banded = readings.map(keys)
    var near = 0
    var found = 0
    var far = 0
    var mistaken = 0
    for a in sets.indices {
      for b in (a + 1)..<sets.count {
        let union = sets[a].union(sets[b]).count
        let likeness = Double(sets[a].intersection(sets[b]).count) / Double(union)
        let isCandidate = !banded[a].isDisjoint(with: banded[b])
        if likeness >= 0.5 {
          near += 1
          if isCandidate { found += 1 }
        } else if likeness < 0.05 {
          far += 1
          if isCandidate { mistaken += 1 }
        }
      }
    }
    #expect(near > 150)
    #expect(Double(found) >= 0.99 * Double(near), "\(found) of \(near)")
    #expect(Double(mistaken) <= 0.01 * Double(far), "\(mistaken) of \(far)")
  }

  @Test func numbersAndKnownNamesDoNotChangeTheKeys() {
    let text =
      "Friendly NAME of 24 is in town until Sunday and costs 120 pounds an hour. Call now please."
    func named(_ name: String, _ text: String) -> TextReading {
      TextReading(
        advert(1, text.split(separator: "NAME").joined(separator: name), names: [name]), rule: rule)
    }
    let first = named("Mira", text)
    let second = named("Rosa Lind", text.split(separator: "120").joined(separator: "95"))
    #expect(keys(first) == keys(second))
    #expect(first.sentenceKeys == second.sentenceKeys)
    #expect(first.fingerprint != second.fingerprint)
  }

  @Test func hashFunctionsFavourNoValue() {
    // With 1000 values each function's least one should be anywhere.
    let values = (0..<1000).map { UInt32(truncatingIfNeeded: StableMix.finish(UInt64($0))) }
    let least = Permutations.shared.least(values, count: 40)
    #expect(Set(least).count == 40)
    let mean = least.reduce(0.0) { $0 + Double($1) } / 40
    #expect(mean < 3 * Double(UInt32.max) / 1000)
  }
}
