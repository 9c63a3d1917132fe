import Vocabulary

/// A stretch of days on which a source is not visited: `2026-12-24/2027-01-01`, `2026-12-25`, or
/// without a year in each year, `12-24/12-26`.
public struct CalendarDays: Sendable, Hashable, CustomStringConvertible {
  /// The stretch as it is written in a source.
  public let description: String
  private let first: Int
  private let last: Int
  /// The numbers are months and days, and the stretch may go over the year's end.
  private let isYearly: Bool

  /// Reads one day or a first and a last day; nil when it is neither, or ends before it begins.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let first = Self.day(parts[0]),
      let last = Self.day(parts[parts.count - 1]), first.isYearly == last.isYearly,
      first.isYearly || first.number <= last.number
    else { return nil }
    description = text
    self.first = first.number
    self.last = last.number
    isYearly = first.isYearly
  }

  /// Whether a local date lies in it.
  func contains(_ date: Timestamp.Civil) -> Bool {
    let day = date.month * 100 + date.day
    guard isYearly else { return (first...last).contains(date.year * 10_000 + day) }
    return first <= last ? (first...last).contains(day) : day >= first || day <= last
  }

  private static func day(_ text: Substring) -> (number: Int, isYearly: Bool)? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let lengths = parts.map(\.utf8.count)
    let numbers = parts.compactMap { part in
      part.utf8.allSatisfy { (48...57).contains($0) } ? Int(part) : nil
    }
    guard numbers.count == parts.count, lengths == [2, 2] || lengths == [4, 2, 2],
      let day = numbers.last, let month = numbers.dropLast().last, (1...12).contains(month),
      (1...[31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]).contains(day)
    else { return nil }
    let year = numbers.count == 3 ? numbers[0] : 0
    return (year * 10_000 + month * 100 + day, numbers.count == 2)
  }
}

/// A day of the week.
public enum Weekday: String, Sendable, Hashable, Codable, CaseIterable {
  case mon, tue, wed, thu, fri, sat, sun

  /// The day of a local time.
  init(of local: Timestamp) {
    let days = (local.seconds - ((local.seconds % 86_400) + 86_400) % 86_400) / 86_400
    // 1970-01-01 was a Thursday.
    self = Self.allCases[Int(((days + 3) % 7 + 7) % 7)]
  }
}
