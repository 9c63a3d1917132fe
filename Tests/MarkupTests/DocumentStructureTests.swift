import Testing

@testable import Markup

@Suite struct DocumentStructureTests {
  static func read(_ html: String, limits: MarkupLimits = MarkupLimits()) -> Document {
    Document(decodedHTML: Array(html.utf8), limits: limits)
  }

  @Test func headIsRead() {
    let document = Self.read(
      """
      <!doctype html><html lang=nl-BE><head><title> Warm &amp; welcome
        here </title><base href="/b/"><meta name=Description content=" D ">
      <meta name=robots content="NOINDEX, nofollow"><meta property="og:title" content="OG">
      <link rel=canonical href=" https://a.example/x "><link rel=stylesheet href=s.css>
      <link rel="alternate next" href=n><meta http-equiv=Refresh content="5; URL='/later'">
      </head><body>x
      """)
    #expect(document.title == "Warm & welcome here")
    #expect(document.base == "/b/")
    #expect(document.description == "D")
    #expect(document.language == "nl-BE")
    #expect(document.canonical == "https://a.example/x")
    #expect(document.robotsDirectives == ["noindex", "nofollow"])
    #expect(document.meta(named: "og:title") == "OG")
    #expect(document.refresh == MetaRefresh(seconds: 5, target: "/later"))
    #expect(document.links.map(\.kind) == [.link, .link, .refresh])
    #expect(document.links[1].rel == ["alternate", "next"])
  }

  @Test func linksHaveTextAndPlace() {
    let document = Self.read(
      """
      <nav><a href="/a">Home</a></nav><main>See <a href=" /b?x=1&amp;y=2 " rel="NoFollow me">the
      <b>big</b> one</a>.<a href=/c><img src=i.png alt=Photo></a><area href=/d alt=Map>
      <a>none</a><a href=/e>open <a href=/f>next</a></main>
      """)
    let links = document.links
    #expect(links.map(\.href) == ["/a", "/b?x=1&y=2", "/c", "/d", "/e", "/f"])
    #expect(links.map(\.text) == ["Home", "the big one", "Photo", "Map", "open", "next"])
    #expect(links[1].rel == ["nofollow", "me"])
    #expect(document.string(in: links[1].range) == "the big one")
    #expect(links.map(\.region) == [.navigation, .main, .main, .main, .main, .main])
    #expect(links[2].isImage && !links[1].isImage)
    #expect(document.images.map(\.src) == ["i.png"])
  }

  @Test func outlineIsInPreorderWithRanges() {
    let document = Self.read(
      """
      <header>Top</header><main><article class="card c-12" id=one><h2>A</h2><p>aa <a href=x>l</a>
      </article><article class="c-7 card"><h2>B</h2><p>bb</article></main><x-foot>f</x-foot>
      """)
    let names = document.elements.map { document.name(of: $0) }
    #expect(names == ["header", "main", "article", "h2", "p", "a", "article", "h2", "p"])
    let cards = document.elements.filter { $0.tag == .article }
    #expect(cards.count == 2)
    #expect(cards[0].shape == cards[1].shape)
    #expect(cards.map { document.string(in: $0.range) } == ["A\naa l", "B\nbb"])
    #expect(document.id(of: cards[0]) == "one")
    #expect(document.classNames(of: cards[1]) == ["c-7", "card"])
    #expect(cards.map(\.linkBytes) == [1, 0])
    #expect(cards.map(\.region) == [.article, .article])
    #expect(document.elements[0].region == .header)
    #expect(document.elements[1].end == 9)
    #expect(cards.map(\.depth) == [1, 1])
    for (index, element) in document.elements.enumerated() {
      #expect(element.parent < Int32(index) && element.end > Int32(index))
    }
  }

  @Test func headersOfArticlesBelongToThem() {
    let document = Self.read(
      "<main><article><header>a</header><footer>b</footer></article></main><footer>c</footer>"
        + "<div role=navigation><p>d</div><section><header>e</header></section>")
    let regions = document.elements.filter { $0.tag != .section }.map(\.region)
    #expect(
      regions == [
        .main, .article, .article, .article, .footer, .navigation, .navigation, .none,
      ])
  }

  @Test func formsAreRead() {
    let document = Self.read(
      """
      <form action=/go method=POST>Age <input type=hidden name=t value=1><input name=q>
      <select name=s><option>1</select><button name=ok value=y>Enter</button></form>
      <input name=outside>
      """)
    #expect(document.forms.count == 1)
    #expect(document.forms[0].action == "/go")
    #expect(document.forms[0].method == "post")
    #expect(document.forms[0].fields.map(\.type) == ["hidden", "text", "select", "submit"])
    #expect(document.forms[0].fields.map(\.name) == ["t", "q", "s", "ok"])
    #expect(document.string(in: document.forms[0].range) == "Age\n1\nEnter")
  }

  @Test func formAroundTableRowsDoesNotEndAtThem() {
    let document = Self.read(
      "<table><form action=x><tr><td><input name=a></td></tr><tr><td><input name=b></form></table>")
    #expect(document.forms.first?.fields.map(\.name) == ["a", "b"])
  }

  @Test func microdataIsRead() {
    let document = Self.read(
      """
      <div itemscope itemtype="https://schema.org/JobPosting"><h1 itemprop=title>Cleaner</h1>
      <span itemprop=hiringOrganization itemscope itemtype=https://schema.org/Organization>
      <b itemprop=name>Acme</b></span><meta itemprop=datePosted content=2026-01-02>
      <time itemprop=validThrough datetime=2026-02-03>soon</time>
      <p itemprop=description style="display:none">Hidden <br>words</p></div>
      """)
    #expect(document.microdata.count == 1)
    let job = document.microdata[0]
    #expect(job.types == ["https://schema.org/JobPosting"])
    #expect(job.text(of: "title") == "Cleaner")
    #expect(job.text(of: "datePosted") == "2026-01-02")
    #expect(job.text(of: "validThrough") == "2026-02-03")
    #expect(job.text(of: "description") == "Hidden\nwords")
    guard case .item(let organisation)? = job["hiringOrganization"].first else {
      Issue.record("no organisation")
      return
    }
    #expect(organisation.text(of: "name") == "Acme")
  }

  @Test func rdfaIsRead() {
    let document = Self.read(
      """
      <div vocab="https://schema.org/" typeof="JobPosting"><span property="title">Cook</span>
      <div property=jobLocation typeof=Place><i property=name>Ghent</i></div>
      <a property=url href="/x">l</a></div>
      """)
    #expect(document.microdata.map(\.syntax) == [.rdfa])
    #expect(document.microdata[0].types == ["https://schema.org/JobPosting"])
    #expect(document.microdata[0].text(of: "title") == "Cook")
    #expect(document.microdata[0].text(of: "url") == "/x")
    guard case .item(let place)? = document.microdata[0]["jobLocation"].first else {
      Issue.record("no place")
      return
    }
    #expect(place.text(of: "name") == "Ghent")
  }

  @Test func jsonLDIsRead() {
    let document = Self.read(
      """
      <script type="application/ld+json">{"@type":"JobPosting","title":"A & B"}</script>
      <script type='application/LD+json; charset=utf-8'><!-- [1,] --></script>
      <script type=application/ld+json>{broken</script><script>{"a":1}</script>
      """)
    #expect(document.jsonLD.count == 2)
    #expect(document.jsonLD[0]["title"]?.string == "A & B")
    #expect(document.jsonLD[1] == .array([.number(1)]))
  }

  /// Properties elsewhere, before and after, void and nested, and an item that is one.
  @Test func referencesOfItemsAreFollowed() {
    let document = Document(
      decodedHTML: Array(
        """
        <p id=a itemprop=name>Ann</p><div itemscope itemref='a b c d none'></div>
        <div id=b><meta itemprop=age content=30><i itemprop=job itemscope><u itemprop=title>Cook</u></i>
        </div><meta id=c itemprop=eyes content=grey><b id=d itemprop=band itemscope>
        <i itemprop=name>Jazz</i></b>
        """.utf8))
    #expect(document.microdata.count == 1)
    let item = document.microdata[0]
    #expect(item.properties.map(\.name) == ["name", "age", "job", "eyes", "band"])
    #expect(item.text(of: "name") == "Ann")
    #expect(item.text(of: "age") == "30")
    #expect(item.text(of: "eyes") == "grey")
    guard case .item(let job)? = item["job"].first, case .item(let band)? = item["band"].first
    else {
      Issue.record("the items are missing")
      return
    }
    #expect(job.text(of: "title") == "Cook")
    #expect(band.text(of: "name") == "Jazz")
  }

  /// Items that refer to each other, and many references to one large element.
  @Test func referencesOfItemsEnd() {
    let circle = Document(
      decodedHTML: Array(
        """
        <b id=a itemprop=x itemscope itemref=b></b><b id=b itemprop=y itemscope itemref=a></b>
        """.utf8))
    #expect(circle.microdata.count == 1)
    let many = String(repeating: "<i itemprop=n>v</i>", count: 500)
    let references = String(repeating: "<b itemscope itemref=a></b>", count: 500)
    let large = Document(decodedHTML: Array("<p id=a>\(many)</p>\(references)".utf8))
    #expect(large.microdata.count == 500)
    let kept = large.microdata.reduce(0) { $0 + $1.properties.count }
    #expect(kept <= MarkupLimits().maximumItems)
  }

  @Test func everyKnownTagHasItsName() {
    for tag in Tag.allCases where tag != .other {
      let found = NameTable.tags.value(of: PackedName(tag.name))
      #expect(found == tag)
    }
    for key in AttributeKey.allCases where key != .other {
      #expect(NameTable.attributes.value(of: PackedName(key.name)) == key)
      #expect(key.rawValue < 64)
    }
    #expect(NameTable.tags.value(of: PackedName("nothing")) == .other)
  }
}
