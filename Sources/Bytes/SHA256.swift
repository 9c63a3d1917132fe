/// SHA-256 (FIPS 180-4) of bytes that come in pieces.
///
/// A value: a copy goes its own way.
public struct SHA256 {
  private var digest = MessageDigest(.sha256)

  public init() {}

  /// Takes in more bytes.
  public mutating func update(_ bytes: RawSpan) { digest.update(bytes) }

  /// Takes in more bytes.
  public mutating func update(_ bytes: [UInt8]) { digest.update(bytes.span.bytes) }

  /// Takes in more bytes.
  public mutating func update(_ bytes: ArraySlice<UInt8>) { digest.update(bytes.span.bytes) }

  /// The digest of what was taken in so far; more can follow.
  public func finish() -> SHA256Digest { SHA256Digest(unchecked: digest.value()) }

  /// The digest of these bytes.
  public static func hash(_ bytes: [UInt8]) -> SHA256Digest { hash(bytes.span.bytes) }

  /// The digest of these bytes.
  public static func hash(_ bytes: ArraySlice<UInt8>) -> SHA256Digest { hash(bytes.span.bytes) }

  /// The digest of these bytes.
  public static func hash(_ bytes: RawSpan) -> SHA256Digest {
    var digest = SHA256()
    digest.update(bytes)
    return digest.finish()
  }
}
