/// What each character means to the reader of words.
enum WordRole: UInt8 {
  /// Between words.
  case gap
  /// Ends a sentence.
  case stop
  /// Ends a sentence when white space follows.
  case dot
  /// Nothing to see or to hear: marks and joiners.
  case nothing
  case letter
  case digit
  /// A word by itself, where scripts write none apart.
  case ideograph
}

/// Letters folded for comparison: lower case, Latin ones without marks, digits as ASCII.
struct WordLetters: Sendable {
  static let shared = WordLetters()

  private let roles: [UInt8]
  private let folded: [UInt32]
  private static let limit: UInt32 = 0x3000

  private init() {
    var roles = [UInt8](repeating: WordRole.gap.rawValue, count: Int(Self.limit))
    var folded = [UInt32](repeating: 0, count: Int(Self.limit))
    for value in 0..<Self.limit {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let (role, image) = Self.read(scalar)
      roles[Int(value)] = role.rawValue
      folded[Int(value)] = image
    }
    self.roles = roles
    self.folded = folded
  }

  /// The role of a scalar and what it is compared by.
  @inline(__always) func callAsFunction(_ value: UInt32) -> (role: WordRole, image: UInt32) {
    if value < Self.limit {
      let index = Int(value)
      return (WordRole(rawValue: roles[index]) ?? .gap, folded[index])
    }
    return Self.high(value)
  }

  private static func high(_ value: UInt32) -> (role: WordRole, image: UInt32) {
    switch value {
    case 0x3002: return (.stop, 0)
    case 0x3040...0x30FF, 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF:
      return (.ideograph, value)
    case 0xAC00...0xD7A3: return (.letter, value)
    case 0xFE00...0xFE0F, 0xFEFF, 0xE0000...0xE0FFF: return (.nothing, 0)
    case 0xFF01...0xFF5E: return shared(value - 0xFF01 + 0x21)
    case 0x1D400...0x1D6A3: return (.letter, (value - 0x1D400) % 26 + 0x61)
    case 0x1D7CE...0x1D7FF: return (.digit, (value - 0x1D7CE) % 10 + 0x30)
    case 0x1F130...0x1F149: return (.letter, value - 0x1F130 + 0x61)
    case 0x1F150...0x1F169: return (.letter, value - 0x1F150 + 0x61)
    case 0x1F170...0x1F189: return (.letter, value - 0x1F170 + 0x61)
    default:
      guard let scalar = Unicode.Scalar(value) else { return (.gap, 0) }
      return scalar.properties.isAlphabetic ? (.letter, value) : (.gap, 0)
    }
  }

  private static func read(_ scalar: Unicode.Scalar) -> (WordRole, UInt32) {
    let value = scalar.value
    switch value {
    case 0x0A, 0x0D, 0x21, 0x3F, 0x3B, 0x7C, 0x2022, 0x2026, 0x2028, 0x2029: return (.stop, 0)
    case 0x2E: return (.dot, 0)
    // An apostrophe joins what it stands between.
    case 0x27, 0x2019, 0x60, 0xB4: return (.nothing, 0)
    case 0xAD, 0x34F, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F: return (.nothing, 0)
    default: break
    }
    let properties = scalar.properties
    switch properties.generalCategory {
    case .decimalNumber:
      let digit = properties.numericValue.map { UInt32($0) } ?? 0
      return (.digit, 0x30 + digit)
    case .nonspacingMark, .enclosingMark: return (.nothing, 0)
    case .spacingMark: return (.letter, value)
    default: break
    }
    guard properties.isAlphabetic else { return (.gap, 0) }
    let lower = properties.lowercaseMapping.unicodeScalars.first ?? scalar
    return (.letter, base(lower))
  }

  /// The letter under a Latin letter with marks, told by its Unicode name; ё as е.
  private static func base(_ scalar: Unicode.Scalar) -> UInt32 {
    switch scalar.value {
    case 0x451: return 0x435
    case 0xC0...0x24F, 0x1E00...0x1EFF, 0x2C60...0x2C7F: break
    default: return scalar.value
    }
    let words = (scalar.properties.name ?? "").split(separator: " ")
    guard words.count >= 6, words[0] == "LATIN", words[2] == "LETTER", words[4] == "WITH",
      words[3].utf8.count == 1, let letter = words[3].unicodeScalars.first
    else { return scalar.value }
    return letter.value + 0x20
  }
}
