import Glibc

/// Reads ZIP files of the one form that `ZIPWriter` writes, and no other.
///
/// The form leaves no byte free: names, lengths and checksums have to lead to exactly the headers that
/// are there, the entries have to lie one behind the other and nothing may stand between, before or
/// after them. So a change of any byte is either refused here or in the bytes of an entry.
public struct ZIPReader {
  /// The entries, in the order of the file.
  public let entries: [ZIPEntry]
  private let file: FileDescriptor
  private let path: String

  /// Entries whose directory is taken into memory.
  static let maximumDirectoryBytes: Int64 = 64 << 20

  /// Opens a file; throws `.unreadable` with the reason when it is not of that form.
  public init(path: String) throws(ArchiveFailure) {
    self.path = path
    file = try FileDescriptor(path: path, flags: O_RDONLY)
    let length = try file.length()
    func wrong(_ why: String, _ offset: Int64 = 0) -> ArchiveFailure {
      .unreadable(path: path, offset: offset, why)
    }
    guard length >= 22 else { throw wrong("no ZIP file") }
    let tail = try file.read(22, at: length - 22)
    guard Self.number(tail, 0, 4) == 0x0605_4b50 else {
      throw wrong("no ZIP file, or bytes behind its end", length - 22)
    }
    let count = Int(Self.number(tail, 10, 2))
    let (size, start) = (Self.number(tail, 12, 4), Self.number(tail, 16, 4))
    guard start + size + 22 == length, size <= Self.maximumDirectoryBytes else {
      throw wrong("the directory is not where its end says", length - 22)
    }
    let directory = try file.read(Int(size) + 22, at: start)
    var found: [ZIPEntry] = []
    var place = 0
    var expected: Int64 = 0
    for _ in 0..<count {
      guard place + 46 <= Int(size) else { throw wrong("the directory is cut off", start) }
      let nameLength = Int(Self.number(directory, place + 28, 2))
      guard place + 46 + nameLength <= Int(size),
        let name = String(
          validating: directory[(place + 46)..<(place + 46 + nameLength)], as: UTF8.self)
      else { throw wrong("the directory is cut off", start) }
      let entry = ZIPEntry(
        name: name, offset: Self.number(directory, place + 42, 4),
        length: Self.number(directory, place + 24, 4),
        checksum: UInt32(truncatingIfNeeded: Self.number(directory, place + 16, 4)))
      guard entry.offset == expected, entry.start + entry.length <= start else {
        throw wrong("\(name) does not begin where the entry before it ends", entry.offset)
      }
      guard try file.read(entry.localHeader.count, at: entry.offset) == entry.localHeader else {
        throw wrong("the header of \(name) is not as the directory has it", entry.offset)
      }
      guard Self.isPlain(name), !found.contains(where: { $0.name == name }) else {
        throw wrong("\(name) stands twice, or leads out of the package", entry.offset)
      }
      found.append(entry)
      expected = entry.start + entry.length
      place += 46 + nameLength
    }
    guard expected == start, ZIPEntry.directory(of: found, at: start) == directory else {
      throw wrong("the directory is not as this program writes it", start)
    }
    entries = found
  }

  /// The bytes of an entry from an offset, at most so many.
  public func read(
    _ entry: ZIPEntry, from offset: Int64, count: Int
  ) throws(ArchiveFailure) -> [UInt8] {
    let left = max(0, entry.length - offset)
    return try file.read(Int(min(Int64(count), left)), at: entry.start + offset)
  }

  /// Relative, without empty parts and parts that lead upwards.
  private static func isPlain(_ name: String) -> Bool {
    name.utf8.split(separator: 0x2F, omittingEmptySubsequences: false)
      .allSatisfy { !$0.isEmpty && !$0.elementsEqual(".".utf8) && !$0.elementsEqual("..".utf8) }
  }

  private static func number(_ bytes: [UInt8], _ at: Int, _ count: Int) -> Int64 {
    (0..<count).reduce(0) { $0 | Int64(bytes[at + $1]) << Int64(8 * $1) }
  }
}
