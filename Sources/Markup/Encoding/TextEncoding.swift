extension TextEncoding {
  /// Its name in the WHATWG Encoding standard, in lower case.
  var name: String { rawValue }

  /// The encoding that a label stands for (WHATWG Encoding, section 4.2, "get an encoding").
  init?(label: some Collection<UInt8>) {
    let bytes = Array(label)
    guard let start = bytes.firstIndex(where: { !$0.isHTMLSpace }),
      let last = bytes.lastIndex(where: { !$0.isHTMLSpace }), last - start < 64
    else { return nil }
    let lowered = String(decoding: bytes[start...last].map(\.asciiLowered), as: UTF8.self)
    guard let found = Self.byLabel[lowered] else { return nil }
    self = found
  }

  private static let byLabel: [String: TextEncoding] = {
    var table: [String: TextEncoding] = [:]
    for line in "\(labels)".split(separator: "\n") {
      let parts = line.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let encoding = TextEncoding(rawValue: String(parts[0])) else {
        continue
      }
      for label in parts[1].split(separator: " ") { table[String(label)] = encoding }
    }
    return table
  }()

  /// What a declaration inside the document is taken to mean: one that could be read as ASCII
  /// cannot be in UTF-16 (HTML, section 13.2.3.2).
  var asDeclaredInside: TextEncoding {
    switch self {
    case .utf16be, .utf16le: .utf8
    case .xUserDefined: .windows1252
    default: self
    }
  }

  /// What ICU calls the encoding, for those of more than one byte a character.
  var converter: StaticString? {
    switch self {
    case .big5: "big5-hkscs"
    case .eucJp: "euc-jp"
    case .eucKr: "windows-949"
    case .gb18030, .gbk: "gb18030"
    case .iso2022Jp: "iso-2022-jp"
    case .shiftJis: "windows-31j"
    default: nil
    }
  }
}
