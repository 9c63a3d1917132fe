import Matching
import Vocabulary

/// Invented indicators for tests.
enum Packs {
  static func place(_ line: Int) -> PackPlace {
    PackPlace(file: "test.yaml", line: line, column: 1)
  }

  /// Patterns are named p0, p1 and so on and stand in lines 10, 11 and so on.
  static func indicator(
    id: String = "X1", title: [String: String] = ["en": "Title"],
    barriers: [Barrier] = [.housing], strength: Strength = .medium, lane: IndicatorLane? = nil,
    sources: [String] = ["A study"], note: String? = nil, language: String = "en",
    _ patterns: [String] = [], unless: [String] = [], match: [String] = [], miss: [String] = []
  ) -> Indicator {
    func examples(_ texts: [String], _ line: Int) -> [Example] {
      texts.enumerated().map { Example(text: $1, place: place(line + $0)) }
    }
    return Indicator(
      id: id, title: title, barriers: barriers, strength: strength, evidence: .expert, lane: lane,
      sources: sources, note: note,
      patterns: patterns.enumerated().map { number, source in
        Pattern(
          name: "\(id)/\(language)/p\(number)", language: language, source: source, view: .plain,
          place: place(10 + number))
      },
      exceptions: unless.map { Exception(language: language, source: $0, place: place(30)) },
      examples: [language: Examples(match: examples(match, 40), miss: examples(miss, 60))],
      place: place(1))
  }

  static func library(_ indicators: [Indicator], forms: [Form] = [.labour]) -> PatternLibrary {
    PatternLibrary(
      packs: [
        PatternPack(
          name: "test", version: 3, forms: forms, indicators: indicators, file: "test.yaml")
      ], digest: "")
  }
}
