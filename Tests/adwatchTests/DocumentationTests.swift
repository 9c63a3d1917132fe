import Foundation
import Testing

/// Holds the documentation to the program and its sources: nothing that users can name is missing.
@Suite(.timeLimit(.minutes(15))) struct DocumentationTests {
  // MARK: Commands

  /// A command as its own help describes it.
  private struct Command {
    var words: [String]
    var subcommands: [String]
    var options: [String]
    var heading: String { (["adwatch"] + words).joined(separator: " ") }
  }

  @Test func everyCommandAndOptionIsInTheManual() throws {
    let manual = try text("docs/manual/commands.md")
    let sections = Self.sections(of: manual)
    let common = try #require(sections["Common ground"])
    let commands = try commands(below: [])
    #expect(commands.count > 8, "the help was not understood: \(commands.map(\.heading))")
    for command in commands where !command.words.isEmpty {
      let section = sections[command.heading]
      if command.subcommands.isEmpty {
        let found = try #require(section, "commands.md has no section '\(command.heading)'")
        #expect(command.options.count > 1, "the help of '\(command.heading)' was not understood")
        for option in command.options where !Self.names(option, in: common) {
          #expect(Self.names(option, in: found), "\(option) of '\(command.heading)' is missing")
        }
      } else {
        #expect(section != nil, "commands.md has no section '\(command.heading)'")
      }
    }
  }

  @Test func theManualNamesNoCommandThatIsNotThere() throws {
    let sections = Self.sections(of: try text("docs/manual/commands.md"))
    let known = Set(try commands(below: []).map(\.heading))
    for heading in sections.keys where heading.hasPrefix("adwatch ") {
      #expect(known.contains(heading), "commands.md describes '\(heading)', which is not there")
    }
  }

  private func commands(below words: [String]) throws -> [Command] {
    let help = try help(words)
    let subcommands = Self.entries(of: help, under: "SUBCOMMANDS:")
      .compactMap { $0.split(separator: " ").first.map(String.init) }
    let options = Self.entries(of: help, under: "OPTIONS:").flatMap(Self.longOptions)
    let own = Command(words: words, subcommands: subcommands, options: options)
    return [own] + (try subcommands.flatMap { try commands(below: words + [$0]) })
  }

  private func help(_ words: [String]) throws -> String {
    let result =
      switch words.count {
      case 0: try Program.run("--help")
      case 1: try Program.run(words[0], "--help")
      default: try Program.run(words[0], words[1], "--help")
      }
    try #require(result.status == 0, "\(result.errors)")
    return result.output
  }

  /// The lines of a part of a help text that begin an entry; what belongs to one is indented deeper.
  private static func entries(of help: String, under title: String) -> [String] {
    let lines = help.split(separator: "\n", omittingEmptySubsequences: false)
    guard let start = lines.firstIndex(of: Substring(title)) else { return [] }
    return lines[(start + 1)...].prefix { !$0.isEmpty }
      .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
      .map { $0.trimmingCharacters(in: .whitespaces) }
  }

  private static func longOptions(of entry: String) -> [String] {
    // What follows two spaces is the explanation.
    let names = entry.components(separatedBy: "  ").first ?? entry
    return names.split { " ,/".contains($0) }.filter { $0.hasPrefix("--") }.map(String.init)
  }

  // MARK: Formats

  @Test func everyKeyOfASourceIsInTheManual() throws {
    let manual = try text("docs/manual/sources.md")
    var keys: Set<String> = []
    for file in ["Source+Parsing.swift", "Source+Schedule.swift"] {
      keys.formUnion(Self.keyLists(in: try text("Sources/CrawlFrontier/\(file)")))
    }
    #expect(keys.isSuperset(of: ["format", "legal_basis", "order", "http2", "depth", "not_on"]))
    for key in keys.sorted() {
      #expect(Self.hasTableRow(key, in: manual), "sources.md does not explain '\(key)'")
    }
  }

  @Test func everyKeyOfAPackAndOfTheRuleIsInTheManual() throws {
    let manual = try text("docs/manual/patterns.md")
    var keys: Set<String> = []
    for file in [
      "Sources/Matching/PackReader.swift", "Sources/Matching/IndicatorReader.swift",
      "Sources/Assessment/AssessmentRule+Reading.swift",
      "Sources/Assessment/CountryTable+Reading.swift",
    ] {
      keys.formUnion(Self.keyLists(in: try text(file)))
    }
    #expect(
      keys.isSuperset(of: ["forms", "unless", "when", "view", "miss", "linkage", "priority"]))
    for key in keys.sorted() {
      #expect(manual.contains("`\(key)`"), "patterns.md does not explain '\(key)'")
    }
  }

  @Test func everyMeasureIsInTheManual() throws {
    let manual = try text("docs/manual/patterns.md")
    let source = try text("Sources/Matching/Measure.swift")
    let end = try #require(source.range(of: "public var isLinkage")).lowerBound
    let declared = source[..<end].split(separator: "\n")
      .map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { $0.hasPrefix("case ") }
      .flatMap { $0.dropFirst("case ".count).split(separator: ",") }
      .map { $0.split(separator: "=").last.map(String.init) ?? "" }
      .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " \"")) }
    #expect(declared.count > 30 && declared.contains("free_mail_contact"))
    for measure in declared {
      #expect(manual.contains("`\(measure)`"), "patterns.md does not explain '\(measure)'")
    }
  }

  @Test func everySettingIsInTheManual() throws {
    let manual = try text("docs/manual/settings.md")
    for key in Self.keyLists(in: try text("Sources/adwatch/SharedOptions.swift")) {
      #expect(manual.contains(key), "settings.md does not explain '\(key)'")
    }
    var variables: Set<String> = []
    for folder in ["Sources", "Tests", "ops"] {
      variables.formUnion(try self.variables(in: folder))
    }
    #expect(variables.isSuperset(of: ["ADWATCH_PATTERNS", "ADWATCH_TOOLS"]))
    for variable in variables.sorted() {
      #expect(manual.contains("`\(variable)`"), "settings.md does not explain \(variable)")
    }
  }

  @Test func everyKeyOfAScanRecordIsInTheManual() throws {
    let section = try #require(
      Self.sections(of: try text("docs/manual/commands.md"))["The scan format adwatch.scan/1"])
    let result = try Program.run(
      "scan", "-", input: #"{"id":"1","text":"We keep your passport. Call 020 7946 0123."}"#)
    let object = try #require(result.objects.first)
    #expect(!object.isEmpty && !((object["hits"] as? [Any]) ?? []).isEmpty)
    for key in Self.keys(of: object).sorted() {
      #expect(section.contains("`\(key)`"), "commands.md does not explain '\(key)'")
    }
  }

  // MARK: Architecture, decisions, README

  @Test func everyModuleIsInTheArchitecture() throws {
    let page = try text("docs/architecture.md")
    let folders = try names(in: "Sources").filter { !$0.hasPrefix(".") }
    #expect(folders.contains("Markup") && folders.contains("CCurl"))
    for folder in folders {
      let isDescribed = page.contains("**`\(folder)`**") || page.contains("\n| `\(folder)` |")
      #expect(isDescribed, "architecture.md has no paragraph on '\(folder)'")
    }
  }

  @Test func decisionsAreNumberedWithoutGapsAndShort() throws {
    let files = try names(in: "docs/decisions").sorted()
    #expect(files.count > 10)
    for (index, file) in files.enumerated() {
      let number = String(index + 1)
      let padded = String(repeating: "0", count: 4 - number.count) + number
      #expect(file.hasPrefix(padded + "-") && file.hasSuffix(".md"), "\(file) is not \(padded)")
      let page = try text("docs/decisions/\(file)")
      #expect(page.hasPrefix("# \(number). "), "\(file) does not begin with its number")
      for part in ["**Context.**", "**Decision.**", "**Why.**", "**Consequences.**"] {
        #expect(page.contains(part), "\(file) has no \(part)")
      }
      #expect((10...30).contains(Self.lines(of: page)), "\(file): \(Self.lines(of: page)) lines")
    }
  }

  @Test func theReadmeIsShortAndBeginsWithTheTwoCommands() throws {
    let page = try text("README.md")
    #expect((50...150).contains(Self.lines(of: page)), "\(Self.lines(of: page)) lines")
    let demo = try #require(page.range(of: "    ops/demo"))
    let test = try #require(page.range(of: "    ops/test"))
    #expect(demo.lowerBound < test.lowerBound)
  }

  @Test func linksBetweenPagesLeadSomewhere() throws {
    var pages = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md"]
    for folder in ["docs/manual", "docs/decisions"] {
      pages += try names(in: folder).map { "\(folder)/\($0)" }
    }
    var count = 0
    for page in pages {
      let folder = Program.repository.appendingPathComponent(page).deletingLastPathComponent()
      for match in try text(page).matches(of: #/\]\(([^)#:]+)(?:#[^)]*)?\)/#) {
        count += 1
        let target = folder.appendingPathComponent(String(match.1)).path
        #expect(
          FileManager.default.fileExists(atPath: target), "\(page) links to \(match.1)")
      }
    }
    #expect(count > 10)
  }
}

// MARK: - Reading

extension DocumentationTests {
  private func text(_ path: String) throws -> String {
    try String(
      contentsOf: Program.repository.appendingPathComponent(path), encoding: .utf8)
  }

  private func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      atPath: Program.repository.appendingPathComponent(folder).path)
  }

  /// Names of our own environment variables that files of a folder read.
  private func variables(in folder: String) throws -> Set<String> {
    let root = Program.repository.appendingPathComponent(folder).path
    let files = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
    var found: Set<String> = []
    for file in files
    where file.hasSuffix(".swift") || !(file as NSString).lastPathComponent.contains(".") {
      guard let data = FileManager.default.contents(atPath: "\(root)/\(file)") else { continue }
      let text = String(decoding: data, as: UTF8.self)
      for match in text.matches(of: #/\bADWATCH_[A-Z_]+\b/#) { found.insert(String(match.0)) }
    }
    return found
  }

  /// The lines below each heading, by the heading's text without code marks.
  private static func sections(of page: String) -> [String: String] {
    var sections: [String: String] = [:]
    var heading: String?
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("#") {
        let title = line.drop { $0 == "#" }.filter { $0 != "`" }
          .trimmingCharacters(in: .whitespaces)
        heading = title
        sections[title] = ""
      } else if let heading {
        sections[heading, default: ""] += line + "\n"
      }
    }
    return sections
  }

  /// Whether a table of the section explains the option, `--name` or `--name VALUE`.
  private static func names(_ option: String, in section: String) -> Bool {
    section.contains("`\(option)`") || section.contains("`\(option) ")
  }

  /// Whether a table has a row for the key, alone or below its section as `section.key`.
  private static func hasTableRow(_ key: String, in page: String) -> Bool {
    page.split(separator: "\n").contains { line in
      line.hasPrefix("| `\(key)` |") || (line.hasPrefix("| `") && line.contains(".\(key)` |"))
    }
  }

  /// The words of every list in a source file that is named `keys` or given as `keys:`.
  private static func keyLists(in source: String) -> Set<String> {
    var keys: Set<String> = []
    for list in source.matches(of: #/\bkeys(?: =|:) \[([^\]]*)\]/#) {
      for word in list.1.matches(of: #/"([a-z0-9_]+)"/#) { keys.insert(String(word.1)) }
    }
    return keys
  }

  /// The keys of a JSON object and of the objects in it.
  private static func keys(of value: Any) -> Set<String> {
    if let object = value as? [String: Any] {
      return object.reduce(into: Set(object.keys)) { $0.formUnion(keys(of: $1.value)) }
    }
    guard let list = value as? [Any] else { return [] }
    return list.reduce(into: []) { $0.formUnion(keys(of: $1)) }
  }

  private static func lines(of page: String) -> Int {
    page.split(separator: "\n", omittingEmptySubsequences: false).count - 1
  }
}
