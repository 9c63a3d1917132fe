import Matching

/// Which patterns of an indicator its `match` examples show to be needed.
struct ExampleCoverage {
  private let indicator: Indicator
  /// For each pattern the words it finds in each example, before `unless`.
  private var spans: [String: [Int: [Range<Int>]]] = [:]
  /// For each example the patterns that find something in it, in the order of the file.
  private var finders: [Int: [Int]] = [:]
  /// Patterns with a hit that stands.
  private var proven: Set<String> = []

  init(_ indicator: Indicator, _ matcher: Matcher) {
    self.indicator = indicator
    guard !indicator.patterns.isEmpty else { return }
    let examples = indicator.examples.sorted { $0.key < $1.key }.flatMap(\.value.match)
    for (number, example) in examples.enumerated() {
      let result = matcher.match(Array(example.text.utf8))
      for hit in result.hits where hit.indicator == indicator.id { proven.insert(hit.pattern) }
      for hit in result.hits + result.cancelled where hit.indicator == indicator.id {
        spans[hit.pattern, default: [:]][number, default: []].append(hit.range)
      }
    }
    for (index, pattern) in indicator.patterns.enumerated() {
      for number in (spans[pattern.name] ?? [:]).keys { finders[number, default: []].append(index) }
    }
  }

  var findings: [LintFinding] {
    indicator.patterns.enumerated().compactMap { number, pattern in
      guard proven.contains(pattern.name) else {
        return LintFinding(
          .unproven, pattern.name, at: pattern.place,
          "no example under 'match' is found by \(pattern.name); add one, so that it is seen to work"
        )
      }
      return shadow(of: pattern, number).map { other in
        LintFinding(
          .shadowed, pattern.name, at: pattern.place,
          "every example that \(pattern.name) finds is found by \(other.name) over the same words or "
            + "more; add an example that only \(pattern.name) finds, or leave it out")
      }
    }
  }

  /// A pattern that finds whatever this one does; of two that find the same the earlier is kept.
  private func shadow(of pattern: Pattern, _ number: Int) -> Pattern? {
    guard let example = spans[pattern.name]?.keys.min() else { return nil }
    return (finders[example] ?? []).first { index in
      let other = indicator.patterns[index]
      return index != number && covers(other.name, pattern.name)
        && (index < number || !covers(pattern.name, other.name))
        && (other.source, other.view) != (pattern.source, pattern.view)
    }.map { indicator.patterns[$0] }
  }

  private func covers(_ broad: String, _ narrow: String) -> Bool {
    guard let broad = spans[broad], let narrow = spans[narrow], !narrow.isEmpty else {
      return false
    }
    return narrow.allSatisfy { example, ranges in
      guard let wider = broad[example] else { return false }
      return ranges.allSatisfy { range in
        wider.contains { $0.lowerBound <= range.lowerBound && $0.upperBound >= range.upperBound }
      }
    }
  }
}
