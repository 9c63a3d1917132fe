/// How a body was compressed on its way: the content codings of RFC 9110 section 8.4.1 that are read.
public enum ContentCoding: String, Sendable, Hashable, CaseIterable {
  case identity, gzip, deflate
  /// RFC 7932.
  case brotli = "br"
  /// RFC 8878 with the window of RFC 9659.
  case zstd

  /// The codings that a `Content-Encoding` header names, in the order in which they were applied.
  ///
  /// `identity` and empty members are left out; `x-gzip` means `gzip`. Nil if any coding is
  /// unknown, for then nothing can be decoded. Several header fields are joined with a comma first.
  public static func list(fromHeader value: String) -> [ContentCoding]? {
    var codings: [ContentCoding] = []
    for member in value.utf8.split(separator: UInt8(ascii: ",")) {
      let name = String(
        decoding: member.filter { $0 != 0x20 && $0 != 0x09 }.map(lowered), as: UTF8.self)
      switch name {
      case "", "identity": continue
      case "x-gzip": codings.append(.gzip)
      default:
        guard let coding = ContentCoding(rawValue: name) else { return nil }
        codings.append(coding)
      }
    }
    return codings
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    (65...90).contains(byte) ? byte + 32 : byte
  }
}
