/// Account numbers of ISO 13616.
enum IBAN {
  /// How many characters a country's account number has, by the registry's country code.
  private static let lengths: [String: Int] = [
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22,
    "BR": 29, "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "DO": 28,
    "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23,
    "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26,
    "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20,
    "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MR": 27, "MT": 31, "MU": 30,
    "NL": 18, "NO": 15, "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22,
    "SA": 24, "SC": 31, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "ST": 25, "SV": 28, "TL": 23,
    "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20,
  ]

  /// The account number that starts at `start`, which must be the beginning of a token.
  ///
  /// A number whose checksum fails is returned as not valid: it is still no phone number.
  static func find(in text: [UInt8], at start: Int) -> Selector? {
    guard start + 14 < text.count, text[start].isLetter, text[start + 1].isLetter else {
      return nil
    }
    var cursor = start
    var characters: [UInt8] = []
    guard let length = lengths[TextRange.string(text, start..<start + 2).uppercased()] else {
      return nil
    }
    var end = start
    while cursor < text.count, characters.count < length {
      let byte = text[cursor]
      if byte.isAlphanumeric {
        characters.append(byte & (byte.isLetter ? 0xDF : 0xFF))
        cursor += 1
        end = cursor
      } else if byte == 0x20 || byte == 0x2D || byte == 0x2E, cursor == end {
        cursor += 1
      } else {
        break
      }
      if characters.count == 4, !characters[2].isDigit || !characters[3].isDigit { return nil }
    }
    guard characters.count == length, end == text.count || !text[end].isAlphanumeric,
      characters.dropFirst(4).count(where: \.isDigit) >= length / 3
    else { return nil }
    let valid = isValid(characters)
    let written = text[start..<start + 2].allSatisfy { (0x41...0x5A).contains($0) }
    guard valid || written else { return nil }
    return Selector(
      kind: .iban, value: String(decoding: characters, as: UTF8.self),
      raw: TextRange.string(text, start..<end), range: start..<end, valid: valid,
      confidence: valid ? 0.99 : 0.3)
  }

  /// Whether the check digits fit (ISO 7064, MOD 97-10).
  static func isValid(_ characters: [UInt8]) -> Bool {
    guard characters.count > 4 else { return false }
    var remainder = 0
    for byte in characters[4...] + characters[..<4] {
      if byte.isDigit {
        remainder = (remainder * 10 + Int(byte &- 0x30)) % 97
      } else if byte.isLetter {
        remainder = (remainder * 100 + Int(byte.lowered &- 0x61) + 10) % 97
      } else {
        return false
      }
    }
    return remainder == 1
  }
}
