import Bytes

/// The name of a record: a random UUID (RFC 9562 section 5.4).
public struct RecordID: Sendable, Hashable, CustomStringConvertible {
  /// `urn:uuid:` and the UUID in lower case, without the angle brackets of the header.
  public let description: String

  /// A new name from a source of randomness.
  public init(using generator: inout some RandomNumberGenerator) {
    var bytes: [UInt8] = []
    for _ in 0..<2 {
      let word = generator.next()
      for shift in stride(from: 56, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
      }
    }
    bytes[6] = bytes[6] & 0x0F | 0x40
    bytes[8] = bytes[8] & 0x3F | 0x80
    let hex = Hex.encode(bytes).utf8
    var text = "urn:uuid:"
    for (at, digit) in hex.enumerated() {
      if [8, 12, 16, 20].contains(at) { text += "-" }
      text.unicodeScalars.append(Unicode.Scalar(digit))
    }
    description = text
  }

  /// Reads `urn:uuid:…`, with or without angle brackets; nil for anything else.
  public init?(_ text: String) {
    var bytes = Array(text.utf8)[...]
    if bytes.first == UInt8(ascii: "<"), bytes.last == UInt8(ascii: ">"), bytes.count > 1 {
      bytes = bytes.dropFirst().dropLast()
    }
    let prefix = Array("urn:uuid:".utf8)
    guard bytes.count == prefix.count + 36,
      bytes.prefix(prefix.count).map(lowered).elementsEqual(prefix)
    else { return nil }
    let uuid = bytes.dropFirst(prefix.count)
    for (at, byte) in uuid.enumerated() {
      let isDash = [8, 13, 18, 23].contains(at)
      guard isDash ? byte == UInt8(ascii: "-") : isHexDigit(byte) else { return nil }
    }
    description = "urn:uuid:" + String(decoding: uuid.map(lowered), as: UTF8.self)
  }

  /// As it stands in a header.
  var bracketed: String { "<\(description)>" }
}

private func isHexDigit(_ byte: UInt8) -> Bool {
  (48...57).contains(byte) || (97...102).contains(lowered(byte))
}
