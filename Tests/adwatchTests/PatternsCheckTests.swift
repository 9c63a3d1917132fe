import Foundation
import Testing

/// `adwatch patterns check` and `test` as their users run them.
@Suite(.timeLimit(.minutes(15))) struct PatternsCheckTests {
  static let rule =
    (try? String(
      contentsOf: Program.repository.appendingPathComponent("Patterns/assessment.yaml"),
      encoding: .utf8)) ?? ""

  /// A folder with the shipped rule and one pack with these lines as its indicators.
  static func folder(_ indicators: String) throws -> Program.Folder {
    let folder = try Program.Folder()
    _ = try folder.write("assessment.yaml", rule)
    _ = try folder.write(
      "pack.yaml",
      "format: adwatch.pack/1\npack: test\nversion: 1\nforms: [labour]\nindicators:\n" + indicators)
    return folder
  }

  static let sound = """
      - id: S07
        title: {en: Linkage}
        barriers: [housing]
        strength: weak
        evidence: expert
        sources: [A study]
        patterns: {en: [{id: room, re: 'spare room'}]}
        unless: {en: ['for guests']}
        examples: {en: {match: ["a spare room"], miss: ["no room"]}}

    """

  @Test func theShippedPacksHaveNoErrorsAndPass() throws {
    let check = try Program.run("patterns", "check")
    #expect(check.status == 0, "\(check.output)\(check.errors)")
    let test = try Program.run("patterns", "test")
    #expect(test.status == 0, "\(test.output)\(test.errors)")
    #expect(test.output.contains("all as they should be"))
  }

  @Test func everyErrorOfEveryFileIsSaidAtOnceWithItsSuggestion() throws {
    let folder = try Self.folder(
      Self.sound.replacingOccurrences(of: "housing", with: "hosing")
        .replacingOccurrences(of: "patterns", with: "patern"))
    try Data([0x66, 0xFF, 0x0A]).write(to: folder.url.appendingPathComponent("bytes.yaml"))
    _ = try folder.write(
      "assessment.yaml", Self.rule.replacingOccurrences(of: "flag:", with: "flags:"))
    let result = try Program.run("patterns", "check", "--patterns", folder.path, "--json")
    #expect(result.status == 2)
    let errors = result.objects.first?["errors"] as? [[String: Any]] ?? []
    let suggestions = errors.compactMap { $0["suggestion"] as? String }
    #expect(Set(suggestions) == ["housing", "patterns", "flag"])
    let files = Set(
      errors.compactMap { ($0["file"] as? String).map { ($0 as NSString).lastPathComponent } })
    #expect(files == ["pack.yaml", "bytes.yaml", "assessment.yaml"])
    let barrier = errors.first { $0["suggestion"] as? String == "housing" }
    #expect(barrier?["line"] as? Int == 8 && barrier?["column"] as? Int == 16)
    let text = try Program.run("patterns", "check", "--patterns", folder.path)
    #expect(text.output.contains("pack.yaml:8:16: error: expected one of recruitment, entry"))
  }

  @Test func warningsOnlyCountWhenAsked() throws {
    let folder = try Self.folder(
      Self.sound.replacingOccurrences(of: "{en: Linkage}", with: "{nl: Titel}"))
    let result = try Program.run("patterns", "check", "--patterns", folder.path)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("pack.yaml:6:9: warning: S07 has no English title"))
    #expect(result.output.contains("[linkage]"))
    let strict = try Program.run("patterns", "check", "--patterns", folder.path, "--strict")
    #expect(strict.status == 1)
  }

  @Test func soundPacksAreLintedBesideBrokenOnes() throws {
    let folder = try Self.folder(
      Self.sound.replacingOccurrences(of: "{en: Linkage}", with: "{nl: Titel}"))
    _ = try folder.write("broken.yaml", "format: adwatch.pack/1\npack: [")
    let result = try Program.run("patterns", "check", "--patterns", folder.path)
    #expect(result.status == 2)
    #expect(result.output.contains("broken.yaml") && result.output.contains("[title]"))
  }

  @Test func failuresAreUnderlined() throws {
    let folder = try Self.folder(
      Self.sound.replacingOccurrences(
        of: #"["a spare room"]"#, with: #"["een spare room for guests"]"#))
    let result = try Program.run("patterns", "test", "--patterns", folder.path)
    #expect(result.status == 1)
    #expect(
      result.output.contains(
        "    een spare room for guests\n        ^^^^^^^^^^\n      S07/en/room finds this, but 'unless' cancels it"
      ))
    #expect(result.output.contains("2 examples, 1 as they should be, 1 not"))
    let json = try Program.run("patterns", "test", "--patterns", folder.path, "--json")
    let failures = json.objects.first?["failures"] as? [[String: Any]] ?? []
    #expect(failures.first?["indicator"] as? String == "S07" && failures.count == 1)
  }

  @Test func anUnknownIndicatorIsWrongUsage() throws {
    let result = try Program.run("patterns", "test", "L111")
    #expect(result.status == 2)
    #expect(result.errors.contains("did you mean 'L11'?"))
  }

  /// The pack of the manual's lesson fails as the manual shows, and passes with what it then says.
  @Test func theLessonOfTheManualHolds() throws {
    let manual = try String(
      contentsOf: Program.repository.appendingPathComponent("docs/manual/patterns.md"),
      encoding: .utf8)
    let blocks = manual.components(separatedBy: "```").enumerated()
      .filter { $0.offset % 2 == 1 }.map(\.element)
    let pack = try #require(blocks.first { $0.contains("labour-tools") }).dropFirst("yaml\n".count)
    let failure = try #require(blocks.first { $0.contains("L90 has to find") })
    let patterns = try #require(blocks.first { $0.contains("id: pay-for") })
    let exception = try #require(blocks.first { $0.contains("not|never") })
    let folder = try Program.Folder()
    _ = try folder.write("assessment.yaml", Self.rule)
    let path = try folder.write("labour/tools.yaml", String(pack))
    let before = try Program.run("patterns", "test", "L90", "--patterns", folder.path)
    let shown = failure.replacingOccurrences(of: "Patterns", with: folder.path)
    #expect(before.output.contains(shown.trimmingCharacters(in: .newlines)), "\(before.output)")
    var improved = ""
    for line in pack.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.contains("examples:") { improved += exception.dropFirst("yaml\n".count) }
      improved += line.contains("id: deducted") ? patterns.dropFirst("yaml\n".count) : line + "\n"
    }
    _ = try folder.write("labour/tools.yaml", improved)
    let after = try Program.run("patterns", "test", "--patterns", folder.path)
    #expect(after.status == 0 && !after.output.contains("find none"), "\(after.output) \(path)")
    let cancelled = try Program.run(
      "patterns", "explain", "Tools are not deducted from your wage.", "--patterns", folder.path)
    #expect(cancelled.output.contains("'unless' cancels it"), "\(cancelled.output)")
  }
}
