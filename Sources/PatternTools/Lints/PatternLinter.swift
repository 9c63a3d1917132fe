public import Matching

/// Looks for what is allowed in packs and still deserves a second look.
///
/// Indicators are looked at one by one, so that a caller may do so on several cores.
public struct PatternLinter: Sendable {
  /// The indicators of all packs, in the order of the packs.
  public let indicators: [Indicator]
  private let matcher: Matcher
  private let unfiltered: Set<String>
  /// The first pattern of each expression.
  private let firstOf: [Spelling: Pattern]

  private struct Spelling: Hashable {
    var source: String
    var view: PatternView

    init(_ pattern: Pattern) {
      source = pattern.source
      view = pattern.view
    }
  }

  /// Prepares to look at the matcher's library.
  public init(_ matcher: Matcher) {
    self.matcher = matcher
    indicators = matcher.library.packs.flatMap(\.indicators)
    unfiltered = Set(matcher.plans.filter(\.literals.isEmpty).map(\.pattern))
    var firstOf: [Spelling: Pattern] = [:]
    for pattern in indicators.flatMap(\.patterns) where firstOf[Spelling(pattern)] == nil {
      firstOf[Spelling(pattern)] = pattern
    }
    self.firstOf = firstOf
  }

  /// What there is to say about one indicator, in the order of the file.
  public func findings(on indicator: Indicator) -> [LintFinding] {
    var findings = wording(indicator)
    for pattern in indicator.patterns { findings += self.findings(on: pattern) }
    for exception in indicator.exceptions {
      findings += cost(
        exception.source, view: .plain, called: "an 'unless' of \(indicator.id)", nil,
        at: exception.place)
    }
    findings += ExampleCoverage(indicator, matcher).findings
    return findings.sorted()
  }

  private func wording(_ indicator: Indicator) -> [LintFinding] {
    var findings: [LintFinding] = []
    if indicator.title["en"] == nil {
      findings.append(
        LintFinding(
          .title, at: indicator.place,
          "\(indicator.id) has no English title, which is shown where no other fits; add 'en' to "
            + "'title'"))
    }
    if indicator.sources.contains(where: { $0.allSatisfy(\.isWhitespace) }) {
      findings.append(
        LintFinding(
          .source, at: indicator.place,
          "\(indicator.id) has a blank source; say where the indicator comes from"))
    }
    return findings
  }

  private func findings(on pattern: Pattern) -> [LintFinding] {
    var findings: [LintFinding] = []
    if unfiltered.contains(pattern.name) {
      findings.append(
        LintFinding(
          .unfiltered, pattern.name, at: pattern.place,
          "\(pattern.name) has no literal that every match contains, so it runs over every text in "
            + "full instead of only near its words; write out a few letters that are always there"))
    }
    if let first = firstOf[Spelling(pattern)], first.name != pattern.name {
      findings.append(
        LintFinding(
          .duplicate, pattern.name, at: pattern.place,
          "\(pattern.name) is the same expression as \(first.name) at \(first.place.file):"
            + "\(first.place.line):\(first.place.column); patterns of all languages run on all "
            + "texts, so keep one"))
    }
    if let foreign = foreignLetters(pattern) { findings.append(foreign) }
    findings += cost(
      pattern.source, view: pattern.view, called: pattern.name, pattern.name, at: pattern.place)
    return findings
  }

  private func foreignLetters(_ pattern: Pattern) -> LintFinding? {
    let expected = WritingSystem.of(language: pattern.language)
    guard !expected.isEmpty, let parsed = ParsedExpression(pattern.source) else { return nil }
    let systems = parsed.letters.compactMap { WritingSystem($0) }
    guard let found = systems.first, !systems.contains(where: expected.contains) else {
      return nil
    }
    let names = WritingSystem.allCases.filter(expected.contains).map(\.rawValue)
    return LintFinding(
      .script, pattern.name, at: pattern.place,
      "\(pattern.name) is in \(found.rawValue) letters, but '\(pattern.language)' is written in "
        + "\(names.joined(separator: " and ")); put it under the language it belongs to")
  }

  private func cost(
    _ source: String, view: PatternView, called name: String, _ pattern: String?,
    at place: PackPlace
  ) -> [LintFinding] {
    guard let parsed = ParsedExpression(source) else { return [] }
    var findings = BacktrackingRisk.find(in: parsed).map { risk in
      LintFinding(
        .backtracking, pattern, at: place,
        "\(name): '\(parsed.source(risk.range))' \(risk.advice)")
    }
    if let attack = BacktrackingProbe.run(parsed, view: view) {
      findings.append(
        LintFinding(
          .slow, pattern, at: place,
          "\(name) takes more than \(BacktrackingProbe.matchLimit) steps on a short text: "
            + "\(attack); bound its repeats, as in .{0,40}"))
    }
    return findings
  }
}

extension BacktrackingRisk {
  /// What is wrong with the part and what to do, to follow its quotation.
  var advice: String {
    switch kind {
    case .nested:
      "repeats what repeats already, which can be tried in ever so many ways; leave out one of the "
        + "two, bound them, or end each round with something only it contains"
    case .alternatives:
      "repeats alternatives that match the same letter, which can be tried in ever so many ways; "
        + "make them one set"
    case .adjacent:
      "has two open repeats that can take the same words, which costs the square of the text's "
        + "length; bound one, as in .{0,40}"
    }
  }
}
