import Glibc
import Matching

/// What the file system says of the pattern files below a folder: differs once one was written.
///
/// Names, sizes, inodes and times of change in nanoseconds; an edit that a file system with coarse
/// times hides within one tick is seen at the next edit.
public struct FolderStamp: Sendable, Hashable {
  private struct File: Hashable {
    var path: String
    var size: Int
    var inode: UInt
    var seconds: Int
    var nanoseconds: Int
  }

  private var files: [File]

  /// Looks at the folder as it is now; a folder that cannot be read has no files.
  public init(path: String) {
    files = PackFiles.paths(below: path).paths.map { file in
      var status = stat()
      guard stat(file, &status) == 0 else {
        return File(path: file, size: -1, inode: 0, seconds: 0, nanoseconds: 0)
      }
      return File(
        path: file, size: Int(status.st_size), inode: UInt(status.st_ino),
        seconds: Int(status.st_ctim.tv_sec), nanoseconds: Int(status.st_ctim.tv_nsec))
    }
  }
}
