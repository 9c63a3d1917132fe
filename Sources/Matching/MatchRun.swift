import Glibc

/// One text being matched: the hits so far, and the limits.
struct MatchRun {
  /// A match of a pattern, in offsets of the text.
  struct Found {
    let pattern: Int
    let range: Range<Int>
  }

  let text: UnsafeBufferPointer<UInt8>
  let scratch: RegexScratch
  let limits: MatchLimits
  let patterns: [MatcherPattern]
  let meter: MatchMeter?
  var hits: [Found] = []
  var cancelled: [Found] = []
  var limited: Set<Int> = []
  var candidates = 0
  var searches = 0

  /// Starting places of one search; a search cannot be interrupted, only not be followed by another.
  private static let stride = 16 << 10

  init(
    text: UnsafeBufferPointer<UInt8>, scratch: RegexScratch, limits: MatchLimits,
    patterns: [MatcherPattern], meter: MatchMeter?
  ) {
    self.text = text
    self.scratch = scratch
    self.limits = limits
    self.patterns = patterns
    self.meter = meter
  }

  /// Finds a pattern's matches over the whole view.
  mutating func search(
    _ pattern: Int, in view: UnsafeBufferPointer<UInt8>, _ folded: FoldedView?,
    exhaustively: Bool
  ) {
    let mark = meterMark()
    defer { meterAdd(pattern, since: mark) }
    var state = PatternState(pattern: pattern)
    candidates += 1
    search(
      &state, in: view, folded, from: 0, to: view.count,
      stride: exhaustively ? nil : Self.stride)
  }

  /// Finds a pattern's matches that start in the windows, which are in offsets of the folded copy.
  mutating func search(
    _ pattern: Int, in view: UnsafeBufferPointer<UInt8>, _ folded: FoldedView?,
    near windows: [Range<Int32>], _ copy: SearchText
  ) {
    let mark = meterMark()
    defer { meterAdd(pattern, since: mark) }
    var state = PatternState(pattern: pattern)
    candidates += 1
    var cursor = 0
    for window in windows {
      var first = max(cursor, copy.textOffset(Int(window.lowerBound)))
      while first > cursor, view.indices.contains(first), view[first] & 0xC0 == 0x80 { first -= 1 }
      // A match may start inside a run of white space, which is one space in the copy.
      let end = copy.textOffset(Int(window.upperBound))
      guard first < end else { continue }
      guard
        let next = search(&state, in: view, folded, from: first, to: end, stride: Self.stride)
      else { return }
      cursor = next
    }
  }

  private struct PatternState {
    let pattern: Int
    var hits = 0
    var searches = 0
    var deadline: Int?
  }

  /// Finds the matches that start within the bounds; returns where the search would go on, or nil when
  /// a limit was reached.
  @discardableResult
  private mutating func search(
    _ state: inout PatternState, in view: UnsafeBufferPointer<UInt8>, _ folded: FoldedView?,
    from first: Int, to end: Int, stride: Int?
  ) -> Int? {
    let regex = patterns[state.pattern].regex
    var start = first
    while start < end {
      let last = stride.map { min(end, start + $0) - 1 }
      searches += 1
      state.searches += 1
      if state.searches % 64 == 0 || last.map({ $0 < end - 1 }) ?? false {
        guard isWithinTime(&state) else {
          limited.insert(state.pattern)
          return nil
        }
      }
      switch scratch.search(regex, in: view, from: start, to: last) {
      case .found(let range):
        guard state.hits < limits.maximumHitsPerPattern else {
          limited.insert(state.pattern)
          return nil
        }
        state.hits += 1
        let original = folded?.original(range) ?? range
        if !original.isEmpty { hits.append(Found(pattern: state.pattern, range: original)) }
        start = max(range.upperBound, start + 1)
      case .nothing:
        start = last.map { $0 + 1 } ?? end
        // On to the first byte of a scalar; within the bounds nothing can start before it.
        while start < end, view[start] & 0xC0 == 0x80 { start += 1 }
      case .limited:
        limited.insert(state.pattern)
        return nil
      }
    }
    return start
  }

  private func isWithinTime(_ state: inout PatternState) -> Bool {
    let now = Self.threadMilliseconds()
    guard let deadline = state.deadline else {
      state.deadline = now + limits.maximumMillisecondsPerPattern
      return true
    }
    return now <= deadline
  }

  /// Processor time of this thread, which other threads and a suspended machine do not lengthen.
  private static func threadMilliseconds() -> Int {
    var time = timespec()
    guard clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0 else { return 0 }
    return time.tv_sec &* 1000 &+ time.tv_nsec / 1_000_000
  }
}

extension MatchRun {
  /// Moves the hits that an exception of their indicator cancels.
  ///
  /// An exception cancels a hit when one of its matches lies wholly within the sentences that the hit
  /// touches. It is searched from the first of them on, and reads the text as it is, not folded.
  mutating func cancel(_ exceptions: [[CompiledRegex]]) {
    guard hits.contains(where: { !exceptions[patterns[$0.pattern].indicatorIndex].isEmpty }) else {
      return
    }
    var known: [CancelKey: Bool] = [:]
    var standing: [Found] = []
    for hit in hits {
      let indicator = patterns[hit.pattern].indicatorIndex
      guard !exceptions[indicator].isEmpty else {
        standing.append(hit)
        continue
      }
      let sentence = Sentences.range(around: hit.range, in: text)
      let key = CancelKey(indicator: indicator, sentence: sentence)
      let isCancelled =
        known[key] ?? exceptions[indicator].contains { occurs($0, within: sentence) }
      known[key] = isCancelled
      if isCancelled { cancelled.append(hit) } else { standing.append(hit) }
    }
    hits = standing
  }

  private struct CancelKey: Hashable {
    let indicator: Int
    let sentence: Range<Int>
  }

  private mutating func occurs(_ regex: CompiledRegex, within sentence: Range<Int>) -> Bool {
    var start = sentence.lowerBound
    while start < sentence.upperBound {
      while start < sentence.upperBound, text[start] & 0xC0 == 0x80 { start += 1 }
      guard start < sentence.upperBound else { return false }
      searches += 1
      guard
        case .found(let range) = scratch.search(
          regex, in: text, from: start, to: sentence.upperBound - 1)
      else { return false }
      if range.upperBound <= sentence.upperBound { return true }
      start = range.lowerBound + 1
    }
    return false
  }
}
