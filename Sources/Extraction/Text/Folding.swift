/// Folding of letters for the look-up of words: lower case, without diacritics, compatibility
/// forms as their plain letters.
///
/// This is a look-up key, not a Unicode normalisation: it folds what the word tables of this
/// module need (Latin, Cyrillic, Greek capitals are left) and leaves everything else as it is.
enum Folding {
  /// Letters U+00C0 to U+017F by their ASCII base; a space where there is none.
  private static let latin: [UInt8] = Array(
    // U+00C0 to U+00FF, then U+0100 to U+017F
    ("aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty"
      + "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllll"
      + "nnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs").utf8)

  /// The ASCII letter under a Latin letter, or nil.
  static func base(ofLatin value: UInt32) -> UInt8? {
    switch value {
    case 0xC0...0x17F:
      let index = Int(value) - 0xC0
      guard index < latin.count, latin[index] != 0x20 else { return nil }
      return latin[index]
    case 0x218, 0x219: return 0x73
    case 0x21A, 0x21B: return 0x74
    case 0xFF21...0xFF3A: return UInt8(truncatingIfNeeded: value - 0xFF21) + 0x61
    case 0xFF41...0xFF5A: return UInt8(truncatingIfNeeded: value - 0xFF41) + 0x61
    case 0x1D400...0x1D6A3:
      return UInt8(truncatingIfNeeded: (value - 0x1D400) % 26) + 0x61
    case 0x24B6...0x24CF: return UInt8(truncatingIfNeeded: value - 0x24B6) + 0x61
    case 0x24D0...0x24E9: return UInt8(truncatingIfNeeded: value - 0x24D0) + 0x61
    default: return nil
    }
  }

  /// Whether a letter that folds to ASCII is drawn as a styled letter no keyboard types.
  static func isStyled(_ value: UInt32) -> Bool {
    value >= 0x24B6
  }

  /// The lower-case form of a Cyrillic letter, ё as е.
  static func lowered(cyrillic value: UInt32) -> UInt32 {
    switch value {
    case 0x410...0x42F: return value + 0x20
    case 0x400...0x40F: return value == 0x401 ? 0x435 : value + 0x50
    case 0x451: return 0x435
    default: return value
    }
  }

  /// Appends one scalar in folded form.
  static func append(_ value: UInt32, to key: inout [UInt8]) {
    if value < 0x80 {
      key.append(UInt8(truncatingIfNeeded: value).lowered)
      return
    }
    if let letter = base(ofLatin: value) {
      key.append(letter)
      return
    }
    switch value {
    case 0x300...0x36F, 0xAD, 0x200B...0x200D: return
    default: break
    }
    guard let scalar = Unicode.Scalar(lowered(cyrillic: value)) else { return }
    key.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  /// A word as the tables of this module hold it.
  static func key(_ word: String) -> [UInt8] {
    var key: [UInt8] = []
    for scalar in word.unicodeScalars { append(scalar.value, to: &key) }
    return key
  }

  /// The folded form of a stretch of text.
  static func key(_ text: [UInt8], _ range: Range<Int>) -> [UInt8] {
    var key: [UInt8] = []
    key.reserveCapacity(range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      let found = scalar(in: text, at: index)
      append(found.value, to: &key)
      index += found.length
    }
    return key
  }

  /// What a hash begins with.
  static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

  @inline(__always)
  private static func mix(_ byte: UInt8, into hash: inout UInt64) {
    hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
  }

  /// FNV-1a of folded bytes: the identity of a word in the tables.
  static func hash(_ key: [UInt8]) -> UInt64 {
    var hash = seed
    for byte in key { mix(byte, into: &hash) }
    return hash
  }

  /// Takes one scalar in folded form into a hash.
  @inline(__always)
  static func feed(_ value: UInt32, into hash: inout UInt64) {
    if value < 0x80 {
      mix(UInt8(truncatingIfNeeded: value).lowered, into: &hash)
    } else {
      feedWide(value, into: &hash)
    }
  }

  private static func feedWide(_ value: UInt32, into hash: inout UInt64) {
    if let letter = base(ofLatin: value) {
      mix(letter, into: &hash)
      return
    }
    switch value {
    case 0x300...0x36F, 0xAD, 0x200B...0x200D: return
    default: break
    }
    guard let scalar = Unicode.Scalar(lowered(cyrillic: value)) else { return }
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { mix(byte, into: &hash) }
  }

  /// The hash of a stretch of text.
  static func hash(_ text: [UInt8], _ range: Range<Int>) -> UInt64 {
    var hash = seed
    var index = range.lowerBound
    while index < range.upperBound {
      let found = scalar(in: text, at: index)
      feed(found.value, into: &hash)
      index += found.length
    }
    return hash
  }

  /// The hash of a word as it is written in a table.
  static func hash(_ word: String) -> UInt64 { hash(key(word)) }
}
