/// Letters that are typed in place of digits.
enum LookalikeDigits {
  /// The digit an ASCII letter passes for between digits, or nil.
  static func digit(ascii letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "O"), UInt8(ascii: "o"), UInt8(ascii: "Q"): return 0x30
    case UInt8(ascii: "l"), UInt8(ascii: "I"), UInt8(ascii: "i"): return 0x31
    case UInt8(ascii: "Z"), UInt8(ascii: "z"): return 0x32
    case UInt8(ascii: "S"), UInt8(ascii: "s"): return 0x35
    case UInt8(ascii: "G"): return 0x36
    case UInt8(ascii: "B"): return 0x38
    default: return nil
    }
  }

  /// The digit a letter above ASCII passes for between digits, or nil.
  static func digit(scalar value: UInt32) -> UInt8? {
    switch value {
    // Greek, Cyrillic, Armenian, fullwidth and Latin letters drawn as a ring.
    case 0x39F, 0x3BF, 0x41E, 0x43E, 0x555, 0x585, 0xFF2F, 0xFF4F, 0xD8, 0xF8, 0xD4, 0xF4, 0xD6,
      0xF6:
      return 0x30
    // Cyrillic and Greek letters drawn as a stroke, dotless i, small l with bar, Roman numeral one.
    case 0x406, 0x456, 0x4C0, 0x4CF, 0x399, 0x3B9, 0x131, 0x142, 0xFF49, 0xFF4C, 0xFF29, 0x2160,
      0x2170, 0x2113:
      return 0x31
    // Cyrillic ze and e, Latin ezh and open e.
    case 0x417, 0x437, 0x42D, 0x4E0, 0x4E1, 0x1B7, 0x292, 0x190, 0x25B: return 0x33
    case 0x427, 0x447: return 0x34
    case 0x405, 0x455, 0xFF33: return 0x35
    case 0x431, 0x411: return 0x36
    case 0x412, 0x432, 0xFF22, 0xDF, 0x3B2: return 0x38
    default: return nil
    }
  }
}
