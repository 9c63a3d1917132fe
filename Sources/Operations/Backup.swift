import Archive
import Bytes
public import CaseStore
public import Crawling
import Foundation
public import Vocabulary

/// A copy of a data directory that can be taken while a crawl runs, and put back.
///
/// The database is copied first, in one consistent state; then the files of the archive, as far as that
/// state knows them: they only grow. A file that is the same as at the last time is left as it is.
public struct Backup: Sendable {
  /// Why it could not be done.
  public struct Failure: Error, Sendable, CustomStringConvertible {
    public var description: String

    init(_ description: String) { self.description = description }
  }

  /// What was copied.
  public struct Result: Sendable, Hashable {
    /// Files of the archive.
    public var files = 0
    /// Bytes copied this time.
    public var copied: Int64 = 0
    /// The newest entry of the custody log in it.
    public var head: CaseStore.CustodyHead?
  }

  /// What the folder of a backup says of itself.
  struct Manifest: Codable {
    var format = "adwatch.backup/1"
    /// When it was taken, RFC 3339.
    var at: String
    /// The custody log's newest entry, and its digest.
    var events: Int64
    var head: String
  }

  static let manifest = "backup.json"

  private let path: String

  /// A backup in a folder, which is made when it is missing.
  public init(_ path: String) { self.path = path }

  /// Takes the backup.
  ///
  /// The manifest comes last, and goes first when an earlier backup is brought up to date: a folder with
  /// a manifest is whole. Throws when a purge is under way, which changes files.
  public func take(from folder: DataFolder, at now: Timestamp) throws -> Result {
    guard let lock = try FolderLock(folder.path + "/purge.lock") else {
      throw Failure("a purge of \(folder.path) is under way; try again when it has ended")
    }
    defer { lock.release() }
    let files = FileManager.default
    try files.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o750])
    let names = try files.contentsOfDirectory(atPath: path)
    if !names.isEmpty, !names.contains("adwatch.sqlite"), !names.contains(Self.manifest) {
      throw Failure("\(path) is neither empty nor a backup")
    }
    try? files.removeItem(atPath: "\(path)/\(Self.manifest)")
    for name in ["adwatch.sqlite", "adwatch.sqlite-wal", "adwatch.sqlite-shm"] {
      try? files.removeItem(atPath: "\(path)/\(name)")
    }
    try folder.store.copy(to: path + "/adwatch.sqlite")
    var result = Result()
    let ends: [String: Int64]
    do {
      let copy = try CaseStore(path: path + "/adwatch.sqlite")
      ends = try copy.committedEnds()
      result.head = try copy.custodyHead()
    }
    for name in ["adwatch.sqlite-wal", "adwatch.sqlite-shm"] {
      try? files.removeItem(atPath: "\(path)/\(name)")
    }
    for (file, end) in ends.sorted(by: { $0.key < $1.key }) {
      result.copied += try Self.copy(file, length: end, from: folder.path, to: path)
      result.files += 1
    }
    try removeOthers(than: Set(ends.keys))
    try copySmall(from: folder.path)
    guard let head = result.head else { throw Failure("\(folder.path) holds nothing yet") }
    let manifest = Manifest(
      at: now.rfc3339, events: head.sequence, head: "sha256:" + Hex.encode(head.digest))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    try Self.sync(path + "/adwatch.sqlite")
    try encoder.encode(manifest).write(
      to: URL(fileURLWithPath: "\(path)/\(Self.manifest)"), options: .atomic)
    try Self.sync(path)
    return result
  }

  /// Puts the backup back into a folder that is empty or missing, so that a crawl of it is polite: no
  /// group is asked within `wait` seconds, nor within its own delay.
  public func restore(
    to data: String, wait: Double, by actor: Actor, at now: Timestamp
  ) throws -> Result {
    let files = FileManager.default
    guard let bytes = files.contents(atPath: "\(path)/\(Self.manifest)"),
      let manifest = try? JSONDecoder().decode(Manifest.self, from: bytes),
      manifest.format == Manifest(at: "", events: 0, head: "").format
    else { throw Failure("\(path) is no whole backup: it has no \(Self.manifest)") }
    if let names = try? files.contentsOfDirectory(atPath: data), !names.isEmpty {
      throw Failure("\(data) is not empty; restore into a folder that is")
    }
    try files.createDirectory(
      atPath: data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o750])
    var result = Result()
    // The database last, under its own name only when all else is there: half a restore is none.
    let started = data + "/restoring.sqlite"
    try files.copyItem(atPath: path + "/adwatch.sqlite", toPath: started)
    let store = try CaseStore(path: started)
    result.head = try store.custodyHead()
    guard result.head.map({ "sha256:" + Hex.encode($0.digest) }) == manifest.head else {
      throw Failure("the database in \(path) is not the one that its \(Self.manifest) names")
    }
    for (file, end) in try store.committedEnds().sorted(by: { $0.key < $1.key }) {
      result.copied += try Self.copy(file, length: end, from: path, to: data)
      result.files += 1
    }
    for name in ["adwatch.yaml", "custody"] where files.fileExists(atPath: "\(path)/\(name)") {
      try files.copyItem(atPath: "\(path)/\(name)", toPath: "\(data)/\(name)")
    }
    try store.noteRestored(
      from: ["backup": manifest.at, "events": String(manifest.events), "head": manifest.head],
      until: Timestamp(milliseconds: now.milliseconds + Int64(wait * 1000)), by: actor, at: now)
    try store.copy(to: data + "/adwatch.sqlite")
    for name in ["", "-wal", "-shm"] { try? files.removeItem(atPath: started + name) }
    try Self.sync(data + "/adwatch.sqlite")
    try Self.sync(data)
    return result
  }

  // MARK: - Files

  /// Copies the first `length` bytes of a file unless the copy is as old and as long; how many it copied.
  private static func copy(
    _ file: String, length: Int64, from: String, to: String
  ) throws -> Int64 {
    let files = FileManager.default
    let source = "\(from)/\(file)"
    let target = "\(to)/\(file)"
    guard !file.split(separator: "/").contains("..") else {
      throw Failure("\(file) is not a file of the archive")
    }
    var there = stat()
    var here = stat()
    guard stat(source, &there) == 0, Int64(there.st_size) >= length else {
      throw Failure("\(source) is shorter than what was committed; run 'adwatch verify'")
    }
    if stat(target, &here) == 0, Int64(here.st_size) == length,
      here.st_mtim.tv_sec == there.st_mtim.tv_sec, here.st_mtim.tv_nsec == there.st_mtim.tv_nsec
    {
      return 0
    }
    try files.createDirectory(
      atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o750])
    let part = target + ".part"
    guard let input = FileHandle(forReadingAtPath: source),
      files.createFile(atPath: part, contents: nil, attributes: [.posixPermissions: 0o640]),
      let output = FileHandle(forWritingAtPath: part)
    else { throw Failure("\(source) cannot be copied to \(part)") }
    defer { try? input.close() }
    var left = Int(length)
    while left > 0 {
      guard let data = try input.read(upToCount: min(left, 1 << 20)), !data.isEmpty else {
        throw Failure("\(source) ended while it was copied")
      }
      try output.write(contentsOf: data)
      left -= data.count
    }
    try output.synchronize()
    try output.close()
    // Its time is how the next backup knows it again: taken before it was read.
    var times = [there.st_atim, there.st_mtim]
    guard utimensat(AT_FDCWD, part, &times, 0) == 0, rename(part, target) == 0 else {
      throw Failure("\(target): \(String(cString: strerror(errno)))")
    }
    return length
  }

  /// Takes files of the archive out of an earlier backup that the database does not know any more.
  private func removeOthers(than known: Set<String>) throws {
    for file in try ArchiveFiles.list(in: path) where !known.contains(file.name) {
      try FileManager.default.removeItem(atPath: "\(path)/\(file.name)")
    }
  }

  private func copySmall(from data: String) throws {
    let files = FileManager.default
    for name in ["adwatch.yaml", "custody"] {
      try? files.removeItem(atPath: "\(path)/\(name)")
      guard files.fileExists(atPath: "\(data)/\(name)") else { continue }
      try files.copyItem(atPath: "\(data)/\(name)", toPath: "\(path)/\(name)")
    }
  }

  private static func sync(_ path: String) throws {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw Failure("\(path): \(String(cString: strerror(errno)))") }
    defer { close(file) }
    guard fsync(file) == 0 else { throw Failure("\(path): \(String(cString: strerror(errno)))") }
  }
}
