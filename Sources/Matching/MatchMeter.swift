import Glibc

/// Takes down what each pattern costs while texts are matched; used by one thread at a time.
final class MatchMeter {
  struct Count {
    var searches = 0
    var matches = 0
    var nanoseconds = 0
  }

  struct Mark {
    let searches: Int
    let matches: Int
    let nanoseconds: Int
  }

  /// What the patterns that were tried cost, by their number.
  private(set) var counts: [Int: Count] = [:]

  func add(_ pattern: Int, since mark: Mark, to end: Mark) {
    var count = counts[pattern] ?? Count()
    count.searches += end.searches - mark.searches
    count.matches += end.matches - mark.matches
    count.nanoseconds += end.nanoseconds - mark.nanoseconds
    counts[pattern] = count
  }

  /// Processor time of this thread.
  static func nanoseconds() -> Int {
    var time = timespec()
    guard clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0 else { return 0 }
    return time.tv_sec &* 1_000_000_000 &+ time.tv_nsec
  }
}

extension MatchRun {
  /// Where the work stands as a pattern's turn begins; nil when nobody asks.
  func meterMark() -> MatchMeter.Mark? {
    meter == nil
      ? nil
      : MatchMeter.Mark(
        searches: searches, matches: hits.count, nanoseconds: MatchMeter.nanoseconds())
  }

  /// Takes down what the pattern cost since then.
  func meterAdd(_ pattern: Int, since mark: MatchMeter.Mark?) {
    guard let meter, let mark, let end = meterMark() else { return }
    meter.add(pattern, since: mark, to: end)
  }
}
