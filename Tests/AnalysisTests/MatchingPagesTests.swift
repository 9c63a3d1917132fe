import Analysis
import Foundation
import Markup
import Matching
import Testing

/// Real pages, where they are beside the project.
private enum Pages {
  static let folder = URL(
    fileURLWithPath: ProcessInfo.processInfo.environment["ADWATCH_DATA_SETS"] ?? "../shared/data"
  ).appendingPathComponent("pages")

  /// Every tenth page, by name.
  static let sample: [URL] = {
    let all =
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?
      .compactMap { $0 as? URL }.filter { $0.pathExtension == "html" } ?? []
    return all.sorted { $0.path < $1.path }.enumerated().filter { $0.offset % 10 == 0 }
      .map(\.element)
  }()
}

@Suite(.enabled(if: !Pages.sample.isEmpty, "no pages in ADWATCH_DATA_SETS"))
struct MatchingPagesTests {
  /// The shipped packs find in real pages exactly what each of their patterns alone finds.
  @Test func theFilterLosesNothingOnRealPages() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let folder = try PatternFolder(path: root.appendingPathComponent("Patterns").path)
    let matcher = try Matcher(folder.library)
    var bytes = 0
    for page in Pages.sample {
      let document = Document(bytes: try [UInt8](Data(contentsOf: page)), declaredEncoding: nil)
      let text = Array(document.text.prefix(20_000))
      bytes += text.count
      #expect(
        matcher.match(text).hits == matcher.match(text, mode: .exhaustive).hits, "\(page.path)")
    }
    #expect(bytes > 100_000)
  }
}
