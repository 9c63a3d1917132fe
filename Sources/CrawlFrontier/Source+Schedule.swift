import Configuration
import Vocabulary

/// The keys of `schedule` in `adwatch.source/1`.
enum ScheduleReader {
  static let keys = [
    "listings", "adverts", "shortest", "longest", "hours", "zone", "days", "not_on",
  ]

  static func read(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> Source.ScheduleSettings {
    var schedule = Source.ScheduleSettings()
    guard let fields = reader.mapping(node, keys: keys) else { return schedule }
    func interval(_ key: String) -> Double? {
      guard let place = fields[key], let seconds = reader.duration(place) else { return nil }
      guard seconds >= 60 else {
        reader.report("at least 1m between visits", at: place)
        return nil
      }
      return seconds
    }
    schedule.listings = interval("listings") ?? schedule.listings
    schedule.adverts = interval("adverts") ?? schedule.adverts
    schedule.shortest = interval("shortest")
    schedule.longest = interval("longest")
    if let place = fields["shortest"], let seconds = schedule.shortest,
      seconds > schedule.listings
    {
      reader.report("shortest is not longer than listings", at: place)
    }
    if let place = fields["longest"], let seconds = schedule.longest, seconds < schedule.listings {
      reader.report("longest is not shorter than listings", at: place)
    }
    schedule.calendar = calendar(fields, &reader)
    return schedule
  }

  private static func calendar(
    _ fields: [String: ConfigurationNode], _ reader: inout ConfigurationReader
  ) -> VisitCalendar {
    var calendar = VisitCalendar()
    if let place = fields["hours"], let text = reader.string(place) {
      if let hours = HourWindow(text) {
        calendar.hours = hours
      } else {
        reader.report("expected hours of the day such as 0-24 or 22-6", at: place)
      }
    }
    if let place = fields["zone"], let text = reader.string(place) {
      if let zone = ZoneOffsets(text) {
        calendar.zone = zone
      } else {
        reader.report("'\(text.prefix(80))' is no time zone such as Europe/Amsterdam", at: place)
      }
    }
    if let place = fields["days"], let texts = reader.strings(place) {
      let days = texts.map { text in
        (Weekday(rawValue: text), text)
      }
      for case (nil, let text) in days {
        reader.report(
          "'\(text.prefix(20))' is none of mon, tue, wed, thu, fri, sat, sun", at: place)
      }
      calendar.days = Set(days.compactMap(\.0))
      if texts.isEmpty { reader.report("at least one day of the week is needed", at: place) }
    }
    if let place = fields["not_on"], let texts = reader.strings(place) {
      for (index, text) in texts.enumerated() {
        if let days = CalendarDays(text) {
          calendar.closed.append(days)
          continue
        }
        var node = place
        if case .sequence(let items) = place.value, items.indices.contains(index) {
          node = items[index]
        }
        reader.report(
          "'\(text.prefix(40))' is no date: 2026-12-25, 12-25 or a stretch 12-24/12-26", at: node)
      }
      if !calendar.days.isEmpty, calendar.opening(from: Timestamp(seconds: 1_767_225_600)) == nil {
        reader.report("the source would be closed for more than a year", at: place)
      }
    }
    return calendar
  }
}
