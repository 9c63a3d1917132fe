/// One way in which an archive file is not what it should be.
public struct ArchiveFinding: Sendable, Hashable, CustomStringConvertible {
  public enum Kind: Sendable, Hashable {
    /// What the reader met: junk, damage, wrong lengths, shared members.
    case unreadable(WARCProblem.Kind)
    /// The version line is not `WARC/1.1` (or `WARC/1.0` where that is allowed).
    case badVersion
    case missingField(String)
    case duplicateField(String)
    /// A field whose value has not the form that the standard gives it.
    case malformedField(String)
    /// A field that this type of record must not have.
    case forbiddenField(String)
    case unknownType
    /// The block is not what its digest says.
    case blockDigestMismatch
    /// The payload is not what its digest says.
    case payloadDigestMismatch
    /// A digest by an algorithm that cannot be checked here.
    case uncheckedDigest(String)
    case duplicateRecordID
    /// A field names a record that is not there, or not one that it can name.
    case unresolved(String)
    /// Records of one capture differ in this field.
    case disagreement(String)
    /// A block that is not what its content type and its record's type say.
    case badBlock
    /// The file does not begin with a `warcinfo` record.
    case noWarcinfo
    /// The file is not compressed.
    case notCompressed
  }

  public let kind: Kind
  /// Where the record, or what is wrong, begins in the file.
  public let offset: Int64
  public let recordID: String?
  public let detail: String

  public init(_ kind: Kind, at offset: Int64, recordID: String? = nil, _ detail: String = "") {
    self.kind = kind
    self.offset = offset
    self.recordID = recordID
    self.detail = detail
  }

  public var description: String {
    var text = "\(kind) at \(offset)"
    if let recordID { text += " (\(recordID))" }
    return detail.isEmpty ? text : "\(text): \(detail)"
  }
}
