/// The writing systems that languages of adverts are written in, as far as packs need to tell them
/// apart.
enum WritingSystem: String, Sendable, Hashable, CaseIterable {
  case latin = "Latin"
  case greek = "Greek"
  case cyrillic = "Cyrillic"
  case armenian = "Armenian"
  case hebrew = "Hebrew"
  case arabic = "Arabic"
  case devanagari = "Devanagari"
  case bengali = "Bengali"
  case tamil = "Tamil"
  case thai = "Thai"
  case georgian = "Georgian"
  case ethiopic = "Ethiopic"
  case hangul = "Hangul"
  case kana = "Kana"
  case han = "Han"

  /// Scalars of the system's blocks, after Unicode's Blocks.txt.
  private var blocks: [ClosedRange<UInt32>] {
    switch self {
    case .latin: [0x41...0x24F, 0x1E00...0x1EFF, 0x2C60...0x2C7F, 0xA720...0xA7FF]
    case .greek: [0x370...0x3FF, 0x1F00...0x1FFF]
    case .cyrillic: [0x400...0x52F, 0x1C80...0x1C8F, 0x2DE0...0x2DFF, 0xA640...0xA69F]
    case .armenian: [0x530...0x58F]
    case .hebrew: [0x590...0x5FF, 0xFB1D...0xFB4F]
    case .arabic: [0x600...0x6FF, 0x750...0x77F, 0x8A0...0x8FF, 0xFB50...0xFDFF, 0xFE70...0xFEFC]
    case .devanagari: [0x900...0x97F]
    case .bengali: [0x980...0x9FF]
    case .tamil: [0xB80...0xBFF]
    case .thai: [0xE00...0xE7F]
    case .georgian: [0x10A0...0x10FF, 0x1C90...0x1CBF]
    case .ethiopic: [0x1200...0x139F]
    case .hangul: [0x1100...0x11FF, 0x3130...0x318F, 0xAC00...0xD7AF]
    case .kana: [0x3040...0x30FF]
    case .han: [0x3400...0x4DBF, 0x4E00...0x9FFF]
    }
  }

  /// The system of a letter; nil for one that is not known here.
  init?(_ scalar: Unicode.Scalar) {
    guard
      let system = Self.allCases.first(where: { system in
        system.blocks.contains { $0.contains(scalar.value) }
      })
    else { return nil }
    self = system
  }

  /// The systems a language is written in, empty when that is not known here; a script subtag as in
  /// `sr-latn` decides.
  static func of(language: String) -> Set<WritingSystem> {
    let parts = language.split(separator: "-").map(String.init)
    if parts.contains("latn") { return [.latin] }
    if parts.contains("cyrl") { return [.cyrillic] }
    if parts.contains("arab") { return [.arabic] }
    switch parts.first ?? "" {
    case "ru", "uk", "be", "bg", "mk", "kk", "ky", "mn", "tg": return [.cyrillic]
    case "sr", "bs", "uz", "az": return [.cyrillic, .latin]
    case "el": return [.greek]
    case "hy": return [.armenian]
    case "he", "yi": return [.hebrew]
    case "ar", "fa", "ur", "ps", "ckb": return [.arabic]
    case "ku": return [.arabic, .latin]
    case "hi", "mr", "ne": return [.devanagari]
    case "bn", "as": return [.bengali]
    case "ta": return [.tamil]
    case "th": return [.thai]
    case "ka": return [.georgian]
    case "am", "ti": return [.ethiopic]
    case "ko": return [.hangul, .han]
    case "ja": return [.kana, .han]
    case "zh": return [.han]
    case "dv", "gu", "km", "kn", "lo", "ml", "my", "or", "pa", "sd", "si", "te": return []
    default: return [.latin]
    }
  }
}
