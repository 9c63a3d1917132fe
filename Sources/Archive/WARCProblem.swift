/// Something wrong with an archive file, by name and place.
public struct WARCProblem: Sendable, Hashable, CustomStringConvertible {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The file could not be read to its end.
    case unreadable
    /// Bytes that belong to no record.
    case junk
    /// A gzip member that does not decompress to what its checksum says.
    case corruptMember
    /// The file ends inside a record.
    case truncated
    /// A header line without a name and a colon, or with control characters.
    case badField
    /// A header, or a line of one, longer than the limit.
    case headerTooBig
    /// No `Content-Length`, or one that is no number.
    case badLength
    /// A block longer than the limit; only its beginning was kept.
    case blockTooBig
    /// No blank lines where the record's length says that it ends.
    case missingEnd
    /// More than one record in a gzip member: none of them can be reached by its offset.
    case severalRecordsInMember
    /// Bytes after the record in its gzip member.
    case trailingBytes
    /// A gzip member without a record.
    case emptyMember
  }

  public let kind: Kind
  /// Where: compressed bytes from the beginning of the file; for a record of a gzip file where its
  /// member begins.
  public let offset: Int64
  public let detail: String

  public init(_ kind: Kind, at offset: Int64, _ detail: String) {
    self.kind = kind
    self.offset = offset
    self.detail = detail
  }

  public var description: String { "\(kind.rawValue) at \(offset): \(detail)" }
}

/// How much of an archive file is taken into memory at once.
public struct WARCLimits: Sendable, Hashable {
  /// Of a record's header; also of one line of it.
  public var maximumHeaderBytes: Int
  /// Of a record's block; what is longer is read to its end but not kept.
  public var maximumBlockBytes: Int
  /// Of what is wrong with a file; the count goes on after these.
  public var maximumProblems: Int

  public init(
    maximumHeaderBytes: Int = 256 << 10, maximumBlockBytes: Int = 64 << 20,
    maximumProblems: Int = 1000
  ) {
    self.maximumHeaderBytes = maximumHeaderBytes
    self.maximumBlockBytes = maximumBlockBytes
    self.maximumProblems = maximumProblems
  }
}
