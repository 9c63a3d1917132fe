import Markup
import Testing
import Vocabulary
import WebAddress

@testable import Extraction

@Suite struct PaginationTests {
  private func find(_ html: String, at url: String = "https://board.example/ads?page=2")
    -> Pagination
  {
    Pagination.find(in: Document(decodedHTML: Array(html.utf8)), page: Address(url))
  }

  @Test func `rel says it`() {
    let found = find(
      "<link rel=next href='/ads?page=3'><link rel=prev href='/ads?page=1'><p>x</p>")
    #expect(found.next?.href == "https://board.example/ads?page=3")
    #expect(found.previous?.href == "https://board.example/ads?page=1")
  }

  @Test(arguments: [
    "Next", "next page »", "Volgende", "Weiter", "Nächste Seite", "Page suivante", "Siguiente",
    "Pagina următoare", "Następna strona", "Следваща", "Következő oldal", "Следующая", "›", ">>",
    "Older posts",
  ])
  func `words for the next page`(word: String) {
    let found = find("<p><a href='?page=3'>\(word)</a></p>")
    #expect(found.next?.href == "https://board.example/ads?page=3")
    #expect(found.previous == nil)
  }

  @Test(arguments: [
    "Previous", "« vorige", "Zurück", "Précédent", "Anterior", "Înapoi", "Poprzednia", "Назад",
    "Előző", "Предыдущая", "‹",
  ])
  func `words for the page before`(word: String) {
    let found = find("<p><a href='?page=1'>\(word)</a></p>")
    #expect(found.previous?.href == "https://board.example/ads?page=1")
    #expect(found.next == nil)
  }

  @Test func `numbers with the page's own left out`() {
    let found = find(
      "<div><a href='?page=1'>1</a> <b>2</b> <a href='?page=3'>3</a> <a href='?page=4'>4</a></div>")
    #expect(found.numbered.map(\.search) == ["?page=1", "?page=3", "?page=4"])
    #expect(found.previous?.search == "?page=1")
    #expect(found.next?.search == "?page=3")
  }

  @Test func `the first page by numbers`() {
    let found = find(
      "<div><b>1</b> <a href='?page=2'>2</a> <a href='?page=3'>3</a></div>",
      at: "https://board.example/ads")
    #expect(found.next?.search == "?page=2")
    #expect(found.previous == nil)
  }

  @Test(arguments: [
    "<a href='#'>Next</a>", "<a href='javascript:go()'>Next</a>",
    "<a href='https://other.example/x'>Next</a>",
    "<a href='/next-steps'>The next steps for you</a>",
    "<a href='/2019'>2019</a><a href='/2020'>2020</a>", "<a href='/a/1'>1</a>",
    "<a href='/ads?page=2#top'>Next</a>",
  ])
  func `what only looks like it`(html: String) {
    #expect(find("<p>\(html)</p>").isEmpty)
  }
}

@Suite struct ListingLayoutTests {
  private static let titles = ["Warehouse worker", "Picker", "Driver", "Cleaner", "Welder", "Cook"]

  private static func rows(_ row: (Int, String) -> String) -> String {
    titles.enumerated().map { row($0 + 1, $1) }.joined()
  }

  /// The same adverts in several layouts.
  static let layouts = [
    "<ul class=results>"
      + rows {
        "<li class=item><a href=/ad/\($0)>\($1)</a><p>Full time in Leeds, £1\($0).50 an hour, call 020 7946 012\($0)</p></li>"
      } + "</ul>",
    "<table>"
      + rows {
        "<tr><td><a href=/ad/\($0)>\($1)</a></td><td>Leeds, £1\($0).50 an hour</td><td>020 7946 012\($0)</td></tr>"
      } + "</table>",
    "<div class=grid>"
      + rows {
        "<article class=card><a href=/ad/\($0)><img src=/i/\($0).jpg></a><h3><a href=/ad/\($0)>\($1)</a></h3><div class=text>Leeds, £1\($0).50 an hour, tel. 020 7946 012\($0)</div></article>"
      } + "</div>",
    "<div class=row>"
      + rows {
        ($0 % 2 == 1 && $0 > 1 ? "</div><div class=row>" : "")
          + "<div class='col ad-\($0)'><h2><a href=/ad/\($0)>\($1)</a></h2><span>Leeds, £1\($0).50 an hour</span> <span>020 7946 012\($0)</span></div>"
      } + "</div>",
    rows {
      "<p class=row data-pid=\($0)><span>Oct \($0)</span> <a href=/ad/\($0).html>\($1)</a> Leeds, £1\($0).50 an hour, 020 7946 012\($0)</p>"
    },
  ]

  @Test(arguments: layouts.indices) func `each block is an advert of its own`(index: Int) throws {
    let html = """
      <html><body><nav><a href=/>Home</a> <a href=/help>Help</a></nav><h1>Jobs in Leeds</h1>
      \(Self.layouts[index])
      <div class=pager><b>1</b> <a href=/jobs?p=2>2</a> <a href=/jobs?p=3>3</a> <a href=/jobs?p=2>Next</a></div>
      <footer>Board Example, 020 7946 0999</footer></body></html>
      """
    let page = extract(
      html, PageHints(url: Address("https://board.example/jobs"), country: "GB"))
    #expect(page.kind == .listing)
    try #require(page.adverts.count == 6)
    for (number, advert) in page.adverts.enumerated() {
      #expect(advert.key?.hasPrefix("https://board.example/ad/\(number + 1)") == true)
      #expect(advert.title == Self.titles[number])
      #expect(
        advert.selectors.filter { $0.kind == .phone }.map(\.value)
          == ["+4420794601\(20 + number + 1)"])
      #expect(advert.facts.contains { $0.number == 11.5 + Double(number) })
    }
    #expect(page.pagination.next?.href == "https://board.example/jobs?p=2")
  }
}
