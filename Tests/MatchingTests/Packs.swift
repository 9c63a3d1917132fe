import Configuration
import Matching
import Vocabulary

/// Libraries for tests, made without YAML where its reading is not what is tested.
enum Packs {
  static let place = PackPlace(file: "test.yaml", line: 1, column: 1)

  static func indicator(
    _ id: String, _ sources: [String], unless: [String] = [], view: PatternView = .plain
  ) -> Indicator {
    Indicator(
      id: id, title: ["en": id], barriers: [.entry], strength: .medium, evidence: .expert,
      sources: ["test"],
      patterns: sources.enumerated().map { number, source in
        Pattern(
          name: "\(id)/en/p\(number)", language: "en", source: source, view: view, place: place)
      },
      exceptions: unless.map { Exception(language: "en", source: $0, place: place) }, place: place)
  }

  static func library(_ indicators: [Indicator], forms: [Form] = Form.allCases) -> PatternLibrary {
    PatternLibrary(
      packs: [
        PatternPack(name: "test", version: 7, forms: forms, indicators: indicators, file: "test")
      ], digest: "")
  }

  static func matcher(
    _ sources: [String], unless: [String] = [], view: PatternView = .plain,
    limits: MatchLimits = MatchLimits()
  ) throws -> Matcher {
    try Matcher(library([indicator("X1", sources, unless: unless, view: view)]), limits: limits)
  }

  static let yaml = """
    format: adwatch.pack/1
    pack: labour-documents
    version: 3
    forms: [labour, recruitment]
    indicators:
      - id: L11
        title: {en: Identity document has to be handed in, nl: Identiteitsbewijs inleveren}
        barriers: [entry, residence]
        strength: strong
        evidence: expert
        alone: counts
        sources: ["ILO 2009, confiscation of documents"]
        note: A copy for the payroll is normal.
        patterns:
          en:
            - {id: kept, re: '\\b(?:keep|hold|take)(?:s|ing)?\\b.{0,20}\\bpassports?\\b'}
            - {id: handed-in, re: '\\bpassports?\\b.{0,40}\\bsurrender', view: folded}
          nl: [{id: ingeleverd, re: 'paspoort.{0,40}inlever'}]
        unless: {en: ['copy of (?:your|the) passport']}
        examples:
          en:
            match: ["We keep your passport safe", "The passport is to surrender at arrival"]
            miss: ["Bring a copy of your passport to the interview"]
          nl: {match: [Je paspoort moet je inleveren], miss: [Neem je paspoort mee]}
      - id: S07
        title: {en: Same contact in three or more cities}
        barriers: [entry, work]
        strength: medium
        evidence: expert
        sources: Ibanez
        when: cities_of_selector >= 3 or countries_of_selector >= 2

    """

  /// The problems of a pack's text, one a string.
  static func problems(_ text: String, _ more: String...) -> [String] {
    let files = ([text] + more).enumerated().map { (name: "p\($0).yaml", text: $1) }
    do {
      _ = try PatternLibrary(files: files)
      return []
    } catch {
      return error.problems.map(\.description)
    }
  }
}
