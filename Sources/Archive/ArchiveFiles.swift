import Glibc

/// The files of an archive as they lie on the disk, whoever put them there.
public enum ArchiveFiles {
  /// A file below `warc/`.
  public struct File: Sendable, Hashable {
    /// Path relative to the data directory.
    public var name: String
    /// Bytes.
    public var length: Int64
    /// False for symbolic links, sockets and the like.
    public var isRegular: Bool
  }

  /// Exactly `count` bytes of a file; throws when there are not so many.
  public static func bytes(
    of path: String, at offset: Int64, count: Int
  ) throws(ArchiveFailure) -> [UInt8] {
    let file = try FileDescriptor(path: path, flags: O_RDONLY)
    guard count >= 0, try file.length() >= offset + Int64(count) else {
      throw .outOfRange(path: path, offset: offset, length: Int64(count))
    }
    return try file.read(count, at: offset)
  }

  /// Everything below `warc/` that is no directory, by name; symbolic links are named, not followed.
  public static func list(in directory: String) throws(ArchiveFailure) -> [File] {
    var files: [File] = []
    var folders = ["warc"]
    while let folder = folders.popLast() {
      let path = "\(directory)/\(folder)"
      guard let stream = opendir(path) else {
        if errno == ENOENT { continue }
        throw ArchiveFailure(call: "opendir", path: path)
      }
      defer { closedir(stream) }
      while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name == "." || name == ".." { continue }
        var status = stat()
        guard lstat("\(path)/\(name)", &status) == 0 else { continue }
        if status.st_mode & S_IFMT == S_IFDIR {
          folders.append("\(folder)/\(name)")
        } else {
          files.append(
            File(
              name: "\(folder)/\(name)", length: Int64(status.st_size),
              isRegular: status.st_mode & S_IFMT == S_IFREG))
        }
      }
    }
    return files.sorted { $0.name < $1.name }
  }
}
