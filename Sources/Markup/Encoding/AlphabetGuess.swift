/// Tells encodings of alphabets apart whose bytes ICU mixes up or does not know.
enum AlphabetGuess {
  /// The Cyrillic encoding in which the bytes read like Slavic text; nil when there is none.
  ///
  /// In Russian, Bulgarian, Serbian and Ukrainian ten letters make up more than half of the text,
  /// and no capital follows a small letter: read in a wrong encoding, both fail.
  static func cyrillic(_ sample: [UInt8]) -> TextEncoding? {
    let candidates: [TextEncoding] = [.windows1251, .koi8U, .iso88595, .ibm866, .xMacCyrillic]
    var best: (encoding: TextEncoding, score: Double)?
    for encoding in candidates {
      guard let table = SingleByteTables.scalars(of: encoding),
        let score = slavicScore(sample, table), score > best?.score ?? 0
      else { continue }
      best = (encoding, score)
    }
    // The Ukrainian table has the Russian letters in the same places.
    return best?.encoding == .koi8U ? .koi8R : best?.encoding
  }

  private static let frequent = Set("оеаинтсрвл".unicodeScalars.map { UInt16($0.value) })

  private static func slavicScore(_ sample: [UInt8], _ table: [UInt16]) -> Double? {
    var all = 0
    var common = 0
    var other = 0
    var clashes = 0
    var wasSmall = false
    var before: UInt8 = 0
    for byte in sample {
      defer { before = byte }
      // Words of two alphabets at once are Latin ones with accents.
      if (byte >= 0x80) != (before >= 0x80), byte.isASCIILetter || before.isASCIILetter {
        clashes += 1
      }
      guard byte >= 0x80 else {
        wasSmall = false
        continue
      }
      all += 1
      let scalar = table[Int(byte & 0x7F)]
      let isSmall = scalar >= 0x430 && scalar <= 0x45F
      if frequent.contains(scalar) { common += 1 }
      if !isSmall, scalar < 0x400 || scalar > 0x42F { other += 1 }
      if wasSmall, !isSmall, scalar >= 0x400, scalar <= 0x42F { clashes += 1 }
      wasSmall = isSmall
    }
    guard all >= 8 else { return nil }
    let total = Double(all)
    guard Double(common) / total >= 0.45, Double(other) / total < 0.15,
      Double(clashes) / total < 0.05
    else { return nil }
    return (Double(common) - 2 * Double(other) - 2 * Double(clashes)) / total + 1
  }

  /// Whether the bytes read like Thai in windows-874: marks above and below stand on consonants.
  static func isThai(_ sample: [UInt8]) -> Bool {
    var all = 0
    var marks = 0
    var wrong = 0
    var carries = false
    for byte in sample {
      guard byte >= 0x80 else {
        carries = false
        continue
      }
      all += 1
      switch byte {
      case 0xD1, 0xD4...0xDA, 0xE7...0xEC:
        marks += 1
        if !carries { wrong += 1 }
      case 0xA1...0xCE: carries = true
      case 0xDB...0xDE, 0xFC...0xFF, 0x86...0x90:
        wrong += 1
        carries = false
      default: carries = false
      }
    }
    return all >= 20 && marks * 100 > all * 12 && wrong * 50 < all
  }
}
