import Glibc
import Synchronization
public import Vocabulary

/// The time of day as it was when the program began, carried on by a clock that nobody sets.
///
/// A jump of the system's clock while the program runs moves nothing: a delay stays as long as it was,
/// whoever corrects the clock. What a time service corrects bit by bit is followed, at a hundredth of the
/// time that passes, so that years do not add up.
public enum SteadyClock {
  /// Differences beyond this many milliseconds are a jump, and not followed.
  static let jump: Int64 = 5000

  /// Where the two clocks stood when they were last compared; milliseconds.
  struct Anchor: Sendable, Hashable {
    var wall: Int64
    var steady: Int64

    /// The time when the clocks stand at `wall` and `steady` now; never earlier than before.
    mutating func time(wall: Int64, steady: Int64) -> Int64 {
      let passed = max(0, steady - self.steady)
      let expected = self.wall + passed
      let off = wall - expected
      guard passed >= 1000 else { return expected }
      self.steady = steady
      self.wall = expected
      if abs(off) <= SteadyClock.jump { self.wall += max(-passed / 100, min(passed / 100, off)) }
      return self.wall
    }
  }

  private static let anchor = Mutex(
    Anchor(wall: milliseconds(CLOCK_REALTIME), steady: milliseconds(CLOCK_BOOTTIME)))

  /// Now.
  public static var now: Timestamp {
    anchor.withLock { anchor in
      Timestamp(
        milliseconds: anchor.time(
          wall: milliseconds(CLOCK_REALTIME), steady: milliseconds(CLOCK_BOOTTIME)))
    }
  }

  private static func milliseconds(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}
