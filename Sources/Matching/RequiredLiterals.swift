/// Literals of which every match of a pattern contains at least one.
struct RequiredLiterals: Hashable {
  /// Folded UTF-8; none is empty, none repeats.
  var literals: [[UInt8]]
  /// Folded bytes from the start of a match to the literal at most; nil when unbounded.
  var before: Int?
  /// How often the literals are to be expected, as occurrences a byte of text.
  var frequency: Double

  /// How many literals one pattern may have before it is better run everywhere.
  static let maximumCount = 400
  /// Bytes of a literal that are compared; its beginning decides as well as all of it.
  static let maximumBytes = 24

  /// The best literals for a pattern; nil when it has none worth looking for.
  static func find(in source: String) -> RequiredLiterals? {
    guard let tree = PatternSyntax(source), let best = Analysis(tree).best,
      best.frequency < 1.0 / 50
    else { return nil }
    return best
  }

  fileprivate init?(_ texts: Set<[UInt8]>, before: Int?) {
    guard !texts.isEmpty, !texts.contains([]) else { return nil }
    literals = Set(texts.map { Array($0.prefix(Self.maximumBytes)) })
      .sorted { $0.lexicographicallyPrecedes($1) }
    self.before = before
    frequency = literals.reduce(0) { $0 + ByteFrequency.expected($1) }
  }

  fileprivate init(_ branches: [RequiredLiterals]) {
    literals = Set(branches.flatMap(\.literals)).sorted { $0.lexicographicallyPrecedes($1) }
    before = branches.reduce(Optional(0)) { furthest, branch in
      guard let furthest, let before = branch.before else { return nil }
      return max(furthest, before)
    }
    frequency = branches.reduce(0) { $0 + $1.frequency }
  }

  /// What decides between literals: their frequency, and the length of the searches they lead to.
  fileprivate var cost: Double {
    frequency * (1 + Double(before.map { min($0, 2000) } ?? 5000) / 50)
  }
}

/// What can be said about the folded texts that a part of a pattern matches.
private struct Analysis {
  /// All of them; nil when they are too many to list.
  var exact: Set<[UInt8]>?
  /// The longest, in bytes; nil when unbounded.
  var width: Int?
  /// Literals that every one of them contains.
  var best: RequiredLiterals?

  static let maximumExact = 200
  /// Texts longer than this are cut into several.
  static let maximumWidth = 48

  init(_ tree: PatternSyntax) {
    switch tree {
    case .empty: self = .listed([[]])
    case .oneOf(let scalars): self = .oneOf(scalars)
    case .gap(let width): self = .gap(width)
    case .sequence(let parts): self = .sequence(parts.map { Analysis($0) })
    case .choice(let branches): self = .choice(branches.map { Analysis($0) })
    case .repeated(let inner, let minimum, let maximum):
      self = .repeated(Analysis(inner), minimum: minimum, maximum: maximum)
    }
  }

  private init(exact: Set<[UInt8]>?, width: Int?, best: RequiredLiterals?) {
    self.exact = exact
    self.width = width
    self.best = best
  }

  private static func listed(_ texts: Set<[UInt8]>) -> Analysis {
    Analysis(
      exact: texts, width: texts.reduce(0) { max($0, $1.count) },
      best: RequiredLiterals(texts, before: 0))
  }

  private static func gap(_ width: Int?) -> Analysis {
    Analysis(exact: nil, width: width, best: nil)
  }

  private static func oneOf(_ scalars: [UInt32]) -> Analysis {
    var texts: Set<[UInt8]> = []
    for value in scalars {
      // Nothing is known about what is no scalar.
      guard let scalar = Unicode.Scalar(value), let text = UTF8.encode(scalar) else {
        return gap(4)
      }
      texts.insert(Array(text))
    }
    return listed(texts)
  }

  private static func choice(_ branches: [Analysis]) -> Analysis {
    var union: Set<[UInt8]>? = []
    for branch in branches {
      if let texts = branch.exact { union?.formUnion(texts) } else { union = nil }
    }
    if let union, union.count <= maximumExact { return listed(union) }
    let width = branches.reduce(Optional(0)) { widest, branch in
      guard let widest, let width = branch.width else { return nil }
      return max(widest, width)
    }
    let found = branches.compactMap(\.best)
    var best: RequiredLiterals?
    if found.count == branches.count {
      let joined = RequiredLiterals(found)
      if joined.literals.count <= RequiredLiterals.maximumCount { best = joined }
    }
    return Analysis(exact: nil, width: width, best: best)
  }

  private static func repeated(_ inner: Analysis, minimum: Int, maximum: Int?) -> Analysis {
    if maximum == 0 { return listed([[]]) }
    // White space of any length is one space in the folded text.
    if inner.exact == [[0x20]] { return listed(minimum == 0 ? [[], [0x20]] : [[0x20]]) }
    if let maximum, maximum <= 4, let texts = inner.exact {
      var all: Set<[UInt8]>? = minimum == 0 ? [[]] : []
      var power: Set<[UInt8]>? = [[]]
      for count in 1...maximum {
        power = power.flatMap { product($0, texts) }
        if count >= minimum {
          if let power { all?.formUnion(power) } else { all = nil }
        }
      }
      if let all, all.count <= maximumExact { return listed(all) }
    }
    let required = min(minimum, 8)
    let rest: Int?
    if let maximum, let width = inner.width {
      rest = bounded((maximum - required).multipliedReportingOverflow(by: width))
    } else {
      rest = inner.width == 0 ? 0 : nil
    }
    return sequence(Array(repeating: inner, count: required) + [gap(rest)])
  }

  private static func sequence(_ parts: [Analysis]) -> Analysis {
    var run: Set<[UInt8]> = [[]]
    var before: Int? = 0
    var width: Int? = 0
    var best: RequiredLiterals?
    var isExact = true
    func consider(_ candidate: RequiredLiterals?) {
      guard let candidate else { return }
      if best.map({ candidate.cost < $0.cost }) ?? true { best = candidate }
    }
    for part in parts {
      if let texts = part.exact, let longer = product(run, texts) {
        run = longer
      } else {
        isExact = false
        consider(RequiredLiterals(run, before: before))
        if var inner = part.best {
          inner.before = sum(width, inner.before)
          consider(inner)
        }
        run = part.exact ?? [[]]
        before = part.exact == nil ? sum(width, part.width) : width
      }
      width = sum(width, part.width)
    }
    consider(RequiredLiterals(run, before: before))
    return Analysis(exact: isExact ? run : nil, width: width, best: best)
  }

  /// Every text of one followed by every text of the other; nil when that is too much.
  private static func product(_ left: Set<[UInt8]>, _ right: Set<[UInt8]>) -> Set<[UInt8]>? {
    guard left.count * right.count <= maximumExact else { return nil }
    var texts: Set<[UInt8]> = []
    for first in left {
      for second in right {
        let joinsSpaces = first.last == 0x20 && second.first == 0x20
        let text = first + second.dropFirst(joinsSpaces ? 1 : 0)
        guard text.count <= maximumWidth else { return nil }
        texts.insert(text)
      }
    }
    return texts
  }

  private static func sum(_ left: Int?, _ right: Int?) -> Int? {
    guard let left, let right else { return nil }
    return bounded(left.addingReportingOverflow(right))
  }

  /// Widths beyond any text count as unbounded.
  private static func bounded(_ result: (partialValue: Int, overflow: Bool)) -> Int? {
    result.overflow || result.partialValue > 1 << 20 ? nil : result.partialValue
  }
}
