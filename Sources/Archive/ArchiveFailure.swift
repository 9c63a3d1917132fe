/// Why the archive could not be written or read: the world's fault, not the data's.
public enum ArchiveFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// No space or quota is left; what was begun has been taken back.
  case diskFull(path: String)
  /// A system call failed: its name, on what, and the system's error number.
  case system(call: String, path: String, code: Int32)
  /// A source's name cannot be part of a file's name.
  case invalidName(String)
  /// A file ends before a place that was asked for.
  case outOfRange(path: String, offset: Int64, length: Int64)
  /// Bytes are not those that were recorded when they were written.
  case digestMismatch(path: String, offset: Int64)
  /// No record can be read at a place where one should be; what the reader found instead.
  case unreadable(path: String, offset: Int64, String)
  /// What should be put over erased records is not what was recorded, or does not fit there.
  case notATombstone(path: String, offset: Int64)
  /// A file would become larger, or have more parts, than its format allows.
  case tooLarge(path: String)

  public var description: String {
    switch self {
    case .diskFull(let path): "\(path): no space left"
    case .system(let call, let path, let code): "\(path): \(call) failed with error \(code)"
    case .invalidName(let name): "'\(name)' cannot be the name of a source"
    case .outOfRange(let path, let offset, let length):
      "\(path): has no \(length) bytes at \(offset)"
    case .digestMismatch(let path, let offset):
      "\(path): the bytes at \(offset) are not those that were written"
    case .notATombstone(let path, let offset):
      "\(path): the records at \(offset) cannot be erased as it was recorded"
    case .tooLarge(let path): "\(path): more than its format can hold; take less at a time"
    case .unreadable(let path, let offset, let why): "\(path): no record at \(offset): \(why)"
    }
  }
}
