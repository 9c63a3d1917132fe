public import Matching
public import Vocabulary

/// What the rule made of an advert, with every reason.
///
/// A flag means that indicators warrant a look by a person, never that someone is a victim or an
/// offender.
public struct Assessment: Sendable, Hashable {
  /// Whether a person should look.
  public var flagged: Bool
  /// The queue it belongs to; nil when it is not flagged.
  public var lane: Lane?
  /// The positive barriers in the order of the barrier model.
  public var barriers: [Barrier]
  /// For each positive barrier the indicators that count for it, sorted.
  public var because: [BarrierReason]
  /// The indicators that opened the urgent lane, sorted; empty in the ordinary one.
  public var urgentBecause: [String]
  /// The linkage indicators that count, sorted.
  public var linkageBecause: [String]
  /// Where in its queue it belongs, the highest first, as `PriorityWeights` says.
  public var priority: Double
  /// The rule's name.
  public var rule: String
  /// Whether links to other adverts could play a part.
  public var linkage: LinkageState
  /// Every indicator that was considered, by id, counted or why not.
  public var indicators: [AssessedIndicator]
  /// Every hit that was given, sorted, counted or why not.
  public var hits: [AssessedHit]

  public init(
    flagged: Bool, lane: Lane?, barriers: [Barrier], because: [BarrierReason],
    urgentBecause: [String], linkageBecause: [String], priority: Double, rule: String,
    linkage: LinkageState, indicators: [AssessedIndicator], hits: [AssessedHit]
  ) {
    self.flagged = flagged
    self.lane = lane
    self.barriers = barriers
    self.because = because
    self.urgentBecause = urgentBecause
    self.linkageBecause = linkageBecause
    self.priority = priority
    self.rule = rule
    self.linkage = linkage
    self.indicators = indicators
    self.hits = hits
  }

  /// The indicators that are in the advert's own words or whose condition holds, counted or not,
  /// without those for adverts of another form.
  public var found: Set<String> {
    let words = hits.filter { $0.inContent && $0.exclusion != .otherForm }.map(\.hit.indicator)
    let computed = indicators.filter { $0.condition == .yes && $0.exclusion != .otherForm }
    return Set(words).union(computed.map(\.id))
  }

  /// The indicators that count because their condition holds.
  public var computed: [AssessedIndicator] {
    indicators.filter { $0.isCounted && $0.condition == .yes }
  }
}

/// Why a barrier is positive.
public struct BarrierReason: Sendable, Hashable {
  /// The barrier.
  public var barrier: Barrier
  /// Ids of the indicators that count for it, sorted.
  public var indicators: [String]

  public init(barrier: Barrier, indicators: [String]) {
    self.barrier = barrier
    self.indicators = indicators
  }
}

/// What is known of links to other adverts when an advert is assessed.
public enum LinkageState: String, Sendable, Hashable {
  /// Nobody looked at other adverts yet.
  case notEvaluated = "not evaluated"
  /// They were looked at and no linkage indicator counts.
  case none
  /// A linkage indicator counts.
  case found
}

/// What became of one indicator.
public struct AssessedIndicator: Sendable, Hashable {
  /// The indicator's id.
  public var id: String
  /// The barriers it speaks for.
  public var barriers: [Barrier]
  /// The strength it counts with; nil when it is not in the library.
  ///
  /// That is its own, but weak at most when all that speaks for it is that something is not stated.
  public var strength: Strength?
  /// Its evidence grade; nil when it is not in the library.
  public var evidence: EvidenceGrade?
  /// Nil when it counts, else why it does not.
  public var exclusion: Exclusion?
  /// What its condition came to; nil when it has none.
  public var condition: Condition.Outcome?
  /// How many of its hits count; the indicator itself counts once.
  public var countedHits: Int
  /// What it rests on: what is stated when a hit counts, else what its condition rests on.
  public var restsOn: IndicatorBasis

  public init(
    id: String, barriers: [Barrier], strength: Strength?, evidence: EvidenceGrade?,
    exclusion: Exclusion?, condition: Condition.Outcome?, countedHits: Int,
    restsOn: IndicatorBasis = .stated
  ) {
    self.id = id
    self.barriers = barriers
    self.strength = strength
    self.evidence = evidence
    self.exclusion = exclusion
    self.condition = condition
    self.countedHits = countedHits
    self.restsOn = restsOn
  }

  /// Whether it counts.
  public var isCounted: Bool { exclusion == nil }
}

/// What became of one hit.
public struct AssessedHit: Sendable, Hashable {
  /// The hit.
  public var hit: Hit
  /// Whether it lies in the advert's own words.
  public var inContent: Bool
  /// Nil when it counts, else why it does not.
  public var exclusion: Exclusion?

  public init(hit: Hit, inContent: Bool, exclusion: Exclusion?) {
    self.hit = hit
    self.inContent = inContent
    self.exclusion = exclusion
  }
}

/// Why an indicator or a hit does not count.
public enum Exclusion: Sendable, Hashable {
  /// The library does not define the indicator.
  case unknown
  /// The indicator's pack is for adverts of other forms.
  case otherForm
  /// It stands in navigation, boilerplate or another advert.
  case outsideContent
  /// Its strength is `none`: tested, and told nothing.
  case strengthNone
  /// Its strength is `negative`: tested, and pointed the other way.
  case strengthNegative
  /// A hit of this stronger indicator covers some of the same words.
  case overlapped(by: String)
  /// It counts only beside an indicator that counts by itself, and there is none.
  case alone
  /// Its condition does not hold.
  case conditionFalse
  /// Its condition needs these measures, which are missing or were not evaluated; and why, where that
  /// is not plain.
  case notEvaluated([Measure], because: [String] = [])
}

extension Exclusion: CustomStringConvertible {
  /// The reason in words, for a person.
  public var description: String {
    switch self {
    case .unknown: "no pattern pack defines it"
    case .otherForm: "its pack is for adverts of another form"
    case .outsideContent: "it stands outside the advert's own words"
    case .strengthNone: "it was tested and tells nothing"
    case .strengthNegative: "it was tested and points the other way"
    case .overlapped(let other): "\(other), which is stronger, covers the same words"
    case .alone: "it counts only together with another indicator"
    case .conditionFalse: "its condition does not hold"
    case .notEvaluated(let measures, let reasons):
      "not evaluated: " + measures.map(\.rawValue).joined(separator: ", ")
        + (reasons.isEmpty ? "" : " (\(reasons.joined(separator: "; ")))")
    }
  }
}
