import Foundation

/// A lock beside the data directory's own, for work that must not meet another.
public final class FolderLock: Sendable {
  private let file: Int32

  /// Takes the lock; nil while another program has it.
  ///
  /// Throws when the file cannot be opened.
  public init?(_ path: String) throws(CrawlError) {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
    guard file >= 0 else {
      throw .folder("\(path) cannot be opened: \(String(cString: strerror(errno)))")
    }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      close(file)
      return nil
    }
    self.file = file
  }

  /// Lets go of it; so does the end of the program, and of the value.
  public func release() { flock(file, LOCK_UN) }

  deinit { close(file) }
}
