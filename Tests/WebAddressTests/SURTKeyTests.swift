import Foundation
import TestSupport
import Testing

@testable import WebAddress

@Suite("SURT keys")
struct SURTKeyTests {
  /// `Fixtures/surt.tsv`: addresses of ours and what the Python package `surt` 0.3.1 says of them.
  ///
  /// The third column names why ours differs. There is one class, `climbs`: `surt` keeps a leading
  /// `..` of a raw text, while an address never climbs above its root, and so neither does its key.
  @Test func agreesWithSurt() throws {
    var count = 0
    var differing = 0
    for line in try ConformanceData.fixture("surt.tsv").split(separator: "\n") {
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      try #require(columns.count >= 2)
      count += 1
      let address = try #require(Address(columns[0]), "\(columns[0])")
      if columns.count == 2 {
        #expect(address.surtKey == columns[1], "\(columns[0])")
      } else {
        differing += 1
        #expect(columns[2] == "climbs")
        #expect(columns[1].contains("/.."))
        let expected = columns[1].replacing(#/\)\/\.\.\/?/#, with: ")/")
        #expect(address.surtKey == expected, "\(columns[0])")
      }
    }
    #expect(count >= 300)
    #expect(differing * 50 <= count)
  }

  @Test(arguments: [
    ("mailto:office@site.example", "mailto:office@site.example"), ("about:blank", "about:blank"),
    ("file:///srv/Page", "file:///srv/Page"), ("http://site.example:0/a", "example,site)/a"),
  ])
  func rareAddressesHaveKeys(text: String, expected: String) {
    #expect(Address(text)?.surtKey == expected)
  }

  @Test func unescapingIsComplete() {
    let nested = "%" + String(repeating: "25", count: 30_000) + "41"
    #expect(SURTKey.fullyUnescaped(Array(nested.utf8)[...]) == [0x41])
    #expect(SURTKey.fullyUnescaped(Array("%%34%31%2".utf8)[...]) == Array("A%2".utf8))
  }

  /// A differential test against the package itself, as another process.
  @Test(.enabled(if: Tools.have("wayback"), "no pywb, which brings surt, in ADWATCH_TOOLS"))
  func agreesWithSurtOnManyAddresses() throws {
    var addresses =
      (try? ConformanceData.cases("urltestdata.json"))?.compactMap { one -> Address? in
        guard let input = one["input"] as? String else { return nil }
        return Address(input, base: (one["base"] as? String).flatMap { Address($0) })
      } ?? []
    var mutator = Mutator(seed: 20_261_123)
    for _ in 0..<20_000 {
      if let address = Address(mutator.next()) { addresses.append(address) }
    }
    // Left out: what the documentation of the key leaves out.
    addresses = addresses.filter {
      $0.isHTTP && !$0.hostname.hasSuffix("..") && $0.hostname != "."
    }
    let process = Tools.process(
      "python", ["-c", "import sys,surt\nfor l in sys.stdin: print(surt.surt(l.rstrip('\\n')))"],
      in: "/tmp")
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("surt-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let input = folder.appendingPathComponent("in")
    let output = folder.appendingPathComponent("out")
    try Data(addresses.map { $0.href + "\n" }.joined().utf8).write(to: input)
    try Data().write(to: output)
    process.standardInput = try FileHandle(forReadingFrom: input)
    process.standardOutput = try FileHandle(forWritingTo: output)
    try Tools.start(process)
    process.waitUntilExit()
    let keys = try String(contentsOf: output, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    try #require(keys.count == addresses.count + 1)
    for (address, key) in zip(addresses, keys) {
      #expect(address.surtKey == key, "\(address)")
    }
  }
}
