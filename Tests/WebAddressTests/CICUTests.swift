import CICU
import Foundation
import Testing

@testable import WebAddress

@Suite("ICU behind plain C")
struct CICUTests {
  private func utf8(_ name: String, _ bytes: [UInt8]) -> (text: String?, replaced: Int) {
    var replaced = 0
    let result = ICUCall.bytes(guess: bytes.count * 3 + 16) { output, capacity in
      cicu_charset_to_utf8(name, bytes, bytes.count, output, capacity, &replaced)
    }
    return (result.map { String(decoding: $0, as: UTF8.self) }, replaced)
  }

  private func bytes(_ name: String, _ text: String) -> [UInt8]? {
    let input = Array(text.utf8)
    return ICUCall.bytes(guess: input.count) { output, capacity in
      cicu_charset_from_utf8(name, input, input.count, output, capacity)
    }
  }

  @Test(
    arguments: [
      ("windows-1251", [0xCF, 0xF0, 0xE8], "При"), ("windows-1252", [0x80, 0xE9, 0x93], "€é“"),
      ("iso-8859-2", [0xB1, 0xE6], "ąć"), ("koi8-r", [0xF0, 0xD2], "Пр"), ("koi8-u", [0xA4], "є"),
      ("macintosh", [0x8E], "é"), ("x-mac-cyrillic", [0x80], "А"), ("ibm866", [0x8F], "П"),
      ("gb18030", [0xC4, 0xE3, 0x94, 0x39, 0xDA, 0x33], "你\u{1F4A9}"), ("gbk", [0xC4, 0xE3], "你"),
      ("big5", [0xA7, 0x41], "你"), ("big5-hkscs", [0xA7, 0x41], "你"),
      ("euc-jp", [0xA4, 0xA2], "あ"),
      ("iso-2022-jp", [0x1B, 0x24, 0x42, 0x24, 0x22, 0x1B, 0x28, 0x42], "あ"),
      ("shift_jis", [0x82, 0xA0], "あ"), ("windows-31j", [0x87, 0x40], "①"),
      ("euc-kr", [0xB0, 0xA1], "가"),
      ("windows-949", [0x81, 0x41], "갂"),
      ("utf-16le", [0x41, 0x00, 0x3D, 0xD8, 0x00, 0xDE], "A\u{1F600}"),
      ("utf-16be", [0x00, 0x41], "A"), ("windows-1256", [0xC7], "ا"), ("windows-874", [0xA1], "ก"),
    ] as [(String, [UInt8], String)])
  func readsLegacyCharsets(name: String, input: [UInt8], expected: String) {
    #expect(cicu_has_converter(name))
    let (text, replaced) = utf8(name, input)
    #expect(text == expected)
    #expect(replaced == 0)
  }

  @Test func replacesWhatMeansNothing() {
    #expect(utf8("iso-8859-6", [0x41, 0xA1, 0x42]) == ("A\u{FFFD}B", 1))
    #expect(utf8("euc-jp", [0x41, 0xFF, 0x42]).text == "A\u{FFFD}B")
    #expect(utf8("gb18030", [0xC4]).replaced == 1)
    #expect(utf8("utf-16le", [0x00, 0xD8, 0x41, 0x00]).text == "\u{FFFD}A")
    #expect(!cicu_has_converter("no-such-charset"))
    #expect(utf8("no-such-charset", [0x41]).text == nil)
    #expect(utf8("windows-1251", []).text == "")
  }

  /// Characters beyond 16 bits that fall on the ends of the conversion's buffer stay whole.
  @Test func keepsCharactersWholeAcrossBuffers() {
    for shift in 0..<3 {
      let units = [UInt8](repeating: 0x20, count: shift)
      let text =
        String(decoding: units, as: UTF8.self) + String(repeating: "\u{1F600}", count: 5_000)
      let encoded = Array(text.utf16).flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
      #expect(utf8("utf-16le", encoded).text == text)
    }
  }

  @Test func saysHowMuchRoomIsNeeded() {
    let input: [UInt8] = [0xCF, 0xF0]
    var output: [UInt8] = [9, 9]
    #expect(cicu_charset_to_utf8("windows-1251", input, 2, &output, 2, nil) == 4)
    #expect(cicu_charset_to_utf8("windows-1251", input, 2, nil, 0, nil) == 4)
  }

  @Test func writesLegacyCharsets() {
    #expect(bytes("windows-1251", "При") == [0xCF, 0xF0, 0xE8])
    #expect(bytes("koi8-r", "€") == Array("&#8364;".utf8))
    #expect(bytes("windows-1252", "\u{1F600}") == Array("&#128512;".utf8))
  }

  private func normalized(_ form: cicu_normal_form, _ text: String) -> [Unicode.Scalar] {
    let input = Array(text.utf8)
    let result = ICUCall.bytes(guess: 1) { output, capacity in
      cicu_normalize(form, input, input.count, output, capacity)
    }
    return Array(String(decoding: result ?? [], as: UTF8.self).unicodeScalars)
  }

  @Test func normalizes() {
    #expect(normalized(CICU_NFC, "e\u{301}") == ["é"])
    #expect(normalized(CICU_NFD, "é") == ["e", "\u{301}"])
    #expect(normalized(CICU_NFKC, "①ﬁ") == ["1", "f", "i"])
    #expect(normalized(CICU_NFKD, "é①") == ["e", "\u{301}", "1"])
    #expect(normalized(CICU_NFKC_CASEFOLD, "A\u{AD}ß") == ["a", "s", "s"])
    #expect(normalized(CICU_NFKD, "\u{FDFA}").count == 18)
    #expect(normalized(CICU_NFC, String(repeating: "e\u{301}", count: 3_000)).count == 3_000)
    let ill: [UInt8] = [0x41, 0xFF]
    #expect(!cicu_is_normalized(CICU_NFC, ill, 2))
    #expect(cicu_is_normalized(CICU_NFC, Array("é\u{FFFD}".utf8), 5))
    #expect(!cicu_is_normalized(CICU_NFC, Array("e\u{301}".utf8), 3))
  }

  @Test func confusablesShareASkeleton() {
    func skeleton(_ text: String) -> [UInt8]? {
      let input = Array(text.utf8)
      return ICUCall.bytes(guess: 4) { cicu_skeleton(input, input.count, $0, $1) }
    }
    #expect(skeleton("paypal") == skeleton("раураl"))
    #expect(skeleton("paypal") != skeleton("payments"))
    #expect(skeleton("") == [])
  }

  @Test func guessesCharsets() {
    func guess(_ bytes: [UInt8]) -> String? {
      var name = [CChar](repeating: 0, count: 64)
      var language = [CChar](repeating: 0, count: 16)
      var confidence: Int32 = 0
      guard cicu_detect_charset(bytes, bytes.count, &name, &language, &confidence) else {
        return nil
      }
      return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
    let russian =
      "Требуются работники на стройку, оплата каждую неделю, жильё предоставляется бесплатно"
    #expect(guess(bytes("windows-1251", russian) ?? []) == "windows-1251")
    #expect(guess(bytes("koi8-r", russian) ?? []) == "KOI8-R")
    #expect(guess(Array(russian.utf8)) == "UTF-8")
    #expect(guess([]) == nil)
  }

  /// The shared handles are opened once, by whichever thread comes first.
  @Test func sharesHandlesBetweenThreads() async {
    await withTaskGroup(of: Bool.self) { group in
      for index in 0..<16 {
        group.addTask {
          (0..<200).allSatisfy { Address("http://münchen\(index)-\($0).example/") != nil }
        }
      }
      for await success in group { #expect(success) }
    }
  }
}
