import CrawlFrontier
import Testing
import Vocabulary

@Suite struct ListingScheduleTests {
  static let hour = 3600.0
  static let limits = ListingSchedule.Limits(
    usual: 6 * hour, shortest: hour / 2, longest: 48 * hour)

  /// Ten listings visited every six hours; what each brings a visit is its number times `factor`.
  static func taught(
    visits: Int = 60, steepness: Double = ListingSchedule.usualSteepness,
    _ found: (Int64, Timestamp) -> Int
  ) -> ListingSchedule {
    var schedule = ListingSchedule(limits: limits, steepness: steepness)
    var earlier: Timestamp?
    for visit in 0..<visits {
      let now = noon.plus(Double(visit) * 6 * hour)
      for listing in 0..<Int64(10) {
        schedule.visited(listing, at: now, since: earlier, found: found(listing, now))
      }
      earlier = now
    }
    return schedule
  }

  @Test func withoutKnowledgeEveryListingHasTheUsualInterval() {
    var schedule = ListingSchedule(limits: Self.limits)
    #expect(abs(schedule.interval(of: 1) / (6 * Self.hour) - 1) < 0.01)
    schedule.visited(1, at: noon, since: nil, found: 50)
    schedule.visited(2, at: noon, since: nil, found: 0)
    #expect(abs(schedule.interval(of: 1) / (6 * Self.hour) - 1) < 0.01)
    #expect(abs(schedule.next(2, from: noon) - noon - 6 * Self.hour) < 60)
  }

  /// Decision 33: the root gives the least mean delay for a number of visits, what is used the median.
  @Test(arguments: [(0.5, 3.3...4.2), (ListingSchedule.usualSteepness, 6.0...8.2)])
  func intervalsGoWithAPowerOfTheRate(_ steepness: Double, _ expected: ClosedRange<Double>) {
    let schedule = Self.taught(steepness: steepness) { listing, _ in listing == 9 ? 16 : 1 }
    let ratio = schedule.interval(of: 1) / schedule.interval(of: 9)
    #expect(expected.contains(ratio), "\(ratio)")
  }

  @Test func ratesShareOutTheVisitsAndDoNotAddAny() {
    for steep in [1, 3, 20] {
      let schedule = Self.taught { listing, _ in steep * Int(listing) / 3 }
      let visits = (0..<Int64(10)).reduce(0.0) { $0 + 1 / schedule.interval(of: $1) }
      #expect(abs(visits * 6 * Self.hour / 10 - 1) < 0.05, "\(visits * 6 * Self.hour)")
    }
  }

  @Test func aDeadListingIsLookedAtNowAndThen() {
    let schedule = Self.taught { listing, _ in listing == 0 ? 0 : 30 }
    let interval = schedule.interval(of: 0)
    #expect(interval > 12 * Self.hour && interval <= 48 * Self.hour, "\(interval / Self.hour)")
  }

  @Test func aListingThatComesToLifeIsNoticed() {
    var schedule = Self.taught { listing, _ in listing == 0 ? 0 : 5 }
    let before = schedule.interval(of: 0)
    var now = noon.plus(60 * 6 * Self.hour)
    for _ in 0..<6 {
      let next = now.plus(24 * Self.hour)
      schedule.visited(0, at: next, since: now, found: 40)
      for other in 1..<Int64(10) { schedule.visited(other, at: next, since: now, found: 20) }
      now = next
    }
    #expect(schedule.interval(of: 0) < before / 2, "\(before) \(schedule.interval(of: 0))")
  }

  @Test func visitsFollowTheHoursAtWhichAdvertsAppear() {
    // 03:04 UTC is when the tests begin; adverts appear between 9 and 15 o'clock.
    let schedule = Self.taught(visits: 200) { _, now in
      (14..<20).contains(Int(now.seconds % 86_400 / 3600)) ? 12 : 0
    }
    let night = noon.plus(200 * 86_400 - 3 * Self.hour)
    let day = night.plus(10 * Self.hour)
    #expect(schedule.next(1, from: night) - night > 1.5 * (schedule.next(1, from: day) - day))
    // Over a whole day it is as many visits as without a shape.
    var now = night
    var visits = 0
    while now - night < 40 * 86_400 {
      now = schedule.next(1, from: now)
      visits += 1
    }
    #expect((150...170).contains(visits), "\(visits) in 40 days")
  }

  @Test func storedShapesThatAreNoneAreAnEvenDay() {
    for stored in [[], [1.0], Array(repeating: -1, count: 24), Array(repeating: .nan, count: 24)] {
      #expect(DayShape(adverts: stored) == DayShape())
    }
    #expect(ListingYield(adverts: .infinity, seconds: -5) == ListingYield())
  }

  @Test func limitsHoldWhateverWasLearned() {
    var chance = Chance(state: 5)
    var schedule = ListingSchedule(limits: Self.limits)
    var now = noon
    for _ in 0..<2_000 {
      let listing = Int64(chance.next(50))
      let earlier = now
      now = now.plus(Double(chance.next(200_000)))
      let found = [0, 0, 1, 1_000_000, .max][chance.next(5)]
      schedule.visited(listing, at: now, since: chance.next(9) == 0 ? nil : earlier, found: found)
      let interval = schedule.interval(of: listing)
      #expect(interval >= Self.limits.shortest && interval <= Self.limits.longest)
      #expect(schedule.next(listing, from: now) > now)
    }
  }
}
