import Testing
import WebAddress

@testable import Extraction

@Suite struct AdvertAccountTests {
  private static let text = """
    <h1>Massage in Leeds</h1><p>I am new in town and offer massage every day from ten to ten, by \
    appointment. Call me on 07700 900123 for more, no hidden numbers please.</p>
    """

  private func account(_ more: String, _ url: String = "https://ads.example/ad/17") -> String? {
    extract("<body><main>\(Self.text)\(more)</main></body>", PageHints(url: Address(url)))
      .adverts.first?.account
  }

  @Test func `structured data names who offers`() {
    let product = """
      <script type="application/ld+json">{"@type":"Product","offers":{"@type":"Offer",
      "seller":{"@type":"Person","name":"Ana","url":"/people/ana-12"}}}</script>
      """
    #expect(account(product) == "https://ads.example/people/ana-12")
    let job = """
      <script type="application/ld+json">{"@graph":[{"@type":"JobPosting","title":"Welder",
      "hiringOrganization":{"@id":"https://www.ads.example/firm/9","name":"Yard"}}]}</script>
      """
    #expect(account(job) == "https://www.ads.example/firm/9")
    let item = """
      <div itemscope itemtype="https://schema.org/Offer"><span itemprop=seller itemscope \
      itemtype="https://schema.org/Person"><a itemprop=url href="/people/4">Ana</a></span></div>
      """
    #expect(account(item) == "https://ads.example/people/4")
  }

  @Test func `links name the author`() {
    #expect(account("<a rel=author href=/a/5#top>Ana</a>") == "https://ads.example/a/5")
    #expect(account("<a href=/x/77>All ads by this user (4)</a>") == "https://ads.example/x/77")
    #expect(account("<a href=/x/8>Wszystkie ogłoszenia</a>") == "https://ads.example/x/8")
    #expect(account("<a href=/user/ana>Ana</a>") == "https://ads.example/user/ana")
    #expect(
      account("<a href='/list?seller_id=31'>Ana</a>") == "https://ads.example/list?seller_id=31")
  }

  @Test(arguments: [
    "", "<a href=/user/ana>Ana</a><a href=/user/eva>Eva</a>",
    "<a href=https://elsewhere.test/user/ana>Ana</a>", "<a href=/user/login>Log in</a>",
    "<nav><a href=/user/4>My page</a></nav>", "<a rel=author href=/>Ads</a>",
    "<a rel=author href=/ad/17>This</a>", "<a href=/users>Users</a>",
    "<a rel=author href='javascript:x()'>Ana</a>", "<a hidden href=/user/4>Ana</a>",
  ])
  func `what is not one user of the site is no account`(_ more: String) {
    #expect(account(more) == nil)
  }

  @Test func `without an address of its own a page names nobody`() {
    let page = extract("<main>\(Self.text)<a href=/user/ana>Ana</a></main>")
    #expect(page.adverts.first?.account == nil)
  }

  @Test func `many links are no trouble`() {
    let many = (0..<20_000).map { "<a href=/user/u\($0)>all ads by</a>" }.joined()
    #expect(account(many) == nil)
  }
}
