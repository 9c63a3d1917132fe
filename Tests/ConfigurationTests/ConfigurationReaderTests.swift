import Configuration
import Testing

private enum Colour: String, CaseIterable { case red, green }

@Suite struct ConfigurationReaderTests {
  private func node(_ yaml: String) throws -> ConfigurationNode {
    try ConfigurationNode(yaml: yaml, file: "test.yaml")
  }

  @Test func unknownKeyNamesFileLineAndTheLikelyKey() throws {
    var reader = ConfigurationReader()
    _ = reader.mapping(try node("title: a\nstrenght: strong\n"), keys: ["title", "strength"])
    let problem = try #require(reader.problems.first)
    #expect(problem.line == 2)
    #expect(problem.column == 1)
    #expect(problem.description.hasPrefix("test.yaml:2:1: unknown key 'strenght'"))
    #expect(problem.message.contains("did you mean 'strength'?"))
  }

  @Test func everyProblemIsReportedAtOnceInOrder() throws {
    var reader = ConfigurationReader()
    let map = reader.mapping(
      try node("a: x\nb: [1]\nc: maybe\n"), keys: ["a", "b", "c", "d"], required: ["d"])
    let fields = try #require(map)
    if let a = fields["a"] { #expect(reader.integer(a, in: 0...9) == nil) }
    if let b = fields["b"] { #expect(reader.string(b) == nil) }
    if let c = fields["c"] { #expect(reader.boolean(c) == nil) }
    #expect(throws: ConfigurationProblems.self) { try reader.finish() }
    do {
      try reader.finish()
    } catch {
      #expect(error.problems.map(\.line) == [1, 1, 2, 3])
    }
  }

  @Test(arguments: [
    ("30s", 30.0), ("5m", 300), ("6h", 21_600), ("1d", 86_400), ("2w", 1_209_600), ("15", 15),
    ("0.5", 0.5),
  ])
  func durations(text: String, seconds: Double) throws {
    var reader = ConfigurationReader()
    #expect(reader.duration(try node(text)) == seconds)
  }

  @Test(arguments: ["-1", "h", "nan", "1y", "[]"])
  func badDurationsAreProblems(text: String) throws {
    var reader = ConfigurationReader()
    #expect(reader.duration(try node(text)) == nil)
    #expect(reader.problems.count == 1)
  }

  @Test func choiceSuggests() throws {
    var reader = ConfigurationReader()
    #expect(reader.choice(try node("red"), Colour.self) == .red)
    #expect(reader.choice(try node("gren"), Colour.self) == nil)
    #expect(reader.problems.first?.message.contains("did you mean 'green'?") == true)
  }

  @Test func nullCountsAsAbsent() throws {
    var reader = ConfigurationReader()
    let map = reader.mapping(try node("a: ~\nb:\nc: 'null'\n"), keys: ["a", "b", "c"])
    #expect(map?.keys.sorted() == ["c"])
  }
}

@Suite struct ConfigurationNodeTests {
  @Test func syntaxErrorHasItsLine() {
    #expect {
      try ConfigurationNode(yaml: "a: 1\nb: [1, 2\nc: 3\n", file: "x.yaml")
    } throws: { error in
      let first = (error as? ConfigurationProblems)?.problems.first
      return first.map { $0.line >= 2 && $0.file == "x.yaml" } ?? false
    }
  }

  @Test func duplicateKeyIsRefused() {
    #expect(throws: ConfigurationProblems.self) {
      try ConfigurationNode(yaml: "a: 1\na: 2\n", file: "x.yaml")
    }
  }

  @Test func billionLaughsIsRefused() {
    var yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let uses = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      yaml += "a\(level): &a\(level) [\(uses)]\n"
    }
    #expect {
      try ConfigurationNode(yaml: yaml, file: "x.yaml", limits: .init(maximumNodes: 10_000))
    } throws: { error in
      "\(error)".contains("more than 10000 values")
    }
  }

  /// Nine levels of ten aliases; the parser itself would compare the last, as a key, by all of it.
  @Test(arguments: [
    "? *a9\n: x\n", "*a9 : x\n", "- {*a9 : x}\n", "b: {? [*a9] : x}\n",
  ])
  func aBombAsAKeyIsRefusedAtOnce(_ key: String) {
    for names in [(0...9).map { "a\($0)" }, Array(repeating: "a9", count: 10)] {
      var yaml = "- &\(names[0]) [x, x, x, x, x, x, x, x, x, x]\n"
      for level in 1...9 {
        let uses = Array(repeating: "*\(names[level - 1])", count: 10).joined(separator: ", ")
        yaml += "- &\(names[level]) [\(uses)]\n"
      }
      yaml += "- \n  " + key
      let time = ContinuousClock().measure {
        #expect {
          try ConfigurationNode(yaml: yaml, file: "x.yaml")
        } throws: { error in
          "\(error)".contains("aliases of aliases")
        }
      }
      #expect(time < .seconds(5))
    }
  }

  @Test func ordinaryAliasesAreRead() throws {
    var yaml = "base: &base {x: [1, 2, 3], y: &y a}\n"
    for number in 0..<2000 { yaml += "k\(number): [*base, *y, 'x.*y&base']\n" }
    let node = try ConfigurationNode(yaml: yaml, file: "x.yaml")
    guard case .mapping(let entries) = node.value else { throw CancellationError() }
    #expect(entries.count == 2001)
  }

  @Test(arguments: ["[", "{a: ", "- ", "? "])
  func nestingWithoutEndIsRefusedAtOnce(_ level: String) {
    let yaml = String(repeating: level, count: 100_000)
    let time = ContinuousClock().measure {
      #expect(throws: ConfigurationProblems.self) {
        try ConfigurationNode(yaml: yaml, file: "x.yaml")
      }
    }
    #expect(time < .seconds(20))
  }

  @Test func deepNestingIsRefused() {
    let yaml = String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
    #expect(throws: ConfigurationProblems.self) {
      try ConfigurationNode(yaml: yaml, file: "x.yaml")
    }
  }

  @Test func missingFileSaysWhy() {
    #expect {
      try ConfigurationNode.load(path: "/nonexistent/a.yaml")
    } throws: { error in
      "\(error)".contains("/nonexistent/a.yaml: cannot be read: No such file")
    }
  }
}
