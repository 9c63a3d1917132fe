/// What `FoldedView` makes of single scalars.
struct FoldedLetters: Sendable {
  static let shared = FoldedLetters()

  /// Latin letters with marks, by the letter that their Unicode name begins with.
  private let bases: [UInt32: UInt32]
  /// The images of the scalars of most texts; those that go are `gone`.
  private let images: [UInt32]
  /// Whether each of those scalars is a letter.
  private let letters: [Bool]

  private static let gone = UInt32.max
  /// Scalars below this, which are those of alphabets, are looked up; others are worked out.
  private static let tabled: UInt32 = 0x2000

  private init() {
    var bases: [UInt32: UInt32] = [:]
    let blocks: [ClosedRange<UInt32>] = [0xC0...0x24F, 0x1E00...0x1EFF, 0x2C60...0x2C7F]
    for block in blocks {
      for value in block {
        guard let scalar = Unicode.Scalar(value), let name = scalar.properties.name,
          let base = Self.base(name)
        else { continue }
        bases[value] = base
      }
    }
    self.bases = bases
    images = (0..<Self.tabled).map { Self.image($0, bases) ?? Self.gone }
    letters = (0..<Self.tabled).map { Self.isAlphabetic($0) }
  }

  /// `LATIN SMALL LETTER E WITH ACUTE` is an `e`.
  private static func base(_ name: String) -> UInt32? {
    let words = name.split(separator: " ")
    guard words.count >= 6, words[0] == "LATIN", words[2] == "LETTER", words[4] == "WITH",
      words[3].utf8.count == 1, let letter = words[3].unicodeScalars.first
    else { return nil }
    return words[1] == "SMALL" ? letter.value + 0x20 : letter.value
  }

  /// What a scalar becomes by itself; nil when it goes.
  @inline(__always)
  func image(_ value: UInt32) -> UInt32? {
    guard value < Self.tabled else { return Self.image(value, bases) }
    let image = images[Int(value)]
    return image == Self.gone ? nil : image
  }

  private static func image(_ value: UInt32, _ bases: [UInt32: UInt32]) -> UInt32? {
    switch value {
    case 0..<0x80: return value
    case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: return 0x20
    case 0xAD, 0x34F, 0x61C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F, 0x200B...0x200F,
      0x202A...0x202E, 0x2060...0x206F, 0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0,
      0xE0000...0xE0FFF:
      return nil
    case 0x300...0x36F, 0x483...0x489, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF,
      0xFE20...0xFE2F:
      return nil
    case 0xC0...0x24F, 0x1E00...0x1EFF, 0x2C60...0x2C7F: return bases[value] ?? value
    case 0xFF01...0xFF5E: return value - 0xFF01 + 0x21
    case 0x249C...0x24B5: return value - 0x249C + 0x61
    case 0x24B6...0x24CF: return value - 0x24B6 + 0x41
    case 0x24D0...0x24E9: return value - 0x24D0 + 0x61
    case 0x2460...0x2468: return value - 0x2460 + 0x31
    case 0x24EA: return 0x30
    case 0x1D400...0x1D6A3:
      // Thirteen alphabets of 26 capitals and 26 small letters, one after the other.
      let letter = (value - 0x1D400) % 52
      return letter < 26 ? 0x41 + letter : 0x61 + letter - 26
    case 0x1D7CE...0x1D7FF: return 0x30 + (value - 0x1D7CE) % 10
    case 0x1F110...0x1F129: return value - 0x1F110 + 0x41
    case 0x1F130...0x1F149: return value - 0x1F130 + 0x41
    case 0x1F150...0x1F169: return value - 0x1F150 + 0x41
    case 0x1F170...0x1F189: return value - 0x1F170 + 0x41
    // Mathematical letters that were encoded earlier than their alphabets.
    case 0x210E: return 0x68
    case 0x212F: return 0x65
    case 0x210A: return 0x67
    case 0x2134: return 0x6F
    case 0x212C: return 0x42
    case 0x2130: return 0x45
    case 0x2131: return 0x46
    case 0x210B, 0x210C, 0x210D: return 0x48
    case 0x2110, 0x2111: return 0x49
    case 0x2112: return 0x4C
    case 0x2113: return 0x6C
    case 0x2133: return 0x4D
    case 0x2115: return 0x4E
    case 0x2119: return 0x50
    case 0x211A: return 0x51
    case 0x211B, 0x211C, 0x211D: return 0x52
    case 0x2102, 0x212D: return 0x43
    case 0x2124, 0x2128: return 0x5A
    default: return value
    }
  }

  /// Whether a scalar is a letter.
  @inline(__always)
  func isLetter(_ value: UInt32) -> Bool {
    value < 0x80 ? (0x61...0x7A).contains(value | 0x20) : isLetterLike(value)
  }

  /// Whether a scalar beyond ASCII continues a word.
  @inline(__always)
  func isLetterLike(_ value: UInt32) -> Bool {
    value < Self.tabled ? letters[Int(value)] : Self.isAlphabetic(value)
  }

  private static func isAlphabetic(_ value: UInt32) -> Bool {
    Unicode.Scalar(value)?.properties.isAlphabetic ?? false
  }

  /// The Latin letter that a Cyrillic or Greek one looks like in most typefaces, else itself.
  ///
  /// Chosen from the intentional part of Unicode's confusables (UTS 39); doubtful pairs are left out.
  static func latinLookalike(_ value: UInt32) -> UInt32 {
    switch value {
    // Cyrillic, small.
    case 0x430: 0x61
    case 0x435: 0x65
    case 0x43E: 0x6F
    case 0x440: 0x70
    case 0x441: 0x63
    case 0x443: 0x79
    case 0x445: 0x78
    case 0x455: 0x73
    case 0x456: 0x69
    case 0x458: 0x6A
    case 0x4BB: 0x68
    case 0x501: 0x64
    case 0x51B: 0x71
    case 0x51D: 0x77
    // Cyrillic, capital.
    case 0x410: 0x41
    case 0x412: 0x42
    case 0x415: 0x45
    case 0x41A: 0x4B
    case 0x41C: 0x4D
    case 0x41D: 0x48
    case 0x41E: 0x4F
    case 0x420: 0x50
    case 0x421: 0x43
    case 0x422: 0x54
    case 0x423: 0x59
    case 0x425: 0x58
    case 0x405: 0x53
    case 0x406: 0x49
    case 0x408: 0x4A
    // Greek, small.
    case 0x3B1: 0x61
    case 0x3B9: 0x69
    case 0x3BA: 0x6B
    case 0x3BD: 0x76
    case 0x3BF: 0x6F
    case 0x3C1: 0x70
    case 0x3C5: 0x75
    case 0x3F2: 0x63
    case 0x3F3: 0x6A
    // Greek, capital.
    case 0x391: 0x41
    case 0x392: 0x42
    case 0x395: 0x45
    case 0x396: 0x5A
    case 0x397: 0x48
    case 0x399: 0x49
    case 0x39A: 0x4B
    case 0x39C: 0x4D
    case 0x39D: 0x4E
    case 0x39F: 0x4F
    case 0x3A1: 0x50
    case 0x3A4: 0x54
    case 0x3A5: 0x59
    case 0x3A7: 0x58
    default: value
    }
  }
}
