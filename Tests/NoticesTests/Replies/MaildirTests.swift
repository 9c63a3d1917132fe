import Foundation
import Testing

@testable import Notices

/// Files in `new` and `cur`, and nothing else.
@Suite struct MaildirTests {
  private func made() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("adwatch-maildir-\(UUID().uuidString)")
    for part in ["new", "cur", "tmp"] {
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent(part), withIntermediateDirectories: true)
    }
    return folder
  }

  @Test func messagesAreReadAndMarkedSeen() throws {
    let folder = try made()
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("one".utf8).write(to: folder.appendingPathComponent("new/1.a.host"))
    try Data("two".utf8).write(to: folder.appendingPathComponent("cur/2.b.host:2,S"))
    try Data("half".utf8).write(to: folder.appendingPathComponent("tmp/3.c.host"))
    let box = try Maildir(path: folder.path)
    let entries = try box.entries()
    #expect(
      try entries.map { try box.read($0, most: 100) } == [Array("one".utf8), Array("two".utf8)])
    for entry in entries { try box.markSeen(entry) }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path + "/cur").sorted()
        == ["1.a.host:2,S", "2.b.host:2,S"])
    #expect(try box.entries().allSatisfy { !$0.isNew })
  }

  @Test func linksPipesAndGiantsAreRefused() throws {
    let folder = try made()
    defer { try? FileManager.default.removeItem(at: folder) }
    let new = folder.path + "/new/"
    try Data(count: 11).write(to: URL(fileURLWithPath: new + "big"))
    try FileManager.default.createSymbolicLink(
      atPath: new + "link", withDestinationPath: "/etc/passwd")
    #expect(mkfifo(new + "pipe", 0o600) == 0)
    let box = try Maildir(path: folder.path)
    let entries = try box.entries()
    #expect(entries.count == 3)
    for entry in entries {
      #expect(throws: Maildir.Failure.self) { try box.read(entry, most: 10) }
    }
    #expect(throws: Maildir.Failure.self) { try Maildir(path: folder.path + "/new") }
  }
}
