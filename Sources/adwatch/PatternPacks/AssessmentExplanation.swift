import Assessment
import Matching
import Vocabulary

/// Why an advert is flagged or is not, barrier by barrier, in words.
struct AssessmentExplanation {
  private let assessment: Assessment
  private let library: PatternLibrary
  private let rule: AssessmentRule

  init(_ assessment: Assessment, library: PatternLibrary, rule: AssessmentRule) {
    self.assessment = assessment
    self.library = library
    self.rule = rule
  }

  /// The barriers that anything speaks for, then the verdict of the rule.
  var text: String {
    (Barrier.allCases.compactMap(line) + verdict).joined(separator: "\n")
  }

  private func line(_ barrier: Barrier) -> String? {
    let counted = assessment.indicators.filter { $0.isCounted && $0.barriers.contains(barrier) }
    guard !counted.isEmpty else { return nil }
    let words = counted.map { "\($0.id) \($0.strength?.rawValue ?? "")" }.joined(separator: ", ")
    let name = Output.styled(barrier.rawValue, .bold)
    return assessment.barriers.contains(barrier)
      ? "\(name): positive through \(words)" : "\(name): not positive, only \(words)"
  }

  private var verdict: [String] {
    let count = assessment.barriers.count
    var lines: [String] = []
    if !assessment.urgentBecause.isEmpty {
      lines.append(
        Output.styled("Flagged, urgent", .red)
          + ": \(assessment.urgentBecause.joined(separator: ", ")) may be about minors.")
    } else if assessment.flagged {
      let cause =
        assessment.linkageBecause.isEmpty || count >= rule.flagBarriers
        ? "each with an indicator of its own"
        : "and \(assessment.linkageBecause.joined(separator: ", ")) across adverts"
      lines.append(
        Output.styled("Flagged for review", .yellow) + ": \(barriers(count)) positive, \(cause).")
    } else {
      let why =
        count >= rule.flagBarriers
        ? "\(barriers(count)) positive, but through the same indicators"
        : "\(barriers(count)) positive, \(rule.flagBarriers) needed, each with an indicator of its own"
      lines.append("Not flagged: \(why).")
      lines.append(
        "A barrier needs " + rule.combinations.map(Self.words).joined(separator: "; or ") + ".")
    }
    if assessment.linkage == .notEvaluated {
      lines.append("Links to other adverts were not looked at.")
    }
    lines.append(
      Output.styled(
        "Rule \(assessment.rule). A flag says that a person should look; it proves nothing.", .dim))
    return lines
  }

  private func barriers(_ count: Int) -> String {
    count == 1 ? "1 barrier is" : "\(count == 0 ? "no" : String(count)) barriers are"
  }

  private static func words(_ combination: BarrierCombination) -> String {
    [(combination.strong, "strong"), (combination.medium, "medium"), (combination.weak, "other")]
      .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: " and ")
  }
}
