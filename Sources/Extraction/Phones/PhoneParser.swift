import CPhoneNumber

/// libphonenumber's verdict on one candidate.
struct ParsedPhone {
  var value: String
  var region: String
  var valid: Bool
  var type: Int

  /// Reads digits, with a leading plus or as dialled in `region`; nil when no country could have
  /// such a number.
  static func parse(_ digits: [UInt8], region: String) -> ParsedPhone? {
    let number = digits.withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { characters in
        cphone_parse(characters.baseAddress, characters.count, region)
      }
    }
    guard number.verdict.rawValue >= CPHONE_POSSIBLE.rawValue else { return nil }
    return ParsedPhone(
      value: string(number.e164), region: string(number.region),
      valid: number.verdict == CPHONE_VALID, type: Int(number.type))
  }

  private static func string<T>(_ bytes: T) -> String {
    withUnsafeBytes(of: bytes) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
