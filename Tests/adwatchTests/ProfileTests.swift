import Foundation
import Testing

@Suite(.timeLimit(.minutes(15))) struct ProfileTests {
  private let adverts = """
    {"id":"a","text":"We keep your passport in the office.","form":"labour"}
    {"id":"b","text":"You bake bread from Monday to Friday.","form":"labour"}
    """

  @Test func aTableOfPatternsByShareAndWhatToRewrite() throws {
    let result = try Program.run("patterns", "profile", "-", "--limit", "5", input: adverts)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.hasPrefix("2 texts, 73 bytes, "))
    let entries = result.output.split(separator: "\n").filter { $0.contains("; worst ") }
    #expect((1...5).contains(entries.count))
    #expect(
      result.output.contains("To rewrite first:") || result.output.contains("nothing has to be"))
  }

  @Test func theSameAsJSON() throws {
    let result = try Program.run("patterns", "profile", "-", "--json", input: adverts)
    let report = try #require(result.objects.first)
    #expect(report["schema"] as? String == "adwatch.profile/1")
    #expect(report["texts"] as? Int == 2)
    let costs = try #require(report["profile"] as? [[String: Any]])
    let kept = try #require(costs.first { $0["pattern"] as? String == "L11/en/kept" })
    #expect(kept["candidates"] as? Int == 1)
    #expect(kept["hits"] as? Int == 1)
    #expect((kept["worst"] as? [String: Any])?["id"] as? String == "a")
    let times = costs.compactMap { $0["milliseconds"] as? Double }
    #expect(times == times.sorted(by: >))
  }

  @Test func nothingToProfileIsWrongUsage() throws {
    let result = try Program.run("patterns", "profile", "-", input: "")
    #expect(result.status == 2)
    #expect(result.errors.contains("no texts"))
  }
}
