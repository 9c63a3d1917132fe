import CPhoneNumber

@testable import Extraction

/// Adverts invented for phone numbers: every way of hiding a number in every country, among prices,
/// ages, dates, postcodes, measures and reference numbers that are none.
///
/// Deterministic: the same adverts on every run. Numbers are those reserved for fiction where there
/// are any, else libphonenumber's own examples.
struct PhoneCorpus {
  struct Advert {
    var text: String
    var country: String
    var trick: Trick
    /// E.164.
    var numbers: [String]
  }

  enum Trick: String, CaseIterable {
    case plain, national, dashes, dots, slashes, brackets, international, doubleZero,
      trunkInBrackets
    case spaced, hyphened, words, mixed, mixedLanguages, englishWords, joinedWords, capitals
    case fullwidth, circled, negativeCircled, keycaps, bold, sans, monospace, doubleStruck, arabic
    case devanagari, superscript, parenthesised, emoji, hearts, emojiEach, stars, pipes, underscores
    case zeroWidth, softHyphen, noBreak, lineEnd, threeLines, letterO, lookalikes, cyrillicO
    case quoted, pairInRow, threeInRow

    var isPlain: Bool {
      switch self {
      case .plain, .national, .dashes, .dots, .slashes, .brackets, .international, .doubleZero,
        .trunkInBrackets:
        return true
      default: return false
      }
    }
  }

  static let countries = [
    "NL", "BE", "DE", "AT", "RO", "BG", "HU", "PL", "GB", "FR", "ES", "US", "IT", "PT", "RU", "UA",
  ]

  private static let spoken: [String: String] = [
    "en": "zero one two three four five six seven eight nine",
    "nl": "nul een twee drie vier vijf zes zeven acht negen",
    "de": "null eins zwei drei vier fünf sechs sieben acht neun",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve",
    "ro": "zero unu doi trei patru cinci șase șapte opt nouă",
    "pl": "zero jeden dwa trzy cztery pięć sześć siedem osiem dziewięć",
    "bg": "нула едно две три четири пет шест седем осем девет",
    "hu": "nulla egy kettő három négy öt hat hét nyolc kilenc",
    "ru": "ноль один два три четыре пять шесть семь восемь девять",
    "it": "zero uno due tre quattro cinque sei sette otto nove",
    "pt": "zero um dois três quatro cinco seis sete oito nove",
  ]
  private static let language = [
    "NL": "nl", "BE": "nl", "DE": "de", "AT": "de", "RO": "ro", "BG": "bg", "HU": "hu", "PL": "pl",
    "GB": "en", "FR": "fr", "ES": "es", "US": "en", "IT": "it", "PT": "pt", "RU": "ru", "UA": "ru",
  ]

  /// Lines that hold the number, by language.
  private static let carriers: [String: [String]] = [
    "en": ["Call me on # any time", "My number: #", "Text or WhatsApp # please", "#", "Lena #"],
    "nl": ["Bel mij op #", "Mijn nummer is #", "App naar # voor een afspraak", "#", "Lena #"],
    "de": ["Ruf an unter #", "Meine Nummer: #", "WhatsApp # gerne", "#", "Lena #"],
    "fr": ["Appelez-moi au #", "Mon numéro : #", "WhatsApp # merci", "#", "Lena #"],
    "es": ["Llámame al #", "Mi número es #", "WhatsApp # gracias", "#", "Lena #"],
    "ro": ["Sună-mă la #", "Numărul meu: #", "WhatsApp # mulțumesc", "#", "Lena #"],
    "pl": ["Zadzwoń pod #", "Mój numer: #", "WhatsApp # zapraszam", "#", "Lena #"],
    "bg": ["Обади се на #", "Моят номер: #", "Вайбер # по всяко време", "#", "Лена #"],
    "hu": ["Hívj a # számon", "A számom: #", "Viber # bármikor", "#", "Lena #"],
    "ru": ["Звоните # в любое время", "Мой номер: #", "Вайбер # пишите", "#", "Лена #"],
    "it": ["Chiamami al #", "Il mio numero: #", "WhatsApp # grazie", "#", "Lena #"],
    "pt": ["Liga para #", "O meu número: #", "WhatsApp # obrigada", "#", "Lena #"],
  ]

  /// Lines of figures that are no numbers to call.
  private static let others = [
    "150 € / 1h, 250 € / 2h, 80 € 30 min", "25 jaar, 170 cm, 55 kg", "10:00 - 22:00, 24/7",
    "12.03.2026 - 15.03.2026", "1012 AB Amsterdam", "90-60-90, maat 36", "ref. 123456789",
    "Order no. 20260512", "100 roses / 30 min", "1.250,00 EUR per maand", "40-60 uur per week",
    "12,50 per uur bruto", "2026-05-03 10:30", "SW1A 1AA", "KvK 12345678", "20 m2, 3 km",
    "+18 only", "1h 150 2h 280 3h 400", "75001 Paris", "IBAN NL91 ABNA 0417 1643 00",
  ]

  /// SplitMix64, so that the corpus is the same everywhere.
  private struct Random {
    var state: UInt64
    mutating func next(_ bound: Int) -> Int {
      state &+= 0x9E37_79B9_7F4A_7C15
      var value = state
      value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
      value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
      return Int((value ^ value >> 31) % UInt64(bound))
    }
  }

  private struct Number {
    var e164: String
    var national: String
    var international: String
    var digits: [Int]
    var trunk: Bool
  }

  private static func numbers(_ country: String) -> [Number] {
    var lines: [String] = []
    switch country {
    case "GB":
      lines = ["07700 900123", "07700 900456", "07700 900789", "020 7946 0123", "020 7946 0958"]
    case "US": lines = ["(202) 555-0123", "(312) 555-0167", "(415) 555-0198"]
    default:
      for type in [CPHONE_MOBILE, CPHONE_FIXED] {
        if let text = ExampleNumber.text(country, type, CPHONE_NATIONAL) { lines.append(text) }
      }
    }
    return lines.compactMap { line in
      guard let phone = ParsedPhone.parse(Array(line.utf8), region: country), phone.valid else {
        return nil
      }
      let digits = line.compactMap(\.wholeNumberValue)
      // Some examples are a row of keys, which nobody would take for a number unannounced.
      if zip(digits, digits.dropFirst()).allSatisfy({ $1 == ($0 + 1) % 10 }) { return nil }
      let code = CallingCodes.code(country) ?? (country == "US" ? "1" : "7")
      let rest = phone.value.dropFirst(1 + code.count)
      return Number(
        e164: phone.value, national: line, international: "+\(code) \(rest)", digits: digits,
        trunk: digits.count > rest.count)
    }
  }

  static func adverts() -> [Advert] {
    var random = Random(state: 20_260_514)
    var adverts: [Advert] = []
    for country in countries {
      let pool = numbers(country)
      guard !pool.isEmpty else { continue }
      for trick in Trick.allCases {
        for copy in 0..<2 {
          let first = pool[(copy + random.next(pool.count)) % pool.count]
          var numbers = [first]
          if trick == .pairInRow { numbers.append(pool[random.next(pool.count)]) }
          if trick == .threeInRow { numbers += [pool[0], pool[pool.count - 1]] }
          guard let written = write(numbers, trick, country, &random) else { continue }
          adverts.append(
            Advert(
              text: advert(written, country, &random), country: country, trick: trick,
              numbers: numbers.map(\.e164)))
        }
      }
    }
    return adverts
  }

  private static func advert(_ number: String, _ country: String, _ random: inout Random) -> String
  {
    let lines = carriers[language[country] ?? "en"] ?? []
    // Without a trunk prefix nothing but an announcement joins the halves of a broken number.
    let bare = ["PL", "ES", "PT", "IT", "US"].contains(country)
    let carrier = lines[random.next(bare && number.contains("\n") ? 3 : lines.count)]
    var text = others[random.next(others.count)] + "\n"
    if random.next(2) == 0 { text += others[random.next(others.count)] + "\n" }
    text += carrier.replacing("#", with: number) + "\n"
    text += others[random.next(others.count)]
    return text
  }

  private static func words(_ language: String) -> [String] {
    (spoken[language] ?? "").split(separator: " ").map(String.init)
  }

  private static func scalars(_ digits: [Int], _ map: (Int) -> UInt32) -> String {
    String(String.UnicodeScalarView(digits.compactMap { Unicode.Scalar(map($0)) }))
  }

  /// Digits in groups of two, the last of three when they are odd.
  private static func grouped(_ digits: [Int], _ mark: String) -> String {
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, index % 2 == 0, index < digits.count - 1 { text += mark }
      text += String(digit)
    }
    return text
  }

  private static func write(
    _ numbers: [Number], _ trick: Trick, _ country: String, _ random: inout Random
  ) -> String? {
    let number = numbers[0]
    let digits = number.digits
    let plain = digits.map(String.init).joined()
    let own = words(language[country] ?? "en")
    func joined(_ mark: String) -> String { digits.map(String.init).joined(separator: mark) }
    switch trick {
    case .plain: return plain
    case .national: return number.national
    case .dashes: return grouped(digits, "-")
    case .dots: return grouped(digits, ".")
    case .slashes: return number.trunk ? plain.prefix(3) + "/" + plain.dropFirst(3) : nil
    case .brackets: return "(" + plain.prefix(3) + ") " + plain.dropFirst(3)
    case .international: return number.international
    case .doubleZero: return country == "US" ? nil : "00" + number.e164.dropFirst()
    case .trunkInBrackets:
      guard number.trunk, !["US", "HU", "RU", "UA", "IT"].contains(country) else { return nil }
      let code = number.international.prefix { $0 != " " }
      return "\(code) (0)\(number.international.drop { $0 != " " }.dropFirst())"
    case .spaced: return joined(" ")
    case .hyphened: return joined("-")
    case .words: return digits.map { own[$0] }.joined(separator: " ")
    case .mixed:
      return digits.map { random.next(3) == 0 ? own[$0] : "\($0)" }.joined(separator: " ")
    case .mixedLanguages:
      let other = words(["en", "es", "nl", "fr"][random.next(4)])
      return digits.map { random.next(2) == 0 ? own[$0] : other[$0] }.joined(separator: " ")
    case .englishWords: return digits.map { words("en")[$0] }.joined(separator: "-")
    case .joinedWords: return digits.map { words("en")[$0] }.joined()
    case .capitals: return digits.map { own[$0].uppercased() }.joined(separator: " ")
    case .fullwidth: return scalars(digits) { 0xFF10 + UInt32($0) }
    case .circled: return scalars(digits) { $0 == 0 ? 0x24EA : 0x245F + UInt32($0) }
    case .negativeCircled: return scalars(digits) { $0 == 0 ? 0x24FF : 0x2775 + UInt32($0) }
    case .keycaps: return digits.map { "\($0)\u{FE0F}\u{20E3}" }.joined()
    case .bold: return scalars(digits) { 0x1D7CE + UInt32($0) }
    case .doubleStruck: return scalars(digits) { 0x1D7D8 + UInt32($0) }
    case .sans: return scalars(digits) { 0x1D7E2 + UInt32($0) }
    case .monospace: return scalars(digits) { 0x1D7F6 + UInt32($0) }
    case .arabic: return scalars(digits) { 0x660 + UInt32($0) }
    case .devanagari: return scalars(digits) { 0x966 + UInt32($0) }
    case .superscript:
      return scalars(digits) {
        $0 == 1 ? 0xB9 : $0 == 2 || $0 == 3 ? 0xB0 + UInt32($0) : 0x2070 + UInt32($0)
      }
    case .parenthesised: return scalars(digits) { $0 == 0 ? 0x24EA : 0x2473 + UInt32($0) }
    case .emoji: return grouped(digits, "💋")
    case .hearts: return grouped(digits, " ❤️ ")
    case .emojiEach: return joined("🔥")
    case .stars: return grouped(digits, " * ")
    case .pipes: return grouped(digits, "|")
    case .underscores: return grouped(digits, "_")
    case .zeroWidth: return joined("\u{200B}")
    case .softHyphen: return joined("\u{AD}")
    case .noBreak: return grouped(digits, "\u{A0}")
    case .lineEnd: return plain.prefix(5) + "\n" + plain.dropFirst(5)
    case .threeLines:
      return plain.prefix(4) + "\n" + plain.dropFirst(4).prefix(3) + "\n" + plain.dropFirst(7)
    case .letterO:
      guard digits.contains(0) else { return nil }
      return plain.replacing("0", with: "O")
    case .lookalikes:
      guard digits.count(where: { [0, 1, 5, 8].contains($0) }) >= 2 else { return nil }
      let letters = [0: "O", 1: "l", 5: "S", 8: "B"]
      var count = 0
      return digits.map { digit in
        // The first two and never all: nobody could read it.
        guard let letter = letters[digit], count < 3 else { return "\(digit)" }
        count += 1
        return letter == "B" || letter == "S" ? (count > 1 ? letter : "\(digit)") : letter
      }.joined()
    case .cyrillicO:
      guard digits.contains(0) else { return nil }
      return plain.replacing("0", with: "О")
    case .quoted: return "\"" + grouped(digits, " ") + "\""
    case .pairInRow:
      return numbers.map { $0.digits.map(String.init).joined() }.joined(separator: " ")
    case .threeInRow:
      return numbers.map { $0.digits.map(String.init).joined() }.joined(separator: " / ")
    }
  }
}
