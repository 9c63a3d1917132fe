import CPhoneNumber
import Testing

@testable import Extraction

private func phones(_ text: String, _ country: String?, language: String? = nil) -> [Selector] {
  let bytes = Array(text.utf8)
  let found = PhoneFinder.find(
    in: bytes, regions: PhoneRegions(country: country, domain: nil, language: language))
  for selector in found {
    #expect(String(decoding: bytes[selector.range], as: UTF8.self) == selector.raw)
  }
  return found
}

/// Ways in which people write a number so that a program does not see it.
private enum Disguise: String, CaseIterable {
  case plain, dashes, dots, spaced, slashes, words, mixed, fullwidth, circled, keycaps, bold
  case emoji, stars, zeroWidth, lineEnd, letterO, cyrillicO, brackets, underscores, arabic

  var trick: String? {
    switch self {
    case .plain, .dashes, .dots, .slashes, .brackets: return nil
    case .spaced, .zeroWidth, .lineEnd: return "spacing"
    case .words, .mixed: return "words"
    case .fullwidth, .circled, .keycaps, .bold, .arabic: return "digits"
    case .emoji, .stars, .underscores: return "symbols"
    case .letterO: return "letters"
    case .cyrillicO: return "confusables"
    }
  }

  private static let spoken: [String: [String]] = [
    "NL": ["nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"],
    "BE": ["nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"],
    "DE": ["null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"],
    "FR": ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"],
    "ES": ["cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"],
    "RO": ["zero", "unu", "doi", "trei", "patru", "cinci", "șase", "șapte", "opt", "nouă"],
    "PL": [
      "zero", "jeden", "dwa", "trzy", "cztery", "pięć", "sześć", "siedem", "osiem", "dziewięć",
    ],
    "BG": ["нула", "едно", "две", "три", "четири", "пет", "шест", "седем", "осем", "девет"],
    "HU": ["nulla", "egy", "kettő", "három", "négy", "öt", "hat", "hét", "nyolc", "kilenc"],
    "RU": ["ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять"],
    "IT": ["zero", "uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove"],
    "PT": ["zero", "um", "dois", "três", "quatro", "cinco", "seis", "sete", "oito", "nove"],
  ]
  private static let english = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
  ]

  func write(_ digits: [Int], region: String) -> String? {
    let words = Self.spoken[region] ?? Self.english
    func pairs(_ separator: String) -> String {
      var text = ""
      for (index, digit) in digits.enumerated() {
        if index > 0, index % 2 == 0 || index == digits.count - 1 && index % 2 == 0 {
          text += separator
        }
        text += String(digit)
      }
      return text
    }
    func scalars(_ base: UInt32) -> String {
      String(String.UnicodeScalarView(digits.compactMap { Unicode.Scalar(base + UInt32($0)) }))
    }
    let plain = digits.map(String.init).joined()
    let half = plain.index(plain.startIndex, offsetBy: 5)
    switch self {
    case .plain: return plain
    case .dashes: return pairs("-")
    case .dots: return pairs(".")
    case .slashes: return plain.prefix(3) + "/" + plain.dropFirst(3)
    case .spaced: return digits.map(String.init).joined(separator: " ")
    case .words: return digits.map { words[$0] }.joined(separator: " ")
    case .mixed:
      return digits.enumerated().map { $0.offset % 3 == 1 ? words[$0.element] : "\($0.element)" }
        .joined(separator: "-")
    case .fullwidth: return scalars(0xFF10)
    case .arabic: return scalars(0x660)
    case .bold: return scalars(0x1D7CE)
    case .circled:
      return String(
        String.UnicodeScalarView(
          digits.compactMap { Unicode.Scalar($0 == 0 ? 0x24EA : 0x2460 + UInt32($0) - 1) }))
    case .keycaps: return digits.map { "\($0)\u{FE0F}\u{20E3}" }.joined()
    case .emoji: return pairs("💋")
    case .stars: return pairs(" * ")
    case .underscores: return pairs("_")
    case .zeroWidth: return digits.map(String.init).joined(separator: "\u{200B}")
    case .lineEnd: return plain[..<half] + "\n" + plain[half...]
    case .letterO:
      guard digits.dropFirst().contains(0) || digits.first == 0 else { return nil }
      return plain.replacing("0", with: "O")
    case .cyrillicO:
      guard digits.contains(0) else { return nil }
      return plain.replacing("0", with: "О")
    case .brackets: return "(" + plain.prefix(3) + ") " + plain.dropFirst(3)
    }
  }
}

private let countries = [
  "NL", "BE", "DE", "RO", "BG", "HU", "PL", "GB", "FR", "ES", "US", "IT", "PT",
]

@Suite struct PhoneDisguiseTests {
  @Test(arguments: countries) func `every disguise is seen through`(country: String) throws {
    for type in [CPHONE_MOBILE, CPHONE_FIXED] {
      guard let e164 = ExampleNumber.text(country, type, CPHONE_E164),
        let national = ExampleNumber.text(country, type, CPHONE_NATIONAL)
      else { continue }
      let digits = national.compactMap(\.wholeNumberValue)
      for disguise in Disguise.allCases {
        guard let written = disguise.write(digits, region: country) else { continue }
        let found = phones("Call me \(written) any time", country)
        #expect(found.map(\.value) == [e164], "\(country) \(disguise) \(written)")
        guard let first = found.first else { continue }
        #expect(first.trick == disguise.trick, "\(country) \(disguise) \(written)")
        #expect(first.valid)
        let start = written.hasPrefix("(") || first.raw == written
        #expect(start, "\(first.raw) for \(written)")
      }
    }
  }

  @Test(arguments: countries) func `international forms need no country`(country: String) throws {
    let e164 = try #require(ExampleNumber.text(country, CPHONE_MOBILE, CPHONE_E164))
    let international = try #require(
      ExampleNumber.text(country, CPHONE_MOBILE, CPHONE_INTERNATIONAL))
    #expect(phones("mijn nummer \(international) ok", nil).map(\.value) == [e164])
    #expect(phones("mijn nummer \(e164) ok", nil).map(\.value) == [e164])
    #expect(phones("00\(e164.dropFirst())", "NL").map(\.value) == [e164])
    #expect(phones("whatsapp \(e164.dropFirst())", nil).map(\.value) == [e164])
    #expect(phones("tel\n\(international)\n\(international)", nil).count == 2)
  }
}

@Suite struct PhoneFinderTests {
  static let labelled: [(String, String?, [String])] = [
    ("Bel 06-12345678", "NL", ["+31612345678"]),
    ("06 12 34 56 78", "NL", ["+31612345678"]),
    ("06 12 34 56 78", "FR", ["+33612345678"]),
    ("+31 (0)6 12345678", nil, ["+31612345678"]),
    ("+31(0)612345678", nil, ["+31612345678"]),
    ("0031 6 1234 5678", "DE", ["+31612345678"]),
    ("zero six 12 34 five six 78", "NL", ["+31612345678"]),
    ("nul zes een twee drie vier vijf zes zeven acht", nil, ["+31612345678"]),
    ("zéro six douze trente-quatre cinquante-six soixante-dix-huit", nil, ["+33612345678"]),
    ("zéro six douze trente-quatre cinquante-six quatre-vingt-dix", nil, ["+33612345690"]),
    ("zéro six quatre-vingt-un trente et un cinquante-six onze", nil, ["+33681315611"]),
    ("nul zes twaalf vierendertig zesenvijftig achtenzeventig", nil, ["+31612345678"]),
    ("O6l2345678", "NL", ["+31612345678"]),
    ("o six 12345678", "NL", ["+31612345678"]),
    ("0six1two3four5six7eight", "NL", ["+31612345678"]),
    ("zerosixonetwothreefourfivesixseveneight", "NL", ["+31612345678"]),
    ("O6 12 34 S6 78", "NL", ["+31612345678"]),
    ("06 double one 234567", "NL", ["+31611234567"]),
    ("plus three one six 12345678", nil, ["+31612345678"]),
    ("0️⃣6️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣", "NL", ["+31612345678"]),
    ("０６-１２３４５６７８", "NL", ["+31612345678"]),
    ("𝟎𝟔𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖", "NL", ["+31612345678"]),
    ("⓪⑥①②③④⑤⑥⑦⑧", "NL", ["+31612345678"]),
    ("06✿12✿34✿56✿78", "NL", ["+31612345678"]),
    ("0-6-1-2-3-4-5-6-7-8", "NL", ["+31612345678"]),
    ("06.12.34.56.78", "FR", ["+33612345678"]),
    ("06/12345678 of 06/87654321", "NL", ["+31612345678", "+31687654321"]),
    ("0612345678 0687654321", "NL", ["+31612345678", "+31687654321"]),
    (
      "06 12345678, 06 87654321; 020 1234567", "NL",
      ["+31612345678", "+31687654321", "+31201234567"]
    ),
    ("tel0612345678", "NL", ["+31612345678"]),
    ("0612345678bellen", "NL", ["+31612345678"]),
    ("€ 150 0612345678", "NL", ["+31612345678"]),
    ("150 euro 0612345678 24 uur", "NL", ["+31612345678"]),
    ("25 jaar 06 12345678 1 uur 150", "NL", ["+31612345678"]),
    ("(020) 7946 0123", "GB", ["+442079460123"]),
    ("020 7946 0123", "GB", ["+442079460123"]),
    ("+44 20 7946 0123", nil, ["+442079460123"]),
    ("+44 7700 900123", nil, ["+447700900123"]),
    ("call 07700 900123", "GB", ["+447700900123"]),
    ("oh two oh 7946 0123", "GB", ["+442079460123"]),
    ("202-555-0123", "US", ["+12025550123"]),
    ("(202) 555-0123", "US", ["+12025550123"]),
    ("1 202 555 0123", "US", ["+12025550123"]),
    ("two zero two 555 oh one two three", "US", ["+12025550123"]),
    ("202.555.0123", "US", ["+12025550123"]),
    ("tel 612 34 56 78", "ES", ["+34612345678"]),
    ("612 345 678", "ES", ["+34612345678"]),
    ("seis uno dos tres cuatro cinco seis siete ocho", nil, ["+34612345678"]),
    ("0712 345 678", "RO", ["+40712345678"]),
    ("sună la 0712.345.678", nil, []),
    ("zero șapte unu doi trei patru cinci șase șapte opt", nil, ["+40712345678"]),
    ("0888 123 456", "BG", ["+359888123456"]),
    ("нула осем осем осем 123456", nil, ["+359888123456"]),
    ("06 20 123 4567", "HU", ["+36201234567"]),
    ("+36 20 123 4567", nil, ["+36201234567"]),
    ("512 345 678", "PL", ["+48512345678"]),
    ("pięć jeden dwa trzy cztery pięć sześć siedem osiem", nil, ["+48512345678"]),
    ("0171 2345678", "DE", ["+491712345678"]),
    ("0171/2345678", "DE", ["+491712345678"]),
    ("030 123456", "DE", ["+4930123456"]),
    ("0470 12 34 56", "BE", ["+32470123456"]),
    ("02 234 56 78", "BE", ["+3222345678"]),
    ("bel 612345678", "NL", ["+31612345678"]),
    ("whatsapp 31612345678", "NL", ["+31612345678"]),
    ("☎ 0612345678", "NL", ["+31612345678"]),
    ("0802 123 4567", "NG", ["+2348021234567"]),
    ("Tel:0612\u{AD}345678", "NL", ["+31612345678"]),
    ("0612345678", "NL", ["+31612345678"]),
    ("06\n12\n34\n56\n78", "NL", ["+31612345678"]),
    ("order by phone: 0612345678", "NL", ["+31612345678"]),
    ("📞0612345678", "NL", ["+31612345678"]),
    ("0612345678x12", "NL", ["+31612345678"]),
    ("011 31 6 12345678", "US", ["+31612345678"]),
    ("my number is 0612345678 is ok", "NL", ["+31612345678"]),
    ("O 6 1 2 3 4 5 6 7 8", "NL", ["+31612345678"]),
  ]

  @Test(arguments: labelled.indices) func `labelled texts`(index: Int) {
    let (text, country, expected) = Self.labelled[index]
    #expect(phones(text, country).map(\.value) == expected, "\(text)")
  }

  static let negatives: [(String, String)] = [
    ("€ 1.250,00 per maand", "NL"), ("100, 150, 200, 250 euro", "ES"),
    ("600, 700, 800", "ES"), ("30 min 80, 60 min 120", "NL"), ("100/150/200/250", "NL"),
    ("12.03.2024", "DE"), ("2024-01-15 10:30", "US"), ("01-02-2024 t/m 03-04-2024", "NL"),
    ("09:00-17:00 18:00-22:00", "NL"), ("09.00 - 17.00", "NL"), ("10.00-22.00 uur", "NL"),
    ("NL91 ABNA 0417 1643 00", "GB"), ("ordernummer 0612345678", "NL"),
    ("order no. 5123456789", "US"),
    ("KvK 12345678", "NL"), ("kvk-nummer: 0612345678", "NL"), ("BTW NL001234567B01", "NL"),
    ("B12345678", "ES"), ("-2208960000", "US"), ("45+31-339243873", "NL"),
    ("06 12 34 56 78 90 12", "NL"),
    ("01 02 03 04 05 06 07 08 09 10 11 12", "DE"), ("call 1 2 3 4 5 6 7 8 9 10 11", "NL"),
    ("is so 278394 is", "NL"), ("19 32 2, 25 32 2", "US"), ("REF 600123456", "ES"),
    ("#2025550123", "US"), ("NIP 512345678", "PL"),
    ("90-60-90 170 cm 55 kg", "NL"), ("1012 AB Amsterdam 1013 CD", "NL"), ("1234567890", "US"),
    ("0123456789", "GB"), ("0000000000", "NL"), ("ISBN 9781234567897", "GB"),
    ("2019202020212022", "US"), ("2019 2020 2021", "US"), ("25 jaar 170 60 75", "NL"),
    ("abc0612345678def9", "NL"), ("12345678901234567890123", "NL"), ("0.612345678", "NL"),
    ("10 20 30 40 50 60 70 80 90", "NL"), ("one of the two or three", "GB"),
    ("3.141592653", "US"), ("192.168.100.200", "US"), ("4111 1111 1111 1111", "US"),
    ("$2,025,550,123", "US"), ("een twee drie vier vijf", "NL"), ("rekening 0612345678", "NL"),
    ("20240115103000", "US"), ("1-2-3-4-5-6-7", "NL"), ("5 star 10 10 10", "US"),
    ("50% 60% 70% 80%", "ES"), ("Vacaturenummer: 0201234567", "NL"),
  ]

  @Test(arguments: negatives.indices) func `other numbers are left alone`(index: Int) {
    let (text, country) = Self.negatives[index]
    #expect(phones(text, country).map(\.value) == [], "\(text)")
  }

  @Test func `masked ranges are not read`() {
    let text = Array("a 0612345678 b".utf8)
    let regions = PhoneRegions(country: "NL", domain: nil, language: nil)
    #expect(PhoneFinder.find(in: text, regions: regions, masks: [2..<12]).isEmpty)
    #expect(PhoneFinder.find(in: text, regions: regions, masks: [4..<5]).isEmpty)
  }

  @Test func `entities are reported as the trick`() {
    let regions = PhoneRegions(country: "NL", domain: nil, language: nil)
    let found = PhoneFinder.find(
      in: Array("0612345678".utf8), regions: regions, entities: [3..<4])
    #expect(found.map(\.trick) == ["entities"])
  }

  @Test func `a source's country goes before the language`() {
    #expect(phones("0612345678", "FR", language: "nl").map(\.value) == ["+33612345678"])
    #expect(phones("0612345678", nil, language: "nl").map(\.value) == ["+31612345678"])
    #expect(phones("0712 345 678", "GB", language: "ro").map(\.value) == ["+40712345678"])
  }

  @Test func `long hostile texts take linear time`() {
    let megabyte = 1 << 20
    for piece in [
      "7", "one two three ", "06 ", "0 6 1 2 ", "O0", "zeroone", "+", "0612345678 ", "½٣",
    ] {
      var text = ""
      while text.utf8.count < megabyte / 4 { text += piece }
      let clock = ContinuousClock()
      let took = clock.measure {
        _ = PhoneFinder.find(
          in: Array(text.utf8), regions: PhoneRegions(country: "NL", domain: nil, language: "en"),
          trials: 2_000)
      }
      #expect(took < .seconds(8), "\(piece)")
    }
  }
}
