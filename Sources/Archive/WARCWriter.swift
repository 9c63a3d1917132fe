import Bytes
import Glibc
public import Vocabulary

/// Appends records to the WARC files of one source, one gzip member a record (WARC 1.1 annex D).
///
/// A file is begun by the first append, by the first of a new day (UTC), and when the last one has
/// grown to its limit; it begins with a `warcinfo` record, to which the others point. No file of an
/// earlier writer is ever opened. A batch of records is either in the file wholly or not at all;
/// it is on the disk when `sync()` has returned.
///
/// Not for use from several threads at once.
public final class WARCWriter {
  private let options: WARCWriterOptions
  private let compressor: GzipCompressor
  private let wrapper = GzipCompressor(level: 0)
  private let write: (FileDescriptor, [UInt8], Int64) throws(ArchiveFailure) -> Void
  private var generator: any RandomNumberGenerator
  private var current: OpenFile?
  private var unsynced: [FileDescriptor] = []
  private var unsyncedDirectories: Set<String> = []

  private struct OpenFile {
    let descriptor: FileDescriptor
    let name: String
    let day: Substring
    let warcinfo: RecordID
    var length: Int64 = 0
  }

  /// A writer for a source; makes no file yet.
  ///
  /// Throws `.invalidName` when the source cannot name one.
  public convenience init(_ options: WARCWriterOptions) throws(ArchiveFailure) {
    try self.init(options, generator: SystemRandomNumberGenerator()) {
      (file, bytes, offset) throws(ArchiveFailure) in try file.write(bytes, at: offset)
    }
  }

  /// A writer whose randomness and whose disk a test can choose.
  init(
    _ options: WARCWriterOptions, generator: any RandomNumberGenerator,
    write: @escaping (FileDescriptor, [UInt8], Int64) throws(ArchiveFailure) -> Void
  ) throws(ArchiveFailure) {
    guard options.hasValidSource else { throw .invalidName(options.source) }
    self.options = options
    self.generator = generator
    self.write = write
    compressor = GzipCompressor(level: options.level)
  }

  /// Appends records in their order, all or none, and tells where they are.
  ///
  /// `time` names a file that is begun. When one was begun the first location is that of its
  /// `warcinfo` record; those of the records always come last. After a failure the file is as it
  /// was before.
  public func append(
    _ records: [WARCRecord], at time: Timestamp
  ) throws(ArchiveFailure) -> [MemberLocation] {
    try append(moved: nil, records, at: time)
  }

  /// Appends a member of another file, byte for byte, and records behind it; as `append` otherwise.
  public func append(
    moved: MovedMember?, _ records: [WARCRecord], at time: Timestamp
  ) throws(ArchiveFailure) -> [MemberLocation] {
    guard !records.isEmpty || moved != nil else { return [] }
    var file = try fileForAppending(at: time)
    let start = file.length
    var bytes: [UInt8] = []
    var locations: [MemberLocation] = []
    func add(member: [UInt8], id: String, type: WARCType) {
      locations.append(
        MemberLocation(
          file: file.name, offset: start + Int64(bytes.count), length: Int64(member.count),
          digest: SHA256.hash(member), recordID: id, type: type))
      bytes += member
    }
    func add(_ record: WARCRecord, extra: [WARCField]) {
      let plain = record.serialised(adding: extra)
      let member = (record.isCompressedAlready ? wrapper : compressor).compress(plain)
      add(
        member: member, id: record.header.recordID ?? "", type: record.header.type ?? .metadata)
    }
    if start == 0 {
      add(warcinfo(of: file, at: time), extra: [])
    }
    if let moved { add(member: moved.bytes, id: moved.recordID, type: moved.type) }
    let pointer = [WARCField(read: "WARC-Warcinfo-ID", file.warcinfo.bracketed)]
    for record in records {
      let points = record.header.type != .warcinfo && record.header["WARC-Warcinfo-ID"] == nil
      add(record, extra: points ? pointer : [])
    }
    do {
      try write(file.descriptor, bytes, start)
    } catch {
      takeBack(file, to: start)
      throw error
    }
    file.length += Int64(bytes.count)
    current = file
    if !unsynced.contains(where: { $0 === file.descriptor }) { unsynced.append(file.descriptor) }
    return locations
  }

  /// A record as it stands in another file.
  public struct MovedMember: Sendable {
    /// The whole gzip member.
    public var bytes: [UInt8]
    /// `WARC-Record-ID` without angle brackets.
    public var recordID: String
    public var type: WARCType

    public init(bytes: [UInt8], recordID: String, type: WARCType) {
      self.bytes = bytes
      self.recordID = recordID
      self.type = type
    }
  }

  /// Makes everything appended so far survive a loss of power: files, and directories of new ones.
  ///
  /// After a failure nothing is known about what was appended since the last success (fsync(2)),
  /// and the file is not written to any more.
  public func sync() throws(ArchiveFailure) {
    do {
      for descriptor in unsynced { try descriptor.sync() }
      for directory in unsyncedDirectories {
        try FileDescriptor(path: directory, flags: O_RDONLY | O_DIRECTORY).sync()
      }
    } catch {
      current = nil
      unsynced = []
      unsyncedDirectories = []
      throw error
    }
    unsynced = []
    unsyncedDirectories = []
  }

  /// Ends the present file; the next append begins another.
  public func rotate() { current = nil }

  // MARK: - Files

  private func fileForAppending(at time: Timestamp) throws(ArchiveFailure) -> OpenFile {
    let day = time.digits14.prefix(8)
    if let current, current.day == day, current.length < options.maximumFileBytes {
      return current
    }
    let folder =
      "warc/\(options.source)/\(day.prefix(4))/\(day.dropFirst(4).prefix(2))/\(day.suffix(2))"
    try makeDirectories(folder)
    var serial = 0
    while true {
      let digits = String(serial)
      let number = String(repeating: "0", count: max(0, 5 - digits.count)) + digits
      let name = "\(folder)/\(options.source)-\(time.digits14)-\(number).warc.gz"
      do {
        let descriptor = try FileDescriptor(
          path: "\(options.dataDirectory)/\(name)", flags: O_RDWR | O_CREAT | O_EXCL)
        unsyncedDirectories.insert("\(options.dataDirectory)/\(folder)")
        return OpenFile(
          descriptor: descriptor, name: name, day: day, warcinfo: RecordID(using: &generator))
      } catch .system(_, _, EEXIST) {
        serial += 1
      }
    }
  }

  private func makeDirectories(_ folder: String) throws(ArchiveFailure) {
    var path = options.dataDirectory
    for part in folder.split(separator: "/") {
      let parent = path
      path += "/\(part)"
      if mkdir(path, 0o750) == 0 {
        unsyncedDirectories.insert(parent)
      } else if errno != EEXIST {
        throw ArchiveFailure(call: "mkdir", path: path)
      }
    }
  }

  private func warcinfo(of file: OpenFile, at time: Timestamp) -> WARCRecord {
    let filename = file.name.split(separator: "/").last.map(String.init) ?? file.name
    let format = [
      (name: "format", value: "WARC File Format 1.1"),
      (
        name: "conformsTo",
        value: "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
      ),
    ]
    let pairs = options.warcinfo.filter { pair in !format.contains { $0.name == pair.name } }
    return .warcinfo(id: file.warcinfo, date: time, filename: filename, pairs: pairs + format)
  }

  /// Cuts a file back to where it was; one that cannot be cut, or holds nothing, is let go.
  private func takeBack(_ file: OpenFile, to length: Int64) {
    if length == 0 {
      current = nil
      unlink(file.descriptor.path)
      return
    }
    do {
      try file.descriptor.truncate(to: length)
    } catch {
      // Recovery will cut it: nothing past the last committed end is ever trusted.
      current = nil
    }
  }
}
