import Markup
import Testing
import Vocabulary

@testable import Extraction

/// What stands in an advert's place is never taken for it, and no advert for a wall.
@Suite struct WallTests {
  private func kind(_ row: (language: String, heading: String, text: String)) -> PageKind {
    let html = WallFixture.page(
      row.heading + " | Board Example", "<h1>\(row.heading)</h1><p>\(row.text)</p>",
      language: row.language)
    let page = extract(html, PageHints(kind: .advert))
    #expect(extract(html).kind == page.kind, "\(row)")
    if page.kind == .blocked || page.kind == .gone { #expect(page.adverts.isEmpty) }
    return page.kind
  }

  @Test(arguments: WallFixture.logins.indices) func `a login is asked for`(index: Int) {
    #expect(kind(WallFixture.logins[index]) == .blocked, "\(WallFixture.logins[index])")
  }

  @Test(arguments: WallFixture.challenges.indices) func `a person is asked for`(index: Int) {
    #expect(kind(WallFixture.challenges[index]) == .blocked, "\(WallFixture.challenges[index])")
  }

  @Test(arguments: WallFixture.suspensions.indices) func `an account was shut`(index: Int) {
    #expect(kind(WallFixture.suspensions[index]) == .blocked, "\(WallFixture.suspensions[index])")
  }

  @Test(arguments: WallFixture.ages.indices) func `an age is asked for`(index: Int) {
    #expect(kind(WallFixture.ages[index]) == .blocked, "\(WallFixture.ages[index])")
  }

  @Test(arguments: WallFixture.missing.indices) func `there is nothing`(index: Int) {
    #expect(kind(WallFixture.missing[index]) == .gone, "\(WallFixture.missing[index])")
  }

  @Test(arguments: WallFixture.nearMisses) func `an advert that sounds like one`(html: String) {
    #expect(extract(html, PageHints(kind: .advert)).kind == .advert)
    let page = extract(html)
    #expect(page.kind == .advert || page.kind == .other)
  }

  @Test func `there are enough cases`() {
    let walls =
      WallFixture.logins.count + WallFixture.challenges.count + WallFixture.suspensions.count
      + WallFixture.ages.count + WallFixture.missing.count
    #expect(walls >= 60)
    #expect(WallFixture.nearMisses.count >= 25)
  }
}
