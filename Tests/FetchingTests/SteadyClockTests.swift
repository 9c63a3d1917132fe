import Testing

@testable import Fetching

@Suite struct SteadyClockTests {
  @Test func aJumpMovesNothing() {
    var anchor = SteadyClock.Anchor(wall: 1_000_000, steady: 0)
    #expect(anchor.time(wall: 1_002_000, steady: 2000) == 1_002_000)
    // A day ahead, an hour back: a second is a second.
    #expect(anchor.time(wall: 87_403_000, steady: 3000) == 1_003_000)
    #expect(anchor.time(wall: -2_596_000, steady: 4000) == 1_004_000)
  }

  @Test func whatIsCorrectedBitByBitIsFollowedWithoutGoingBack() {
    var anchor = SteadyClock.Anchor(wall: 0, steady: 0)
    var last: Int64 = 0
    for second in Int64(1)...400 {
      // The other clock was set two seconds back and stays there.
      let time = anchor.time(wall: second * 1000 - 2000, steady: second * 1000)
      #expect(time > last)
      last = time
    }
    #expect(last == 400_000 - 2000)
  }
}
