import Glibc
import Vocabulary

extension Timestamp {
  /// The time of day, for what is written down.
  static var now: Timestamp { SteadyClock.now }
}

/// Seconds on a clock that nobody sets, for durations.
func monotonicSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
