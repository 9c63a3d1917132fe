/// Why a pattern costs what it does, and so what to change in it.
public enum PatternAdvice: Sendable, Hashable {
  /// It reached a limit on so many texts, where it may have missed something.
  case limited(texts: Int)
  /// It has no literals worth looking for, so that it is tried on every text.
  case unfiltered
  /// Its literals stand in most texts, where it then matches nothing.
  case commonLiterals
  /// A match may begin anywhere before its literal, so that it is tried from the text's beginning on.
  case unboundedReach
  /// It repeats something that runs across words without bound, to the end of the block.
  case unboundedWidth

  /// The name it has in JSON.
  public var name: String {
    switch self {
    case .limited: "limited"
    case .unfiltered: "unfiltered"
    case .commonLiterals: "common-literals"
    case .unboundedReach: "unbounded-reach"
    case .unboundedWidth: "unbounded-width"
    }
  }
}

extension PatternProfile {
  /// The share of all matching from which on a pattern is worth rewriting.
  public static let notableShare = 0.05
  /// The share of texts from which on literals count as common.
  public static let commonShare = 0.2
  /// Literals are useful when at least this share of the texts they let through has a match.
  static let usefulShare = 0.1

  /// What makes the pattern costly.
  public func advice(on cost: Cost) -> [PatternAdvice] {
    var advice: [PatternAdvice] = []
    if cost.limited > 0 { advice.append(.limited(texts: cost.limited)) }
    if cost.plan.literals.isEmpty {
      advice.append(.unfiltered)
    } else {
      let candidates = Double(cost.candidates)
      if candidates >= Double(texts) * Self.commonShare,
        Double(cost.matches) < candidates * Self.usefulShare
      {
        advice.append(.commonLiterals)
      }
      if cost.plan.reach == nil { advice.append(.unboundedReach) }
    }
    if cost.runsOn { advice.append(.unboundedWidth) }
    return advice
  }

  /// The costs, the greatest first; what is equal in the order of names.
  public var ranked: [Cost] {
    costs.sorted {
      ($1.nanoseconds, $1.searches, $0.plan.pattern) < (
        $0.nanoseconds, $0.searches, $1.plan.pattern
      )
    }
  }

  /// What to rewrite first: patterns that reached a limit or take a notable share of the work.
  public var toRewrite: [Cost] {
    ranked.filter { $0.limited > 0 || share(of: $0) >= Self.notableShare }
  }
}
