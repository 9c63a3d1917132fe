/// A record as it was read, and where.
public struct StoredRecord: Sendable {
  public var record: WARCRecord
  /// Where it begins: in a compressed file its gzip member, in a plain one its version line.
  public var offset: Int64
  /// In a compressed file the member's length, in a plain one that of header and block; nil when
  /// the record cannot be reached alone, because it shares a member or the member is damaged.
  public var length: Int64?
  /// Whether `record.block` is all of the block.
  public var isBlockComplete: Bool
  /// What is wrong with this record, in the order in which it was met.
  public var problems: [WARCProblem]
}
