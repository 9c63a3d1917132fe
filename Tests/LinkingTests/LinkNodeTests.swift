import Bytes
import Extraction
import Testing
import Vocabulary

@testable import Linking

@Suite struct LinkNodeTests {
  @Test func nodesAreReadFromTheirText() {
    let nodes: [LinkNode] = [
      .selector(.phone, "+31612345678"), .selector(.url, "https://a.example/?q=1:2"),
      .account(source: "one", key: "a:b c"), .text(-4), .image("00ff"), .likeness(0),
    ]
    for node in nodes { #expect(LinkNode(text: node.text) == node) }
    for text in ["", "phone", "phone:", "text:x", "likeness:-1", "account:one", "what:1"] {
      #expect(LinkNode(text: text) == nil)
    }
    #expect(nodes.sorted() == nodes.reversed().sorted())
  }

  @Test func anAdvertAsExtractionFoundIt() {
    let text = "Menu. Anna, 24, in Leeds. Call."
    let advert = Advert(
      key: "k", form: .sex, language: "en", text: Array(text.utf8), content: [6..<24, 26..<31],
      fields: AdvertFields(employer: "Alder Ltd", place: "  LEEDS "),
      selectors: [
        Selector(kind: .phone, value: "+442079460777", raw: "", range: 0..<0, inContent: false)
      ],
      facts: [
        Fact(kind: .age, value: .number(24), raw: "24", range: 12..<14),
        Fact(kind: .age, value: .number(99), raw: "99", range: 0..<2, inContent: false),
      ],
      traits: Traits(names: ["Anna"]))
    let linked = LinkedAdvert(id: 3, source: "one", advert: advert, seen: [day(1)], country: "GB")
    #expect(linked.text == Array("Anna, 24, in Leeds\nCall.".utf8))
    #expect(linked.sightings == [Sighting(when: day(1), place: "GB/Leeds", country: "GB")])
    #expect(linked.ages == [24])
    #expect(linked.selectors.map(\.inContent) == [false])
    #expect(linked.employer == "Alder Ltd")
  }

  @Test func normalTextsFoldLettersAndSpaces() {
    #expect(NormalText.of("  Île-de-France ") == "ile de france")
    #expect(NormalText.of("D'Artagnan") == "dartagnan")
    #expect(NormalText.of("!?") == "")
  }
}
