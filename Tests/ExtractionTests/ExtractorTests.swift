import Markup
import Testing
import Vocabulary
import WebAddress

@testable import Extraction

func extract(_ html: String, _ hints: PageHints = PageHints()) -> PageExtraction {
  Extractor.extract(Document(decodedHTML: Array(html.utf8)), hints: hints)
}

/// The text of an advert's content ranges.
func own(_ advert: Advert) -> String {
  advert.content.map { String(decoding: advert.text[$0], as: UTF8.self) }
    .joined(separator: "\n")
}

@Suite struct JobPageTests {
  private let page: PageExtraction

  init() {
    page = extract(
      Fixture.jobPage,
      PageHints(
        url: Address("https://jobs.example/vacature/4711?utm_source=x"), country: "NL",
        source: "example-jobs"))
  }

  @Test func `structured data makes it one advert`() throws {
    #expect(page.kind == .advert)
    #expect(page.language == "nl")
    let advert = try #require(page.adverts.first)
    #expect(page.adverts.count == 1)
    #expect(advert.key == "JP-4711")
    #expect(advert.form == .labour)
  }

  @Test func `fields come from structured data`() throws {
    let fields = try #require(page.adverts.first?.fields)
    #expect(fields.title == "Medewerker kas & oogst")
    #expect(fields.employer == "Kasbedrijf Voorbeeld")
    #expect(fields.place == "Naaldwijk, NL")
    #expect(fields.posted == "2026-10-05")
    #expect(fields.wage == "EUR 12.5-14 per hour")
    #expect(fields.employment == "FULL_TIME")
    #expect(fields.hours == "40-60 uur per week")
  }

  @Test func `content is the advert and nothing of the site`() throws {
    let advert = try #require(page.adverts.first)
    let text = own(advert)
    #expect(text.contains("Wij zoeken mensen voor de oogst"))
    #expect(text.contains("Huisvesting wordt geregeld"))
    #expect(text.contains("Medewerker kas"))
    for foreign in ["Inloggen", "Vergelijkbare vacatures", "Chauffeur gezocht", "cookies", "KvK"] {
      #expect(!text.contains(foreign), "\(foreign)")
    }
  }

  @Test func `what lies outside never counts`() throws {
    let advert = try #require(page.adverts.first)
    let phones = advert.selectors.filter { $0.kind == .phone }
    #expect(phones.filter(\.inContent).map(\.value) == ["+31612345678"])
    #expect(phones.filter { !$0.inContent }.map(\.value) == ["+31201234567"])
    #expect(advert.facts.contains { $0.kind == .hours && $0.inContent && $0.max == 60 })
    #expect(!advert.facts.contains { $0.kind == .wage && $0.inContent && $0.number == 2500 })
  }

  @Test func `ranges point at what they say`() throws {
    let advert = try #require(page.adverts.first)
    for selector in advert.selectors where !selector.range.isEmpty {
      #expect(String(decoding: advert.text[selector.range], as: UTF8.self) == selector.raw)
    }
    for fact in advert.facts where !fact.range.isEmpty {
      #expect(String(decoding: advert.text[fact.range], as: UTF8.self) == fact.raw)
    }
  }

  @Test func `a wage that only metadata declares is a fact without place`() throws {
    let page = extract(Fixture.jobWithoutWageInText)
    let advert = try #require(page.adverts.first)
    let wage = try #require(advert.facts.first { $0.kind == .wage })
    #expect(wage.range.isEmpty)
    #expect(wage.number == 2100)
    #expect(wage.period == "month")
    #expect(wage.currency == "EUR")
    #expect(wage.inContent)
  }

  @Test func `microdata says the same`() throws {
    let page = extract(Fixture.microdataJob)
    #expect(page.kind == .advert)
    let advert = try #require(page.adverts.first)
    #expect(advert.fields.title == "Welder")
    #expect(advert.fields.employer == "Example Yard")
    #expect(advert.fields.place == "Rotterdam")
    #expect(advert.fields.posted == "2026-09-01")
  }
}

@Suite struct DirectoryProfileTests {
  @Test func `a profile without rules is an advert`() throws {
    let page = extract(
      Fixture.profile,
      PageHints(url: Address("https://directory.example/profile/lena-55"), country: "NL"))
    #expect(page.kind == .advert)
    let advert = try #require(page.adverts.first)
    #expect(advert.form == .sex)
    #expect(advert.key == "https://directory.example/profile/lena-55")
    #expect(advert.title == "Lena")
    #expect(advert.fields.place == "Utrecht")
    #expect(
      advert.selectors.filter { $0.kind == .phone && $0.inContent }.map(\.value) == ["+31612345678"]
    )
    #expect(advert.selectors.first { $0.kind == .phone }?.trick == "words")
    #expect(advert.selectors.contains { $0.kind == .handle && $0.value == "telegram:lena_test" })
    #expect(advert.facts.contains { $0.kind == .age && $0.number == 25 })
    #expect(
      advert.facts.contains { $0.kind == .price && $0.number == 150 && $0.minutes == 60 })
    #expect(advert.facts.contains { $0.kind == .height && $0.number == 170 })
    #expect(advert.traits.perspective.i >= 2)
    #expect(advert.traits.names == ["Lena"])
    #expect(advert.traits.persons == 1)
    #expect(!own(advert).contains("Mira"))
  }

  @Test func `numbers behind links and references are found`() throws {
    let page = extract(
      """
      <main><h1>Massage in Utrecht</h1><p>Relaxing massage, incall only, € 80 / 1h.</p>
      <p><a href="tel:+31612345678">Call now</a> <a href="https://t.me/lena_test"><img src=t.png></a></p>
      <p>&#48;&#54;&#49;&#50;&#51;&#52;&#53;&#54;&#55;&#57;</p></main>
      """, PageHints(country: "NL"))
    let advert = try #require(page.adverts.first)
    let values = advert.selectors.filter(\.inContent).map(\.value)
    #expect(values.contains("+31612345678"))
    #expect(values.contains("+31612345679"))
    #expect(values.contains("telegram:lena_test"))
    #expect(advert.selectors.first { $0.value == "+31612345679" }?.trick == "entities")
  }
}

@Suite struct ListingTests {
  @Test(arguments: [nil, PageKind.listing]) func `each block is an advert`(kind: PageKind?) throws {
    let page = extract(
      Fixture.listing,
      PageHints(url: Address("https://directory.example/utrecht/"), country: "NL", kind: kind))
    #expect(page.kind == .listing)
    #expect(page.adverts.count == 6)
    let second = try #require(page.adverts.dropFirst().first)
    #expect(second.title == "Mira")
    #expect(second.key == "https://directory.example/profile/mira-2")
    #expect(String(decoding: second.text, as: UTF8.self).hasPrefix("Mira"))
    #expect(second.content == [0..<second.text.count])
    let phone = try #require(second.selectors.first { $0.kind == .phone })
    #expect(phone.value == "+31612345672")
    #expect(String(decoding: second.text[phone.range], as: UTF8.self) == phone.raw)
  }

  @Test func `a table of vacancies is a listing`() {
    let rows = (1...8).map {
      "<tr class=row\($0 % 2)><td><a href=/job/\($0)>Warehouse worker number \($0)</a></td><td>Utrecht</td><td>2026-10-0\($0)</td></tr>"
    }.joined()
    let page = extract("<body><h1>Jobs</h1><table>\(rows)</table></body>")
    #expect(page.kind == .listing)
    #expect(page.adverts.count == 8)
  }
}

@Suite struct PageKindTests {
  @Test(arguments: Fixture.blocked) func `walls are blocked`(html: String) {
    #expect(extract(html).kind == .blocked)
    // Not even the source's rules overrule it.
    #expect(extract(html, PageHints(kind: .advert)).kind == .blocked)
  }

  @Test(arguments: Fixture.gone) func `removal notices are gone`(html: String) {
    #expect(extract(html).kind == .gone)
    #expect(extract(html, PageHints(kind: .advert)).kind == .gone)
  }

  @Test(arguments: Fixture.other) func `everything else is other`(html: String) {
    #expect(extract(html).kind == .other)
  }

  @Test func `statuses speak`() {
    let html = "<body><p>Some words that say nothing.</p></body>"
    #expect(extract(html, PageHints(status: 404)).kind == .gone)
    #expect(extract(html, PageHints(status: 410)).kind == .gone)
    #expect(extract(html, PageHints(status: 403)).kind == .blocked)
    #expect(extract(html, PageHints(status: 429)).kind == .blocked)
    #expect(extract(html, PageHints(status: 503)).kind == .blocked)
    #expect(extract(html, PageHints(status: 200)).kind == .other)
    #expect(extract(html, PageHints(kind: .advert, status: 200)).kind == .advert)
  }

  @Test func `an article at an advert's URL is an advert`() {
    #expect(extract(Fixture.article, PageHints(kind: .advert)).kind == .advert)
  }

  @Test func `an advert that mentions comments or captchas stays one`() {
    let html = """
      <main><h1>Warehouse worker</h1><p>Apply by mail to jobs@firma.example. Salary € 2.100 per month.
      The form asks to solve a captcha. Comments are no longer available. \(String(
        repeating: "You will pick and pack orders in our warehouse in shifts. ", count: 30))</p></main>
      """
    #expect(extract(html).kind == .advert)
  }
}

@Suite struct PlainTextTests {
  @Test func `the whole text is content`() throws {
    let text = "Lena 25 jaar, ontvangst in Utrecht\n150 € / 1h\nbel nul zes 12 34 56 78"
    let page = Extractor.extract(
      Document(plainText: Array(text.utf8)), hints: PageHints(country: "NL", form: .sex))
    #expect(page.kind == .advert)
    let advert = try #require(page.adverts.first)
    #expect(advert.content == [0..<text.utf8.count])
    #expect(advert.text == Array(text.utf8))
    #expect(advert.selectors.map(\.value) == ["+31612345678"])
    #expect(Set(advert.facts.map(\.kind)) == [.age, .place, .price])
  }

  @Test func `nothing is other`() {
    #expect(
      Extractor.extract(Document(plainText: []), hints: PageHints()).kind == .other)
  }
}

@Suite struct FieldTests {
  @Test(arguments: [
    "<dl><dt>Location</dt><dd>Leeds</dd><dt>Company</dt><dd>Example Ltd</dd></dl>",
    "<table><tr><th>Location:</th><td>Leeds</td></tr><tr><th>Employer</th><td>Example Ltd</td></tr></table>",
    "<p>Location: Leeds</p><p>Company: Example Ltd</p>",
    "<ul><li>Locatie: Leeds</li><li>Werkgever: Example Ltd</li></ul>",
    "<p>Lokalizacja: Leeds<br>Pracodawca: Example Ltd</p>",
    "<p>Oraș: Leeds<br>Companie: Example Ltd</p>",
    "<p>Город: Leeds<br>Компания: Example Ltd</p>",
    "<div><div class=label>Location</div><div class=value>Leeds</div></div><div><div class=label>Company</div><div class=value>Example Ltd</div></div>",
  ])
  func `labelled rows`(rows: String) throws {
    let page = extract("<main><h1>Picker</h1>\(rows)</main>", PageHints(kind: .advert))
    let fields = try #require(page.adverts.first?.fields)
    #expect(fields.title == "Picker")
    #expect(fields.place == "Leeds")
    #expect(fields.employer == "Example Ltd")
  }

  @Test func `dates become ISO`() throws {
    let page = extract(
      "<main><h1>Picker</h1><p>Geplaatst op: 3 oktober 2026</p><p>Salaris: € 2.100 p.m.</p></main>",
      PageHints(kind: .advert))
    let fields = try #require(page.adverts.first?.fields)
    #expect(fields.posted == "2026-10-03")
    #expect(fields.wage == "€ 2.100 p.m.")
  }

  @Test(arguments: [
    ("Driver in Utrecht | Jobs Example", "Driver in Utrecht"),
    ("Driver in Utrecht - Jobs Example", "Driver in Utrecht"), ("Driver", "Driver"),
    ("Driver - full time - Utrecht | Example", "Driver - full time - Utrecht"),
  ])
  func `titles lose the site's name`(title: String, expected: String) {
    #expect(FieldReader.withoutSite(title, nil) == expected)
  }
}
