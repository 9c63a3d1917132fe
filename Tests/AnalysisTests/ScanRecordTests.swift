import Analysis
import Extraction
import Foundation
import Testing
import Vocabulary
import WebAddress

@Suite struct ScanRecordTests {
  private func lines(_ html: String, kind: PageKind?) throws -> [[String: Any]] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Patterns")
    let analyser = try PageAnalyser(
      patterns: PatternFolder(path: folder.path), software: "test/1")
    let input = PageInput(
      id: "page", body: .html(Array(html.utf8)),
      hints: PageHints(url: Address("https://jobs.example/list"), kind: kind),
      date: Timestamp(seconds: 1_767_323_045))
    return try ScanRecord.lines(of: analyser.analyse(input), input: input).map { record in
      try #require(
        try JSONSerialization.jsonObject(with: Data(record.json().utf8)) as? [String: Any])
    }
  }

  private func entry(_ number: Int) -> String {
    """
    <div class="entry"><h2><a href="/job/\(number)">Picker \(number)</a></h2>
    <p>Fruit is picked in the valley from May to July, call +44 20 7946 02\(number + 10).</p></div>
    """
  }

  @Test func aListingHasItsOwnLineAndOneForEachAdvert() throws {
    let html = "<title>List</title><main>\((1...6).map(entry).joined())</main>"
    let objects = try lines(html, kind: .listing)
    #expect(objects.count == 7)
    #expect(objects[0]["page"] as? String == "listing")
    #expect(objects[0]["listing"] is NSNull)
    #expect((objects[0]["hits"] as? [Any])?.isEmpty == true)
    for (number, object) in objects.dropFirst().enumerated() {
      let listing = try #require(object["listing"] as? [String: Any])
      #expect(listing["id"] as? String == "page")
      #expect(listing["part"] as? Int == number + 1)
      let text = try #require(object["text"] as? String)
      #expect(text.contains("Picker \(number + 1)"))
      #expect(!text.contains("Picker \(number + 2)"))
    }
    #expect(objects[0]["date"] as? String == "2026-01-02T03:04:05Z")
  }

  @Test func contentAndSpansLieWithinTheText() throws {
    let html =
      "<title>Job</title><main><h1>Job</h1><p>Call +44 20 7946 0215 — née Ångström</p></main>"
    let object = try #require(try lines(html, kind: .advert).first)
    let text = Array(try #require(object["text"] as? String).utf8)
    for range in try #require(object["content"] as? [[Int]]) {
      #expect(range.count == 2 && range[0] <= range[1] && range[1] <= text.count)
    }
    for selector in try #require(object["selectors"] as? [[String: Any]]) {
      let start = try #require(selector["start"] as? Int)
      let end = try #require(selector["end"] as? Int)
      #expect(String(decoding: text[start..<end], as: UTF8.self) == selector["raw"] as? String)
    }
  }
}
