import CClock

/// What the kernel says of the clock that dates of the evidence come from (adjtimex(2)).
struct ClockState: Sendable, Hashable {
  /// Whether a time service disciplines the clock; nil when the kernel does not say.
  var isSynchronised: Bool?
  /// Microseconds that the clock is being corrected by.
  var offset: Int
  /// Microseconds that it may be wrong by.
  var maximumError: Int

  /// The state now.
  static var now: ClockState {
    var (offset, error) = (0, 0)
    let code = cclock_state(&offset, &error)
    return ClockState(
      isSynchronised: code < 0 ? nil : code == 1, offset: offset, maximumError: error)
  }

  /// The fields of a metadata record.
  var notes: [(name: String, value: String)] {
    let synchronised = isSynchronised.map { $0 ? "yes" : "no" } ?? "unknown"
    guard isSynchronised != nil else {
      return [("clockSource", "system clock"), ("clockSynchronised", synchronised)]
    }
    return [
      ("clockSource", "system clock"), ("clockSynchronised", synchronised),
      ("clockOffset", "\(offset) us"), ("clockMaximumError", "\(maximumError) us"),
    ]
  }
}
