import Matching

/// The longest run of a pattern's parts that matches somewhere in a text that the whole does not match.
struct NearMiss {
  /// The pattern's name.
  let pattern: String
  /// The source of the parts that match.
  let part: String
  /// Where they match.
  let range: Range<Int>
  /// The source of what stands before and after those parts in the pattern; nil when nothing does.
  let before: String?
  let after: String?
  /// How much of the pattern that is, from 0 to 1.
  let share: Double

  /// Parts of a pattern looked at; an author has more use for a short answer than for a complete one.
  private static let maximumUnits = 60
  /// Bytes that have to match at least; less is found in every text.
  private static let minimumBytes = 4

  /// Of all patterns the one of which most matches; nil when nothing does.
  static func nearest(of patterns: [Pattern], in text: [UInt8]) -> NearMiss? {
    var best: NearMiss?
    for pattern in patterns {
      guard let parsed = ParsedExpression(pattern.source) else { continue }
      for branch in branches(parsed.root) {
        guard let found = find(branch, of: parsed, pattern, in: text) else { continue }
        if best.map({ ($0.share, $0.range.count) < (found.share, found.range.count) }) ?? true {
          best = found
        }
      }
    }
    return best
  }

  private static func branches(_ root: Expression) -> [[Expression]] {
    switch root.kind {
    case .choice(let branches): branches.flatMap(Self.branches)
    case .sequence(let parts): [units(parts)]
    default: [[root]]
    }
  }

  /// Parts with neighbouring literal letters joined to words.
  private static func units(_ parts: [Expression]) -> [Expression] {
    var units: [Expression] = []
    var joinsNext = false
    for part in parts {
      let isLetter: Bool
      if case .one(let set) = part.kind {
        isLetter = part.range.count == 1 && !set.overlaps(.space)
      } else {
        isLetter = false
      }
      if joinsNext, isLetter, let last = units.popLast() {
        units.append(
          Expression(
            .sequence([last, part]), last.range.lowerBound..<part.range.upperBound))
      } else {
        units.append(part)
      }
      joinsNext = isLetter
    }
    return units
  }

  private static func find(
    _ units: [Expression], of parsed: ParsedExpression, _ pattern: Pattern, in text: [UInt8]
  ) -> NearMiss? {
    let units = Array(units.prefix(maximumUnits))
    let solid = units.indices.filter { units[$0].isSolid }
    let length = units.reduce(0) { $0 + $1.shortest }
    guard length > 0 else { return nil }
    func scalars(_ run: ClosedRange<Int>) -> Range<Int> {
      units[run.lowerBound].range.lowerBound..<units[run.upperBound].range.upperBound
    }
    func place(_ run: ClosedRange<Int>) -> Range<Int>? {
      let source = "(?:\(parsed.source(scalars(run))))"
      return LoneExpression(source, view: pattern.view)?.places(in: text).first
    }
    var best: (run: ClosedRange<Int>, share: Double)?
    var end = 0
    for start in solid.indices {
      end = max(end, start)
      // What matches no run matches no longer one, so that the end only moves on.
      while end < solid.count {
        let run = solid[start]...solid[end]
        guard let found = place(run) else { break }
        let share = Double(units[run].reduce(0) { $0 + $1.shortest }) / Double(length)
        if found.count >= minimumBytes, best.map({ $0.share < share }) ?? true {
          best = (run, share)
        }
        end += 1
      }
    }
    guard let best, let last = units.indices.last else { return nil }
    let run = widened(best.run, units) { place($0) != nil }
    guard let found = place(run) else { return nil }
    let whole = scalars(0...last)
    let part = scalars(run)
    return NearMiss(
      pattern: pattern.name, part: parsed.source(part), range: found,
      before: rest(parsed, whole.lowerBound..<part.lowerBound),
      after: rest(parsed, part.upperBound..<whole.upperBound), share: best.share)
  }

  /// The run with the assertions and endings beside it that match too.
  private static func widened(
    _ run: ClosedRange<Int>, _ units: [Expression], _ matches: (ClosedRange<Int>) -> Bool
  ) -> ClosedRange<Int> {
    var run = run
    while let next = units.indices.last, run.upperBound < next,
      units[run.upperBound + 1].isTrimming, matches(run.lowerBound...(run.upperBound + 1))
    {
      run = run.lowerBound...(run.upperBound + 1)
    }
    while run.lowerBound > 0, units[run.lowerBound - 1].isTrimming,
      matches((run.lowerBound - 1)...run.upperBound)
    {
      run = (run.lowerBound - 1)...run.upperBound
    }
    return run
  }

  private static func rest(_ parsed: ParsedExpression, _ range: Range<Int>) -> String? {
    range.isEmpty ? nil : parsed.source(range)
  }
}

extension Expression {
  /// Scalars of its shortest match.
  fileprivate var shortest: Int {
    switch kind {
    case .one: 1
    case .nothing, .anything: 0
    case .sequence(let parts): parts.reduce(0) { $0 + $1.shortest }
    case .choice(let branches): branches.map(\.shortest).min() ?? 0
    case .repeated(let inner, let minimum, _, _): min(10_000, inner.shortest * minimum)
    case .atomic(let inner): inner.shortest
    }
  }

  /// Whether it belongs to what stands beside it: a boundary or an optional ending, but no gap.
  fileprivate var isTrimming: Bool {
    if case .nothing = kind { return true }
    return isNullable && !scalars.overlaps(.space)
  }

  /// Whether finding it says anything: not a gap, an assertion, a space or something optional.
  fileprivate var isSolid: Bool {
    !isNullable && !canConsist(of: .space)
  }
}
