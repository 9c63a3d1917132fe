import Bytes
public import Vocabulary

/// Who did something: a person's account or the program on its own.
public struct Actor: Sendable, Hashable {
  /// What an actor can be.
  public enum Kind: String, Sendable { case program, person }
  /// Unique name, as it will stand in the log.
  public var name: String
  /// Person or program.
  public var kind: Kind

  public init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
  }
}

/// An entry of the custody log: what was done, by whom, to what, tied to the entry before.
///
/// The chain holds a salted digest of the payload, not the payload: a purge can erase what is
/// personal and the chain still verifies. The digest of an entry is SHA-256 over its canonical JSON
/// (RFC 8785 for the strings and whole numbers used here), which holds the digest of the one before.
public struct CustodyEvent: Sendable, Hashable {
  /// Position in the log, from 1, without gaps.
  public var sequence: Int64
  /// When it was recorded.
  public var at: Timestamp
  /// Name of the actor.
  public var actor: String
  /// What was done, such as `capture` or `run.start`.
  public var action: String
  /// To what, such as `capture:17`; never anything personal.
  public var subject: String
  /// SHA-256 over salt and payload, 32 bytes.
  public var payloadDigest: [UInt8]
  /// Digest of the event before; 32 zero bytes for the first.
  public var previous: [UInt8]

  public init(
    sequence: Int64, at: Timestamp, actor: String, action: String, subject: String,
    payloadDigest: [UInt8], previous: [UInt8]
  ) {
    self.sequence = sequence
    self.at = at
    self.actor = actor
    self.action = action
    self.subject = subject
    self.payloadDigest = payloadDigest
    self.previous = previous
  }

  /// The bytes that the event's digest is taken over.
  public var canonical: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.key("action")
      json.string(action)
      json.key("actor")
      json.string(actor)
      json.key("at")
      json.string(at.rfc3339Milliseconds)
      json.key("payload")
      json.string("sha256:" + Hex.encode(payloadDigest))
      json.key("previous")
      json.string("sha256:" + Hex.encode(previous))
      json.key("seq")
      json.integer(Int(sequence))
      json.key("subject")
      json.string(subject)
    }
    return json.bytes
  }

  /// SHA-256 over `canonical`, 32 bytes.
  public var digest: [UInt8] { SHA256.hash(canonical).bytes }

  /// Digest that stands for a payload: SHA-256 over the salt and the payload's bytes.
  public static func payloadDigest(salt: [UInt8], body: String) -> [UInt8] {
    SHA256.hash(salt + Array(body.utf8)).bytes
  }

  /// What the first event names as the one before it.
  public static let origin = [UInt8](repeating: 0, count: 32)
}
