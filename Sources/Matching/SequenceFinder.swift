/// What can be said about the folded texts that a part of a pattern matches.
struct TextShape {
  /// All of them; nil when they are too many to list.
  var exact: Set<[UInt16]>?
  /// Every one of them begins with one of these.
  var prefix: Set<[UInt16]>
  /// Every one of them ends with one of these.
  var suffix: Set<[UInt16]>
  /// The longest, in bytes; nil when unbounded.
  var width: Int?
  /// Sequences that every one of them contains one of.
  ///
  /// Each entry is a condition of its own. Empty where `exact` says it all.
  var required: [RequiredSequences]

  /// Says of a text only that it has at most so many bytes.
  static func gap(_ width: Int?) -> TextShape {
    TextShape(exact: nil, prefix: [[]], suffix: [[]], width: width, required: [])
  }
}

/// Derives from a pattern's syntax what every match contains.
///
/// After the exact sets, prefixes and suffixes by which Cox indexes source code for regular
/// expressions ("Regular Expression Matching with a Trigram Index", 2012), with classes of bytes in
/// place of characters, so that products stay small.
struct SequenceFinder {
  private(set) var classes: ByteClasses

  /// Sequences that are listed for one part of a pattern.
  static let maximumExact = 100
  /// Places of a listed sequence; longer ones are cut into several.
  static let maximumWidth = 48
  /// Places of a neighbour that are taken along when all of it would be too much.
  static let edge = 3
  /// Conditions that are kept of one part.
  static let maximumConditions = 6
  private static let space = UInt16(0x20)

  init(_ classes: ByteClasses) { self.classes = classes }

  mutating func analyse(_ tree: PatternSyntax) -> TextShape {
    switch tree {
    case .empty: return listed([[]])
    case .oneOf(let scalars): return oneOf(scalars)
    case .gap(let width): return .gap(width)
    case .sequence(let parts):
      return sequence(parts)
    case .choice(let branches):
      var shapes: [TextShape] = []
      for branch in branches { shapes.append(analyse(branch)) }
      return choice(shapes)
    case .repeated(let inner, let minimum, let maximum):
      let shape = analyse(inner)
      return repeated(shape, minimum: minimum, maximum: maximum)
    }
  }

  private func listed(_ texts: Set<[UInt16]>) -> TextShape {
    TextShape(
      exact: texts, prefix: texts, suffix: texts,
      width: texts.reduce(0) { max($0, $1.count) }, required: [])
  }

  /// The conditions that a shape's texts fulfil.
  func conditions(_ shape: TextShape) -> [RequiredSequences] {
    guard let texts = shape.exact else { return shape.required }
    return RequiredSequences(texts, before: 0, classes).map { [$0] } ?? []
  }

  /// Scalars as sequences: those of one byte are one class, of others the last byte is.
  ///
  /// A space stays alone, because runs of them are one in the folded text.
  private mutating func oneOf(_ scalars: [UInt32]) -> TextShape {
    if scalars.count == 1, let scalar = Unicode.Scalar(scalars[0]) {
      return listed([UTF8.encode(scalar).map { $0.map { UInt16($0) } } ?? []])
    }
    var texts: Set<[UInt16]> = []
    var last: [[UInt8]: ByteSet] = [:]
    for value in scalars {
      // Nothing is known about what is no scalar.
      guard let scalar = Unicode.Scalar(value), let text = UTF8.encode(scalar) else {
        return .gap(4)
      }
      let bytes = Array(text)
      if bytes == [0x20] {
        texts.insert([Self.space])
      } else {
        last[Array(bytes.dropLast()), default: ByteSet()].insert(bytes[bytes.count - 1])
      }
    }
    for (lead, set) in last {
      guard let number = classes.number(of: set) else { return .gap(4) }
      texts.insert(lead.map { UInt16($0) } + [number])
    }
    return texts.count <= Self.maximumExact ? listed(texts) : .gap(4)
  }

  private mutating func choice(_ branches: [TextShape]) -> TextShape {
    var union: Set<[UInt16]>? = []
    for branch in branches {
      if let texts = branch.exact { union?.formUnion(texts) } else { union = nil }
    }
    if let union, union.count <= Self.maximumExact { return listed(union) }
    let width = branches.reduce(Optional(0)) { widest, branch in
      guard let widest, let width = branch.width else { return nil }
      return max(widest, width)
    }
    let found = branches.compactMap { conditions($0).min { $0.cost < $1.cost } }
    let required = found.count == branches.count ? RequiredSequences(anyOf: found, classes) : nil
    return TextShape(
      exact: nil,
      prefix: edges(branches.map(\.prefix).reduce(into: []) { $0.formUnion($1) }, atStart: true),
      suffix: edges(branches.map(\.suffix).reduce(into: []) { $0.formUnion($1) }, atStart: false),
      width: width, required: required.map { [$0] } ?? [])
  }

  private mutating func repeated(
    _ inner: TextShape, minimum: Int, maximum: Int?
  ) -> TextShape {
    if maximum == 0 { return listed([[]]) }
    // White space of any length is one space in the folded text.
    if inner.exact == [[Self.space]] {
      return listed(minimum == 0 ? [[], [Self.space]] : [[Self.space]])
    }
    if let maximum, maximum <= 4, let texts = inner.exact,
      let all = powers(of: texts, minimum...max(minimum, maximum))
    {
      return listed(all)
    }
    let required = min(minimum, 8)
    let rest: Int?
    if let maximum, let width = inner.width {
      rest = Self.bounded((max(0, maximum - required)).multipliedReportingOverflow(by: width))
    } else {
      rest = inner.width == 0 ? 0 : nil
    }
    switch required {
    case 0: return .gap(rest)
    case 1:
      // Once at least: it begins as the first does and ends as the last does.
      return TextShape(
        exact: nil, prefix: inner.prefix, suffix: inner.suffix, width: Self.sum(inner.width, rest),
        required: conditions(inner))
    default:
      let copies = Array(repeating: inner, count: required - 1)
      return sequence(rest == 0 ? copies + [inner] : copies + [.gap(rest), inner])
    }
  }

  private func powers(
    of texts: Set<[UInt16]>, _ counts: ClosedRange<Int>
  ) -> Set<[UInt16]>? {
    var all: Set<[UInt16]> = counts.lowerBound == 0 ? [[]] : []
    var power: Set<[UInt16]> = [[]]
    guard counts.upperBound >= 1 else { return all }
    for count in 1...counts.upperBound {
      guard let next = Self.product(power, texts) else { return nil }
      power = next
      if count >= counts.lowerBound { all.formUnion(power) }
    }
    return all.count <= Self.maximumExact ? all : nil
  }

  /// Parts one after the other; scalars without a choice are taken together.
  private mutating func sequence(_ parts: [PatternSyntax]) -> TextShape {
    var shapes: [TextShape] = []
    var literal: [UInt16] = []
    for part in parts {
      if case .oneOf(let scalars) = part, scalars.count == 1,
        let scalar = Unicode.Scalar(scalars[0]), let bytes = UTF8.encode(scalar)
      {
        if scalar == " ", literal.last == Self.space { continue }
        literal += bytes.map { UInt16($0) }
        if literal.count < Self.maximumWidth / 2 { continue }
        shapes.append(listed([literal]))
        literal = []
        continue
      }
      if !literal.isEmpty { shapes.append(listed([literal])) }
      literal = []
      shapes.append(analyse(part))
    }
    if !literal.isEmpty { shapes.append(listed([literal])) }
    return sequence(shapes)
  }

  private mutating func sequence(_ parts: [TextShape]) -> TextShape {
    var run: Set<[UInt16]> = [[]]
    var before: Int? = 0
    var width: Int? = 0
    var prefix: Set<[UInt16]>?
    var required: [RequiredSequences] = []
    func consider(_ texts: Set<[UInt16]>, _ before: Int?) {
      if let found = RequiredSequences(texts, before: before, classes) { required.append(found) }
    }
    for part in parts {
      if let texts = part.exact, let longer = Self.product(run, texts) {
        run = longer
      } else {
        let joined = Self.product(run, edges(part.prefix, atStart: true)) ?? run
        consider(joined, before)
        if prefix == nil { prefix = joined }
        for var inner in conditions(part) {
          inner.before = Self.sum(width, inner.before)
          required.append(inner)
        }
        if let texts = part.exact {
          // Too many together: begin again, with the end of what stood before.
          run = Self.product(edges(run, atStart: false), texts) ?? texts
          before = width
        } else {
          run = part.suffix
          before = Self.sum(width, part.width)
        }
      }
      width = Self.sum(width, part.width)
    }
    guard let prefix else { return listed(run) }
    consider(run, before)
    return TextShape(
      exact: nil, prefix: prefix, suffix: run, width: width, required: Self.best(required))
  }

  private static func best(_ conditions: [RequiredSequences]) -> [RequiredSequences] {
    guard conditions.count > maximumConditions else { return conditions }
    return Array(conditions.sorted { $0.cost < $1.cost }.prefix(maximumConditions))
  }

  /// The first or last places of sequences; where they are many, merged into one of each length.
  private mutating func edges(_ texts: Set<[UInt16]>, atStart: Bool) -> Set<[UInt16]> {
    let cut = Set(texts.map { Array(atStart ? $0.prefix(Self.edge) : $0.suffix(Self.edge)) })
    guard cut.count > 16 else { return cut }
    var merged: Set<[UInt16]> = []
    // Sequences with a space are merged apart: a space stays alone in its class.
    for (_, group) in Dictionary(grouping: cut, by: { $0.map { $0 == Self.space } }) {
      guard let length = group.first?.count else { continue }
      var text: [UInt16] = []
      for place in 0..<length {
        guard let number = classes.union(group.map { $0[place] }) else { return [[]] }
        text.append(number)
      }
      merged.insert(text)
    }
    return merged
  }

  /// Every text of one followed by every text of the other; nil when that is too much.
  private static func product(
    _ left: Set<[UInt16]>, _ right: Set<[UInt16]>
  ) -> Set<[UInt16]>? {
    guard left.count * right.count <= maximumExact else { return nil }
    if left.count == 1, left.first?.isEmpty == true { return right }
    if right.count == 1, right.first?.isEmpty == true { return left }
    var texts = Set<[UInt16]>(minimumCapacity: left.count * right.count)
    for first in left {
      for second in right {
        let joinsSpaces = first.last == space && second.first == space
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
