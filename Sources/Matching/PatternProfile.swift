/// What the patterns of a matcher cost on a collection of texts.
///
/// Counts are the same on every run; times are processor time and are not.
public struct PatternProfile: Sendable {
  /// What one pattern cost.
  public struct Cost: Sendable, Hashable {
    /// How the matcher runs it.
    public let plan: PatternPlan
    /// Whether it repeats something that runs across words without bound.
    public let runsOn: Bool
    /// Texts that the literal filter could not rule out, all when the pattern has no literals.
    public internal(set) var candidates = 0
    /// Searches the regular expression engine was asked for.
    public internal(set) var searches = 0
    /// Matches it found.
    public internal(set) var matches = 0
    /// Of them, those that no exception cancelled.
    public internal(set) var hits = 0
    /// Texts on which it reached a limit.
    public internal(set) var limited = 0
    /// Processor time of its searches.
    public internal(set) var nanoseconds = 0
    /// The text that took it longest; nil when it was never tried.
    public internal(set) var worst: Text?

    /// A text and what it took.
    public struct Text: Sendable, Hashable {
      /// The caller's name for it.
      public let id: String
      /// Processor time.
      public let nanoseconds: Int
    }
  }

  /// Texts matched.
  public private(set) var texts = 0
  /// Bytes of them that were searched.
  public private(set) var bytes = 0
  /// Processor time of all matching: folding, the literal filter, searches, exceptions.
  public private(set) var nanoseconds = 0
  /// One for each pattern, in the order of the packs.
  public private(set) var costs: [Cost]

  private let numbers: [String: Int]

  /// An empty profile for the patterns of a matcher.
  public init(_ matcher: Matcher) {
    let patterns = matcher.library.packs.flatMap(\.indicators).flatMap(\.patterns)
    let runningOn = Set(patterns.filter(\.runsOnWithoutBound).map(\.name))
    costs = matcher.plans.map { Cost(plan: $0, runsOn: runningOn.contains($0.pattern)) }
    numbers = Dictionary(
      costs.enumerated().map { ($1.plan.pattern, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The pattern's share of all matching, 0 to 1.
  public func share(of cost: Cost) -> Double {
    nanoseconds == 0 ? 0 : Double(cost.nanoseconds) / Double(nanoseconds)
  }

  /// What is left for folding the text, the literal filter and exceptions, 0 to 1.
  public var shareOfTheRest: Double {
    max(0, 1 - costs.reduce(0) { $0 + share(of: $1) })
  }

  mutating func add(
    _ result: MatchResult, _ meter: MatchMeter, nanoseconds: Int, id: String
  ) {
    texts += 1
    bytes += result.work.bytes
    self.nanoseconds += nanoseconds
    for (number, count) in meter.counts {
      costs[number].candidates += 1
      costs[number].searches += count.searches
      costs[number].matches += count.matches
      costs[number].nanoseconds += count.nanoseconds
      if count.nanoseconds > costs[number].worst?.nanoseconds ?? -1 {
        costs[number].worst = Cost.Text(id: id, nanoseconds: count.nanoseconds)
      }
    }
    for hit in result.hits {
      if let number = numbers[hit.pattern] { costs[number].hits += 1 }
    }
    for pattern in result.limited {
      if let number = numbers[pattern] { costs[number].limited += 1 }
    }
  }
}
