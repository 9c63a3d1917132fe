import Foundation

/// A Maildir (qmail's maildir(5)): messages are files in `new` and `cur`, and appear there whole.
public struct Maildir: Sendable {
  /// A message in it.
  public struct Entry: Sendable, Hashable {
    /// Path of its file.
    public var path: String
    /// Whether nobody has looked at it yet.
    public var isNew: Bool
  }

  /// What is wrong with a Maildir or a file in it.
  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  /// Most messages that are read at once; the others come with the next round.
  public static let mostMessages = 10_000
  private let path: String

  /// Throws when the folder has no `new` and `cur`.
  public init(path: String) throws(Failure) {
    self.path = path
    for part in ["new", "cur"] {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path + "/" + part, isDirectory: &isFolder),
        isFolder.boolValue
      else {
        throw Failure(description: "\(path) is no Maildir: it has no folder '\(part)'")
      }
    }
  }

  /// The messages, by name: what is new, and what was seen before.
  public func entries() throws -> [Entry] {
    var entries: [Entry] = []
    for part in ["new", "cur"] {
      let names = try FileManager.default.contentsOfDirectory(atPath: path + "/" + part)
      for name in names.sorted() where !name.hasPrefix(".") {
        guard entries.count < Self.mostMessages else { return entries }
        entries.append(Entry(path: path + "/" + part + "/" + name, isNew: part == "new"))
      }
    }
    return entries
  }

  /// The bytes of a message; a link or a device is none, nor is what is longer than `most`.
  public func read(_ entry: Entry, most: Int) throws(Failure) -> [UInt8] {
    let descriptor = open(entry.path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw Failure(description: "\(entry.path): \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw Failure(description: "\(entry.path) is no file")
    }
    guard status.st_size <= most else {
      throw Failure(description: "\(entry.path) has more than \(most) bytes")
    }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var have = 0
    while have < bytes.count {
      let count = bytes.withUnsafeMutableBytes {
        Foundation.read(descriptor, $0.baseAddress.map { $0 + have }, $0.count - have)
      }
      guard count >= 0 || errno == EINTR else {
        throw Failure(description: "\(entry.path): \(String(cString: strerror(errno)))")
      }
      if count == 0 { break }
      have += max(0, count)
    }
    return Array(bytes.prefix(have))
  }

  /// Moves a message that is taken in from `new` to `cur`, marked as seen.
  public func markSeen(_ entry: Entry) throws {
    guard entry.isNew, let slash = entry.path.lastIndex(of: "/") else { return }
    let name = entry.path[entry.path.index(after: slash)...]
    try FileManager.default.moveItem(atPath: entry.path, toPath: path + "/cur/" + name + ":2,S")
  }
}
