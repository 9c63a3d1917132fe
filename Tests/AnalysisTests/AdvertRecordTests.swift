import Analysis
import Assessment
import Extraction
import Foundation
import Markup
import Testing
import Vocabulary
import WebAddress

@Suite struct AdvertRecordTests {
  private static let analyser = Result {
    try PageAnalyser(
      patterns: PatternFolder(
        path: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
          .deletingLastPathComponent().deletingLastPathComponent()
          .appendingPathComponent("Patterns").path),
      software: "test/1")
  }

  private static let pages = [
    "<title>Cook</title><main><h1>Cook</h1><p>We keep your passport. € 11,50 per hour, 40–48 hours a "
      + "week. Ring zero two zero 7946 0123 or mail robin@gmail.com, t.me/robin_x.</p></main>",
    "<title>Überall – ünïcode</title><p>Ik ben Kim, 24 jaar, 150€ / 1h, 1,5 uur 200. WhatsApp "
      + "06 ①② 345 678.</p><nav>Home</nav>",
    "<p>&quot;quoted&quot; \\ back\tslash &#1; control</p>",
    mixed, "",
  ]

  private static let mixed =
    "<p>We are looking for a cook for our restaurant near the station, and you will work with a "
    + "friendly team of six people every evening of the week.</p><p>Wij zoeken een kok voor ons "
    + "restaurant bij het station, en je werkt elke avond van de week met een vriendelijk team van "
    + "zes mensen.</p>"

  @Test func languagesOfBlocksAreRecorded() throws {
    let page = try Self.analyser.get().analyse(
      PageInput(id: "1", body: .html(Array(Self.mixed.utf8)), hints: PageHints(kind: .advert)))
    let record = ScanRecord(
      id: "1", url: nil, date: nil, page: page, part: nil, found: page.adverts.first, source: nil)
    let json = try #require(JSONValue(parsing: Array(record.json().utf8)))
    let blocks = try #require(json["traits"]?["blocks"]?.array)
    #expect(blocks.map { $0["language"]?.string } == ["en", "nl"])
    #expect(blocks.first?["end"]?.number == blocks.last?["start"]?.number)
  }

  @Test(arguments: pages) func anAdvertIsReadBackFromItsRecord(html: String) throws {
    let input = PageInput(
      id: "capture:1", body: .html(Array(html.utf8)),
      hints: PageHints(
        url: Address("https://jobs.example/1"), country: "NL", form: .labour, kind: .advert))
    let page = try Self.analyser.get().analyse(input)
    let found = try #require(page.adverts.first)
    let record = ScanRecord(
      id: "capture:1", url: nil, date: nil, page: page, part: nil, found: found, source: "x")
    let json = try #require(
      JSONValue(parsing: Array(record.json(includingText: false).utf8)))
    var wanted = found.advert
    wanted.key = nil
    let read = Advert(
      record: json, text: wanted.text, title: wanted.title, form: wanted.form,
      language: wanted.language)
    #expect(read == wanted)
    let again = try Self.analyser.get().assess(try #require(read), country: "NL").advert
    #expect(again.assessment == found.assessment)
    #expect(again.recordedHits == record.hits)
  }

  @Test func aRecordThatDoesNotFitItsTextIsNone() throws {
    let page = try Self.analyser.get().analyse(
      PageInput(
        id: "1", body: .text(Array(Self.pages[0].utf8)), hints: PageHints(kind: .advert)))
    let record = ScanRecord(
      id: "1", url: nil, date: nil, page: page, part: nil, found: page.adverts.first, source: nil)
    let json = try #require(JSONValue(parsing: Array(record.json().utf8)))
    func read(_ json: JSONValue, _ text: [UInt8]) -> Advert? {
      Advert(record: json, text: text, title: nil, form: nil, language: nil)
    }
    #expect(read(json, page.text) != nil)
    #expect(read(json, Array(page.text.dropLast())) == nil)
    #expect(read(.object([]), page.text) == nil)
  }
}
