import Extraction
import Testing

@testable import Linking

@Suite struct HubTests {
  @Test func aSwitchboardIsDiscountedAndSaysWhy() throws {
    var invented = Invented(51)
    let adverts = (1...40).map { id in
      advert(
        id, invented.text(words: 30), phone: "+442079460500", employer: "Employer \(id % 12)")
    }
    let linker = try linked(adverts)
    #expect(try linker.clusters(1...40).allSatisfy { $0 == nil })
    let standing = try #require(
      linker.index.standing(of: .selector(.phone, "+442079460500")))
    #expect(standing.role == .discounted)
    #expect(
      standing.reasons.map(\.sentence) == [
        "12 employers (a hub from 5)", "40 otherwise different texts (a hub from 25)",
      ])
    #expect(try linker.measures(of: 1)?["profiles_of_selector"] == nil)
    #expect(standing.spread.adverts == 40)
  }

  @Test func aNetworkWithOneTextAndManyNamesIsNoHub() throws {
    var invented = Invented(52)
    let text = invented.text(words: 40)
    let adverts = (1...60).map { id in
      advert(id, text, phone: "+442079460501", place: "p\(id % 9)", names: ["Name\(id % 20)"])
    }
    let linker = try linked(adverts)
    #expect(Set(try linker.clusters(1...60)) == [1])
    #expect(try linker.measures(of: 7)?["names_of_selector"] == 20)
  }

  @Test func aNodeThatBecomesAHubLetsItsAdvertsGo() throws {
    var invented = Invented(53)
    var linker = Linker(index: MemoryLinkIndex())
    var kinds: Set<ClusterChange.Kind> = []
    var told = 0
    for id in 1...30 as ClosedRange<Int64> {
      try linker.add(
        advert(id, invented.text(words: 30), phone: "+442079460502", employer: "Employer \(id)"))
      let changes = try linker.settle()
      kinds.formUnion(changes.clusters.map(\.kind))
      told = max(told, changes.adverts.count)
    }
    #expect(kinds == [.founded, .grew, .dissolved])
    #expect(told >= 20, "those that had the number were not told")
    #expect(try linker.clusters(1...30).allSatisfy { $0 == nil })
  }

  @Test func aSourcesFormIsNotATemplate() throws {
    var invented = Invented(54)
    let form = invented.text(words: 30)
    let adverts = (1...60).map { id in
      advert(id, form, phone: "+4420794605\(10 + id)", names: ["Name\(id)"])
    }
    let linker = try linked(adverts)
    #expect(try linker.clusters(1...60).allSatisfy { $0 == nil })
    #expect(try linker.measures(of: 1)?["template_adverts"] == nil)
    let standing = try #require(linker.index.standing(of: .text(1)))
    #expect(standing.reasons.map(\.measure) == [.contacts])
    // The same text at two sources is nobody's form.
    let spread = try linked(
      adverts.map { advert in
        var advert = advert
        advert.source = advert.id % 2 == 0 ? "one" : "two"
        return advert
      })
    #expect(Set(try spread.clusters(1...60)) == [1])
  }

  @Test func standingsAreReadFromTheirText() throws {
    var invented = Invented(55)
    let adverts = (1...40).map { id in
      advert(
        id, invented.text(words: 30), phone: "+442079460503", place: "p\(id)", on: Double(id),
        employer: "Employer \(id)")
    }
    let standing = try #require(
      try linked(adverts).index.standing(of: .selector(.phone, "+442079460503")))
    #expect(NodeStanding(text: standing.text) == standing)
    let empty = NodeStanding(role: .joins, spread: NodeSpread())
    #expect(NodeStanding(text: empty.text) == empty)
    for text in ["", "joins", "joins;1;2;", standing.text + ";", "x" + standing.text] {
      #expect(NodeStanding(text: text) == nil)
    }
  }
}
