public import Vocabulary

/// Something worth noticing in an advert, with what is known about its worth.
public struct Indicator: Sendable {
  /// Unique across all packs, such as `L11`.
  public let id: String
  /// The title by language code.
  public let title: [String: String]
  /// The barriers it speaks for; an indicator of several counts for each.
  public let barriers: [Barrier]
  /// How much it weighs.
  public let strength: Strength
  /// What is known about its power to predict.
  public let evidence: EvidenceGrade
  /// Whether it counts without company.
  public let alone: Solitude
  /// The separate queue it opens at once, if any.
  public let lane: IndicatorLane?
  /// Where it comes from; at least one.
  public let sources: [String]
  /// Advice to the analyst.
  public let note: String?
  /// What is looked for in texts.
  public let patterns: [Pattern]
  /// What cancels a hit in the same sentence.
  public let exceptions: [Exception]
  /// The proof of its patterns, by language code.
  public let examples: [String: Examples]
  /// What is computed instead of, or besides, being looked for in texts.
  public let condition: Condition?
  /// What the condition rests on.
  public let restsOn: IndicatorBasis
  /// Where it stands in its pack.
  public let place: PackPlace

  public init(
    id: String, title: [String: String], barriers: [Barrier], strength: Strength,
    evidence: EvidenceGrade, alone: Solitude = .counts, lane: IndicatorLane? = nil,
    sources: [String], note: String? = nil, patterns: [Pattern] = [],
    exceptions: [Exception] = [], examples: [String: Examples] = [:],
    condition: Condition? = nil, restsOn: IndicatorBasis = .stated, place: PackPlace
  ) {
    self.id = id
    self.title = title
    self.barriers = barriers
    self.strength = strength
    self.evidence = evidence
    self.alone = alone
    self.lane = lane
    self.sources = sources
    self.note = note
    self.patterns = patterns
    self.exceptions = exceptions
    self.examples = examples
    self.condition = condition
    self.restsOn = restsOn
    self.place = place
  }
}

/// Whether an indicator counts when no other does.
public enum Solitude: String, Sendable, Hashable, CaseIterable {
  /// It counts by itself.
  case counts
  /// It counts only beside an indicator that counts by itself.
  case never
}

/// A queue that an indicator opens by itself.
public enum IndicatorLane: String, Sendable, Hashable, CaseIterable {
  /// Possible minors.
  case minors
}
