import Foundation
import Testing

@testable import WebAddress

@Suite("Public suffix list")
struct PublicSuffixTests {
  let list = PublicSuffixList(
    text: """
      // ===BEGIN ICANN DOMAINS===
      com
      uk
      co.uk
      *.ck
      !www.ck
      公司.cn
      cn
      // ===END ICANN DOMAINS===
      // ===BEGIN PRIVATE DOMAINS===
      hoster.com and a note
      *.stacks.hoster.com
      // ===END PRIVATE DOMAINS===
      """)

  @Test(arguments: [
    ("com", nil), ("example.com", "example.com"), ("a.b.example.com", "example.com"),
    ("EXAMPLE.COM", "example.com"), ("example.com.", "example.com"), ("co.uk", nil),
    ("example.co.uk", "example.co.uk"), ("www.example.co.uk", "example.co.uk"),
    ("example.uk", "example.uk"), ("ck", nil), ("any.ck", nil), ("b.any.ck", "b.any.ck"),
    ("www.ck", "www.ck"), ("a.www.ck", "www.ck"), ("unlisted", nil),
    ("a.unlisted", "a.unlisted"), ("x.y.公司.cn", "y.xn--55qx5d.cn"),
    ("a.xn--55qx5d.cn", "a.xn--55qx5d.cn"), ("hoster.com", nil), ("a.hoster.com", "a.hoster.com"),
    ("b.a.hoster.com", "a.hoster.com"), ("x.stacks.hoster.com", nil),
    ("y.x.stacks.hoster.com", "y.x.stacks.hoster.com"), ("", nil), (".", nil), (".com", nil),
    (".example.com", nil), ("a..com", nil), ("example..", nil),
  ])
  func registrableDomains(host: String, expected: String?) {
    #expect(list.registrableDomain(of: host) == expected)
  }

  @Test func sectionsDecide() {
    #expect(
      list.registrableDomain(of: "b.a.hoster.com", sections: .registries) == "hoster.com")
    #expect(list.publicSuffix(of: "b.a.hoster.com", sections: .registries) == "com")
    #expect(list.publicSuffix(of: "b.a.hoster.com") == "hoster.com")
  }

  @Test func fallbackTakesTheLastLabel() {
    #expect(PublicSuffixList.fallback.ruleCount == 0)
    #expect(PublicSuffixList.fallback.registrableDomain(of: "a.example.co.uk") == "co.uk")
  }

  @Test func aMissingOrEmptyFileIsAnError() throws {
    let error = #expect(throws: PublicSuffixListError.self) {
      try PublicSuffixList(path: "/nonexistent/list.dat")
    }
    #expect(error?.description == "/nonexistent/list.dat: No such file or directory")
    #expect(throws: PublicSuffixListError.self) { try PublicSuffixList(path: "/dev/null") }
    #expect(throws: PublicSuffixListError.self) {
      try PublicSuffixList(path: "/dev/zero", maximumBytes: 100_000)
    }
  }

  static let debianTests = "/usr/share/doc/publicsuffix/examples/test_psl.txt"

  @Test(
    .enabled(
      if: FileManager.default.fileExists(atPath: debianTests)
        && FileManager.default.fileExists(atPath: PublicSuffixList.systemPath),
      "needs Debian's package publicsuffix"))
  func agreesWithTheTestsOfTheSystemsList() throws {
    #expect(PublicSuffixList.systemProblem == nil)
    try check(
      tests: String(contentsOfFile: Self.debianTests, encoding: .utf8),
      with: PublicSuffixList.system)
  }

  @Test(
    .enabled(
      if: ConformanceData.exists(ConformanceData.suffixSuite),
      "needs the data sets: set ADWATCH_DATA_SETS"),
    arguments: ["tests/tests.txt", "tests/test_psl.txt"])
  func agreesWithTheTestsOfTheList(file: String) throws {
    let folder = ConformanceData.suffixSuite
    try check(
      tests: String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8),
      with: PublicSuffixList(path: folder.appendingPathComponent("public_suffix_list.dat").path))
  }

  /// Lines `host expected` or `checkPublicSuffix('host', 'expected');`, `null` for nothing.
  private func check(tests: String, with list: PublicSuffixList) throws {
    var count = 0
    for line in tests.split(separator: "\n") where !line.hasPrefix("//") {
      let words = line.replacingOccurrences(of: "checkPublicSuffix(", with: "")
        .split(whereSeparator: { " ,();'".contains($0) }).map(String.init)
      guard words.count == 2, words[0] != "null" else { continue }
      count += 1
      let expected =
        words[1] == "null"
        ? nil
        : PublicSuffixCompiler.ascii(Array(words[1].utf8)[...])
          .map { String(decoding: $0, as: UTF8.self) }
      #expect(list.registrableDomain(of: words[0]) == expected, "\(words[0])")
    }
    #expect(count > 50)
  }
}
