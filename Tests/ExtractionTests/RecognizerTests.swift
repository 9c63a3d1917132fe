import Foundation
import Testing

@testable import Extraction

/// Measured against the cases of a recogniser suite; floors are pinned so that a change for the
/// worse is seen.
///
/// That suite marks anything shaped like a phone number, also what no numbering plan has; it is
/// scored here only where libphonenumber agrees that somebody could be called.
@Suite(.enabled(if: DataSets.exists("recognizers"), "data sets are absent"))
struct RecognizerTests {
  private struct Case {
    var input: String
    var texts: [String]
  }

  private func cases(_ path: String) throws -> [Case] {
    let list = try #require(try DataSets.json("recognizers/" + path) as? [[String: Any]])
    return list.compactMap { entry in
      guard let input = entry["Input"] as? String else { return nil }
      let results = entry["Results"] as? [[String: Any]] ?? []
      return Case(input: input, texts: results.compactMap { $0["Text"] as? String })
    }
  }

  /// The digits of a number without its extension.
  private func digits(_ text: String) -> String {
    let end = text.firstIndex { $0 == "x" || $0 == "e" } ?? text.endIndex
    return text[..<end].filter(\.isWholeNumber)
  }

  @Test(arguments: [
    ("English", "US", 0.97, 0.92), ("Spanish", "ES", 1, 1), ("French", "FR", 1, 1),
  ])
  func `phone numbers`(language: String, country: String, precision: Double, recall: Double) throws
  {
    var score = Score()
    for test in try cases("Sequence/\(language)/PhoneNumberModel.json") {
      let expected = test.texts.filter { text in
        [country, "US", "GB", "ZZ"].contains { region in
          ParsedPhone.parse(Array(text.utf8), region: region)?.valid == true
        }
      }
      let found = PhoneFinder.find(
        in: Array(test.input.utf8), regions: PhoneRegions(codes: [country, "US", "GB"]))
      let all = test.texts.map(digits)
      score.add(
        found: found.map { digits($0.raw) }.filter {
          expected.map(digits).contains($0) || !all.contains($0)
        },
        expected: expected.map(digits))
    }
    #expect(score.precision >= precision)
    #expect(score.recall >= recall)
    #expect(score.f1 >= 0.95)
  }

  @Test func `e-mail addresses`() throws {
    var score = Score()
    for test in try cases("Sequence/English/EmailModel.json") {
      let found = SelectorFinder.find(in: Array(test.input.utf8), regions: PhoneRegions(codes: []))
        .filter { $0.kind == .email }.map { $0.raw.lowercased() }
      score.add(found: found, expected: test.texts.map { $0.lowercased() })
    }
    #expect(score.precision >= 0.9)
    #expect(score.recall >= 0.6)
  }

  @Test func `web addresses`() throws {
    var score = Score()
    for test in try cases("Sequence/English/URLModel.json") {
      let found = SelectorFinder.find(in: Array(test.input.utf8), regions: PhoneRegions(codes: []))
        .filter { $0.kind == .url || $0.kind == .handle || $0.kind == .payment }.map {
          $0.raw.lowercased()
        }
      score.add(found: found, expected: test.texts.map { $0.lowercased() })
    }
    #expect(score.precision >= 0.8)
    #expect(score.recall >= 0.6)
  }

  @Test(arguments: ["English", "Spanish", "French"]) func `ages in figures`(language: String) throws
  {
    var score = Score()
    for test in try cases("NumberWithUnit/\(language)/AgeModel.json") {
      // In words, of things, in months: not what adverts state.
      let expected = test.texts.filter { text in
        let number = digits(text)
        return number.count == 2 && !text.contains("jour") && !text.contains("días")
          && !text.contains("month") && !text.contains("week")
          && !text.contains("day") && !text.contains("mes") && !text.contains("mois")
      }.map(digits)
      let found = FactFinder.find(in: Array(test.input.utf8), form: nil)
        .filter { $0.kind == .age && $0.raw.contains(where: \.isNumber) }.map {
          String(digits($0.raw).suffix(2))
        }
      score.add(found: found, expected: expected)
    }
    #expect(score.precision >= 0.8)
    #expect(score.recall >= 0.7)
  }
}
