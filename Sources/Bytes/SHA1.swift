/// SHA-1 (FIPS 180-4), only to check digests that other programs wrote into their archives.
///
/// Collisions can be made at will, so nothing of our own is identified by it.
public struct SHA1 {
  private var digest = MessageDigest(.sha1)

  public init() {}

  /// Takes in more bytes.
  public mutating func update(_ bytes: RawSpan) { digest.update(bytes) }

  /// Takes in more bytes.
  public mutating func update(_ bytes: ArraySlice<UInt8>) { digest.update(bytes.span.bytes) }

  /// The 20 bytes of the digest of what was taken in so far; more can follow.
  public func finish() -> [UInt8] { digest.value() }

  /// The 20 bytes of the digest of these bytes.
  public static func hash(_ bytes: [UInt8]) -> [UInt8] {
    var digest = SHA1()
    digest.update(bytes.span.bytes)
    return digest.finish()
  }
}
