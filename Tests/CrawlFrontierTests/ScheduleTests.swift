import CrawlFrontier
import Testing
import Vocabulary

@Suite struct ScheduleTests {
  let schedule = Schedule()
  let settings = Source.ScheduleSettings()

  /// The waits in hours after each of these outcomes in a row.
  func waits(
    _ kind: AddressKind, _ outcomes: [VisitOutcome], isStart: Bool = false
  ) -> [Double?] {
    var history = VisitHistory()
    return outcomes.map {
      history.record($0)
      let next = schedule.next(
        kind: kind, isStart: isStart, history: history, settings: settings, at: noon)
      return next.map { ($0 - noon) / 3600 }
    }
  }

  @Test func listingsComeEverySixHours() {
    #expect(waits(.listing, [.changed, .unchanged, .unchanged, .changed]) == [6, 6, 6, 6])
  }

  @Test func advertsThatDoNotChangeAreVisitedLessAndLess() {
    #expect(
      waits(.advert, [.changed, .unchanged, .unchanged, .unchanged, .unchanged, .changed])
        == [24, 48, 96, 168, 168, 24])
  }

  @Test func theFirstVisitIsNotARepetition() { #expect(waits(.advert, [.unchanged]) == [24]) }

  @Test func gonePagesAreLookedForTwice() {
    #expect(waits(.advert, [.gone, .gone, .gone]) == [24, 168, nil])
    #expect(waits(.advert, [.gone, .changed, .gone]) == [24, 24, 24])
    #expect(waits(.other, [.gone, .gone, .gone]) == [24, 168, nil])
  }

  @Test func whatLeadsToEverythingElseIsNeverGivenUp() {
    #expect(waits(.listing, [.gone, .gone, .gone, .gone]) == [24, 168, 168, 168])
    #expect(waits(.other, Array(repeating: .failed, count: 12), isStart: true).last == 48)
  }

  @Test func failuresAreRetriedWithGrowingDelayUntilTheyAreTooMany() {
    #expect(
      waits(.advert, Array(repeating: .failed, count: 9))
        == [0.25, 1, 4, 16, 48, 48, 48, nil, nil])
  }

  @Test func wallsAreLeftAloneForLonger() {
    #expect(waits(.advert, [.blocked, .blocked, .blocked, .blocked]) == [24, 48, 96, 168])
  }

  @Test func refusedPagesComeUpAgain() { #expect(waits(.advert, [.refused]) == [168]) }

  @Test func aNewAddressIsDueAtOnce() {
    let next = schedule.next(
      kind: .other, isStart: false, history: VisitHistory(), settings: settings, at: noon)
    #expect(next == noon)
  }

  @Test func aLongIntervalOfASourceIsNotShortened() {
    var slow = settings
    slow.adverts = 30 * 86_400
    var history = VisitHistory()
    history.record(.changed)
    history.record(.unchanged)
    let next = schedule.next(
      kind: .advert, isStart: false, history: history, settings: slow, at: noon)
    #expect(next == noon + 30 * 86_400)
  }
}
