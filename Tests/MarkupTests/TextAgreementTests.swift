import Foundation
import Markup
import TestSupport
import Testing

/// The text of real pages beside that of another reader to the standard.
@Suite struct TextAgreementTests {
  static let folders = ["pages", "jobs"]
  static let hasPages = folders.allSatisfy { DataSets.has($0) }

  /// What ops/bench.d/markup/agreement.py answers.
  struct Agreement: Decodable {
    let pages: Int
    let multiset_page_share: Double
    let order_page_share: Double
    let multiset_share: Double
    let order_share: Double
  }

  /// The characters of a page equal lexbor's, white space apart, hidden text included; decision 2
  /// explains the pages where they do not.
  @Test(
    .enabled(if: hasPages, "the pages are not beside the project"),
    .enabled(if: Tools.have("python"), "no python in ADWATCH_TOOLS"))
  func equalsLexbor() async throws {
    let selectolax = try await Blocking.run {
      try Tools.run("python", ["-c", "import selectolax.lexbor"])
    }
    if selectolax.status != 0 {
      try Test.cancel("no selectolax in ADWATCH_TOOLS")
    }
    var records: [UInt8] = []
    for folder in Self.folders {
      for path in DataSets.files(folder) where path.hasSuffix(".html") || path.hasSuffix(".htm") {
        let document = Document(bytes: try DataSets.bytes(path), declaredEncoding: nil)
        records += PageRecord(DataSets.root.appendingPathComponent(path).path, document).bytes
      }
    }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      "agreement-\(UUID().uuidString).bin")
    try Data(records).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let script = Self.script
    let result = try await Blocking.run { try Tools.run("python", [script, file.path]) }
    try #require(result.status == 0, "\(result.output)")
    let found = try JSONDecoder().decode(Agreement.self, from: Data(result.output.utf8))
    #expect(found.pages > 1_400)
    #expect(found.multiset_page_share >= 0.995, "\(result.output)")
    #expect(found.order_page_share >= 0.98, "\(result.output)")
    #expect(found.multiset_share >= 0.995, "\(result.output)")
    #expect(found.order_share >= 0.98, "\(result.output)")
  }

  static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../ops/bench.d/markup/agreement.py").standardizedFileURL.path
}
