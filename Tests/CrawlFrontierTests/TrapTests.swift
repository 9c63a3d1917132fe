import CrawlFrontier
import Testing
import Vocabulary
import WebAddress

/// The guards against endless sites that learn.
@Suite struct TrapTests {
  @Test(arguments: [
    ("https://jobs.example/a;jsessionid=0A1B2C3D4E5F6071", "https://jobs.example/a"),
    ("https://jobs.example/a?PHPSESSID=k3j4h5k3j4h5k3j4&page=2", "https://jobs.example/a?page=2"),
    ("https://jobs.example/a?sid=0123456789abcdef", "https://jobs.example/a"),
    // What only looks like one stays: a short number, a name, another parameter.
    ("https://jobs.example/a?sid=12", "https://jobs.example/a?sid=12"),
    ("https://jobs.example/a?sid=amsterdam-centre", "https://jobs.example/a?sid=amsterdam-centre"),
    ("https://jobs.example/a?id=0123456789abcdef", "https://jobs.example/a?id=0123456789abcdef"),
  ])
  func sessionIdentifiersAreNoPartOfAnAddress(_ found: String, _ taken: String) throws {
    let accepted = Scope(try source()).judge(address(found), depth: 1).accepted
    #expect(accepted?.address.href == taken)
  }

  @Test func wordsThatVaryAreLearned() {
    var shapes = HostShapes()
    let letters = "abcdefghijklmnopqrstuvwxy"
    let tags = (letters.map { "\($0)x" } + letters.map { "\($0)y" }).map {
      address("https://jobs.example/tag/\($0)/all")
    }
    let learned = tags.map { shapes.shape(of: $0) }
    #expect(Set(learned.suffix(40)).count == 1)
    #expect(Set(learned).count == HostShapes.variety + 1)
    #expect(shapes.shape(of: address("https://jobs.example/help")) != learned[49])
    #expect(shapes.shape(of: address("https://other.example/tag/zz/all")) != learned[49])
  }

  @Test func parameterNamesThatVaryAreLearnedWhateverTheirOrder() {
    var shapes = HostShapes()
    let one = shapes.shape(of: address("https://jobs.example/search?a=1&b=2"))
    #expect(shapes.shape(of: address("https://jobs.example/search?b=7&a=3")) == one)
    let names = (0..<30).map { number in
      zip(0..., "abcde").filter { number >> $0.0 & 1 == 1 }.map { "p\($0.1)=1" }
        .joined(separator: "&")
    }
    let learned = names.dropFirst().map {
      shapes.shape(of: address("https://jobs.example/search?\($0)"))
    }
    #expect(Set(learned.suffix(20)).count == 1)
  }

  @Test func memoryOfShapesIsBounded() {
    var shapes = HostShapes()
    for number in 0..<60_000 {
      let word = String(number, radix: 26).map {
        $0.isNumber ? "n\($0.asciiValue == 48 ? "o" : "")" : "\($0)"
      }
      _ = shapes.shape(of: address("https://jobs.example/" + word.joined(separator: "/")))
    }
    #expect(shapes.places <= HostShapes.maximumPlaces)
  }

  @Test func aShapeRestsAfterADroughtAndGoesOnWhenSomethingComes() throws {
    var memory = ScopeMemory()
    let limits = TrapLimits()
    let page = address("https://jobs.example/tag/1")
    func given() -> Int {
      (0..<100).prefix { _ in memory.giveLeave(page, 7, .other, limits) }.count
    }
    #expect(given() == limits.trust.others)
    memory.renew(page, 7)
    #expect(given() == limits.trust.others)
    #expect(given() == 0)
    // Other shapes of the section have what the section has left.
    let other = address("https://jobs.example/tag/2/x")
    let left = (0..<100).prefix { _ in memory.giveLeave(other, 8, .other, limits) }.count
    #expect(left == limits.trust.section - limits.trust.others)
    let advert = address("https://jobs.example/tag/3")
    #expect((0..<100).prefix { _ in memory.giveLeave(advert, 9, .advert, limits) }.count == 40)
  }

  @Test func pagesThatSayTheSameAreNearAndOthersAreNot() throws {
    func sketch(_ text: String) throws -> PageSketch { try #require(PageSketch(text.utf8)) }
    let missing =
      "Sorry, vacancy %d is not here any more. Look at our other vacancies, or come back soon."
    let first = try sketch(missing.replacing("%d", with: "1000231"))
    #expect(first.isNear(try sketch(missing.replacing("%d", with: "77"))))
    #expect(first.isNear(try sketch(missing.replacing("%d", with: "9").uppercased())))
    let advert = try sketch(
      "Cook wanted for a hotel in the mountains; free room, English spoken, start in May.")
    #expect(!first.isNear(advert))
    #expect(
      !advert.isNear(
        try sketch("Waiter wanted for a bar at the sea; no room, Spanish spoken, start in June.")))
    #expect(PageSketch("  123 ,,, ".utf8) == nil)
  }
}
