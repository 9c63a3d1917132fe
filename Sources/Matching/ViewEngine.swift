import Vocabulary

/// The patterns that read one view of a text, with the index of what their matches contain.
struct ViewEngine: Sendable {
  let view: PatternView
  /// Indices of patterns that have something to look for.
  private let filtered: [Int]
  /// Indices of patterns that have none and always run.
  private let always: [Int]
  private let index: SequenceIndex

  /// Nil when no pattern reads the view.
  init?(_ view: PatternView, patterns: [MatcherPattern], _ classes: ByteClasses) {
    self.view = view
    let mine = patterns.indices.filter { patterns[$0].view == view }
    guard !mine.isEmpty else { return nil }
    filtered = mine.filter { patterns[$0].required != nil }
    always = mine.filter { patterns[$0].required == nil }
    index = SequenceIndex(
      filtered.compactMap { number in
        patterns[number].required.map { (pattern: number, required: $0) }
      }, classes)
  }

  func match(_ run: inout MatchRun, form: Form?, mode: Matcher.Mode) {
    switch view {
    case .plain: match(&run, run.text, nil, form: form, mode: mode)
    case .folded:
      let folded = FoldedView(run.text)
      folded.bytes.withUnsafeBufferPointer { match(&run, $0, folded, form: form, mode: mode) }
    }
  }

  private func match(
    _ run: inout MatchRun, _ text: UnsafeBufferPointer<UInt8>, _ folded: FoldedView?, form: Form?,
    mode: Matcher.Mode
  ) {
    guard mode == .filtered else {
      for pattern in filtered + always where run.patterns[pattern].applies(to: form) {
        run.search(pattern, in: text, folded, exhaustively: true)
      }
      return
    }
    for pattern in always where run.patterns[pattern].applies(to: form) {
      run.search(pattern, in: text, folded, exhaustively: false)
    }
    guard !filtered.isEmpty else { return }
    let search = SearchText(text)
    var places = LiteralPlaces(patterns: run.patterns.count)
    index.scan(search, into: &places)
    for pattern in places.touched.sorted() where run.patterns[pattern].applies(to: form) {
      run.search(pattern, in: text, folded, near: places.windows(pattern), search)
    }
  }
}

/// Where matches of each pattern may start, in folded offsets, as a scan finds what they contain.
struct LiteralPlaces {
  /// Patterns with at least one place found where they may start.
  private(set) var touched: [Int] = []
  /// For each pattern, its newest window; -1 while it has none.
  private var newest: [Int32]
  private var windows: [Window] = []

  /// A window, and where the one before it of the same pattern is; -1 for the first.
  private struct Window {
    var range: Range<Int32>
    let previous: Int32
    /// How many windows the pattern has, this one included.
    let number: Int32
  }

  /// Windows nearer than this are one: another search costs more than the bytes between.
  private static let slack: Int32 = 64
  /// More windows than this for a pattern grow into each other; bounds memory on hostile text.
  private static let maximumWindows = 4096

  init(patterns: Int) {
    newest = Array(repeating: -1, count: patterns)
  }

  /// The starting places of a pattern, ascending and apart.
  func windows(_ pattern: Int) -> [Range<Int32>] {
    var found: [Range<Int32>] = []
    var next = Int(newest[pattern])
    while next >= 0 {
      found.append(windows[next].range)
      next = Int(windows[next].previous)
    }
    return found.reversed()
  }

  mutating func add(_ owner: SequenceIndex.Owner, at offset: Int) {
    let offset = Int32(truncatingIfNeeded: offset)
    let pattern = Int(owner.pattern)
    var window = (owner.before < 0 ? 0 : max(0, offset - owner.before))..<(offset + 1)
    var last = newest[pattern]
    if last < 0 { touched.append(pattern) }
    // Literals are reported in the order of their fingerprints, so that one may begin a little before
    // an earlier one; and what may stand before a literal differs between literals.
    var place: Int32 = -1
    while last >= 0 {
      let older = windows[Int(last)]
      guard
        window.lowerBound <= older.range.upperBound + Self.slack
          || older.number >= Self.maximumWindows
      else { break }
      window =
        min(
          window.lowerBound, older.range.lowerBound)..<max(
          window.upperBound, older.range.upperBound)
      place = last
      last = older.previous
    }
    let joined = Window(
      range: window, previous: last, number: last < 0 ? 1 : windows[Int(last)].number + 1)
    if place >= 0 {
      windows[Int(place)] = joined
    } else {
      place = Int32(truncatingIfNeeded: windows.count)
      windows.append(joined)
    }
    newest[pattern] = place
  }
}
