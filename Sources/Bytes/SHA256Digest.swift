/// A SHA-256 digest: 32 bytes.
public struct SHA256Digest: Sendable, Hashable, CustomStringConvertible {
  /// 32 bytes.
  public let bytes: [UInt8]

  /// A digest of 32 bytes; nil for any other number.
  public init?(_ bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  init(unchecked bytes: [UInt8]) { self.bytes = bytes }

  /// Reads `sha256:` (or `sha-256:`), in any case, and then hexadecimal or base 32 text; nil for anything else.
  public init?(labelled text: String) {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let label = text[..<colon].lowercased()
    guard label == "sha256" || label == "sha-256" else { return nil }
    let value = text[text.utf8.index(after: colon)...]
    guard let bytes = value.utf8.count == 64 ? Hex.decode(value) : Base32.decode(value) else {
      return nil
    }
    self.init(bytes)
  }

  /// 64 lower-case hexadecimal digits.
  public var hex: String { Hex.encode(bytes) }

  /// 52 base 32 characters and the four of padding.
  public var base32: String { Base32.encode(bytes) }

  /// `sha256:` and 64 hexadecimal digits: how digests are stored and shown.
  public var labelled: String { "sha256:" + hex }

  public var description: String { labelled }
}
