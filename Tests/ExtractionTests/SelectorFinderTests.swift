import Testing

@testable import Extraction

private func selectors(_ text: String, _ kinds: SelectorKind...) -> [String] {
  let bytes = Array(text.utf8)
  let found = SelectorFinder.find(
    in: bytes, regions: PhoneRegions(country: "NL", domain: nil, language: nil))
  for selector in found {
    #expect(String(decoding: bytes[selector.range], as: UTF8.self) == selector.raw)
  }
  return found.filter { kinds.contains($0.kind) }.map(\.value)
}

@Suite struct EmailTests {
  static let labelled: [(String, [String])] = [
    ("mail jan@firma.example today", ["jan@firma.example"]),
    ("Jan.Smit@Firma.Example", ["jan.smit@firma.example"]),
    ("<jan_smit+1@mail.firma.example>", ["jan_smit+1@mail.firma.example"]),
    ("a@b.example, c@d.example;e@f.example", ["a@b.example", "c@d.example", "e@f.example"]),
    ("jan@firma.example.", ["jan@firma.example"]),
    ("mailto:jan@firma.example", ["jan@firma.example"]),
    ("jan (at) firma.example", ["jan@firma.example"]),
    ("jan[at]firma[dot]example", ["jan@firma.example"]),
    ("jan {at} firma {dot} example", ["jan@firma.example"]),
    ("jan at firma dot example", ["jan@firma.example"]),
    ("jan(at)firma(punt)example", ["jan@firma.example"]),
    ("jan arroba firma punto example", ["jan@firma.example"]),
    ("jan małpa firma kropka example", ["jan@firma.example"]),
    ("jan AT firma DOT example", ["jan@firma.example"]),
    ("jan dot smit at firma dot example", ["jan.smit@firma.example"]),
    ("jan-at-firma.example", ["jan@firma.example"]),
    ("jan @ gmail . com", ["jan@gmail.com"]), ("jan @ gmail.com", ["jan@gmail.com"]),
    ("jan at gmail.com", ["jan@gmail.com"]),
    ("jan apenstaartje hotmail punt nl", ["jan@hotmail.nl"]),
    ("jan chiocciola firma punto example", ["jan@firma.example"]),
    ("jan <at> firma.example", ["jan@firma.example"]),
    ("jan собака firma точка example", ["jan@firma.example"]),
    ("_jan_@firma.example", ["_jan_@firma.example"]),
    ("j@x-y.example", ["j@x-y.example"]), ("meet me at amsterdam.nl", []), ("look at this dot", []),
    ("@jan", []), ("a@b", []), ("jan@@firma.example", []), ("work at home. Com", []),
    ("5 @ 10 euro", []), ("jan@.example", []), ("jan@firma.123", []), ("at at at dot dot", []),
  ]
  @Test(arguments: labelled.indices) func `labelled texts`(index: Int) {
    let (text, expected) = Self.labelled[index]
    #expect(selectors(text, .email) == expected, "\(text)")
  }

  @Test func `a disguise is named`() {
    let found = SelectorFinder.find(
      in: Array("jan (at) firma.example".utf8), regions: PhoneRegions(codes: []))
    #expect(found.map(\.trick) == ["words"])
  }
}

@Suite struct LinkTests {
  static let labelled: [(String, [String])] = [
    ("see https://firma.example/a?b=1.", ["https://firma.example/a?b=1"]),
    ("http://firma.example", ["http://firma.example/"]),
    ("www.firma.example", ["http://www.firma.example/"]),
    ("firma.nl", ["http://firma.nl/"]), ("Firma.NL/jobs", ["http://firma.nl/jobs"]),
    ("(https://firma.example/a)", ["https://firma.example/a"]),
    ("https://firma.example/a_(b)", ["https://firma.example/a_(b)"]),
    ("http://192.0.2.7/x", ["http://192.0.2.7/x"]),
    ("x.firma.example:8080/y", ["http://x.firma.example:8080/y"]),
    ("my site: escort-amsterdam.nl!", ["http://escort-amsterdam.nl/"]),
    ("a.nl en b-c.be", ["http://b-c.be/"]), ("jobs.firma.it", ["http://jobs.firma.it/"]),
    ("work.in the", []), ("einde.De kamer", []), ("klaar.Bel mij", []), ("e.g. this", []),
    ("1.250,00", []), ("12.30", []), ("foto.jpg", []), ("jan@firma.example", []), ("file.txt", []),
    ("https://", []), ("https://x", []), ("://a.nl", ["http://a.nl/"].filter { _ in false }),
    ("node.js", []), ("v1.2.3", []), ("etc...and", []), ("FIRMA.NL", ["http://firma.nl/"]),
  ]
  @Test(arguments: labelled.indices) func `labelled texts`(index: Int) {
    let (text, expected) = Self.labelled[index]
    #expect(selectors(text, .url) == expected, "\(text)")
  }
}

@Suite struct HandleTests {
  static let labelled: [(String, [String])] = [
    ("telegram: @lena_test", ["telegram:lena_test"]),
    ("Telegram @lena_test", ["telegram:lena_test"]),
    ("TG: lena_test", ["telegram:lena_test"]), ("https://t.me/lena_test", ["telegram:lena_test"]),
    ("t.me/lena_test", ["telegram:lena_test"]), ("t.me/joinchat/abcdef", []),
    ("snap: lena.99", ["snapchat:lena.99"]), ("Snapchat - lena99", ["snapchat:lena99"]),
    ("insta @Lena.Test.", ["instagram:lena.test"]), ("ig: lena_test", ["instagram:lena_test"]),
    ("instagram.com/lena_test/", ["instagram:lena_test"]), ("instagram.com/p/abc", []),
    ("signal id: lena.01", ["signal:lena.01"]), ("signal yes", []), ("a good signal", []),
    ("skype: live.lena", ["skype:live.lena"]), ("wechat id lena_2020", ["wechat:lena_2020"]),
    ("line id: lena55", ["line:lena55"]), ("next line: hello", []),
    ("kik lena_55", ["kik:lena_55"]),
    ("onlyfans.com/lenatest", ["onlyfans:lenatest"]), ("onlyfans: lenatest", ["onlyfans:lenatest"]),
    ("https://x.com/lenatest", ["x:lenatest"]), ("twitter: @lenatest", ["x:lenatest"]),
    ("tiktok.com/@lenatest", ["tiktok:lenatest"]), ("wa.me/31612345678", ["whatsapp:+31612345678"]),
    ("https://api.whatsapp.com/send?phone=31612345678&text=x", ["whatsapp:+31612345678"]),
    ("whatsapp: yes", []), ("telegram: yes", []), ("telegram: 0612345678", []),
    ("телеграм: @lena_test", ["telegram:lena_test"]),
    ("snapchat.com/add/lena99", ["snapchat:lena99"]),
    ("telegram naam: lena_test", ["telegram:lena_test"]), ("telegram or whatsapp", []),
    ("facebook.com/lena.test", ["facebook:lena.test"]),
    ("Insta 👉 lena_test", ["instagram:lena_test"]),
  ]
  @Test(arguments: labelled.indices) func `labelled texts`(index: Int) {
    let (text, expected) = Self.labelled[index]
    #expect(selectors(text, .handle) == expected, "\(text)")
  }

  @Test func `a WhatsApp link is a phone number too`() {
    #expect(selectors("https://wa.me/31612345678", .phone, .url) == ["+31612345678"])
  }
}

@Suite struct AccountTests {
  static let labelled: [(String, [String])] = [
    ("NL91 ABNA 0417 1643 00", ["NL91ABNA0417164300"]),
    ("IBAN: NL91ABNA0417164300.", ["NL91ABNA0417164300"]),
    ("nl91abna0417164300", ["NL91ABNA0417164300"]),
    ("GB82 WEST 1234 5698 7654 32", ["GB82WEST12345698765432"]),
    ("DE89 3704 0044 0532 0130 00", ["DE89370400440532013000"]),
    ("BE68 5390 0754 7034", ["BE68539007547034"]),
    ("FR14 2004 1010 0505 0001 3M02 606", ["FR1420041010050500013M02606"]),
    ("RO49 AAAA 1B31 0075 9384 0000", ["RO49AAAA1B31007593840000"]),
    ("PL61 1090 1014 0000 0712 1981 2874", ["PL61109010140000071219812874"]),
    ("BG80 BNBG 9661 1020 3456 78", ["BG80BNBG96611020345678"]),
    ("HU42 1177 3016 1111 1018 0000 0000", ["HU42117730161111101800000000"]),
    ("ES91 2100 0418 4502 0005 1332", ["ES9121000418450200051332"]),
    ("AT61 1904 3002 3457 3201", ["AT611904300234573201"]),
    ("CH93 0076 2011 6238 5295 7", ["CH9300762011623852957"]),
    ("IT60 X054 2811 1010 0000 0123 456", ["IT60X0542811101000000123456"]),
    ("NL92 ABNA 0417 1643 00", []), ("XX91 ABNA 0417 1643 00", []), ("NL91 ABNA 0417", []),
    ("de 22 jaar", []),
    ("it 12 34 56", []), ("NL91ABNA04171643001", []),
  ]
  @Test(arguments: labelled.indices) func `labelled texts`(index: Int) {
    let (text, expected) = Self.labelled[index]
    #expect(selectors(text, .iban) == expected, "\(text)")
  }

  @Test func `an account number is no phone number, right or wrong`() {
    #expect(selectors("NL91 ABNA 0612 3456 78", .phone) == [])
    #expect(selectors("NL91 ABNA 0417 1643 00", .phone) == [])
  }
}

@Suite struct WalletTests {
  static let labelled: [(String, [String])] = [
    ("btc 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", ["btc:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"]),
    ("3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", ["btc:3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"]),
    ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", []),
    (
      "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
      ["btc:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"]
    ),
    (
      "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
      ["btc:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"]
    ),
    ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", []),
    (
      "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
      ["btc:bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"]
    ),
    (
      "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
      ["eth:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"]
    ),
    (
      "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
      ["eth:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"]
    ),
    ("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beae", []), ("3J98t1WpEZ73CNmQviecrnyiWrnqRh", []),
  ]
  @Test(arguments: labelled.indices) func `labelled texts`(index: Int) {
    let (text, expected) = Self.labelled[index]
    #expect(selectors(text, .wallet) == expected, "\(text)")
  }

  @Test func `a wrong EIP-55 checksum is not valid`() {
    let found = SelectorFinder.find(
      in: Array("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD".utf8),
      regions: PhoneRegions(codes: []))
    #expect(found.map(\.valid) == [false])
  }

  @Test func `the examples of EIP-55 hold`() {
    for address in [
      "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359", "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
      "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
    ] {
      let found = SelectorFinder.find(
        in: Array(address.utf8), regions: PhoneRegions(codes: []))
      #expect(found.map(\.valid) == [true])
    }
  }

  @Test func `Keccak-256 of the empty string`() {
    let hex = Keccak256.hash([]).map { String($0, radix: 16) }.joined(separator: " ")
    #expect(hex.hasPrefix("c5 d2 46 1 86 f7 23 3c"))
  }
}

@Suite struct PaymentTests {
  @Test(arguments: [
    "https://paypal.me/lena", "https://tikkie.me/pay/abc123", "https://revolut.me/lena",
    "https://bunq.me/lena", "https://cash.app/$lena", "https://www.paypal.com/paypalme/lena",
  ])
  func `links that ask for money`(link: String) {
    #expect(selectors("pay: \(link)", .payment).count == 1)
    #expect(selectors("pay: \(link)", .url) == [])
  }

  @Test func `a company's page is no payment link`() {
    #expect(selectors("https://www.paypal.com/nl", .payment) == [])
    #expect(selectors("https://wise.com/about", .payment) == [])
  }
}
