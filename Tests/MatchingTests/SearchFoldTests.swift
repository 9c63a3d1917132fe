import Testing

@testable import Matching

/// The filter is only sound if its folding never separates what PCRE2 takes for equal.
@Suite struct SearchFoldTests {
  private static func scalars(_ limit: UInt32 = 0x1_4000) -> [Unicode.Scalar] {
    (1..<limit).compactMap(Unicode.Scalar.init)
      + (0x16800..<0x1_F000).compactMap(Unicode.Scalar.init)
  }

  private static func matches(_ source: String, _ text: [UInt8]) throws -> [Unicode.Scalar] {
    let regex = try CompiledRegex(source)
    let scratch = try #require(RegexScratch(MatchLimits()))
    var found: [Unicode.Scalar] = []
    text.withUnsafeBufferPointer { buffer in
      var start = 0
      while case .found(let range) = scratch.search(regex, in: buffer, from: start, to: nil) {
        if let (value, _) = Scalars.decode(buffer, at: range.lowerBound),
          let scalar = Unicode.Scalar(value)
        {
          found.append(scalar)
        }
        start = range.upperBound
      }
    }
    return found
  }

  @Test func whatPCRETakesForTheSameLetterFoldsAlike() throws {
    // Letters, marks, letter numbers and symbols that have case for PCRE2 or for Swift.
    let all = Array(String(String.UnicodeScalarView(Self.scalars())).utf8)
    var cased = Set(try Self.matches("[\\p{L&}\\p{Nl}\\x{345}\\x{24B6}-\\x{24E9}]", all))
    for scalar in Self.scalars() where scalar.properties.changesWhenCaseMapped {
      cased.insert(scalar)
    }
    #expect(cased.count > 2500)
    let ordered = cased.sorted()
    let text = Array(String(String.UnicodeScalarView(ordered)).utf8)
    let fold = SearchFold.shared
    var pairs = 0
    for scalar in ordered {
      let others = try Self.matches("\\x{\(String(scalar.value, radix: 16))}", text)
      for other in others where fold(other.value) != fold(scalar.value) {
        Issue.record("U+\(String(scalar.value, radix: 16)) and U+\(String(other.value, radix: 16))")
      }
      pairs += others.count
    }
    #expect(pairs > ordered.count + 2000)
  }

  @Test func spacesAndDigitsFoldToTheirASCII() throws {
    let text = Array(String(String.UnicodeScalarView(Self.scalars())).utf8)
    let fold = SearchFold.shared
    let spaces = try Self.matches("[\\s\\h\\v]", text)
    #expect(spaces.count >= 25)
    for space in spaces { #expect(fold(space.value) == 0x20) }
    let digits = try Self.matches("\\d", text)
    #expect(digits.count >= 600)
    for digit in digits { #expect((0x30...0x39).contains(fold(digit.value))) }
  }

  @Test func imagesAreNoLongerAndFoldToThemselves() {
    let fold = SearchFold.shared
    for scalar in Self.scalars() {
      guard let image = Unicode.Scalar(fold(scalar.value)) else {
        Issue.record("U+\(String(scalar.value, radix: 16)) folds to no scalar")
        continue
      }
      if UTF8.width(image) > UTF8.width(scalar) || fold(image.value) != image.value {
        Issue.record("U+\(String(scalar.value, radix: 16))")
      }
    }
    #expect(fold(0x130) == 0x130 && fold(0x131) == 0x69 && fold(0x17F) == 0x73)
    #expect(fold(0x212A) == 0x6B && fold(0x10_FFFF) == 0x10_FFFF)
  }

  @Test func foldedOffsetsLeadBack() {
    let text = Array("a  \u{A0}\u{212A}b\n\n \u{FF}ç \u{3000} x".utf8)
    text.withUnsafeBufferPointer { buffer in
      let search = SearchText(buffer)
      #expect(String(decoding: search.bytes.prefix(search.count), as: UTF8.self) == "a kb ÿç x")
      #expect(
        (0...search.count).map(search.textOffset) == [0, 1, 5, 8, 9, 12, 13, 14, 15, 16, 21, 22])
    }
  }
}
