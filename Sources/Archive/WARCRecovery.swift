import Glibc

/// What recovery found in one file and did about it; paths are relative to the data directory.
public enum RecoveryAction: Sendable, Hashable, CustomStringConvertible {
  /// Bytes that nothing had been committed for were cut off; `as` is the file that keeps them.
  case cut(file: String, from: Int64, to: Int64, as: String?)
  /// A file without anything committed was renamed, so that a person can look at it.
  case setAside(file: String, as: String, length: Int64)
  /// A file without anything committed was removed.
  case removed(file: String, length: Int64)
  /// A file is shorter than what was committed: evidence is missing.
  case tooShort(file: String, length: Int64, committed: Int64)
  /// A file with committed records is not there: evidence is missing.
  case missing(file: String, committed: Int64)

  /// Whether evidence was lost, which recovery cannot bring back.
  public var isLoss: Bool {
    switch self {
    case .tooShort, .missing: true
    default: false
    }
  }

  public var description: String {
    switch self {
    case .cut(let file, let from, let to, let name):
      "\(file): cut from \(from) to \(to) bytes" + (name.map { "; the rest is now \($0)" } ?? "")
    case .setAside(let file, let name, let length):
      "\(file): nothing committed of \(length) bytes; now \(name)"
    case .removed(let file, let length): "\(file): nothing committed of \(length) bytes; removed"
    case .tooShort(let file, let length, let committed):
      "\(file): has \(length) bytes, \(committed) were committed"
    case .missing(let file, let committed): "\(file): missing, \(committed) bytes were committed"
    }
  }
}

/// What recovery does with bytes that were never committed.
public enum OrphanPolicy: Sendable {
  /// Keeps them in a file that ends in `.uncommitted`: the database may be the one that is wrong.
  case setAside
  case remove
}

extension WARCWriter {
  /// Brings the files under `warc/` back to what was committed, after a crash and before any writer.
  ///
  /// `committed` gives for each file (as in `MemberLocation.file`) the end of the last member that
  /// is on record. Files are taken in the order of their names; symbolic links are not followed.
  public static func recover(
    directory: String, committed: [String: Int64], orphans: OrphanPolicy = .setAside
  ) throws(ArchiveFailure) -> [RecoveryAction] {
    var actions: [RecoveryAction] = []
    let found = try warcFiles(in: directory)
    for file in found {
      let path = "\(directory)/\(file)"
      let end = committed[file] ?? 0
      if end <= 0 {
        actions.append(try dispose(of: file, path: path, policy: orphans))
        continue
      }
      let descriptor = try FileDescriptor(path: path, flags: O_RDWR | O_NOFOLLOW)
      let length = try descriptor.length()
      if length > end {
        let name =
          try orphans == .setAside ? keep(descriptor, from: end, to: length, of: file) : nil
        try descriptor.truncate(to: end)
        try descriptor.sync()
        actions.append(.cut(file: file, from: length, to: end, as: name))
      } else if length < end {
        actions.append(.tooShort(file: file, length: length, committed: end))
      }
    }
    let present = Set(found)
    for (file, end) in committed.sorted(by: { $0.key < $1.key })
    where end > 0 && !present.contains(file) {
      actions.append(.missing(file: file, committed: end))
    }
    return actions
  }

  /// Copies the end of a file into one of its own and returns that file's relative path.
  private static func keep(
    _ descriptor: FileDescriptor, from start: Int64, to end: Int64, of file: String
  ) throws(ArchiveFailure) -> String {
    let suffix = ".\(start)-\(end).uncommitted"
    let copy = try FileDescriptor(
      path: descriptor.path + suffix, flags: O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW)
    var offset = start
    while offset < end {
      let bytes = try descriptor.read(Int(min(end - offset, 1 << 20)), at: offset)
      guard !bytes.isEmpty else { break }
      try copy.write(bytes, at: offset - start)
      offset += Int64(bytes.count)
    }
    try copy.sync()
    return file + suffix
  }

  private static func dispose(
    of file: String, path: String, policy: OrphanPolicy
  ) throws(ArchiveFailure) -> RecoveryAction {
    let length = try FileDescriptor(path: path, flags: O_RDONLY | O_NOFOLLOW).length()
    switch policy {
    case .remove:
      guard unlink(path) == 0 else { throw ArchiveFailure(call: "unlink", path: path) }
      return .removed(file: file, length: length)
    case .setAside:
      guard rename(path, path + ".uncommitted") == 0 else {
        throw ArchiveFailure(call: "rename", path: path)
      }
      return .setAside(file: file, as: file + ".uncommitted", length: length)
    }
  }

  /// The regular files whose name ends in `.warc.gz`, below `warc/`, sorted, as relative paths.
  private static func warcFiles(in directory: String) throws(ArchiveFailure) -> [String] {
    try ArchiveFiles.list(in: directory).filter { $0.isRegular && $0.name.hasSuffix(".warc.gz") }
      .map(\.name)
  }
}
