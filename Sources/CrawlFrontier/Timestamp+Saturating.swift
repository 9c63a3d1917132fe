import Vocabulary

extension Timestamp {
  /// The longest wait this module ever computes with: ten years in seconds.
  static let longestWait: Double = 315_360_000

  /// The time `seconds` later, safe for any number: what is not finite or too far counts as ten years.
  ///
  /// Waits come from hostile headers and files, and `Timestamp + Double` traps on overflow.
  func later(by seconds: Double) -> Timestamp {
    let bounded = seconds.isFinite ? min(max(seconds, 0), Self.longestWait) : Self.longestWait
    let (sum, overflow) = milliseconds.addingReportingOverflow(Int64((bounded * 1000).rounded(.up)))
    return Timestamp(milliseconds: overflow ? .max : sum)
  }
}

/// The earlier of two times, where nil means never.
func earliest(_ a: Timestamp?, _ b: Timestamp?) -> Timestamp? {
  guard let a else { return b }
  guard let b else { return a }
  return min(a, b)
}
