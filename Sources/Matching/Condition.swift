/// The `when:` of a computed indicator: an expression over the closed list of measures.
///
/// The grammar, from loose to tight binding:
///
///     expression = term { "or" term }
///     term       = factor { "and" factor }
///     factor     = "not" factor | "(" expression ")" | "missing" "(" measure ")" | comparison
///     comparison = operand [ ("=" | "!=" | "<" | "<=" | ">" | ">=") operand ]
///     operand    = measure | number
///
/// A measure that stands alone means "is not 0". Two operands have to include a measure.
public indirect enum Condition: Sendable, Hashable {
  case comparison(Operand, Comparison, Operand)
  case missing(Measure)
  case not(Condition)
  case and([Condition])
  case or([Condition])

  /// One side of a comparison.
  public enum Operand: Sendable, Hashable {
    case measure(Measure)
    case number(Double)
  }

  /// How two numbers are compared.
  public enum Comparison: String, Sendable, Hashable, CaseIterable {
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  /// What a condition came to.
  public enum Outcome: String, Sendable, Hashable {
    case yes, no
    case notEvaluated = "not evaluated"
  }
}

extension Condition {
  /// The measures it uses.
  public var measures: Set<Measure> {
    switch self {
    case .comparison(let left, _, let right):
      var found: Set<Measure> = []
      if case .measure(let measure) = left { found.insert(measure) }
      if case .measure(let measure) = right { found.insert(measure) }
      return found
    case .missing(let measure): return [measure]
    case .not(let inner): return inner.measures
    case .and(let parts), .or(let parts):
      return parts.reduce(into: []) { $0.formUnion($1.measures) }
    }
  }

  /// Evaluates in Kleene's three-valued logic.
  ///
  /// A comparison with a measure that is missing or was not evaluated is not evaluated; `missing()`
  /// is not evaluated only when its measure was not. `not` keeps that, `and` is no as soon as one
  /// part is no, `or` is yes as soon as one part is yes.
  public func evaluate(_ value: (Measure) -> MeasuredValue) -> Outcome {
    switch self {
    case .comparison(let left, let comparison, let right):
      guard let left = left.number(value), let right = right.number(value) else {
        return .notEvaluated
      }
      return comparison.holds(left, right) ? .yes : .no
    case .missing(let measure):
      switch value(measure) {
      case .value: return .no
      case .missing: return .yes
      case .notEvaluated: return .notEvaluated
      }
    case .not(let inner):
      switch inner.evaluate(value) {
      case .yes: return .no
      case .no: return .yes
      case .notEvaluated: return .notEvaluated
      }
    case .and(let parts):
      let outcomes = parts.map { $0.evaluate(value) }
      if outcomes.contains(.no) { return .no }
      return outcomes.contains(.notEvaluated) ? .notEvaluated : .yes
    case .or(let parts):
      let outcomes = parts.map { $0.evaluate(value) }
      if outcomes.contains(.yes) { return .yes }
      return outcomes.contains(.notEvaluated) ? .notEvaluated : .no
    }
  }
}

extension Condition.Operand {
  fileprivate func number(_ value: (Measure) -> MeasuredValue) -> Double? {
    switch self {
    case .number(let number): return number
    case .measure(let measure):
      guard case .value(let number) = value(measure) else { return nil }
      return number
    }
  }
}

extension Condition.Comparison {
  fileprivate func holds(_ left: Double, _ right: Double) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }
}

extension Condition: CustomStringConvertible {
  /// The expression, written so that parsing it again gives an equal condition.
  public var description: String {
    switch self {
    case .comparison(let left, let comparison, let right):
      "\(left) \(comparison.rawValue) \(right)"
    case .missing(let measure): "missing(\(measure.rawValue))"
    case .not(let inner): "not (\(inner))"
    case .and(let parts): parts.map { "(\($0))" }.joined(separator: " and ")
    case .or(let parts): parts.map { "(\($0))" }.joined(separator: " or ")
    }
  }
}

extension Condition.Operand: CustomStringConvertible {
  public var description: String {
    switch self {
    case .measure(let measure): measure.rawValue
    case .number(let number):
      number == number.rounded() && number.magnitude < 1e15 ? "\(Int(number))" : "\(number)"
    }
  }
}
