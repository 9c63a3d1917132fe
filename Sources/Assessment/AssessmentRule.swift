public import Vocabulary

/// How indicators combine to a flag: data, read from `Patterns/assessment.yaml`.
public struct AssessmentRule: Sendable, Hashable {
  /// The name recorded with every assessment, such as `ilo-per-barrier/1`.
  public let name: String
  /// A barrier is positive when its counted indicators satisfy any of these.
  public let combinations: [BarrierCombination]
  /// Flagged with this many positive barriers, each with an indicator every other lacks; at least 2.
  public let flagBarriers: Int
  /// Flagged with this many positive barriers beside a linkage indicator; at least 1.
  public let linkageBarriers: Int
  /// The indicators that speak of links between adverts.
  public let linkageIndicators: [String]
  /// What makes one advert come before another in its queue.
  public let priority: PriorityWeights

  public init(
    name: String, combinations: [BarrierCombination], flagBarriers: Int, linkageBarriers: Int,
    linkageIndicators: [String], priority: PriorityWeights
  ) {
    self.name = name
    self.combinations = combinations
    self.flagBarriers = max(2, flagBarriers)
    self.linkageBarriers = max(1, linkageBarriers)
    self.linkageIndicators = linkageIndicators
    self.priority = priority
  }
}

/// How many indicators of which strength make a barrier positive.
///
/// The counts are minima and add up; a stronger indicator may stand in for a weaker one.
public struct BarrierCombination: Sendable, Hashable {
  /// Strong ones.
  public let strong: Int
  /// Medium ones or stronger.
  public let medium: Int
  /// Weak ones or stronger.
  public let weak: Int

  public init(strong: Int = 0, medium: Int = 0, weak: Int = 0) {
    self.strong = strong
    self.medium = medium
    self.weak = weak
  }

  /// Whether indicators of these strengths satisfy it; `none` and `negative` do not take part.
  public func isSatisfied(by strengths: [Strength]) -> Bool {
    let strong = strengths.count { $0 == .strong }
    let medium = strong + strengths.count { $0 == .medium }
    let weak = medium + strengths.count { $0 == .weak }
    return strong >= self.strong && medium >= self.strong + self.medium
      && weak >= self.strong + self.medium + self.weak
  }
}

/// What makes one advert come before another.
///
/// The priority is `urgent` if the advert is in the urgent lane, plus `barrier` for each positive
/// barrier, plus for each counted indicator the weight of its strength times that of its evidence.
/// It orders a queue and means nothing else; it is no probability.
public struct PriorityWeights: Sendable, Hashable {
  public let urgent: Double
  public let barrier: Double
  public let strength: [Strength: Double]
  public let evidence: [EvidenceGrade: Double]

  public init(
    urgent: Double, barrier: Double, strength: [Strength: Double],
    evidence: [EvidenceGrade: Double]
  ) {
    self.urgent = urgent
    self.barrier = barrier
    self.strength = strength
    self.evidence = evidence
  }
}
