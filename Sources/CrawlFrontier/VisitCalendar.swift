public import Vocabulary

/// When a source may be visited: hours of the day, days of the week, and dates on which it is not.
///
/// All by the clocks of one time zone; at each moment the local date and hour count, so that `22-6` on
/// Saturdays is Saturday's first six hours and its last two.
public struct VisitCalendar: Sendable, Hashable {
  /// Hours of the local day.
  public var hours: HourWindow = .always
  /// Whose clocks count.
  public var zone: ZoneOffsets = .utc
  /// Days of the week.
  public var days: Set<Weekday> = Set(Weekday.allCases)
  /// Dates without visits.
  public var closed: [CalendarDays] = []

  public init() {}

  /// The rule that keeps a source from being visited, in the words of its file.
  public enum Rule: Sendable, Hashable, CustomStringConvertible {
    case hours(HourWindow)
    case days(Weekday)
    case closed(CalendarDays)

    public var description: String {
      switch self {
      case .hours(let hours): "schedule.hours \(hours)"
      case .days(let day): "schedule.days, which leaves out \(day.rawValue)"
      case .closed(let days): "schedule.not_on \(days)"
      }
    }
  }

  /// Days that are searched for an opening.
  static let horizon = 400.0
  /// No zone's offset is finer than this, in seconds.
  private static let step: Int64 = 900

  /// Whether the source may be visited at a time.
  public func contains(_ time: Timestamp) -> Bool { rule(closing: time) == nil }

  /// What forbids visits at a time; nil when they are allowed.
  public func rule(closing time: Timestamp) -> Rule? {
    let local = zone.local(time)
    if let rule = dateRule(local) { return rule }
    return hours.contains(local) ? nil : .hours(hours)
  }

  private func dateRule(_ local: Timestamp) -> Rule? {
    if days.count < Weekday.allCases.count {
      let day = Weekday(of: local)
      if !days.contains(day) { return .days(day) }
    }
    guard !closed.isEmpty else { return nil }
    let date = local.civil
    return closed.first { $0.contains(date) }.map(Rule.closed)
  }

  /// The first time, not before `now`, at which the source may be visited.
  ///
  /// Nil when it stays closed for more than a year.
  public func opening(from now: Timestamp) -> Timestamp? {
    if contains(now) { return now }
    let limit = now.later(by: Self.horizon * 86_400)
    var second = now.seconds - ((now.seconds % Self.step) + Self.step) % Self.step + Self.step
    while second < limit.seconds {
      let time = Timestamp(seconds: second)
      let local = zone.local(time)
      if dateRule(local) != nil {
        // To the eve of the next local day; the clocks may be put by an hour or two until then.
        let left = 86_400 - ((local.seconds % 86_400) + 86_400) % 86_400
        second += max(Self.step, (left - 3 * 3600) / Self.step * Self.step)
      } else if hours.contains(local) {
        return time
      } else {
        second += Self.step
      }
    }
    return nil
  }
}
