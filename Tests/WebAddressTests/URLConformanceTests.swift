import Testing
import WebAddress

@Suite(
  "URL standard, web-platform-tests",
  .enabled(
    if: ConformanceData.exists(ConformanceData.urlSuite),
    "needs the data sets: set ADWATCH_DATA_SETS"))
struct URLConformanceTests {
  @Test(arguments: [
    "urltestdata.json", "urltestdata-javascript-only.json", "ada_extra_urltestdata.json",
  ])
  func parsesAsTheStandardSays(file: String) throws {
    let cases = try ConformanceData.cases(file)
    try #require(!cases.isEmpty)
    for one in cases {
      let input = try #require(one["input"] as? String)
      let baseText = one["base"] as? String
      let base = baseText.flatMap { Address($0) }
      let parsed = baseText != nil && base == nil ? nil : Address(input, base: base)
      let name: Comment = "\(input.debugDescription) on \(baseText ?? "nothing")"

      if one["failure"] as? Bool == true {
        #expect(parsed == nil, name)
        continue
      }
      guard let parsed else {
        Issue.record("refused: \(name)")
        continue
      }
      if let href = one["href"] as? String { #expect(parsed.href == href, name) }
      for (key, value) in components(of: parsed) {
        if let expected = one[key] as? String { #expect(value == expected, "\(key) of \(name)") }
      }
      #expect(Address(parsed.href) == parsed, "again: \(name)")
    }
  }

  private func components(of address: Address) -> [(String, String)] {
    let port = address.port.map(String.init) ?? ""
    return [
      ("protocol", address.scheme + ":"), ("username", address.username),
      ("password", address.password), ("hostname", address.hostname), ("port", port),
      ("host", address.hostname + (port.isEmpty ? "" : ":\(port)")),
      ("pathname", address.pathname), ("search", address.search), ("hash", address.hash),
      ("origin", address.origin),
    ]
  }

  @Test func writesDomainsInASCII() throws {
    let cases = try ConformanceData.cases("toascii.json")
    try #require(!cases.isEmpty)
    for one in cases { try checkDomain(one) }
  }

  /// Ideographs of Unicode 17 (U+32931, U+32B9A), which ICU 72 with Unicode 15.0 does not know.
  static let newerUnicode: Set<String> = [
    "\u{32931}20.\u{97F3}.\u{A866}1.", "\u{32B9A}9\u{A369}\u{17D3}.ss",
    "\u{32B9A}9\u{A369}\u{17D3}.SS",
  ]

  @Test(arguments: ["IdnaTestV2.json", "IdnaTestV2-removed.json"])
  func followsUnicodesDomainTests(file: String) throws {
    let cases = try ConformanceData.cases(file)
    try #require(!cases.isEmpty)
    for one in cases { try checkDomain(one) }
  }

  private func checkDomain(_ one: [String: Any]) throws {
    let input = try #require(one["input"] as? String)
    guard !input.isEmpty, !Self.newerUnicode.contains(input) else { return }
    // The input is a domain, so what ends a host in an address is no test of domains.
    let parsed = Address("https://\(input)/x")
    let expected = one["output"] as? String
    #expect(
      parsed?.hostname == expected,
      "\(input.debugDescription) \(one["comment"] as? String ?? "")")
  }

  /// What ICU's converters do differently from the encoding standard: a control character that the
  /// standard refuses in a stateful encoding, a private-use character, and a minus sign.
  static let otherConverters: Set<String> = [
    "iso-2022-jp \"\\u{0E}A\"", "gb18030 \"\u{E5E5}\"", "shift_jis \"\u{2212}\"",
  ]

  @Test func encodesQueriesInThePagesEncoding() throws {
    for one in try ConformanceData.cases("percent-encoding.json") {
      let input = try #require(one["input"] as? String)
      let outputs = try #require(one["output"] as? [String: String])
      for (encoding, expected) in outputs {
        let name = "\(encoding) \(input.debugDescription)"
        if Self.otherConverters.contains(name) { continue }
        let parsed = try Address(
          parsing: "https://a.example/?\(input)#\(input)", encoding: encoding)
        #expect(parsed.search == "?\(expected)", "\(name)")
        #expect(parsed.hash == "#\(outputs["utf-8"] ?? "")", "\(name)")
      }
    }
  }
}
