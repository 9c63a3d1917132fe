/// A part of an expression that can match the same words in many ways, so that a text which nearly
/// matches makes the engine try them all.
///
/// Found in the syntax tree. What cannot fail afterwards, at the end of the expression, costs nothing
/// and is no risk; neither are groups and repeats that keep what they took.
public struct BacktrackingRisk: Sendable, Hashable {
  /// How the work grows with the length of a text.
  public enum Kind: Sendable, Hashable {
    /// A repeat within a repeat: doubles with every character or so.
    case nested
    /// Alternatives of a repeat that match the same: doubles likewise.
    case alternatives
    /// Two repeats after one another that can take the same words: with the square.
    case adjacent
  }

  /// What it is.
  public let kind: Kind
  /// The part, in Unicode scalars of the source.
  public let range: Range<Int>

  /// The risks of an expression, in its order.
  public static func find(in expression: ParsedExpression) -> [BacktrackingRisk] {
    var finder = RiskFinder()
    finder.visit(expression.root, canFailAfter: false)
    return finder.risks.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }
}

private struct RiskFinder {
  var risks: [BacktrackingRisk] = []

  /// Repeats of more than this count as unbounded; below, the engine's limits are not met.
  private static let longRepeat = 100
  /// The same for a repeat within a repeat, where the counts multiply.
  private static let longNestedRepeat = 12

  mutating func visit(_ expression: Expression, canFailAfter: Bool) {
    switch expression.kind {
    case .one, .nothing, .anything: break
    case .atomic(let inner): visit(inner, canFailAfter: false)
    case .choice(let branches):
      for branch in branches { visit(branch, canFailAfter: canFailAfter) }
    case .sequence(let parts):
      for (index, part) in parts.enumerated() {
        visit(part, canFailAfter: canFailAfter || Self.canFail(parts[(index + 1)...]))
      }
      findAdjacent(Self.flattened(parts), canFailAfter: canFailAfter)
    case .repeated(let inner, _, let maximum, let givesBack):
      if givesBack, canFailAfter, Self.isLong(maximum, Self.longNestedRepeat) {
        findWithin(inner, of: expression)
      }
      visit(inner, canFailAfter: givesBack && canFailAfter)
    }
  }

  // MARK: After one another

  private mutating func findAdjacent(_ parts: [Expression], canFailAfter: Bool) {
    for (first, part) in parts.enumerated() {
      guard let taken = Self.repeatedScalars(part, Self.longRepeat) else { continue }
      for second in parts.indices[(first + 1)...] {
        if let more = Self.repeatedScalars(parts[second], Self.longRepeat), more.overlaps(taken),
          canFailAfter || Self.canFail(parts[(second + 1)...])
        {
          risks.append(
            BacktrackingRisk(
              kind: .adjacent, range: part.range.lowerBound..<parts[second].range.upperBound))
          break
        }
        guard parts[second].canConsist(of: taken) else { break }
      }
    }
  }

  // MARK: Within one another

  private mutating func findWithin(_ body: Expression, of whole: Expression) {
    if case .choice(let branches) = Self.unwrapped(body).kind, Self.hasTwins(branches) {
      risks.append(BacktrackingRisk(kind: .alternatives, range: whole.range))
    }
    let isNested = Self.branches(of: body).contains { parts in
      parts.indices.contains { index in
        guard let taken = Self.repeatedScalars(parts[index], Self.longNestedRepeat) else {
          return false
        }
        return parts.indices.allSatisfy { $0 == index || parts[$0].canConsist(of: taken) }
      }
    }
    if isNested { risks.append(BacktrackingRisk(kind: .nested, range: whole.range)) }
  }

  /// Whether two branches can both be one and the same scalar.
  private static func hasTwins(_ branches: [Expression]) -> Bool {
    let sets = branches.compactMap { branch -> ScalarSet? in
      guard case .one(let set) = unwrapped(branch).kind else { return nil }
      return set
    }
    return sets.indices.contains { first in
      sets.indices.contains { $0 > first && sets[$0].overlaps(sets[first]) }
    }
  }

  // MARK: Shapes

  private static func isLong(_ maximum: Int?, _ limit: Int) -> Bool {
    maximum.map { $0 > limit } ?? true
  }

  /// What a long repeat that gives back can take; nil when it is none.
  private static func repeatedScalars(_ expression: Expression, _ limit: Int) -> ScalarSet? {
    guard case .repeated(let inner, _, let maximum, true) = expression.kind,
      isLong(maximum, limit)
    else { return nil }
    return inner.scalars
  }

  private static func canFail(_ parts: ArraySlice<Expression>) -> Bool {
    parts.contains { part in
      switch part.kind {
      case .nothing: true
      default: !part.isNullable
      }
    }
  }

  private static func unwrapped(_ expression: Expression) -> Expression {
    var expression = expression
    while case .sequence(let parts) = expression.kind, parts.count == 1, let only = parts.first {
      expression = only
    }
    return expression
  }

  /// The parts of a sequence with plain groups opened.
  private static func flattened(_ parts: [Expression]) -> [Expression] {
    parts.flatMap { part -> [Expression] in
      guard case .sequence(let inner) = part.kind else { return [part] }
      return flattened(inner)
    }
  }

  private static func branches(of body: Expression) -> [[Expression]] {
    let body = unwrapped(body)
    guard case .choice(let branches) = body.kind else { return [flattened([body])] }
    return branches.map { flattened([$0]) }
  }
}
