import Configuration
import Foundation
import Matching
import Testing

@Suite struct PackFilesTests {
  @Test func readsPacksAndNothingElse() throws {
    let root = FileManager.default.temporaryDirectory.appending(path: "packs-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: root) }
    let nested = root.appending(path: "labour")
    try FileManager.default.createDirectory(at: nested, withIntermediateDirectories: true)
    for (name, text) in [
      ("labour/b.yaml", Packs.yaml), ("a.yaml", "packs: 1\n"), (".hidden.yaml", "x"),
      ("assessment.yaml", "format: adwatch.assessment/1\n"), ("notes.md", "x"),
    ] {
      try text.write(to: root.appending(path: name), atomically: true, encoding: .utf8)
    }
    let files = try PackFiles.read(directory: root.path)
    #expect(files.map(\.name) == ["\(root.path)/a.yaml", "\(root.path)/labour/b.yaml"])
    #expect(files.last?.text == Packs.yaml)
    try Data([0xFF]).write(to: root.appending(path: "c.yaml"))
    #expect(throws: ConfigurationProblems.self) { try PackFiles.read(directory: root.path) }
    #expect(throws: ConfigurationProblems.self) {
      try PackFiles.read(directory: root.appending(path: "nowhere").path)
    }
  }
}
