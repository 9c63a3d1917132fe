public import Bytes

/// Where a record stands on disk, and the digest that proves it is still the same.
public struct MemberLocation: Sendable, Hashable {
  /// Path relative to the data directory, with `/`.
  public let file: String
  /// Where the gzip member begins, in bytes.
  public let offset: Int64
  /// The member's length in bytes.
  public let length: Int64
  /// SHA-256 of the compressed member.
  public let digest: SHA256Digest
  /// `WARC-Record-ID` without angle brackets.
  public let recordID: String
  public let type: WARCType

  public init(
    file: String, offset: Int64, length: Int64, digest: SHA256Digest, recordID: String,
    type: WARCType
  ) {
    self.file = file
    self.offset = offset
    self.length = length
    self.digest = digest
    self.recordID = recordID
    self.type = type
  }

  /// Where the member ends: what has to be committed for this record to survive a recovery.
  public var end: Int64 { offset + length }
}
