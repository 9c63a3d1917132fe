import CrawlFrontier
import Testing
import Vocabulary

@Suite struct VisitCalendarTests {
  func calendar(_ schedule: String) throws -> VisitCalendar {
    try source("schedule: {\(schedule)}").schedule.calendar
  }

  func time(_ text: String) -> Timestamp {
    Timestamp(rfc3339: text) ?? Timestamp(milliseconds: -1)
  }

  @Test(arguments: [
    // Winter time is UTC+1, summer time UTC+2.
    ("2026-01-15T20:59:00Z", "2026-01-15T21:00:00Z"),
    ("2026-07-15T19:59:00Z", "2026-07-15T20:00:00Z"),
    // The night in which the clocks go forward: 01:00 UTC is 03:00, so 06:00 is an hour earlier.
    ("2026-03-29T03:59:00Z", "2026-03-29T03:59:00Z"),
    ("2026-03-29T04:00:00Z", "2026-03-29T20:00:00Z"),
    ("2026-10-25T04:59:00Z", "2026-10-25T04:59:00Z"),
    ("2026-10-25T05:00:00Z", "2026-10-25T21:00:00Z"),
  ])
  func nightsGoByTheClocksOfTheZone(_ now: String, _ opening: String) throws {
    let night = try calendar("hours: 22-6, zone: Europe/Amsterdam")
    #expect(night.opening(from: time(now)) == time(opening))
  }

  @Test(arguments: [
    ("2026-12-25T12:00:00Z", "2026-12-26T23:00:00Z"),
    ("2026-12-26T22:59:59Z", "2026-12-26T23:00:00Z"),
    ("2026-12-26T23:00:00Z", "2026-12-26T23:00:00Z"),
    ("2027-12-25T12:00:00Z", "2027-12-26T23:00:00Z"),
    ("2026-04-27T10:00:00Z", "2026-04-27T22:00:00Z"),
    ("2027-04-27T10:00:00Z", "2027-04-27T10:00:00Z"),
  ])
  func datesAreLocalDays(_ now: String, _ opening: String) throws {
    let calendar = try calendar(
      "zone: Europe/Amsterdam, not_on: [12-25/12-26, 2026-04-27]")
    #expect(calendar.opening(from: time(now)) == time(opening))
  }

  @Test func aYearlyStretchGoesOverTheYearsEnd() throws {
    let calendar = try calendar("not_on: [12-30/01-02]")
    #expect(!calendar.contains(time("2026-12-31T12:00:00Z")))
    #expect(!calendar.contains(time("2027-01-02T23:59:59Z")))
    #expect(calendar.contains(time("2027-01-03T00:00:00Z")))
  }

  @Test func daysOfTheWeekAreLocalToo() throws {
    let calendar = try calendar("days: [sat, sun], zone: Asia/Tokyo")
    // 2026-01-03 is a Saturday; in Tokyo it begins at 15:00 UTC on Friday.
    #expect(calendar.opening(from: noon) == time("2026-01-02T15:00:00Z"))
    #expect(calendar.rule(closing: noon) == .days(.fri))
    #expect(!calendar.contains(time("2026-01-04T15:00:00Z")))
  }

  @Test func everyOpeningIsOneAndNothingBeforeItIs() throws {
    let calendars = try [
      "hours: 22-6, zone: America/New_York", "hours: 1-3, zone: Europe/London, days: [sun]",
      "hours: 3-4, zone: Australia/Lord_Howe, not_on: [04-01/09-30]",
      "zone: Asia/Kathmandu, hours: 0-1",
    ].map(calendar)
    var chance = Chance(state: 46)
    for calendar in calendars {
      for _ in 0..<40 {
        let now = noon.plus(Double(chance.next(400 * 86_400)))
        let opening = try #require(calendar.opening(from: now))
        #expect(opening >= now && calendar.contains(opening))
        for _ in 0..<40 where opening > now {
          let before = now.plus(Double(chance.next(max(1, Int(opening - now)))))
          #expect(!calendar.contains(before), "\(before.rfc3339) before \(opening.rfc3339)")
        }
      }
    }
  }

  @Test(arguments: [
    ("zone: Europe/Atlantis", "no time zone"), ("hours: 6-6", "hours of the day"),
    ("not_on: [2026-13-01]", "is no date"), ("not_on: [2026-02-01/2026-01-01]", "is no date"),
    ("not_on: [01-01/12-31]", "more than a year"), ("days: [monday]", "none of mon"),
    ("days: []", "at least one day"), ("shortest: 7h", "not longer"),
    ("longest: 5h", "not shorter"),
    ("shortest: 5s", "at least 1m"),
  ])
  func whatIsWrongIsSaidWithFileAndLine(_ schedule: String, _ words: String) {
    do {
      _ = try source("schedule: {\(schedule)}")
      Issue.record("\(schedule) was read")
    } catch {
      let text = "\(error)"
      #expect(text.contains(words) && text.contains("Seeds/demo.yaml:6:"), "\(text)")
    }
  }
}
