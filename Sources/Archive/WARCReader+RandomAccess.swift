public import Bytes
import Glibc

extension WARCReader {
  /// The record at a place that was noted when it was written or indexed.
  ///
  /// With a digest given, the bytes on disk must be those that were written: else `.digestMismatch`.
  /// Works for members of compressed files and for records of plain ones.
  public static func read(
    path: String, offset: Int64, length: Int64, expecting digest: SHA256Digest? = nil,
    limits: WARCLimits = WARCLimits()
  ) throws(ArchiveFailure) -> StoredRecord {
    let file = try FileDescriptor(path: path, flags: O_RDONLY)
    // The length comes from an index, which may be wrong: never more is allocated than is there.
    let (end, overflow) = offset.addingReportingOverflow(length)
    guard offset >= 0, length > 0, !overflow, end <= (try file.length()) else {
      throw .outOfRange(path: path, offset: offset, length: length)
    }
    let bytes = try file.read(Int(length), at: offset)
    guard bytes.count == Int(length) else {
      throw .outOfRange(path: path, offset: offset, length: length)
    }
    if let digest, SHA256.hash(bytes) != digest {
      throw .digestMismatch(path: path, offset: offset)
    }
    // A member that is decompressed at once costs half the time of a stream.
    let most = limits.maximumBlockBytes + limits.maximumHeaderBytes
    let plain =
      bytes.starts(with: [0x1F, 0x8B]) ? try? GzipMember.decompress(bytes, maximumBytes: most) : nil
    var reader = WARCReader(source: MemorySource(plain ?? bytes), limits: limits)
    guard var found = reader.next() else {
      let why = reader.problems.first?.description ?? "empty"
      throw .unreadable(path: path, offset: offset, why)
    }
    found.offset = offset
    found.length = length
    if bytes.first != 0x1F { found.problems.removeAll { $0.kind == .missingEnd } }
    return found
  }

  /// The record at a location under a data directory; its member must be the one that was written.
  public static func read(
    _ location: MemberLocation, in directory: String, limits: WARCLimits = WARCLimits()
  ) throws(ArchiveFailure) -> StoredRecord {
    try read(
      path: "\(directory)/\(location.file)", offset: location.offset, length: location.length,
      expecting: location.digest, limits: limits)
  }
}
