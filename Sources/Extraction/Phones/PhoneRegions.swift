/// Where an undecorated number might be dialled, most likely first.
struct PhoneRegions: Sendable, Equatable {
  /// ISO 3166 alpha-2 codes.
  var codes: [String] = []

  /// Countries by what is known: the source's country, the domain, the language.
  init(country: String?, domain: String?, language: String?) {
    if let country { append(country.uppercased()) }
    if let domain, let code = Self.country(ofDomain: domain) { append(code) }
    for code in Self.countries(ofLanguage: language) { append(code) }
  }

  init(codes: [String]) {
    for code in codes { append(code) }
  }

  private mutating func append(_ code: String) {
    let code = code == "UK" ? "GB" : code
    guard code.utf8.count == 2, code.utf8.allSatisfy({ $0.isLetter }), !codes.contains(code) else {
      return
    }
    codes.append(code)
  }

  /// The country a two-letter top-level domain stands for; nil for those sold as words.
  static func country(ofDomain host: String) -> String? {
    guard let dot = host.utf8.lastIndex(of: UInt8(ascii: ".")) else { return nil }
    let suffix = host[host.index(after: dot)...]
    guard suffix.utf8.count == 2, suffix.utf8.allSatisfy({ $0.isLetter }) else { return nil }
    switch suffix.lowercased() {
    case "eu", "co", "io", "me", "tv", "cc", "ai", "to", "ws", "fm", "am", "su", "gg", "sh", "nu",
      "st", "so", "la", "tk", "ml", "ga", "cf", "gq", "pw", "ac", "vc", "bz":
      return nil
    case "uk": return "GB"
    default: return suffix.uppercased()
    }
  }

  /// The countries where a language is most written in adverts.
  static func countries(ofLanguage language: String?) -> [String] {
    switch language {
    case "en": return ["GB", "US"]
    case "nl": return ["NL", "BE"]
    case "de": return ["DE", "AT", "CH"]
    case "fr": return ["FR", "BE"]
    case "es": return ["ES"]
    case "pt": return ["PT"]
    case "it": return ["IT"]
    case "ro": return ["RO"]
    case "pl": return ["PL"]
    case "bg": return ["BG"]
    case "hu": return ["HU"]
    case "ru": return ["RU"]
    case "uk": return ["UA"]
    case "cs": return ["CZ"]
    case "sk": return ["SK"]
    case "lt": return ["LT"]
    case "lv": return ["LV"]
    case "et": return ["EE"]
    case "el": return ["GR"]
    case "sv": return ["SE"]
    case "da": return ["DK"]
    case "no", "nb", "nn": return ["NO"]
    case "fi": return ["FI"]
    case "tr": return ["TR"]
    case "sq": return ["AL"]
    case "sr", "bs": return ["RS", "BA"]
    case "hr": return ["HR"]
    case "sl": return ["SI"]
    default: return []
    }
  }

  /// Tried last, and only for a number that is announced as one and fits exactly one of them.
  static let fallbacks = [
    "NL", "GB", "DE", "BE", "FR", "RO", "BG", "HU", "PL", "ES", "IT", "US",
  ]

  /// How a country writes a number for its own people.
  struct Plan {
    /// Digits of a national number, the trunk prefix included.
    var lengths: ClosedRange<Int>
    /// What every number dialled inside the country begins with; empty when nothing.
    var trunk: String
    /// Digits of the first groups as people write them, where there is no trunk prefix to tell a
    /// number by.
    var groupings: [[Int]] = []
  }

  static func plan(_ region: String) -> Plan {
    let threes = [
      [9], [3, 3, 3], [3, 2, 2, 2], [2, 3, 2, 2], [2, 7], [3, 6], [3, 2, 4], [2, 2, 2, 3],
    ]
    switch region {
    case "NL", "FR", "RO", "CH", "SK", "AL", "RS", "UA": return Plan(lengths: 10...10, trunk: "0")
    case "GB": return Plan(lengths: 10...11, trunk: "0")
    case "BG": return Plan(lengths: 8...10, trunk: "0")
    case "BE", "IE", "HR", "BA", "SI", "MD": return Plan(lengths: 9...10, trunk: "0")
    case "DE", "AT": return Plan(lengths: 9...13, trunk: "0")
    case "SE", "FI": return Plan(lengths: 8...11, trunk: "0")
    case "TR", "NG": return Plan(lengths: 10...11, trunk: "0")
    case "HU": return Plan(lengths: 10...11, trunk: "06")
    case "RU", "KZ": return Plan(lengths: 11...11, trunk: "8")
    case "LT": return Plan(lengths: 9...9, trunk: "")
    case "US", "CA":
      return Plan(
        lengths: 10...11, trunk: "",
        groupings: [
          [10], [3, 3, 4], [3, 7], [6, 4], [1, 3, 3, 4], [11], [1, 10], [3, 4, 3], [3, 3, 2, 2],
        ])
    case "PL", "ES", "PT", "CZ": return Plan(lengths: 9...9, trunk: "", groupings: threes)
    case "IT":
      return Plan(
        lengths: 8...11, trunk: "",
        groupings: [[10], [3, 7], [3, 3, 4], [3, 3, 2, 2], [3, 2, 2, 3], [3, 2, 2, 2, 1]])
    case "GR": return Plan(lengths: 10...10, trunk: "", groupings: [[10], [3, 3, 4], [3, 7]])
    case "DK", "NO", "LV":
      return Plan(lengths: 8...8, trunk: "", groupings: [[8], [2, 2, 2, 2], [3, 2, 3], [4, 4]])
    default: return Plan(lengths: 8...12, trunk: "0")
    }
  }
}
