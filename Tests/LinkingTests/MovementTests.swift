import Testing

@testable import Linking

@Suite struct MovementTests {
  /// Adverts one after the other, each seen on the day and once more before the next.
  private func movement(_ places: [String], every days: Double = 7) -> Movement {
    Movement(
      places.enumerated().map { number, place in
        let start = Double(number) * days
        return [
          Sighting(when: day(start), place: place),
          Sighting(when: day(start + days / 2), place: place),
        ]
      })
  }

  @Test func aRoundMadeAgainIsACircuit() {
    let found = movement(["a", "b", "c", "a", "b", "c"])
    #expect(found.circuits.map(\.places) == [["a", "b", "c"]])
    #expect(found.circuits.map(\.repeats) == [1])
    #expect(found.daysPerLeg == 7)
    #expect(found.stays.count == 6)
  }

  @Test func threeRoundsAreTwoRepeats() {
    let found = movement(["x", "a", "b", "c", "d", "a", "b", "c", "d", "a", "b", "c", "d", "y"])
    #expect(found.circuits.map(\.places) == [["a", "b", "c", "d"]])
    #expect(found.circuits.map(\.repeats) == [2])
  }

  @Test func comingAndGoingIsNoCircuit() {
    #expect(movement(["a", "b", "a", "b", "a", "b"]).circuits.isEmpty)
    #expect(movement(["a", "b", "c", "b", "a", "c"]).circuits.isEmpty)
    #expect(movement(["a", "b", "c", "a", "b"]).circuits.isEmpty)
  }

  @Test func standingAdvertsThatAreLookedAtAgainDoNotTravel() {
    // Three adverts of a month, visited in turn.
    let adverts = ["a", "b", "c"].enumerated().map { number, place in
      (0..<10).map { Sighting(when: day(Double($0 * 3 + number)), place: place) }
    }
    let found = Movement(adverts)
    #expect(found.stays.map(\.place) == ["a", "b", "c"])
    #expect(found.circuits.isEmpty)
  }

  @Test func advertsInSeveralPlacesAtOnceAreNoJourney() {
    var adverts: [[Sighting]] = []
    for week in 0..<4 {
      for place in ["a", "b", "c"] {
        adverts.append([Sighting(when: day(Double(week * 7)), place: place)])
      }
    }
    let found = Movement(adverts)
    #expect(found.circuits.isEmpty)
  }

  @Test func anAdvertThatNamesAnotherPlaceMoves() {
    let places = ["a", "a", "b", "c", "a", "b", "c"]
    let advert = places.enumerated().map {
      Sighting(when: day(Double($0.offset * 4)), place: $0.element)
    }
    #expect(Movement([advert]).circuits.map(\.repeats) == [1])
  }

  @Test func routesAreNewOnce() {
    let found = movement(["a", "b", "a", "b", "c"])
    #expect(found.newRoutes(since: day(0)).map { $0.from + $0.to } == ["ab", "ba", "bc"])
    #expect(found.newRoutes(since: day(20)).map { $0.from + $0.to } == ["bc"])
  }

  @Test func orderOfSightingsDoesNotMatter() {
    var invented = Invented(61)
    for _ in 0..<50 {
      let adverts = (0..<20).map { _ in
        (0..<invented.number(1..<4)).map { _ in
          Sighting(when: day(Double(invented.number(0..<60))), place: "p\(invented.number(0..<5))")
        }
      }
      let mixed = invented.shuffled(adverts.map { invented.shuffled($0) })
      #expect(Movement(adverts) == Movement(mixed))
    }
  }

  @Test func nothingIsNoMovement() {
    #expect(Movement([]).stays.isEmpty)
    #expect(Movement([[Sighting(when: day(0))]]).daysPerLeg == nil)
    #expect(movement(["a"]).legs.isEmpty)
  }
}
