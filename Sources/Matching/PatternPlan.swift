/// How a matcher runs one pattern: for operators who wonder what it costs.
public struct PatternPlan: Sendable, Hashable {
  /// The pattern's name.
  public let pattern: String
  /// Literals of which a text has to contain one before the pattern is tried, folded, with a class of
  /// bytes in brackets; empty when the pattern has none worth looking for and is tried on every text.
  public let literals: [String]
  /// Bytes before one of `literals` at most where a match may start; nil when anywhere before it.
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
        literals: pattern.required.map { classes.texts($0) } ?? [],
        reach: pattern.required.flatMap(\.before),
        hasMachineCode: pattern.regex.hasMachineCode, size: pattern.regex.size)
    }
  }
}

extension ByteClasses {
  /// Sequences as a person reads them.
  func texts(_ required: RequiredSequences) -> [String] { required.sequences.map { text($0) } }

  private func text(_ sequence: [UInt16]) -> String {
    var text: [UInt8] = []
    for place in sequence {
      if place < 256 {
        text.append(UInt8(truncatingIfNeeded: place))
      } else {
        text += "[".utf8
        text += sets[Int(place)].bytes
        text += "]".utf8
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
