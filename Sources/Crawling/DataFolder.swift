public import CaseStore
import Foundation

/// The data directory: database, archive, and the lock that keeps a second program out.
///
/// Nothing is ever written outside of it.
public final class DataFolder: Sendable {
  /// Path of the directory.
  public let path: String
  /// The database in it.
  public let store: CaseStore
  private let lock: Int32

  /// What a command is going to do.
  public enum Access: Sendable {
    /// Add to it: only one program at a time.
    case write
    /// Look at it, beside a program that adds to it.
    case read
  }

  /// Opens the directory; for writing, makes it when it is missing and takes the lock.
  ///
  /// Throws `CrawlError.held` with the holder's own words when another program writes to it.
  public init(path: String, access: Access) throws(CrawlError) {
    self.path = path
    let database = path + "/adwatch.sqlite"
    switch access {
    case .read:
      lock = -1
      guard FileManager.default.fileExists(atPath: database) else {
        throw .folder("\(path) holds no data yet; run 'adwatch crawl' first or name it with --data")
      }
    case .write:
      do {
        try FileManager.default.createDirectory(
          atPath: path, withIntermediateDirectories: true,
          attributes: [.posixPermissions: 0o750])
      } catch {
        throw .folder("\(path) cannot be made: \(error.localizedDescription)")
      }
      lock = try Self.takeLock(path + "/lock")
    }
    do {
      store = try CaseStore(path: database)
    } catch {
      if lock >= 0 { close(lock) }
      throw CrawlError(error)
    }
  }

  deinit {
    if lock >= 0 { close(lock) }
  }

  /// Who writes to a data directory now, in its own words; nil when nobody does.
  public static func writer(at path: String) -> String? {
    let file = open(path + "/lock", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    guard flock(file, LOCK_SH | LOCK_NB) != 0 else { return nil }
    var buffer = [UInt8](repeating: 0, count: 200)
    let count = max(0, pread(file, &buffer, buffer.count, 0))
    return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : "another program"
  }

  private static func takeLock(_ path: String) throws(CrawlError) -> Int32 {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
    guard file >= 0 else {
      throw .folder("\(path) cannot be opened: \(String(cString: strerror(errno)))")
    }
    // `writer(at:)` holds a lock for an instant to see whether there is one.
    var isTaken = flock(file, LOCK_EX | LOCK_NB) == 0
    for _ in 0..<10 where !isTaken {
      usleep(10_000)
      isTaken = flock(file, LOCK_EX | LOCK_NB) == 0
    }
    guard isTaken else {
      var buffer = [UInt8](repeating: 0, count: 200)
      let count = max(0, pread(file, &buffer, buffer.count, 0))
      close(file)
      let holder = String(decoding: buffer[..<count], as: UTF8.self)
      throw .held(by: holder.isEmpty ? "another program" : holder)
    }
    let holder = Array("\(CommandLine.arguments.first ?? "adwatch"), process \(getpid())".utf8)
    _ = ftruncate(file, 0)
    _ = pwrite(file, holder, holder.count, 0)
    return file
  }
}
