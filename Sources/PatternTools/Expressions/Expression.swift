/// A regular expression's syntax tree, each part with the place where it was written.
///
/// It describes a superset of what the expression matches, which is enough for advice to its author.
public struct Expression: Sendable, Hashable {
  /// What a part is.
  public indirect enum Kind: Sendable, Hashable {
    /// One scalar out of a set.
    case one(ScalarSet)
    /// An assertion, an anchor, or nothing.
    case nothing
    /// Something that is not followed here, such as a back reference: any text.
    case anything
    case sequence([Expression])
    case choice([Expression])
    /// At least `minimum` times, at most `maximum` where it is not nil; `givesBack` is false when what
    /// was taken is kept (possessive).
    case repeated(Expression, minimum: Int, maximum: Int?, givesBack: Bool)
    /// A group that keeps what it took.
    case atomic(Expression)
  }

  /// What it is.
  public var kind: Kind
  /// Where it stands, in Unicode scalars of the source.
  public var range: Range<Int>

  init(_ kind: Kind, _ range: Range<Int>) {
    self.kind = kind
    self.range = range
  }
}

/// A regular expression with its tree.
public struct ParsedExpression: Sendable {
  /// The source, scalar by scalar.
  public let scalars: [Unicode.Scalar]
  /// The tree.
  public let root: Expression
  /// Letters that stand in the source for themselves, in sets too.
  public let letters: [Unicode.Scalar]

  /// Parses an expression that PCRE2 accepts; nil when it uses what is not followed here.
  public init?(_ source: String) {
    var parser = ExpressionParser(source)
    guard let root = parser.parse() else { return nil }
    scalars = parser.scalars
    self.root = root
    letters = parser.letters
  }

  /// The source of a part.
  public func source(_ range: Range<Int>) -> String {
    String(String.UnicodeScalarView(scalars[range]))
  }
}

extension Expression {
  /// Whether it can match nothing.
  var isNullable: Bool {
    switch kind {
    case .one: false
    case .nothing, .anything: true
    case .sequence(let parts): parts.allSatisfy(\.isNullable)
    case .choice(let branches): branches.contains(where: \.isNullable)
    case .repeated(let inner, let minimum, _, _): minimum == 0 || inner.isNullable
    case .atomic(let inner): inner.isNullable
    }
  }

  /// Every scalar that can take part in a match.
  var scalars: ScalarSet {
    switch kind {
    case .one(let set): set
    case .nothing: ScalarSet()
    case .anything: .all
    case .sequence(let parts), .choice(let parts):
      parts.reduce(into: ScalarSet()) { $0.formUnion($1.scalars) }
    case .repeated(let inner, _, _, _), .atomic(let inner): inner.scalars
    }
  }

  /// Whether every scalar it needs can be one of the set, so that some match consists of such only.
  func canConsist(of set: ScalarSet) -> Bool {
    switch kind {
    case .one(let own): own.overlaps(set)
    case .nothing, .anything: true
    case .sequence(let parts): parts.allSatisfy { $0.canConsist(of: set) }
    case .choice(let branches): branches.contains { $0.canConsist(of: set) }
    case .repeated(let inner, let minimum, _, _): minimum == 0 || inner.canConsist(of: set)
    case .atomic(let inner): inner.canConsist(of: set)
    }
  }
}
