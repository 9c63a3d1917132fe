import Matching
import Testing
import Vocabulary

@Suite struct MatcherTests {
  private func spans(
    _ patterns: [String], _ text: String, unless: [String] = [], view: PatternView = .plain
  ) throws -> [String] {
    let bytes = Array(text.utf8)
    return try Packs.matcher(patterns, unless: unless, view: view).match(bytes).hits.map {
      String(decoding: bytes[$0.range], as: UTF8.self)
    }
  }

  @Test func hitsCarryWhatTheyAre() throws {
    let library = try PatternLibrary(files: [("a.yaml", Packs.yaml)])
    let text = "Ćao: we keep your PASSPORT."
    let result = try Matcher(library).match(Array(text.utf8), form: .labour)
    let hit = try #require(result.hits.first)
    #expect(result.hits.count == 1)
    #expect(hit.indicator == "L11" && hit.pattern == "L11/en/kept" && hit.language == "en")
    #expect(hit.packVersion == 3 && hit.range == 9..<27)
    #expect(result.limited.isEmpty && !result.truncated && result.work.confirmations == 1)
  }

  @Test func formsChoosePacks() throws {
    let matcher = try Matcher(
      Packs.library([Packs.indicator("X1", ["girl", "\\d"])], forms: [.sex]))
    #expect(matcher.match(Array("girl 1".utf8), form: .sex).hits.count == 2)
    #expect(matcher.match(Array("girl 1".utf8), form: .labour).hits.isEmpty)
    #expect(matcher.match(Array("girl 1".utf8), form: nil).hits.count == 2)
  }

  @Test func matchesAreLeftmostAndApart() throws {
    #expect(try spans(["aba"], "abababa aba") == ["aba", "aba", "aba"])
    #expect(try spans(["a.{0,3}b"], "aab ab axxxxb") == ["aab", "ab"])
    #expect(try spans(["one.*two"], "one\ntwo one two") == ["one two"])
  }

  @Test func caseIsFoldedAsPCREDoes() throws {
    #expect(try spans(["kiss"], "K\u{130}SS \u{212A}I\u{17F}\u{17F} kiss KISS").count == 3)
    #expect(try spans(["straße"], "STRA\u{1E9E}E strasse Straße").count == 2)
    #expect(try spans(["паспорт"], "ПАСПОРТ Паспорт").count == 2)
    #expect(try spans(["σας"], "ΣΑΣ σας σασ").count == 3)
    #expect(try spans(["\\d{3} eur"], "٣٤٥ EUR").count == 1)
  }

  @Test func whiteSpaceOfAnyKindAndLengthIsFound() throws {
    #expect(try spans(["new\\s+in\\s+town"], "new \u{A0}\n in\u{3000}\ttown").count == 1)
    #expect(try spans(["\\sin town"], "x \n\nin town") == ["\nin town"])
    #expect(try spans(["a\\s{2}b"], "a b a  b") == ["a  b"])
  }

  @Test func invalidBytesMatchNothingAndStopNothing() throws {
    let text: [UInt8] =
      [0xFF, 0xC3] + Array("passport".utf8) + [0xE2, 0x82] + Array(" Passport".utf8)
    let matcher = try Packs.matcher(["passport", ".passport"])
    for mode in Matcher.Mode.allCases {
      #expect(matcher.match(text, mode: mode).hits.map(\.range) == [2..<10, 12..<21, 13..<21])
    }
  }

  @Test func exceptionsCancelInTheSameSentenceOnly() throws {
    let unless = ["copy of your passport"]
    #expect(try spans(["passport"], "Bring a copy of your passport.", unless: unless).isEmpty)
    #expect(
      try spans(["passport"], "A copy of your passport. We keep the Passport!", unless: unless)
        == ["Passport"])
    #expect(
      try spans(["passport"], "PASSPORT kept\na copy of your passport", unless: unless)
        == ["PASSPORT"])
    let matcher = try Packs.matcher(["passport"], unless: unless)
    let result = matcher.match(Array("Passport, or a copy of your passport".utf8))
    #expect(result.hits.isEmpty && result.cancelled.count == 2)
  }

  @Test func exceptionsOfOneIndicatorLeaveOthersAlone() throws {
    let matcher = try Matcher(
      Packs.library([
        Packs.indicator("X1", ["passport"], unless: ["copy"]), Packs.indicator("X2", ["passport"]),
      ]))
    let result = matcher.match(Array("a copy of the passport".utf8))
    #expect(result.hits.map(\.indicator) == ["X2"])
    #expect(result.cancelled.map(\.indicator) == ["X1"])
  }

  @Test(.timeLimit(.minutes(15))) func hopelessPatternsAreReportedAndDoNotHang() throws {
    let matcher = try Packs.matcher(["(?:\\w+\\s?)+[!?]", "fine"])
    let text = Array(("fine " + String(repeating: "abcdefghij ", count: 20_000) + "- !").utf8)
    let result = matcher.match(text)
    #expect(result.limited == ["X1/en/p0"])
    #expect(result.hits.map(\.pattern) == ["X1/en/p1"])
  }

  @Test(.timeLimit(.minutes(15))) func slowPatternsRunOutOfTime() throws {
    let matcher = try Packs.matcher(
      ["(?:\\w|\\w\\w){1,12}[^\\w]"], limits: MatchLimits(maximumMillisecondsPerPattern: 50))
    let text = [UInt8](repeating: UInt8(ascii: "a"), count: 400_000)
    #expect(matcher.match(text + Array("\nd".utf8)).limited.count == 1)
  }

  @Test func hitsOfOnePatternAreBounded() throws {
    let matcher = try Packs.matcher(["girl"], limits: MatchLimits(maximumHitsPerPattern: 10))
    let result = matcher.match(Array(String(repeating: "girl ", count: 100).utf8))
    #expect(result.hits.count == 10 && result.limited == ["X1/en/p0"])
  }

  @Test func longTextsAreCutBetweenScalars() throws {
    let matcher = try Packs.matcher(["é", "x"], limits: MatchLimits(maximumTextBytes: 4))
    let result = matcher.match(Array("éaéx".utf8))
    #expect(result.truncated && result.hits.map(\.range) == [0..<2])
    #expect(matcher.match([]).hits.isEmpty)
  }

  @Test func threadsShareAMatcher() async throws {
    let matcher = try Packs.matcher(["new girl", "\\d+ eur", "(\\w)\\1"])
    let text = Array("A new girl, 150 EUR, call book".utf8)
    let expected = matcher.match(text)
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<64 { group.addTask { matcher.match(text) == expected } }
      for await same in group { #expect(same) }
    }
  }

  @Test func foldedPatternsPointIntoTheOriginal() throws {
    let cases = [
      "ｐａｓｓｐｏｒｔ", "p\u{200B}a\u{AD}ssport", "pássp\u{F6}rt", "pa\u{301}ssport", "раssроrt",
      "𝐩𝐚𝐬𝐬𝐩𝐨𝐫𝐭", "ⓟⓐⓢⓢⓟⓞⓡⓣ", "PΑSSPORT",
    ]
    for disguised in cases {
      #expect(try spans(["\\bpassport\\b"], "x é \(disguised) y", view: .folded) == [disguised])
      #expect(try spans(["\\bpassport\\b"], "x é \(disguised) y").isEmpty)
    }
    #expect(try spans(["passport"], "plain passport", view: .folded) == ["passport"])
    #expect(try spans(["паспорт"], "наш паспорт", view: .folded) == ["паспорт"])
  }
}
