import Foundation
import Testing

@Suite(.timeLimit(.minutes(15))) struct CommandTests {
  @Test(arguments: [
    ["crawl"], ["scan"], ["replay"], ["flags"], ["sources"], ["sources", "list"],
    ["sources", "check"], ["sources", "why"], ["verify"], ["status"], ["demo"], [], ["patterns"],
    ["patterns", "check"], ["patterns", "test"], ["patterns", "explain"], ["patterns", "card"],
    ["patterns", "measure"], ["patterns", "profile"],
  ])
  func helpHasAnExample(command: [String]) throws {
    let result = try run(command + ["--help"])
    #expect(result.status == 0)
    #expect(result.output.contains("Example:"))
  }

  private func run(_ arguments: [String]) throws -> Program.Result {
    switch arguments.count {
    case 1: try Program.run(arguments[0])
    case 2: try Program.run(arguments[0], arguments[1])
    default: try Program.run(arguments[0], arguments[1], arguments[2])
    }
  }

  @Test(arguments: [
    ["flags", "--no-such-option"], ["scan"], ["crawl", "--concurrency", "0"],
    ["status", "--data", "/nonexistent"], ["sources", "why", "not an address"],
    ["scan", "-", "--patterns", "/nonexistent"],
  ])
  func wrongUsageIsCode2WithAMessage(arguments: [String]) throws {
    let process = Program.path
    #expect(FileManager.default.isExecutableFile(atPath: process))
    var result: Program.Result
    switch arguments.count {
    case 4: result = try Program.run(arguments[0], arguments[1], arguments[2], arguments[3])
    default: result = try run(arguments)
    }
    #expect(result.status == 2, "\(result.errors)")
    #expect(!result.errors.isEmpty)
    #expect(result.output.isEmpty)
  }

  @Test func aMalformedSourceNamesFileLineAndWhatWasExpected() throws {
    let folder = try Program.Folder()
    let file = try folder.write(
      "bad.yaml",
      """
      format: adwatch.source/1
      source: bad
      start: [https://jobs.example/]
      purpos: testing
      legal_basis: none
      politeness: {delay: soon}
      """)
    let result = try Program.run("sources", "check", "--seeds", file)
    #expect(result.status == 2)
    #expect(result.errors.contains("\(file):4:1: unknown key 'purpos'; did you mean 'purpose'?"))
    #expect(result.errors.contains("\(file):1:1: 'purpose' is missing"))
    #expect(result.errors.contains("\(file):6:21: expected a length of time"))
  }

  @Test func aMalformedPackNamesFileLineAndWhatWasExpected() throws {
    let folder = try Program.Folder()
    let rule = try String(
      contentsOf: Program.repository.appendingPathComponent("Patterns/assessment.yaml"),
      encoding: .utf8)
    _ = try folder.write("assessment.yaml", rule)
    let file = try folder.write(
      "bad.yaml",
      """
      format: adwatch.pack/1
      pack: bad
      version: 1
      forms: [labour]
      indicators:
        - id: X01
          title: {en: Test, nl: Test}
          barriers: [entri]
          strength: strong
          evidence: expert
          sources: [test]
          patterns: {en: [{id: a, re: '(unclosed'}]}
          examples: {en: {match: [unclosed], miss: [other]}}
      """)
    let result = try Program.run("scan", "-", "--patterns", folder.path)
    #expect(result.status == 2)
    #expect(result.errors.contains("\(file):8:"))
    #expect(result.errors.contains("did you mean 'entry'?"))
    #expect(result.errors.contains("\(file):12:"))
  }

  @Test func whySaysNoWithCode4() throws {
    let result = try Program.run(
      "sources", "why", "https://elsewhere.example/", input: nil)
    #expect(result.status == 4)
    #expect(result.output.contains("The host is not in scope.hosts."))
  }

  @Test func theShippedSourcesAndTheirExampleAreWellFormed() throws {
    #expect(try Program.run("sources", "check").status == 0)
    let example = try Program.run("sources", "check", "--seeds", "Seeds/examples/site.yaml")
    #expect(example.status == 0, "\(example.errors)")
  }

  @Test func settingsWithAnUnknownKeyAreRefused() throws {
    let folder = try Program.Folder()
    let file = try folder.write("adwatch.yaml", "operator: {nam: Unit}\n")
    let result = try Program.run("crawl", "--once", "--data", folder.path)
    #expect(result.status == 2)
    #expect(result.errors.contains("\(file):1:12: unknown key 'nam'; did you mean 'name'?"))
  }
}
