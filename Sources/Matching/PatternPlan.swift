/// How a matcher runs one pattern: for operators who wonder what it costs.
public struct PatternPlan: Sendable, Hashable {
  /// The pattern's name.
  public let pattern: String
  /// Literals of which a text has to contain one before the pattern is tried, folded; empty when the
  /// pattern has none worth looking for and is tried on every text.
  public let literals: [String]
  /// Bytes before such a literal at most where a match may start; nil when anywhere before it.
  public let reach: Int?
  /// Whether the pattern runs as machine code.
  public let hasMachineCode: Bool
  /// Bytes of memory of the compiled pattern.
  public let size: Int
}

extension Matcher {
  /// The plan of every pattern, in the order of the packs.
  public var plans: [PatternPlan] {
    patterns.map { pattern in
      PatternPlan(
        pattern: pattern.name,
        literals: pattern.required.map {
          $0.literals.map { String(decoding: $0, as: UTF8.self) }
        } ?? [],
        reach: pattern.required.flatMap(\.before),
        hasMachineCode: pattern.regex.hasMachineCode, size: pattern.regex.size)
    }
  }
}
