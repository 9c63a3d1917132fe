public import Vocabulary

/// What a person decided about clusters: an entry of a log that only grows.
public struct ClusterDecision: Sendable, Hashable {
  /// Its place in the log.
  public var id: Int64
  public var when: Timestamp
  /// Who decided.
  public var who: String
  /// The reason they gave.
  public var why: String
  public var act: Act

  public init(id: Int64, when: Timestamp, who: String, why: String, act: Act) {
    self.id = id
    self.when = when
    self.who = who
    self.why = why
    self.act = act
  }

  /// What was decided.
  public enum Act: Sendable, Hashable {
    /// These two adverts belong together, whatever else says.
    case join(Int64, Int64)
    /// These adverts stand apart from all others.
    case part([Int64])
    /// This node joins nothing.
    case disregard(LinkNode)
    /// This node is no hub.
    case trust(LinkNode)
    /// An earlier decision no longer holds. Undoing an undoing brings it back.
    case undo(Int64)
  }

  /// Decisions that hold, in the order of the log.
  ///
  /// Later entries are read first: an entry that is undone by one that holds does not hold.
  public static func holding(_ log: [ClusterDecision]) -> [ClusterDecision] {
    var undone: Set<Int64> = []
    var holding: [ClusterDecision] = []
    for decision in log.sorted(by: { $0.id > $1.id }) where !undone.contains(decision.id) {
      if case .undo(let other) = decision.act {
        if other < decision.id { undone.insert(other) }
      } else {
        holding.append(decision)
      }
    }
    return holding.reversed()
  }
}

extension ClusterDecision.Act {
  /// The form in which it is stored: `join 5 9`, `part 5 9 12`, `disregard phone:+44…`, `undo 3`.
  public var text: String {
    switch self {
    case .join(let a, let b): "join \(a) \(b)"
    case .part(let adverts): "part " + adverts.map(String.init).joined(separator: " ")
    case .disregard(let node): "disregard \(node.text)"
    case .trust(let node): "trust \(node.text)"
    case .undo(let decision): "undo \(decision)"
    }
  }

  /// Reads `text`; nil for anything else.
  public init?(text: String) {
    guard let space = text.utf8.firstIndex(of: 0x20) else { return nil }
    let rest = text[text.utf8.index(after: space)...]
    let parts = rest.split(separator: " ")
    let numbers = parts.compactMap { Int64($0) }
    let areNumbers = !numbers.isEmpty && numbers.count == parts.count
    switch text[..<space] {
    case "join" where areNumbers && numbers.count == 2: self = .join(numbers[0], numbers[1])
    case "part" where areNumbers: self = .part(numbers)
    case "undo" where areNumbers && numbers.count == 1: self = .undo(numbers[0])
    case "disregard":
      guard let node = LinkNode(text: String(rest)) else { return nil }
      self = .disregard(node)
    case "trust":
      guard let node = LinkNode(text: String(rest)) else { return nil }
      self = .trust(node)
    default: return nil
    }
  }
}
