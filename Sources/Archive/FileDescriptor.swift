public import Bytes
import CDisk
import Glibc

/// An open file, closed when nobody holds it any more.
final class FileDescriptor {
  let path: String
  private let number: Int32

  init(path: String, flags: Int32, mode: mode_t = 0o640) throws(ArchiveFailure) {
    let number = retrying { Glibc.open(path, flags | O_CLOEXEC, mode) }
    guard number >= 0 else { throw ArchiveFailure(call: "open", path: path) }
    self.number = number
    self.path = path
  }

  deinit { close(number) }

  /// Writes all of the bytes at an offset.
  func write(_ bytes: [UInt8], at offset: Int64) throws(ArchiveFailure) {
    var done = 0
    while done < bytes.count {
      let written = bytes.withUnsafeBytes { buffer in
        retrying {
          pwrite(
            number, buffer.baseAddress?.advanced(by: done), buffer.count - done,
            off_t(offset) + off_t(done))
        }
      }
      guard written > 0 else { throw ArchiveFailure(call: "write", path: path) }
      done += written
    }
  }

  /// Up to `count` bytes from an offset; fewer only at the end of the file.
  func read(_ count: Int, at offset: Int64) throws(ArchiveFailure) -> [UInt8] {
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, total in
      while total < count {
        let got = retrying {
          pread(
            number, buffer.baseAddress?.advanced(by: total), count - total,
            off_t(offset) + off_t(total))
        }
        failed = got < 0
        guard got > 0 else { return }
        total += got
      }
    }
    if failed { throw ArchiveFailure(call: "read", path: path) }
    return bytes
  }

  func truncate(to length: Int64) throws(ArchiveFailure) {
    guard retrying({ ftruncate(number, off_t(length)) }) == 0 else {
      throw ArchiveFailure(call: "ftruncate", path: path)
    }
  }

  func sync() throws(ArchiveFailure) {
    guard retrying({ fsync(number) }) == 0 else { throw ArchiveFailure(call: "fsync", path: path) }
  }

  /// Gives whole pages of zeros among `bytes`, which stand at `offset`, back to the file system.
  ///
  /// Reading them gives zeros all the same. A file system that cannot keeps them.
  func giveBackZeros(of bytes: [UInt8], at offset: Int64) {
    let page: Int64 = 4096
    var start = (offset + page - 1) / page * page
    let end = offset + Int64(bytes.count)
    while start + page <= end {
      var stop = start
      while stop + page <= end,
        bytes[Int(stop - offset)..<Int(stop - offset + page)].allSatisfy({ $0 == 0 })
      {
        stop += page
      }
      if stop > start {
        _ = cdisk_punch(number, start, stop - start)
      }
      start = max(stop, start + page)
    }
  }

  func length() throws(ArchiveFailure) -> Int64 {
    var status = stat()
    guard fstat(number, &status) == 0 else { throw ArchiveFailure(call: "fstat", path: path) }
    return Int64(status.st_size)
  }
}

extension ArchiveFailure {
  /// What the last system call's error number means.
  init(call: String, path: String) {
    let code = errno
    self =
      code == ENOSPC || code == EDQUOT
      ? .diskFull(path: path) : .system(call: call, path: path, code: code)
  }
}

/// Repeats a system call that a signal interrupted.
private func retrying<Value: FixedWidthInteger>(_ call: () -> Value) -> Value {
  while true {
    let value = call()
    if value >= 0 || errno != EINTR { return value }
  }
}

/// The bytes of a file from its beginning.
public struct FileSource: ByteSource {
  private let file: FileDescriptor
  private var offset: Int64 = 0

  public init(path: String) throws(ArchiveFailure) {
    file = try FileDescriptor(path: path, flags: O_RDONLY)
  }

  public mutating func seek(to offset: Int64) -> Bool {
    guard offset >= 0 else { return false }
    self.offset = offset
    return true
  }

  public mutating func read(upTo count: Int) throws(ByteSourceFailure) -> [UInt8] {
    do {
      let bytes = try file.read(count, at: offset)
      offset += Int64(bytes.count)
      return bytes
    } catch {
      guard case .system(_, _, let code) = error else {
        throw ByteSourceFailure(code: 0, description: error.description)
      }
      throw ByteSourceFailure(code: code, description: error.description)
    }
  }
}
