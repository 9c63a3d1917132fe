import Testing

@testable import Matching

@Suite struct RequiredSequencesTests {
  private func find(_ source: String) -> (texts: [String], required: RequiredSequences)? {
    var classes = ByteClasses()
    return RequiredSequences.find(in: source, &classes).map { (classes.texts($0), $0) }
  }

  static let table: [(String, [String]?, Int?)] = [
    ("\\bpassports?\\b", ["passport", "passports"], 0),
    ("Pass\\s+Port", ["pass port"], 0),
    ("pass\\s*port", ["pass port", "passport"], 0),
    ("(?:keep|hold).{0,20}passport", ["passport"], 84),
    (".*passport", ["passport"], nil),
    ("\\w+@\\w+", ["@"], nil),
    ("[a-f]{1,64}@[a-f]+", ["[abcdef]@[abcdef]"], 64),
    (
      "\\d{2}[ .]\\d{2}(?!\\d)",
      [
        "[0123456789][0123456789] [0123456789][0123456789]",
        "[0123456789][0123456789].[0123456789][0123456789]",
      ], 0
    ),
    ("(?:red|blue|[a-z]{3}x).{0,9}\\s{2,3}passport", [" passport"], 40),
    ("(?=foo)\\w{3}", nil, 0),
    ("(?<!no )girls", ["girls"], 0),
    ("[bc]ats", ["[bc]ats"], 0),
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
    let found = find(row.source)
    #expect(found?.texts == row.literals)
    if let found { #expect(found.required.before == row.before) }
  }

  /// Branches that have too many literals together are told by their beginnings.
  @Test func manyLongBranchesKeepAFilter() throws {
    let kinds = (0..<30).map { String(UnicodeScalar(UInt8(0x61 + $0 % 26))) + "x\($0)" }
      .joined(separator: "|")
    let found = try #require(
      find("(?:pay|paid) (?:\(kinds)) now|(?:kept|held) (?:\(kinds)) back|x{1,9}zq"))
    #expect(found.texts.count <= RequiredSequences.maximumCount)
  }

  @Test func hugePatternsAreBounded() {
    let many = (0..<2000).map { "word\($0)" }.joined(separator: "|")
    #expect(find("(?:\(many)).{0,9}passport")?.texts == ["passport"])
    #expect(find("(?:(?:(?:x{1000}){1000}){1000}){1000}") != nil)
    if let found = find("(?:\(many))") {
      #expect(found.texts.count <= RequiredSequences.maximumCount)
    }
  }
}
