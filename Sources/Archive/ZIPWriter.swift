import Bytes
import Glibc

/// Writes a ZIP file whose entries are stored as they are (APPNOTE 6.3), in little memory.
///
/// Every entry has the same date, so the same entries give the same bytes. For files below 4 GiB: a
/// larger one is refused, not written with extensions that readers of the field do not all know.
public final class ZIPWriter {
  /// Bytes that a file may have.
  public static let maximumBytes: Int64 = 0xFFFF_FFFE
  /// Entries that a file may have.
  public static let maximumEntries = 0xFFFE

  private let file: FileDescriptor
  private var entries: [ZIPEntry] = []
  private var end: Int64 = 0
  private var current: (name: String, start: Int64, checksum: UInt32, length: Int64)?

  /// Begins a file; throws when there is one already.
  public init(path: String) throws(ArchiveFailure) {
    file = try FileDescriptor(path: path, flags: O_RDWR | O_CREAT | O_EXCL)
  }

  /// Begins an entry; what is written next belongs to it.
  public func begin(_ name: String) throws(ArchiveFailure) {
    try finishEntry()
    guard entries.count < Self.maximumEntries, !name.isEmpty, name.utf8.count < 0xFFFF else {
      throw .tooLarge(path: file.path)
    }
    current = (name, end, 0, 0)
    end += Int64(ZIPEntry.localHeaderLength + name.utf8.count)
  }

  /// Adds bytes to the entry that was begun.
  public func write(_ bytes: [UInt8]) throws(ArchiveFailure) {
    guard var entry = current else { return }
    guard end + Int64(bytes.count) < Self.maximumBytes else { throw .tooLarge(path: file.path) }
    try file.write(bytes, at: end)
    entry.checksum = CRC32.checksum(bytes, continuing: entry.checksum)
    entry.length += Int64(bytes.count)
    end += Int64(bytes.count)
    current = entry
  }

  /// Adds a whole entry.
  public func add(_ name: String, _ bytes: [UInt8]) throws(ArchiveFailure) {
    try begin(name)
    try write(bytes)
    try finishEntry()
  }

  /// Ends the last entry, writes the directory and makes the file survive a loss of power.
  public func finish() throws(ArchiveFailure) {
    try finishEntry()
    let directory = ZIPEntry.directory(of: entries, at: end)
    try file.write(directory, at: end)
    end += Int64(directory.count)
    try file.sync()
  }

  private func finishEntry() throws(ArchiveFailure) {
    guard let current else { return }
    let entry = ZIPEntry(
      name: current.name, offset: current.start, length: current.length,
      checksum: current.checksum)
    try file.write(entry.localHeader, at: current.start)
    entries.append(entry)
    self.current = nil
  }
}

/// A stored entry of a ZIP file.
public struct ZIPEntry: Sendable, Hashable {
  /// Its path in the file.
  public var name: String
  /// Where its local header begins.
  public var offset: Int64
  /// Bytes.
  public var length: Int64
  /// CRC-32 of the bytes.
  public var checksum: UInt32

  static let localHeaderLength = 30

  /// Where its bytes begin.
  public var start: Int64 { offset + Int64(Self.localHeaderLength + name.utf8.count) }

  /// What stands before its bytes (APPNOTE section 4.3.7): version 1.0, names in UTF-8, stored, the
  /// first of January 1980.
  var localHeader: [UInt8] { Self.number(0x0403_4b50, 4) + common + Array(name.utf8) }

  private var common: [UInt8] {
    Self.number(10, 2) + Self.number(0x0800, 2) + Self.number(0, 2) + Self.number(0, 2)
      + Self.number(0x21, 2) + Self.number(Int64(checksum), 4) + Self.number(length, 4)
      + Self.number(length, 4) + Self.number(Int64(name.utf8.count), 2) + Self.number(0, 2)
  }

  /// Its line of the directory (section 4.3.12).
  private var directoryHeader: [UInt8] {
    Self.number(0x0201_4b50, 4) + Self.number(10, 2) + common + Self.number(0, 2)
      + Self.number(0, 2) + Self.number(0, 2) + Self.number(0, 4) + Self.number(offset, 4)
      + Array(name.utf8)
  }

  /// The directory and its end (section 4.3.16), which begin at an offset.
  static func directory(of entries: [ZIPEntry], at offset: Int64) -> [UInt8] {
    let lines = entries.flatMap(\.directoryHeader)
    let count = number(Int64(entries.count), 2)
    return lines + number(0x0605_4b50, 4) + number(0, 2) + number(0, 2) + count + count
      + number(Int64(lines.count), 4) + number(offset, 4) + number(0, 2)
  }

  private static func number(_ value: Int64, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> Int64(8 * $0)) }
  }
}
