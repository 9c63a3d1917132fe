import Foundation
import Testing

@testable import Extraction

@Suite struct PhoneCorpusTests {
  private let adverts = PhoneCorpus.adverts()

  private func score(_ adverts: [PhoneCorpus.Advert]) -> (Score, [String]) {
    var score = Score()
    var wrong: [String] = []
    for advert in adverts {
      let found = PhoneFinder.find(
        in: Array(advert.text.utf8), regions: PhoneRegions(codes: [advert.country]),
        masks: SelectorFinder.find(
          in: Array(advert.text.utf8), regions: PhoneRegions(codes: [advert.country])
        ).filter { $0.kind == .iban }.map(\.range)
      ).map(\.value)
      score.add(found: found, expected: advert.numbers)
      if found.sorted() != advert.numbers.sorted() {
        wrong.append(
          "\(advert.country) \(advert.trick): \(advert.text.debugDescription) -> \(found)")
      }
    }
    return (score, wrong)
  }

  @Test func `there are adverts enough, of every trick and country`() {
    #expect(adverts.count >= 600)
    #expect(Set(adverts.map(\.trick)).count == PhoneCorpus.Trick.allCases.count)
    #expect(Set(adverts.map(\.country)).count == PhoneCorpus.countries.count)
  }

  @Test func `numbers are found whatever hides them`() {
    let (score, wrong) = score(adverts)
    print(
      "phones: \(adverts.count) adverts, precision \(score.precision), recall \(score.recall), F1 \(score.f1)"
    )
    #expect(score.f1 >= 0.99, "\(wrong.joined(separator: "\n"))")
  }

  @Test func `plain numbers are found`() {
    let plain = adverts.filter(\.trick.isPlain)
    let (score, wrong) = score(plain)
    print("plain phones: \(plain.count) adverts, F1 \(score.f1)")
    #expect(score.f1 >= 0.997, "\(wrong.joined(separator: "\n"))")
  }
}
