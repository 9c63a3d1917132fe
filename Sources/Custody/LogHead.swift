public import Bytes
public import Vocabulary

/// What fixes the custody log up to an event: signed, time-stamped and kept elsewhere, it shows later
/// whether anything before it was changed, and whether anything after it is dated before it.
public struct LogHead: Sendable, Hashable {
  /// When it was taken.
  public var at: Timestamp
  /// How many events it covers.
  public var events: Int64
  /// Digest of the last of them.
  public var head: SHA256Digest
  /// Fingerprint of the key that signs it.
  public var key: SHA256Digest
  /// Root of the Merkle tree (RFC 6962) over their canonical JSON.
  public var root: SHA256Digest

  public init(
    at: Timestamp, events: Int64, head: SHA256Digest, key: SHA256Digest, root: SHA256Digest
  ) {
    self.at = at
    self.events = events
    self.head = head
    self.key = key
    self.root = root
  }

  /// The format's name, which stands in every head.
  public static let format = "adwatch.head/1"

  /// The bytes that are signed and time-stamped: canonical JSON (RFC 8785).
  public var canonical: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.key("at")
      json.string(at.rfc3339Milliseconds)
      json.key("events")
      json.integer(Int(events))
      json.key("format")
      json.string(Self.format)
      json.key("head")
      json.string(head.labelled)
      json.key("key")
      json.string(key.labelled)
      json.key("root")
      json.string(root.labelled)
    }
    return json.bytes
  }

  /// Name of its file without ending: the number of events, so that files sort by it.
  public var name: String {
    let digits = String(events)
    return "head-" + String(repeating: "0", count: max(0, 12 - digits.count)) + digits
  }
}
