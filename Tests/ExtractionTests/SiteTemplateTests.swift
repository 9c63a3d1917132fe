import Markup
import Testing
import WebAddress

@testable import Extraction

@Suite struct SiteTemplateTests {
  /// A page of a site that marks nothing up: everything is a paragraph.
  static func page(_ body: String, number: Int = 0) -> Document {
    let html = """
      <body><p>Board Example has \(1_000 + number) adverts today.</p>
      <h1>Advert \(number)</h1>\(body)
      <p>Never send money to people you have not met, whatever they tell you.</p>
      <p>Place your own advert</p><p>Terms of use</p><p>How we work</p><p>Help for advertisers</p><p>Our other sites</p></body>
      """
    return Document(decodedHTML: Array(html.utf8))
  }

  static func advert(_ number: Int) -> String {
    """
    <p>Employment: Full time</p><p>Place: Leeds</p>
    <p>Worker number \(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"][number % 9]) wanted for the harvest of \(["apples", "pears", "plums", "leeks", "beans", "peas", "hops", "kale", "oats"][number % 9]) from spring to autumn.</p>
    <p>Call the agency on 020 7946 0123 before you come, we meet you at the station.</p>
    """
  }

  private func learned(_ numbers: Range<Int> = 0..<8) -> SiteTemplate? {
    SiteTemplate(
      learning: numbers.map { SiteTemplate.Sketch(Self.page(Self.advert($0), number: $0)) })
  }

  private func own(_ document: Document, _ template: SiteTemplate?) -> String {
    ContentFinder.find(in: document, outline: Outline(document), template: template).own
      .map { document.string(in: $0) }.joined(separator: "\n")
  }

  @Test func `what recurs is not the advert's`() throws {
    let template: SiteTemplate = try #require(learned())
    let document = Self.page(Self.advert(8), number: 8)
    #expect(own(document, nil).contains("Never send money"))
    let text = own(document, template)
    #expect(!text.contains("Never send money"))
    #expect(!text.contains("Terms of use"))
    #expect(text.contains("harvest of oats"))
  }

  @Test func `contact lines and fields stay however many pages have them`() throws {
    let template: SiteTemplate = try #require(learned())
    let text = own(Self.page(Self.advert(8), number: 8), template)
    #expect(text.contains("020 7946 0123"))
    #expect(text.contains("Full time"))
    #expect(text.contains("Leeds"))
  }

  @Test func `an advert that was put up many times is no template`() throws {
    let same =
      "<p>Ladies wanted for our club, we arrange the visa and the flight for you.</p><p>You live with us and pay the costs back from your earnings.</p><p>You start at once and work every night of the week.</p>"
    let template: SiteTemplate = try #require(
      SiteTemplate(
        learning: (0..<8).map { number in
          let html =
            "<body><h1>Advert</h1><p>Town \(["A", "B", "C", "D", "E", "F", "G", "H"][number])</p>\(same)</body>"
          return SiteTemplate.Sketch(Document(decodedHTML: Array(html.utf8)))
        }))
    let document = Document(
      decodedHTML: Array("<body><h1>Advert</h1><p>Town z</p>\(same)</body>".utf8))
    #expect(own(document, template).contains("pay the costs back"))
  }

  @Test func `few pages teach nothing, and the same page twice is one`() {
    #expect(learned(0..<3) == nil)
    let sketch = SiteTemplate.Sketch(Self.page(Self.advert(0)))
    #expect(SiteTemplate(learning: Array(repeating: sketch, count: 8)) == nil)
  }

  @Test func `the order of pages does not matter`() throws {
    let sketches = (0..<8).map { SiteTemplate.Sketch(Self.page(Self.advert($0), number: $0)) }
    let one = try #require(SiteTemplate(learning: sketches))
    let other = try #require(SiteTemplate(learning: sketches.reversed()))
    #expect(one == other)
    #expect(one.identifier == other.identifier)
    #expect(one.identifier.utf8.count == 16)
  }
}
