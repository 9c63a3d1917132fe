public import Matching
import Vocabulary

/// Applies the rule to an advert's hits and facts: a pure function of both.
public struct Assessor: Sendable {
  /// The rule.
  public let rule: AssessmentRule
  /// The indicators.
  public let library: PatternLibrary

  /// What adverts are held against.
  public let countries: CountryTable

  private let computed: [Indicator]

  public init(
    rule: AssessmentRule, library: PatternLibrary, countries: CountryTable = CountryTable()
  ) {
    self.rule = rule
    self.library = library
    self.countries = countries
    computed = library.packs.flatMap(\.indicators).filter { $0.condition != nil }
  }

  /// Linkage indicators that the rule names and no pack defines.
  public var undefinedLinkageIndicators: [String] {
    rule.linkageIndicators.filter { library.indicator($0) == nil }
  }

  /// Assesses an advert; the order of the hits does not matter.
  public func assess(_ facts: AdvertFacts, hits: [Hit]) -> Assessment {
    var hits = hits.sorted().map {
      AssessedHit(
        hit: $0, inContent: facts.content.contains($0.range), exclusion: exclusion($0, facts))
    }
    excludeOverlapped(&hits)
    var indicators = considered(facts, hits)
    excludeAlone(&indicators, &hits)
    let counted = indicators.filter(\.isCounted)
    let because = Barrier.allCases.compactMap { reason($0, counted) }
    let urgent = urgentIndicators(facts, hits, indicators)
    let linkage = counted.map(\.id).filter(rule.linkageIndicators.contains)
    let flagged =
      !urgent.isEmpty || areIndependent(because, rule.flagBarriers)
      || (because.count >= rule.linkageBarriers && !linkage.isEmpty)
    return Assessment(
      flagged: flagged, lane: flagged ? (urgent.isEmpty ? .review : .urgent) : nil,
      barriers: because.map(\.barrier), because: because, urgentBecause: urgent,
      linkageBecause: linkage,
      priority: priority(counted, barriers: because.count, isUrgent: !urgent.isEmpty),
      rule: rule.name, linkage: linkageState(facts, linkage), indicators: indicators, hits: hits)
  }

  // MARK: Hits

  /// Why a hit is out before hits are compared with each other.
  private func exclusion(_ hit: Hit, _ facts: AdvertFacts) -> Exclusion? {
    guard let indicator = library.indicator(hit.indicator) else { return .unknown }
    guard applies(indicator, facts) else { return .otherForm }
    guard facts.content.contains(hit.range) else { return .outsideContent }
    return Self.exclusion(indicator.strength)
  }

  private static func exclusion(_ strength: Strength) -> Exclusion? {
    switch strength {
    case .none: .strengthNone
    case .negative: .strengthNegative
    case .weak, .medium, .strong: nil
    }
  }

  private func applies(_ indicator: Indicator, _ facts: AdvertFacts) -> Bool {
    library.pack(ofIndicator: indicator.id)?.applies(to: facts.form) ?? false
  }

  private func excludeOverlapped(_ hits: inout [AssessedHit]) {
    let candidates = hits.indices.compactMap { index -> OverlapResolution.Candidate? in
      guard hits[index].exclusion == nil,
        let indicator = library.indicator(hits[index].hit.indicator)
      else { return nil }
      return OverlapResolution.Candidate(
        hit: index, range: hits[index].hit.range, indicator: indicator.id, alone: indicator.alone,
        strength: indicator.strength)
    }
    for (hit, other) in OverlapResolution.displaced(candidates) {
      hits[hit].exclusion = .overlapped(by: other)
    }
  }

  // MARK: Indicators

  /// Every indicator with a hit or a condition, before it is asked whether it counts alone.
  private func considered(_ facts: AdvertFacts, _ hits: [AssessedHit]) -> [AssessedIndicator] {
    var hitsOf: [String: [AssessedHit]] = [:]
    for hit in hits { hitsOf[hit.hit.indicator, default: []].append(hit) }
    let ids = Set(hitsOf.keys).union(computed.map(\.id)).sorted()
    return ids.map { id in
      let own = hitsOf[id] ?? []
      guard let indicator = library.indicator(id) else {
        return AssessedIndicator(
          id: id, barriers: [], strength: nil, evidence: nil, exclusion: .unknown, condition: nil,
          countedHits: 0)
      }
      let outcome = indicator.condition?.evaluate(facts.value(of:))
      let counted = own.count { $0.exclusion == nil }
      let restsOn = counted == 0 && outcome == .yes ? indicator.restsOn : .stated
      return AssessedIndicator(
        id: id, barriers: indicator.barriers, strength: Self.strength(indicator.strength, restsOn),
        evidence: indicator.evidence,
        exclusion: exclusion(indicator, outcome, own, counted: counted, facts),
        condition: outcome, countedHits: counted, restsOn: restsOn)
    }
  }

  /// What is not stated is weak evidence however strong the indicator is where it is stated.
  private static func strength(_ own: Strength, _ basis: IndicatorBasis) -> Strength {
    guard basis == .absence else { return own }
    switch own {
    case .strong, .medium: return .weak
    case .weak, .none, .negative: return own
    }
  }

  private func exclusion(
    _ indicator: Indicator, _ outcome: Condition.Outcome?, _ hits: [AssessedHit], counted: Int,
    _ facts: AdvertFacts
  ) -> Exclusion? {
    guard applies(indicator, facts) else { return .otherForm }
    if let exclusion = Self.exclusion(indicator.strength) { return exclusion }
    if counted > 0 || outcome == .yes { return nil }
    // A hit that lost to a stronger one says more than one in the navigation.
    let exclusions = hits.compactMap(\.exclusion)
    if let lost = exclusions.first(where: { $0 != .outsideContent }) ?? exclusions.first {
      return lost
    }
    guard outcome == .notEvaluated, let condition = indicator.condition else {
      return .conditionFalse
    }
    let open = condition.measures.filter {
      if case .value = facts.value(of: $0) { false } else { true }
    }
    let sorted = open.sorted { $0.rawValue < $1.rawValue }
    return .notEvaluated(sorted, because: sorted.compactMap { facts.reasons[$0] })
  }

  /// Takes out what never counts alone, unless something that counts by itself does.
  private func excludeAlone(
    _ indicators: inout [AssessedIndicator], _ hits: inout [AssessedHit]
  ) {
    let lonely = Set(
      indicators.filter { $0.restsOn == .absence || library.indicator($0.id)?.alone == .never }
        .map(\.id))
    guard !lonely.isEmpty, !indicators.contains(where: { $0.isCounted && !lonely.contains($0.id) })
    else { return }
    for index in indicators.indices
    where indicators[index].isCounted && lonely.contains(indicators[index].id) {
      indicators[index].exclusion = .alone
      indicators[index].countedHits = 0
    }
    for index in hits.indices
    where hits[index].exclusion == nil && lonely.contains(hits[index].hit.indicator) {
      hits[index].exclusion = .alone
    }
  }

  // MARK: The rule

  private func reason(_ barrier: Barrier, _ counted: [AssessedIndicator]) -> BarrierReason? {
    let own = counted.filter { $0.barriers.contains(barrier) }
    let strengths = own.compactMap(\.strength)
    guard rule.combinations.contains(where: { $0.isSatisfied(by: strengths) }) else { return nil }
    return BarrierReason(barrier: barrier, indicators: own.map(\.id))
  }

  /// Whether so many of the barriers each have, pair by pair, an indicator that the other lacks.
  private func areIndependent(_ reasons: [BarrierReason], _ needed: Int) -> Bool {
    let sets = reasons.map { Set($0.indicators) }
    func extend(_ chosen: [Int], from next: Int) -> Bool {
      if chosen.count >= needed { return true }
      guard next < sets.count else { return false }
      // At most seven barriers: every subset is at most 128 steps.
      for index in next..<sets.count
      where chosen.allSatisfy({
        !sets[$0].isSubset(of: sets[index]) && !sets[index].isSubset(of: sets[$0])
      }) {
        if extend(chosen + [index], from: index + 1) { return true }
      }
      return false
    }
    return extend([], from: 0)
  }

  /// The indicators that speak of possible minors, whatever their strength and whatever overlaps them.
  private func urgentIndicators(
    _ facts: AdvertFacts, _ hits: [AssessedHit], _ indicators: [AssessedIndicator]
  ) -> [String] {
    let hit = Set(hits.filter(\.inContent).map(\.hit.indicator))
    return indicators.filter { assessed in
      guard let indicator = library.indicator(assessed.id), indicator.lane == .minors,
        applies(indicator, facts)
      else { return false }
      return hit.contains(assessed.id) || assessed.condition == .yes
    }.map(\.id)
  }

  private func linkageState(_ facts: AdvertFacts, _ counted: [String]) -> LinkageState {
    guard counted.isEmpty else { return .found }
    let known = rule.linkageIndicators.allSatisfy { id in
      library.indicator(id)?.condition?.measures.allSatisfy {
        facts.value(of: $0) != .notEvaluated
      } ?? false
    }
    return known ? .none : .notEvaluated
  }

  private func priority(
    _ counted: [AssessedIndicator], barriers: Int, isUrgent: Bool
  ) -> Double {
    let weights = rule.priority
    var sum = (isUrgent ? weights.urgent : 0) + weights.barrier * Double(barriers)
    for indicator in counted {
      guard let strength = indicator.strength, let evidence = indicator.evidence else { continue }
      sum += (weights.strength[strength] ?? 0) * (weights.evidence[evidence] ?? 0)
    }
    return (sum * 1000).rounded() / 1000
  }
}
