import Foundation

/// A copy of the shipped packs that a test may change; it goes with the value.
final class PatternCopy: Sendable {
  let folder: URL
  var path: String { folder.path }

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("adwatch-patterns-\(UUID().uuidString)")
    try FileManager.default.copyItem(
      at: CrawlSite.repository.appendingPathComponent("Patterns").resolvingSymlinksInPath(),
      to: folder)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Text of the pack that the tests change.
  func text(of name: String = "labour/documents.yaml") throws -> String {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
  }

  /// Writes that pack anew.
  func write(_ text: String, to name: String = "labour/documents.yaml") throws {
    try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
  }

  /// Replaces something in that pack everywhere, which has to be in it.
  func replace(_ old: String, _ new: String) throws {
    let text = try text()
    guard text.contains(old) else { throw CocoaError(.fileReadCorruptFile) }
    try write(text.replacingOccurrences(of: old, with: new))
  }
}
