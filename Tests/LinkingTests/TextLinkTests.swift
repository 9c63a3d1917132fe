import Testing

@testable import Linking

@Suite struct TextLinkTests {
  private let template = """
    Friendly NAME, AGE years, is in CITY until Sunday. Massage and company in a clean apartment near \
    the station, with shower and parking. One hour costs PRICE, two hours are cheaper. Call PHONE \
    between ten and eight, no hidden numbers please.
    """

  private func filled(_ name: String, _ age: Int, _ city: String, _ price: Int, _ end: Int)
    -> String
  {
    var text = template
    let values = [
      ("NAME", name), ("AGE", "\(age)"), ("CITY", city), ("PRICE", "\(price) pounds"),
      ("PHONE", "020 7946 0\(end)"),
    ]
    for (slot, value) in values {
      let parts = text.split(separator: slot, maxSplits: 1, omittingEmptySubsequences: false)
      text = parts.joined(separator: value)
    }
    return text
  }

  @Test func aTemplateIsKnownWhenItsSlotsDiffer() throws {
    let linker = try linked([
      advert(1, filled("Mira Novak", 24, "Leeds", 120, 111)),
      advert(2, filled("Sanne", 29, "Upper Weston", 150, 222)),
      advert(3, filled("Rosa", 31, "York", 90, 333)),
    ])
    for id in [1, 2, 3] as [Int64] { #expect(try linker.group(id) == 1) }
    #expect(try linker.measures(of: 3)?["template_adverts"] == 1, "nothing but the words differs")
  }

  @Test func aTemplateCountsAdvertsThatDifferAndNotTheSameOnePutUpAgain() throws {
    let text = filled("Mira", 24, "Leeds", 120, 111)
    let other = filled("Rosa", 24, "York", 120, 111)
    let linker = try linked([
      advert(1, text, phone: "+442079460111", place: "leeds", names: ["Mira"]),
      advert(2, text, phone: "+442079460111", place: "leeds", names: ["Mira"]),
      advert(3, other, phone: "+442079460111", place: "york", names: ["Rosa"]),
    ])
    #expect(try linker.measures(of: 1)?["template_adverts"] == 2)
  }

  @Test func textsOfOneSubjectAreNotTheSame() throws {
    let linker = try linked([
      advert(
        1, "We look for a cleaner for our hotel in Leeds, forty hours a week, good pay and a room."),
      advert(
        2,
        "Our hotel in York wants a cook with experience; you work evenings and get your own room."),
      advert(
        3,
        "Cleaner wanted: offices in the evening, two hours a day, on your own, good pay, no room."),
    ])
    let groups = try [1, 2, 3].map { try linker.group($0) }
    #expect(Set(groups).count == 3)
  }

  @Test func boilerplateDoesNotJoin() throws {
    var invented = Invented(1)
    let legal = invented.text(words: 60, sentence: 15)
    var adverts: [LinkedAdvert] = []
    for id in 1...60 as ClosedRange<Int64> {
      let own = invented.text(words: 25 + Int(id) % 30, sentence: 9)
      adverts.append(advert(id, id % 2 == 0 ? own + legal : legal + own, employer: "E\(id)"))
    }
    let linker = try linked(adverts)
    #expect(try linker.clusters(1...60).allSatisfy { $0 == nil })
    #expect(Set(try (1...60).map { try linker.group($0) }).count == 60)
  }

  @Test func aKnownLegalTextDoesNotJoinShortAdvertsEither() throws {
    var invented = Invented(6)
    let legal = invented.text(words: 60, sentence: 15)
    var linker = Linker(index: MemoryLinkIndex())
    for id in 1...30 as ClosedRange<Int64> {
      try linker.add(advert(id, invented.text(words: 40, sentence: 9) + legal))
    }
    for id in 31...50 as ClosedRange<Int64> {
      try linker.add(advert(id, invented.text(words: 10) + legal))
    }
    _ = try linker.settle()
    #expect(Set(try (1...50).map { try linker.group($0) }).count == 50)
  }

  @Test func legalTextsUnderATemplateDoNotPartIt() throws {
    var invented = Invented(7)
    let legal = (0..<12).map { _ in invented.text(words: 50, sentence: 12) }
    let words = (0..<60).map { _ in invented.word() }
    var adverts: [LinkedAdvert] = []
    for id in 1...120 as ClosedRange<Int64> {
      var own = words
      own[10] = invented.word() + "q"
      own[40] = invented.word() + "v"
      let text = own.joined(separator: " ") + "\n"
      adverts.append(advert(id, id % 3 == 0 ? text + invented.pick(legal) : text))
    }
    let linker = try linked(adverts)
    let groups = Dictionary(grouping: try (1...120).map { try linker.group($0) }, by: { $0 })
    #expect((groups.values.map(\.count).max() ?? 0) >= 118)
  }

  @Test func anotherOrderGivesNearlyTheSameGroups() throws {
    var invented = Invented(8)
    let templates = (0..<12).map { _ in (0..<40).map { _ in invented.word() } }
    let adverts = (1...250).map { id in
      var words = invented.pick(templates)
      for _ in 0..<4 { words[invented.number(0..<40)] = invented.word() + "q" }
      return advert(Int64(id), words.joined(separator: " "))
    }
    func pairs(_ adverts: [LinkedAdvert]) throws -> Set<[Int64]> {
      let linker = try linked(adverts)
      var pairs: Set<[Int64]> = []
      for a in 1...250 as ClosedRange<Int64> {
        for b in 1..<a where try linker.group(a) == linker.group(b) { pairs.insert([a, b]) }
      }
      return pairs
    }
    let first = try pairs(adverts)
    let second = try pairs(invented.shuffled(adverts))
    #expect(first.count > 1_000)
    #expect(Double(first.intersection(second).count) >= 0.98 * Double(first.union(second).count))
  }

  @Test func aKnownPassageCountsForLessTheMoreTextsHaveIt() {
    let words: Int32 = 200 * TextAlignment.bit
    let costs = [1, 2, 8, 64].map { TextCost.known(words, spread: $0, texts: 1000) }
    #expect(costs[0] == words)
    #expect(costs == costs.sorted(by: >))
    #expect(costs[3] < words / 10)
  }

  @Test func oneTextInAnotherLanguageIsAnotherText() throws {
    var invented = Invented(2)
    let text = invented.text(words: 40)
    let linker = try linked([
      advert(1, text, language: "en"), advert(2, text, language: "nl"),
      advert(3, text, language: nil),
      advert(4, text, language: "nl"),
    ])
    #expect(try linker.group(1) != linker.group(2))
    #expect(try linker.group(1) != linker.group(3))
    #expect(try linker.group(2) == linker.group(4))
  }

  @Test func shortTextsAreNotLinked() throws {
    let linker = try linked([advert(1, "Call me now in Leeds"), advert(2, "Call me now in Leeds")])
    #expect(try linker.group(1) == nil)
    #expect(try linker.measures(of: 1)?["template_adverts"] == nil)
  }

  @Test func noiseInARepostDoesNotPart() throws {
    var invented = Invented(3)
    for round in 0..<40 {
      let words = (0..<60).map { _ in invented.word() }
      var changed = words
      for _ in 0..<6 { changed[invented.number(0..<60)] = invented.word() }
      let linker = try linked([
        advert(1, words.joined(separator: " ")),
        advert(2, changed.joined(separator: " ") + ". " + invented.sentence(6)),
      ])
      #expect(try linker.group(2) == 1, "round \(round)")
    }
  }

  @Test func unlikeTextsNeverMeet() throws {
    var invented = Invented(4)
    let adverts = (1...400).map { advert($0, invented.text(words: invented.number(10..<80))) }
    let linker = try linked(adverts)
    #expect(Set(try (1...400).map { try linker.group($0) }).count == 400)
  }

  @Test func aThirdTextThatIsNearTwoGroupsMakesThemOne() throws {
    var invented = Invented(5)
    let words = (0..<60).map { _ in invented.word() }
    // One text differs at the beginning, the other at the end: they have too little in common to meet.
    var left = words
    var right = words
    for index in stride(from: 0, to: 24, by: 3) {
      left[index] = invented.word() + "x"
      right[index + 36] = invented.word() + "z"
    }
    var linker = try linked([
      advert(1, left.joined(separator: " ")), advert(2, right.joined(separator: " ")),
    ])
    #expect(try linker.group(1) != linker.group(2), "the test needs two groups")
    #expect(try linker.clusters(1...2) == [nil, nil])
    try linker.add(advert(3, words.joined(separator: " ")))
    let changes = try linker.settle()
    #expect(Set(try [1, 2, 3].map { try linker.group($0) }) == [1])
    #expect(try linker.clusters(1...3) == [1, 1, 1])
    #expect(changes.adverts == [1, 2, 3])
  }

  @Test func hostileTextIsBounded() throws {
    let same = [UInt8](repeating: 0x61, count: 3_000_000)
    let pairs = Array(repeating: "a b", count: 500_000).joined(separator: " ")
    var broken: [UInt8] = []
    for index in 0..<200_000 { broken.append(UInt8(truncatingIfNeeded: index &* 151)) }
    var adverts = [advert(1), advert(2, pairs), advert(3, pairs + " c")]
    for (id, bytes) in [(4, same), (5, broken), (6, broken.reversed())] as [(Int64, [UInt8])] {
      var one = advert(id)
      one.text = bytes
      adverts.append(one)
    }
    let linker = try linked(adverts)
    #expect(try linker.group(2) == linker.group(3))
  }
}
