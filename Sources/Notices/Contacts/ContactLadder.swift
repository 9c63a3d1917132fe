/// Candidates put in order: who is written to on each rung, and why not the others.
public struct ContactLadder: Sendable, Hashable {
  /// One rung with everybody who was found.
  public struct Rung: Sendable, Hashable {
    public var rung: ContactRung
    /// Best first; those that are refused come last.
    public var candidates: [ContactCandidate]
    /// The first who is not refused.
    public var chosen: ContactCandidate? { candidates.first { $0.refusal == nil } }
  }

  public var rungs: [Rung]

  /// Most candidates of a rung that are kept.
  public static let mostCandidates = 40

  /// Orders candidates by what is known of them: confidence first, then the source, then as found.
  ///
  /// `refuse` says of a recipient that can be written to why it may not be; the same recipient stands
  /// once on a rung, with the best reason.
  public init(
    _ candidates: [ContactCandidate],
    refuse: (String) throws -> ContactRefusal? = { _ in nil }
  ) rethrows {
    var checked: [ContactCandidate] = []
    for var candidate in candidates {
      if candidate.refusal == nil, let way = candidate.way {
        candidate.refusal = try refuse(way.recipient)
      }
      checked.append(candidate)
    }
    rungs = ContactRung.allCases.compactMap { rung in
      let ordered = checked.enumerated().filter { $0.element.rung == rung }.sorted {
        let (a, b) = ($0.element, $1.element)
        if (a.refusal == nil) != (b.refusal == nil) { return a.refusal == nil }
        return (a.confidence, a.source, $0.offset) < (b.confidence, b.source, $1.offset)
      }
      var seen: Set<String> = []
      let once = ordered.map(\.element).filter {
        seen.insert(($0.way?.recipient ?? $0.text).lowercased()).inserted
      }
      return once.isEmpty
        ? nil : Rung(rung: rung, candidates: Array(once.prefix(Self.mostCandidates)))
    }
  }

  /// The rung, where somebody was found.
  public subscript(rung: ContactRung) -> Rung? { rungs.first { $0.rung == rung } }
}
