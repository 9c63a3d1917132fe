import CICU

/// Guesses the encoding of bytes that nothing declares and that are no UTF-8.
enum EncodingGuess {
  /// How many bytes are looked at.
  static let length = 64 << 10

  /// UTF-16 without a mark: every second byte of Western text in it is zero.
  static func wideEncoding(of bytes: [UInt8]) -> TextEncoding? {
    let sample = bytes.prefix(1 << 10)
    guard sample.count >= 8 else { return nil }
    var zeros = [0, 0]
    for (index, byte) in sample.enumerated() where byte == 0 { zeros[index & 1] += 1 }
    let half = sample.count / 2
    if zeros[1] * 10 > half * 4, zeros[0] * 20 < half { return .utf16le }
    if zeros[0] * 10 > half * 4, zeros[1] * 20 < half { return .utf16be }
    return nil
  }

  /// Whether bytes below 80 hold the escape sequences of ISO-2022-JP.
  static func mayBeISO2022(_ bytes: [UInt8]) -> Bool {
    let found = bytes.withUnsafeBufferPointer { $0.first(0x1B, in: 0..<$0.count) }
    guard let escape = found, escape + 2 < bytes.count else { return false }
    let tail = [bytes[escape + 1], bytes[escape + 2]]
    return [[0x24, 0x42], [0x24, 0x40], [0x28, 0x4A], [0x28, 0x49]].contains(tail)
  }

  /// The most plausible encoding.
  static func encoding(of bytes: [UInt8]) -> TextEncoding {
    if mayBeISO2022(bytes) { return .iso2022Jp }
    let sample = textSample(of: bytes)
    if let cyrillic = AlphabetGuess.cyrillic(sample) { return cyrillic }
    if AlphabetGuess.isThai(sample) { return .windows874 }
    var name = [CChar](repeating: 0, count: 64)
    var language = [CChar](repeating: 0, count: 16)
    var confidence: Int32 = 0
    let isFound = sample.withUnsafeBufferPointer {
      cicu_detect_charset($0.baseAddress, $0.count, &name, &language, &confidence)
    }
    guard isFound else { return .windows1252 }
    let label = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    guard let found = TextEncoding(label: label) else { return .windows1252 }
    switch found {
    // ICU sees these in short texts of anything; what they are was looked at before.
    case .utf8, .utf16be, .utf16le, .iso2022Jp, .replacement: return .windows1252
    // The letters are in the same places, and pages on the web have the points of windows-1255.
    case .iso88598, .iso88598I: return .windows1255
    default: return found
    }
  }

  /// The text between tags: markup is ASCII whatever the encoding, and drowns the letters.
  private static func textSample(of bytes: [UInt8]) -> [UInt8] {
    var sample: [UInt8] = []
    var isInTag = false
    for byte in bytes {
      if sample.count >= length { break }
      switch byte {
      case 0x3C: isInTag = true
      case 0x3E:
        isInTag = false
        sample.append(0x20)
      default:
        if !isInTag { sample.append(byte) }
      }
    }
    // A lone "<" must not hide the rest.
    return sample.contains { $0 >= 0x80 } ? sample : Array(bytes.prefix(length))
  }
}
