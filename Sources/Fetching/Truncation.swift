/// Why a kept body is not whole; the raw values are those of `WARC-Truncated` (WARC 1.1, 5.13).
public enum Truncation: String, Sendable, Hashable, CaseIterable {
  /// A limit on size cut it.
  case length
  /// A limit on time cut it.
  case time
  /// The connection ended early.
  case disconnect
  /// Another reason: it was cancelled, or stopped being HTTP.
  case unspecified
}
