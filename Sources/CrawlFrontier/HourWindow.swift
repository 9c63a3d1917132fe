public import Vocabulary

/// The hours of the day, in UTC, in which a source may be visited: `0-24`, `22-6`.
///
/// From the start of the first hour to the start of the second; over midnight when the second is
/// smaller.
public struct HourWindow: Sendable, Hashable, CustomStringConvertible {
  /// 0 to 23.
  public let start: Int
  /// 1 to 24.
  public let end: Int

  /// Every hour.
  public static let always = HourWindow(unchecked: 0, 24)

  /// Reads `first-second`; nil when the numbers are none, out of range or equal.
  public init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let start = Int(parts[0]), var end = Int(parts[1]),
      (0...24).contains(start), (0...24).contains(end)
    else { return nil }
    if end == 0 { end = 24 }
    guard start % 24 != end % 24 || (start == 0 && end == 24) else { return nil }
    self.init(unchecked: start % 24, end)
  }

  private init(unchecked start: Int, _ end: Int) {
    self.start = start
    self.end = end
  }

  /// The first time, not before `now`, that lies in the window.
  public func opening(from now: Timestamp) -> Timestamp {
    if contains(now) { return now }
    let day: Int64 = 86_400
    let second = now.seconds
    let midnight = second - ((second % day) + day) % day
    let opening = Timestamp(seconds: midnight + Int64(start) * 3600)
    return opening >= now ? opening : Timestamp(seconds: midnight + day + Int64(start) * 3600)
  }

  /// Whether a time lies in the window.
  public func contains(_ time: Timestamp) -> Bool {
    let day: Int64 = 86_400
    let hour = Int((((time.seconds % day) + day) % day) / 3600)
    return start < end ? (start..<end).contains(hour) : hour >= start || hour < end
  }

  /// The window as it is written in a source.
  public var description: String { "\(start)-\(end)" }
}
