import Markup
import Testing
import Vocabulary

@testable import Extraction

/// A small generator with a fixed seed, so that a failure can be repeated.
private struct Seeded: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ state >> 29
  }
}

@Suite struct HostileInputTests {
  private static let pieces = [
    "0", "6", "12", "zero", "six", "O", "l", " ", "-", ".", ",", "/", "(", ")", "+", "@", ":", "€",
    "per", "uur", "jaar", "25", "until", "May", "3", "\n", "💋", "０", "⑥", "\u{200B}", "О", "&",
    "www.", "a.nl", "http://", "jan", "at", "dot", "telegram", "t.me/", "NL91", "0x", "bc1", "1A1z",
    "I'm", "Lena", "half", "k", "p", "t/m", "\u{20E3}", "½", "é", "ß", "ł", "twenty", "quatre",
    "vingt", "double", "plus", "y", "et", "Roma", "%", "$", "'", "\"", "5'7", "1m70", "[", "]",
    "Amsterdam", "New York", "in Nice", "'s-", "kenteken", "AB-12", "Street", "rue", "ul.",
    "Keizersgracht", "Paris", "between", "and", "2026", "2026.", "st", "stone", "heti", "óra",
    "East",
    "European", "black", "girl", "4" + String(repeating: "A", count: 94), "OF", "X", "微信",
    "Mezz'ora",
  ]

  @Test func `random texts give valid ranges`() {
    var random = Seeded(state: 7)
    for round in 0..<400 {
      var text = ""
      for _ in 0..<Int.random(in: 1...120, using: &random) {
        text += Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &random)]
        if Bool.random(using: &random) { text += " " }
      }
      let bytes = Array(text.utf8)
      let page = Extractor.extract(
        Document(plainText: bytes),
        hints: PageHints(
          country: ["NL", "US", "DE", nil][round % 4], form: [.sex, .labour, nil][round % 3]))
      for advert in page.adverts {
        for selector in advert.selectors {
          #expect(selector.range.upperBound <= bytes.count)
          #expect(String(decoding: bytes[selector.range], as: UTF8.self) == selector.raw)
        }
        for fact in advert.facts where !fact.range.isEmpty {
          #expect(String(decoding: bytes[fact.range], as: UTF8.self) == fact.raw)
        }
      }
    }
  }

  @Test func `random bytes do no harm`() {
    var random = Seeded(state: 11)
    for _ in 0..<200 {
      let bytes = (0..<300).map { _ in UInt8.random(in: 0...255, using: &random) }
      // Below Document's repair too: the readers must not rely on valid UTF-8.
      _ = SelectorFinder.find(in: bytes, regions: PhoneRegions(codes: ["NL", "US"]))
      _ = FactFinder.find(in: bytes, form: .sex)
      _ = Extractor.extract(Document(bytes: bytes, declaredEncoding: nil), hints: PageHints())
    }
  }

  @Test(arguments: [
    "7", "one two three ", "a@", "a.b.", "@ ", "http://", "jan at ", "telegram: ", "€ ", "25 ",
    "1h 150 ", "until 3 ", "NL91 ", "0x", "l", "t.me/a ", "I am ", "quatre vingt ", "dot at ", "☎",
    "a dot ", "(((", "per ", "1 - ", "kenteken ", "Street 1 ", "1 High Street ", "rue 5 Paris ",
    "Amsterdam ", "in Nice, ", "3-7 May until 3 ", "Asian Roma ", "New York ", "black girl ",
    "ul. ",
    "twenty-five years ", "between 3 and ", "St. ", "8 stone ", "San ", "coada de maimuta ",
    "a-dot-",
    "East European ", "1 a ", "A 1 ",
  ])
  func `work grows with the text and no faster`(piece: String) {
    let small = time(piece, 8_000)
    let large = time(piece, 64_000)
    // Eight times the text; quadratic work would take 64 times as long.
    #expect(large < small * 30 + .milliseconds(300), "\(piece): \(small) \(large)")
  }

  private func time(_ piece: String, _ count: Int) -> Duration {
    var bytes: [UInt8] = []
    while bytes.count < count { bytes += Array(piece.utf8) }
    let limits = ExtractionLimits(phoneTrials: 500)
    return ContinuousClock().measure {
      _ = Extractor.extract(
        Document(plainText: bytes), hints: PageHints(country: "NL", form: .sex), limits: limits)
    }
  }

  @Test func `limits hold`() throws {
    let text = String(repeating: "bel 0612345678 of 25 jaar\n", count: 500)
    let page = Extractor.extract(
      Document(plainText: Array(text.utf8)), hints: PageHints(country: "NL"),
      limits: ExtractionLimits(selectors: 10, facts: 7, phoneTrials: 100))
    let advert = try #require(page.adverts.first)
    #expect(advert.selectors.count == 10)
    #expect(advert.facts.count == 7)
  }

  @Test func `deeply nested and endless structured data is bounded`() {
    let deep =
      String(repeating: "{\"a\":", count: 3_000) + "1" + String(repeating: "}", count: 3_000)
    let wide =
      "["
      + Array(repeating: "{\"@type\":\"JobPosting\",\"title\":\"x\"}", count: 5_000)
      .joined(separator: ",") + "]"
    for json in [deep, wide] {
      let html = "<script type=application/ld+json>\(json)</script><body><p>Hello</p></body>"
      let document = Document(decodedHTML: Array(html.utf8))
      #expect(JobPosting.all(in: document).count <= 200)
    }
  }
}
