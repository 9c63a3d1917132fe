import Foundation
import Testing

@Suite(.timeLimit(.minutes(15))) struct LinksTests {
  private static let profiles = [
    ("Nora", "Call us now, our agency has more ladies. Jazz and long walks by the river."),
    ("Iris", "New in town for two weeks and looking forward to a coffee or a museum."),
    ("Vera", "A quiet flat near the station; I like cooking and the sea."),
  ]

  private static func input() throws -> String {
    let numbers = ["020 7946 0123", "zero two zero 7946 0123", "(020) 79 46 01 23"]
    var lines = profiles.enumerated().map { index, profile in
      [
        "id": "\(index)", "url": "https://ads.example/\(index)", "country": "GB", "form": "sex",
        "text": "I am \(profile.0), 28 years old. \(profile.1) Ring \(numbers[index]).",
      ]
    }
    lines.append([
      "id": "3", "url": "https://ads.example/3", "country": "GB", "form": "sex",
      "text": "I am Emma, 35. Massage by appointment, parking in front. Ring 020 7946 0999.",
    ])
    return try lines.map {
      String(decoding: try JSONSerialization.data(withJSONObject: $0), as: UTF8.self)
    }.joined(separator: "\n")
  }

  @Test(arguments: [1, 2]) func aScanLinksTheWholeInput(_ jobs: Int) throws {
    let result = try Program.run("scan", "-", "--link", "--jobs", "\(jobs)", input: Self.input())
    #expect(result.status == 0, "\(result.errors)")
    let objects = result.objects
    #expect(objects.map { $0["id"] as? String } == ["0", "1", "2", "3"])
    let links = try objects.map { try #require($0["links"] as? [String: Any]) }
    #expect(links.map { $0["cluster"] as? Int } == [1, 1, 1, nil])
    let nodes = try #require(links[1]["nodes"] as? [[String: Any]])
    let phone = try #require(nodes.first { $0["node"] as? String == "phone:+442079460123" })
    #expect(phone["adverts"] as? Int == 3)
    #expect(phone["role"] as? String == "joins")
    let assessments = try objects.map { try #require($0["assessment"] as? [String: Any]) }
    #expect(assessments[0]["linkage"] as? String == "found")
    #expect(assessments[0]["flagged"] as? Bool == true)
    #expect(assessments[3]["linkage"] as? String == "none")
    let hits = try #require(objects[0]["hits"] as? [[String: Any]])
    #expect(hits.contains { $0["indicator"] as? String == "S12" })
  }

  @Test func withoutLinksTheSameLinesAreWritten() throws {
    let plain = try Program.run("scan", "-", input: Self.input()).objects
    let linked = try Program.run("scan", "-", "--link", input: Self.input()).objects
    for (before, after) in zip(plain, linked) {
      var after = after
      #expect(after.removeValue(forKey: "links") != nil)
      for key in ["hits", "assessment"] { after[key] = before[key] }
      #expect(NSDictionary(dictionary: before) == NSDictionary(dictionary: after))
    }
    #expect(plain.count == 4)
    #expect(linked.count == 4)
  }

  @Test func datesOfLinesTellWhoMovesAround() throws {
    let places = ["Leeds", "York", "Bath", "Leeds", "York", "Bath"]
    let lines = try places.enumerated().map { index, place in
      try JSONSerialization.data(withJSONObject: [
        "id": "\(index)", "country": "GB", "form": "sex",
        "date": "2026-03-\(10 + index * 3)T10:00:00Z",
        "text": "I am Nora, 38 years old, this week in \(place). Ring 020 7946 0123.",
      ])
    }
    let input = lines.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
    let result = try Program.run("scan", "-", "--link", input: input)
    #expect(result.status == 0)
    for object in result.objects {
      let found = (object["hits"] as? [[String: Any]] ?? []).compactMap {
        $0["indicator"] as? String
      }
      #expect(Set(found).isSuperset(of: ["S07", "S08"]), "\(found)")
    }
  }

  @Test func theTextIsLeftOutWhenAskedTo() throws {
    let result = try Program.run("scan", "-", "--link", "--no-text", input: Self.input())
    #expect(result.objects.count == 4)
    #expect(result.objects.allSatisfy { $0["text"] is NSNull })
    #expect((result.objects[0]["assessment"] as? [String: Any])?["flagged"] as? Bool == true)
  }

  @Test func whatIsAskedForWronglyIsSaidSo() throws {
    let folder = try Program.Folder()
    let nothing = try Program.run("links", "1", "--data", folder.path)
    #expect(nothing.status == 3 || nothing.status == 2)
    #expect(nothing.errors.contains("adwatch crawl"))
    let reasonless = try Program.run("links", "part", "1", "--data", folder.path)
    #expect(reasonless.status == 2)
    #expect(reasonless.errors.contains("--why"))
    let node = try Program.run(
      "links", "disregard", "nonsense", "--why", "x", "--data", folder.path)
    #expect(node.status == 2)
    #expect(node.errors.contains("phone:"))
  }
}
