import Foundation
import Testing

@Suite(.timeLimit(.minutes(15))) struct ScanTests {
  private static let keys: Set<String> = [
    "schema", "id", "url", "date", "digest", "page", "listing", "advert", "language", "form",
    "title", "text", "content", "fields", "selectors", "facts", "traits", "hits", "assessment",
    "limited", "truncated", "next", "template", "error",
  ]

  private let flagged =
    "We keep your passport in the office. You travel on a tourist visa, we arrange the rest. "
    + "You pay a registration fee of 250 euros before you start. "
    + "Wages are paid in cash at the end of the season. Call +44 20 7946 0215."

  private func line(_ object: [String: String]) throws -> String {
    String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self)
  }

  @Test func aTextIsAssessedWithEverySpanPointingIntoIt() throws {
    let input = try line(["id": "a", "text": "Überall – " + flagged, "form": "labour"])
    let result = try Program.run("scan", "-", input: input)
    #expect(result.status == 0, "\(result.errors)")
    let object = try #require(result.objects.first)
    #expect(Set(object.keys) == Self.keys)
    #expect(object["schema"] as? String == "adwatch.scan/1")
    #expect(object["page"] as? String == "advert")
    let text = Array(try #require(object["text"] as? String).utf8)
    let hits = try #require(object["hits"] as? [[String: Any]])
    #expect(Set(hits.compactMap { $0["indicator"] as? String }).isSuperset(of: ["L10", "L11"]))
    for hit in hits {
      guard let start = hit["start"] as? Int, let end = hit["end"] as? Int else { continue }
      #expect(String(decoding: text[start..<end], as: UTF8.self) == hit["quote"] as? String)
      #expect(hit["in_content"] as? Bool == true)
    }
    let selectors = try #require(object["selectors"] as? [[String: Any]])
    let phone = try #require(selectors.first { $0["kind"] as? String == "phone" })
    #expect(phone["value"] as? String == "+442079460215")
    let range = try #require(phone["start"] as? Int)..<(try #require(phone["end"] as? Int))
    #expect(String(decoding: text[range], as: UTF8.self) == phone["raw"] as? String)
    let assessment = try #require(object["assessment"] as? [String: Any])
    #expect(assessment["flagged"] as? Bool == true)
    #expect(assessment["rule"] as? String == "ilo-per-barrier/1")
    #expect(assessment["linkage"] as? String == "not evaluated")
    #expect(assessment["barriers"] as? [String] == ["residence", "finance"])
  }

  @Test func aLineThatCannotBeReadGivesAnErrorAndTheRunGoesOn() throws {
    let input = [
      "{", try line(["id": "b"]), try line(["id": "c", "text": "x", "form": "other"]), "",
      try line(["id": "e", "text": "x", "date": "yesterday"]),
      try line(["id": "d", "html": "<p>fine</p>"]),
    ].joined(separator: "\n")
    let result = try Program.run("scan", "-", "--format", "jsonl", input: input)
    #expect(result.status == 1)
    let errors = result.objects.map { $0["error"] as? String }
    #expect(errors.count == 5)
    #expect(errors[0] == "standard input:1: not JSON")
    #expect(errors[1] == "standard input:2: neither 'html' nor 'text'")
    #expect(errors[2]?.hasSuffix("'form' is one of sex, labour, recruitment") == true)
    #expect(errors[3]?.hasSuffix("'date' is no time as in 2026-01-31T09:30:00Z") == true)
    #expect(errors[4] == nil)
    #expect(result.objects.map { $0["id"] as? String }.suffix(4) == ["b", "c", "e", "d"])
    for object in result.objects { #expect(Set(object.keys) == Self.keys) }
  }

  @Test func outputKeepsTheOrderOfTheInputWhateverTheJobs() throws {
    let input = try (0..<300).map { number in
      let filler = String(repeating: "Words about work. ", count: number % 7 * 40)
      return try line(["id": "\(number)", "text": filler + flagged])
    }.joined(separator: "\n")
    let one = try Program.run("scan", "-", "--jobs", "1", input: input)
    let four = try Program.run("scan", "-", "--jobs", "4", input: input)
    #expect(one.output == four.output)
    #expect(four.objects.compactMap { $0["id"] as? String } == (0..<300).map(String.init))
  }

  @Test func aHostTeachesItsTemplateWhateverTheJobs() throws {
    let jobs = [
      "picker", "packer", "driver", "cleaner", "welder", "cook", "waiter", "baker", "tailor",
      "miller",
    ]
    let input = try (0..<30).map { number in
      let filler = String(repeating: "<i></i>", count: number % 5 * 4_000)
      let html = """
        <body><h1>Advert \(number)</h1>\(filler)<p>We look for a \(jobs[number % 10]) who starts in \(number) days in Leeds and stays all summer.</p>
        <p>Never send money to people you have not met, whatever they tell you about it.</p></body>
        """
      let host = number % 3 == 0 ? "two" : "one"
      return try line(["id": "\(number)", "url": "https://\(host).example/\(number)", "html": html])
    }.joined(separator: "\n")
    let one = try Program.run("scan", "-", "--jobs", "1", input: input)
    let four = try Program.run("scan", "-", "--jobs", "4", input: input)
    #expect(one.output == four.output)
    var seen = ["one": 0, "two": 0]
    for object in one.objects {
      let host = (object["url"] as? String ?? "").contains("two.") ? "two" : "one"
      let isTaught = seen[host, default: 0] >= 8
      seen[host, default: 0] += 1
      #expect((object["template"] is String) == isTaught)
      let text = Array((object["text"] as? String ?? "").utf8)
      let content = (object["content"] as? [[Int]] ?? []).map {
        String(decoding: text[$0[0]..<$0[1]], as: UTF8.self)
      }.joined()
      #expect(content.contains("all summer"))
      #expect(content.contains("Never send money") == !isTaught)
    }
  }

  @Test func textIsLeftOutWhenAsked() throws {
    let input = try line(["id": "a", "text": flagged])
    let result = try Program.run("scan", "-", "--no-text", input: input)
    let object = try #require(result.objects.first)
    #expect(object["text"] is NSNull)
    #expect((object["hits"] as? [[String: Any]])?.first?["quote"] as? String != nil)
  }

  @Test func foldersOfPagesAreReadByName() throws {
    let folder = try Program.Folder()
    _ = try folder.write("b.html", "<title>B</title><p>two")
    _ = try folder.write("a/a.html", "<title>A</title><p>one")
    _ = try folder.write("c.txt", "not read")
    let result = try Program.run("scan", folder.path)
    #expect(result.objects.compactMap { $0["title"] as? String } == ["A", "B"])
  }

  @Test func anUnreadableFileIsNamed() throws {
    let result = try Program.run("scan", "/nonexistent.html")
    #expect(result.status == 1)
    #expect((result.objects.first?["error"] as? String)?.contains("/nonexistent.html") == true)
  }
}
