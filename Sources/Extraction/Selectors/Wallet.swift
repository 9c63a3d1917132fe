import Bytes

/// Addresses of cryptocurrencies, checked by their own checksums.
enum Wallet {
  /// The wallet that a run of letters and digits is; nil when it is none.
  static func find(in text: [UInt8], _ range: Range<Int>) -> Selector? {
    guard (26...106).contains(range.count) else { return nil }
    let token = Array(text[range])
    let value: (String, Bool)?
    switch (token[0], token[1]) {
    case (0x31, _), (0x33, _): value = base58(token, versions: [0x00, 0x05], "btc")
    case (0x54, _): value = base58(token, versions: [0x41], "trx")
    case (0x62, 0x63), (0x42, 0x43): value = Bech32.isAddress(token, "bc") ? lower(token) : nil
    case (0x30, 0x78), (0x30, 0x58): value = ethereum(token)
    case (0x34, _), (0x38, _):
      value = Monero.isAddress(token) ? ("xmr:" + string(token), true) : nil
    default: value = nil
    }
    guard let (name, valid) = value else { return nil }
    return Selector(
      kind: .wallet, value: name, raw: TextRange.string(text, range), range: range, valid: valid,
      confidence: valid ? 0.99 : 0.5)
  }

  private static func string(_ token: [UInt8]) -> String { String(decoding: token, as: UTF8.self) }

  private static func lower(_ token: [UInt8]) -> (String, Bool) {
    ("btc:" + String(decoding: token.map(\.lowered), as: UTF8.self), true)
  }

  private static func base58(
    _ token: [UInt8], versions: [UInt8], _ currency: String
  ) -> (String, Bool)? {
    guard token.count <= 35, let payload = Base58.decode(token), payload.count == 25,
      versions.contains(payload[0])
    else { return nil }
    let digest = SHA256.hash(SHA256.hash(Array(payload[..<21])).bytes).bytes
    guard Array(digest[..<4]) == Array(payload[21...]) else { return nil }
    return ("\(currency):" + String(decoding: token, as: UTF8.self), true)
  }

  /// EIP-55: capitals among the hexadecimal digits are the checksum; without capitals there is none.
  private static func ethereum(_ token: [UInt8]) -> (String, Bool)? {
    guard token.count == 42 else { return nil }
    let digits = Array(token[2...])
    guard digits.allSatisfy({ $0.isDigit || ($0 | 0x20) &- 0x61 < 6 }) else { return nil }
    let lowered = digits.map(\.lowered)
    let value = "eth:0x" + String(decoding: lowered, as: UTF8.self)
    let capitals = digits.contains { (0x41...0x46).contains($0) }
    let smalls = digits.contains { (0x61...0x66).contains($0) }
    guard capitals, smalls else { return (value, true) }
    let digest = Keccak256.hash(lowered)
    for (index, byte) in digits.enumerated() where byte.isLetter {
      let nibble = index % 2 == 0 ? digest[index / 2] >> 4 : digest[index / 2] & 0x0F
      if (nibble >= 8) != (byte & 0x20 == 0) { return (value, false) }
    }
    return (value, true)
  }
}

/// Bitcoin's alphabet without the characters people mix up.
enum Base58 {
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 0xFF, count: 256)
    let alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    for (value, byte) in alphabet.utf8.enumerated() { values[Int(byte)] = UInt8(value) }
    return values
  }()

  /// What a character counts, nil for one that is not in the alphabet.
  static func value(_ character: UInt8) -> UInt8? {
    let value = values[Int(character)]
    return value == 0xFF ? nil : value
  }

  /// The bytes a text stands for; nil for a foreign character or more than 64 of them.
  static func decode(_ text: [UInt8]) -> [UInt8]? {
    guard text.count <= 64 else { return nil }
    var bytes: [UInt8] = []
    for character in text {
      let value = values[Int(character)]
      guard value != 0xFF else { return nil }
      var carry = Int(value)
      for index in bytes.indices {
        carry += Int(bytes[index]) * 58
        bytes[index] = UInt8(carry & 0xFF)
        carry >>= 8
      }
      if carry > 0 { bytes.append(UInt8(carry & 0xFF)) }
    }
    let zeros = text.prefix { $0 == 0x31 }.count
    return [UInt8](repeating: 0, count: zeros) + bytes.reversed()
  }
}

/// Checksums of BIP 173 (Bech32) and BIP 350 (Bech32m).
enum Bech32 {
  private static let alphabet = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)

  /// Whether the text is a segregated-witness address of the network `prefix` names.
  static func isAddress(_ text: [UInt8], _ prefix: String) -> Bool {
    let capitals = text.contains { (0x41...0x5A).contains($0) }
    let smalls = text.contains { (0x61...0x7A).contains($0) }
    guard (14...74).contains(text.count), !(capitals && smalls) else { return false }
    let text = text.map(\.lowered)
    let head = Array(prefix.utf8)
    guard text.starts(with: head + [0x31]) else { return false }
    var values: [UInt8] = head.map { $0 >> 5 } + [0] + head.map { $0 & 31 }
    let data = text[(head.count + 1)...]
    for byte in data {
      guard let value = alphabet.firstIndex(of: byte) else { return false }
      values.append(UInt8(value))
    }
    let version = values[head.count * 2 + 1]
    return polymod(values) == (version == 0 ? 1 : 0x2BC8_30A3) && version <= 16
  }

  private static func polymod(_ values: [UInt8]) -> UInt32 {
    let generator: [UInt32] = [0x3B6A_57B2, 0x2650_8E6D, 0x1EA1_19FA, 0x3D42_33DD, 0x2A14_62B3]
    var checksum: UInt32 = 1
    for value in values {
      let top = checksum >> 25
      checksum = (checksum & 0x1FF_FFFF) << 5 ^ UInt32(value)
      for bit in 0..<5 where top >> UInt32(bit) & 1 == 1 { checksum ^= generator[bit] }
    }
    return checksum
  }
}
