import Bytes
import Extraction
import Testing

@testable import Linking

@Suite struct MeasuresTests {
  private let number = "+447700900555"

  @Test func placesCountWithinTheWindow() throws {
    let near = try linked([
      advert(1, phone: number, place: "leeds", on: 0, country: "GB"),
      advert(2, phone: number, place: "york", on: 10, country: "GB"),
      advert(3, phone: number, place: "gent", on: 20, country: "BE"),
    ])
    let measures = try #require(try near.measures(of: 1))
    #expect(measures["cities_of_selector"] == 3)
    #expect(measures["countries_of_selector"] == 2)
    #expect(
      measures.values.first { $0.name == "cities_of_selector" }?.node
        == .selector(.phone, number))
    let far = try linked([
      advert(1, phone: number, place: "leeds", on: 0),
      advert(2, phone: number, place: "york", on: 40),
      advert(3, phone: number, place: "gent", on: 80),
    ])
    #expect(try far.measures(of: 1)?["cities_of_selector"] == 1)
  }

  @Test func namesOfOneAdvertBelongTogether() throws {
    let linker = try linked([
      advert(1, phone: number, names: ["Anna", "Mia"], ages: [22, 25]),
      advert(2, phone: number, names: ["anna"], ages: [22]),
      advert(3, phone: number, names: ["Rosa"], ages: [31]),
    ])
    let measures = try #require(try linker.measures(of: 2))
    #expect(measures["names_of_selector"] == 2)
    #expect(measures["ages_of_selector"] == 2)
  }

  @Test func namesOfOtherYearsDoNotCountTogether() throws {
    let linker = try linked([
      advert(1, phone: number, on: 0, names: ["Anna"]),
      advert(2, phone: number, on: 500, names: ["Rosa"]),
      advert(3, phone: number, on: 700, names: ["Mia"]),
    ])
    #expect(try linker.measures(of: 1)?["names_of_selector"] == 2)
  }

  @Test func whoSharesOnlyAPassageIsNoAdvertOfTheText() throws {
    var invented = Invented(17)
    let passage = invented.sentence(18)
    let own = (0..<4).map { _ in (invented.text(words: 60), invented.text(words: 60)) }
    let linker = try linked(
      own.enumerated().map { number, words in
        advert(
          Int64(number + 1), words.0 + passage + words.1, phone: "+44770090056\(number)",
          employer: "Employer \(number)")
      })
    #expect(try linker.clusters(1...4) == [nil, nil, nil, nil])
    let shared = try #require(try linker.view(of: .text(1))?.shared.first)
    #expect(shared.ties.compactMap(\.doubt).allSatisfy { $0 == .passage })
    #expect(shared.ties.contains { $0.doubt != nil })
    #expect(try linker.measures(of: 1)?["template_adverts"] == 1)
    #expect(try linker.measures(of: 1)?["employers_of_text"] == 1)
  }

  @Test func contactsOfAnAccount() throws {
    let linker = try linked([
      advert(1, phone: "+447700900556", account: "u1"),
      advert(2, phone: "+447700900557", account: "u1"),
      advert(3, phone: "+447700900558", account: "u2"), advert(4, phone: "+447700900559"),
    ])
    #expect(try linker.measures(of: 1)?["contacts_of_account"] == 2)
    #expect(try linker.measures(of: 3)?["contacts_of_account"] == 1)
    #expect(try linker.measures(of: 4)?["contacts_of_account"] == nil)
    #expect(try linker.clusters(1...4) == [1, 1, nil, nil])
  }

  @Test func oneTextForOtherEmployersAndCountries() throws {
    var invented = Invented(71)
    let text = invented.text(words: 50)
    let linker = try linked([
      advert(1, text, employer: "Alder Ltd", country: "GB"),
      advert(2, text, employer: "ALDER, LTD", country: "GB"),
      advert(3, text, employer: "Birch BV", country: "NL"),
    ])
    let measures = try #require(try linker.measures(of: 1))
    #expect(measures["employers_of_text"] == 2)
    #expect(measures["countries_of_text"] == 2)
    #expect(measures["template_adverts"] == 2)
  }

  @Test func circuitsOfASelector() throws {
    let adverts = ["leeds", "york", "bath", "leeds", "york", "bath"].enumerated().map {
      advert(Int64($0.offset + 1), phone: number, place: $0.element, on: Double($0.offset * 6))
    }
    #expect(try linked(adverts).measures(of: 4)?["circuits"] == 1)
  }

  @Test func onePictureUnderSeveralNamesSuggestsAndJoinsNothing() throws {
    let digest = try #require(SHA256Digest([UInt8](repeating: 7, count: 32)))
    let other = try #require(SHA256Digest([UInt8](repeating: 8, count: 32)))
    let hash: UInt64 = 0x0F0F_1234_5678_9ABC
    let linker = try linked([
      advert(1, names: ["Anna"], images: [ImagePrint(sha256: digest, likeness: hash)]),
      advert(2, names: ["Rosa"], images: [ImagePrint(sha256: digest, likeness: hash)]),
      advert(3, names: ["Mia"], images: [ImagePrint(sha256: other, likeness: hash ^ 0b111)]),
      advert(4, names: ["Eva"], images: [ImagePrint(sha256: other, likeness: ~hash)]),
    ])
    #expect(try linker.measures(of: 1)?["names_of_image"] == 3)
    #expect(try linker.measures(of: 4)?["names_of_image"] == 2, "the same file, whatever its hash")
    #expect(try linker.clusters(1...4).allSatisfy { $0 == nil })
  }

  @Test func anAdvertByItselfIsMeasuredToo() throws {
    let linker = try linked([
      advert(1, phone: number, place: "leeds", names: ["Anna"], ages: [30]), advert(2),
    ])
    let one = try #require(try linker.measures(of: 1))
    #expect(one["cities_of_selector"] == 1)
    #expect(one["names_of_selector"] == 1)
    let none = try #require(try linker.measures(of: 2))
    #expect(none["cities_of_selector"] == nil)
    #expect(try linker.measures(of: 3) == nil)
    #expect(none.values.count == 12)
  }

  @Test func differenceHashesOfAPictureAndItsCopy() throws {
    var invented = Invented(72)
    let width = 90
    let height = 64
    var picture = [UInt8](repeating: 0, count: width * height)
    let fields = (0..<72).map { _ in UInt8(invented.number(20..<230)) }
    for y in 0..<height {
      for x in 0..<width { picture[y * width + x] = fields[y / 8 * 9 + x / 10] }
    }
    let hash = try #require(DifferenceHash.of(grey: picture, width: width, height: height))
    let bright = picture.map { UInt8(min(255, Int($0) + 10)) }
    let copy = try #require(DifferenceHash.of(grey: bright, width: width, height: height))
    #expect(DifferenceHash.distance(hash, copy) <= 3)
    #expect(DifferenceHash.of(grey: picture, width: 9, height: 9) == nil)
    let plain = [UInt8](repeating: 9, count: 72)
    #expect(DifferenceHash.of(grey: plain) == nil)
    // Two hashes that differ in three bits share a key, whichever bits they are.
    for _ in 0..<200 {
      var near = hash
      for _ in 0..<3 { near ^= 1 << UInt64(invented.number(0..<64)) }
      #expect(!Set(DifferenceHash.keys(hash)).isDisjoint(with: DifferenceHash.keys(near)))
    }
  }
}
