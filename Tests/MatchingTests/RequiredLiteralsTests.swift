import Testing

@testable import Matching

@Suite struct RequiredLiteralsTests {
  private func literals(_ source: String) -> [String]? {
    RequiredLiterals.find(in: source).map {
      $0.literals.map { String(decoding: $0, as: UTF8.self) }
    }
  }

  static let table: [(String, [String]?, Int?)] = [
    ("\\bpassports?\\b", ["passport", "passports"], 0),
    ("Pass\\s+Port", ["pass port"], 0),
    ("pass\\s*port", ["pass port", "passport"], 0),
    ("(?:keep|hold).{0,20}passport", ["passport"], 84),
    (".*passport", ["passport"], nil),
    ("\\w+@\\w+", ["@"], nil),
    ("(?=foo)\\w{3}", nil, 0),
    ("(?<!no )girls", ["girls"], 0),
    ("[bc]ats", ["bats", "cats"], 0),
    ("\\d+", nil, 0),
    ("(?:a|.)", nil, 0),
    ("(?:kitten|.*)", nil, 0),
    ("(?:kitten|x.*puppy)", ["kitten", "puppy"], nil),
    ("(?x) pass port", nil, 0),
    ("(kitten)\\1", ["kitten"], 0),
    ("(?i:kitten)s?", ["kitten", "kittens"], 0),
    ("kit{2}en{1,2}", ["kitten", "kittenn"], 0),
    ("kit{,2}en", nil, 0),
    ("\\x{4B}itte\\x6e", ["kitten"], 0),
    ("\\Qkitten\\E", nil, 0),
    ("kitten(?#comment)s", ["kittens"], 0),
    ("(?<name>kitten)", ["kitten"], 0),
    ("€50", ["€50"], 0),
  ]

  @Test(arguments: table)
  func areFound(_ row: (source: String, literals: [String]?, before: Int?)) {
    #expect(literals(row.source) == row.literals)
    if let found = RequiredLiterals.find(in: row.source) { #expect(found.before == row.before) }
  }

  @Test func hugePatternsAreBounded() {
    let many = (0..<2000).map { "word\($0)" }.joined(separator: "|")
    #expect(RequiredLiterals.find(in: "(?:\(many))") == nil)
    #expect(RequiredLiterals.find(in: "(?:\(many)).{0,9}passport")?.literals.count == 1)
    #expect(RequiredLiterals.find(in: "(?:(?:(?:x{1000}){1000}){1000}){1000}") != nil)
  }
}
