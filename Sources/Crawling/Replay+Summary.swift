public import CaseStore

extension Replay {
  /// An advert whose flag differs from what is stored.
  public struct Change: Sendable, Hashable {
    /// Name of the source.
    public var source: String
    /// The advert's key.
    public var key: String
    /// Where it was seen.
    public var url: String
    /// Its title.
    public var title: String?
    /// True when it would be flagged now and is not, false the other way round.
    public var isNewlyFlagged: Bool
    /// Indicators found now and not before.
    public var gained: [String]
    /// Indicators found before and not now.
    public var lost: [String]
    /// Patterns that find something now and did not before.
    public var gainedPatterns: [String]
    /// Patterns that found something before and do not now.
    public var lostPatterns: [String]
  }

  /// What a replay went through and found.
  public struct Summary: Sendable, Hashable {
    /// Pages gone through.
    public var pages = 0
    /// Of them, those read from the archive; the others were assessed from their stored text.
    public var reread = 0
    /// Adverts in them: what was compared.
    public var adverts = 0
    /// Of them, for review.
    public var flagged = 0
    /// Pages that could not be read, with the reason.
    public var unreadable: [String] = []
    /// Adverts whose flag differs, in the order of the archive.
    public var changes: [Change] = []
    /// Stored texts that were held against the archive.
    public var checked = 0
    /// Of them, those that the archive does not give any more; then everything was read from it.
    public var disagreed = 0

    /// What linking brought afterwards; nothing when comparing, which takes links as they are.
    public var links = LinkTotals()

    init() {}

    mutating func add(_ other: Summary) {
      pages += other.pages
      reread += other.reread
      adverts += other.adverts
      flagged += other.flagged
      unreadable += other.unreadable
      changes += other.changes
      checked += other.checked
      disagreed += other.disagreed
    }
  }

  /// How many changes of adverts a pattern took part in.
  public struct PatternEffect: Sendable, Hashable {
    /// The pattern's name; nil for changes that no pattern explains, but strengths or the rule.
    public var pattern: String?
    /// Adverts newly flagged in which it now finds something.
    public var flagged = 0
    /// Adverts dropped in which it found something before.
    public var dropped = 0
  }

  /// The patterns a change needs to name, and their indicators.
  struct Findings {
    var indicators: Set<String>
    var patterns: Set<String>

    init(_ byIndicator: [String: Set<String>]) {
      indicators = Set(byIndicator.keys)
      patterns = byIndicator.values.reduce(into: []) { $0.formUnion($1) }
    }

    init(_ hits: [StoredHit]) {
      let own = hits.filter(\.inContent)
      indicators = Set(own.map(\.indicator))
      patterns = Set(own.map(\.pattern))
    }
  }
}

extension Replay.Change {
  init(
    source: String, key: String, url: String, title: String?, isNewlyFlagged: Bool,
    now: Replay.Findings, then: Replay.Findings
  ) {
    self.init(
      source: source, key: key, url: url, title: title, isNewlyFlagged: isNewlyFlagged,
      gained: now.indicators.subtracting(then.indicators).sorted(),
      lost: then.indicators.subtracting(now.indicators).sorted(),
      gainedPatterns: now.patterns.subtracting(then.patterns).sorted(),
      lostPatterns: then.patterns.subtracting(now.patterns).sorted())
  }
}

extension Replay.Summary {
  /// Which patterns did it, those with most changes first.
  public var effects: [Replay.PatternEffect] {
    var effects: [String?: Replay.PatternEffect] = [:]
    for change in changes {
      let patterns = change.isNewlyFlagged ? change.gainedPatterns : change.lostPatterns
      for pattern in patterns.isEmpty ? [nil] : patterns.map(Optional.some) {
        effects[pattern, default: Replay.PatternEffect(pattern: pattern)]
          .count(change.isNewlyFlagged)
      }
    }
    return effects.values.sorted {
      ($1.flagged + $1.dropped, $0.pattern ?? "") < ($0.flagged + $0.dropped, $1.pattern ?? "")
    }
  }
}

extension Replay.PatternEffect {
  fileprivate mutating func count(_ isNewlyFlagged: Bool) {
    if isNewlyFlagged { flagged += 1 } else { dropped += 1 }
  }
}
