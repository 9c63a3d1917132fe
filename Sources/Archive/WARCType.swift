/// What a record is (WARC 1.1 section 6).
public enum WARCType: String, Sendable, Hashable, CaseIterable {
  /// About the records that follow in the file.
  case warcinfo
  /// What a server answered.
  case response
  /// Something without an exchange around it.
  case resource
  /// What a server was asked.
  case request
  /// About another record, or about a capture that gave none.
  case metadata
  /// A capture whose content is held by an earlier record.
  case revisit
  /// Another form of an earlier record.
  case conversion
  /// A further part of a record that was split.
  case continuation
}
