/// One named field of a record header, checked so that no value can begin a line of its own.
///
/// Values come from addresses and answers that hostile servers write. There is no other way to put
/// a field into a record that is written, so nothing can be injected into a header.
public struct WARCField: Sendable, Hashable {
  /// A token: letters, digits and a few signs.
  public let name: String
  /// One line, without control characters but for tabs.
  public let value: String

  /// A field; nil if the name is no token (RFC 9110 section 5.6.2) or the value has control characters.
  public init?(_ name: String, _ value: String) {
    guard !name.isEmpty, name.utf8.allSatisfy(isTokenByte),
      value.utf8.allSatisfy({ ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 })
    else { return nil }
    self.name = name
    self.value = value
  }

  /// A field whose value is made safe: control characters become `%0A` and the like.
  ///
  /// Nil only when the name is no token.
  public init?(escaping value: String, name: String) {
    self.init(name, WARCField.escaped(value))
  }

  /// A field of a record that was read, as it was written there.
  init(read name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  /// The text with every control character as a percent sign and two digits.
  static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return text }
    return percentEncoded(text.utf8) { $0 < 0x20 || $0 == 0x7F }
  }
}

/// The bytes as text, with a percent sign and two digits for each byte that `isUnsafe` names.
func percentEncoded(_ bytes: some Sequence<UInt8>, where isUnsafe: (UInt8) -> Bool) -> String {
  let digits = Array("0123456789ABCDEF".utf8)
  var out: [UInt8] = []
  for byte in bytes {
    if isUnsafe(byte) {
      out += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    } else {
      out.append(byte)
    }
  }
  return String(decoding: out, as: UTF8.self)
}

func isTokenByte(_ byte: UInt8) -> Bool {
  switch byte {
  case 48...57, 65...90, 94...122, 124, 126, 33, 35...39, 42, 43, 45, 46: true
  default: false
  }
}

/// Whether two names are the same but for the case of ASCII letters.
func sameName(_ a: String, _ b: String) -> Bool {
  a.utf8.count == b.utf8.count && zip(a.utf8, b.utf8).allSatisfy { lowered($0) == lowered($1) }
}

func lowered(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte + 32 : byte }
