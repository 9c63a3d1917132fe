import CLanguage
import CPhoneNumber
import Testing

@testable import Extraction

/// libphonenumber's own example numbers, so that no real person's number stands in a test.
enum ExampleNumber {
  static func text(_ region: String, _ type: cphone_type, _ style: cphone_style) -> String? {
    var buffer = [CChar](repeating: 0, count: 64)
    let written = cphone_example(region, Int32(type.rawValue), style, &buffer, buffer.count)
    guard written else { return nil }
    return String(
      decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

@Suite struct PhoneNumberShimTests {
  @Test(arguments: ["NL", "BE", "DE", "RO", "BG", "HU", "PL", "GB", "FR", "ES", "US", "NG"])
  func `example numbers are valid in their region`(region: String) throws {
    let e164 = try #require(ExampleNumber.text(region, CPHONE_MOBILE, CPHONE_E164))
    let national = try #require(ExampleNumber.text(region, CPHONE_MOBILE, CPHONE_NATIONAL))
    let parsed = try #require(ParsedPhone.parse(Array(national.utf8), region: region))
    #expect(parsed.value == e164)
    #expect(parsed.valid)
    #expect(parsed.region == region)
  }

  @Test func `what no country could have is refused`() {
    #expect(ParsedPhone.parse(Array("12".utf8), region: "NL") == nil)
    #expect(ParsedPhone.parse(Array("0612345678".utf8), region: "ZZ") == nil)
    #expect(ParsedPhone.parse([], region: "NL") == nil)
    #expect(ParsedPhone.parse([0xFF, 0x00, 0x31], region: "NL") == nil)
  }

  @Test func `a small buffer is not overrun`() {
    var buffer = [CChar](repeating: 1, count: 4)
    #expect(!cphone_example("NL", Int32(CPHONE_MOBILE.rawValue), CPHONE_E164, &buffer, 4))
    #expect(buffer.allSatisfy { $0 == 1 })
  }
}
