import Markup

/// Finds the parts of a page that are the advert's own words.
///
/// What surely belongs to the site is taken out; of the rest the smallest part of the page that
/// holds the heading and most of the text is kept. In doubt text is kept: a phone number that is
/// missed costs more than a line of menu.
struct ContentFinder {
  let document: Document
  let outline: Outline
  let heading: Range<Int>?
  /// The site's host without `www.`.
  let host: String?
  let template: SiteTemplate?
  private let whole: Range<Int>

  private init(
    _ document: Document, _ outline: Outline, host: String?, template: SiteTemplate?
  ) {
    self.template = template
    self.document = document
    self.outline = outline
    whole = 0..<document.text.count
    heading = outline.heading?.range
    let stated = host ?? document.canonical.map(Self.hostName)
    self.host = stated.flatMap {
      $0.isEmpty ? nil : $0.hasPrefix("www.") ? String($0.dropFirst(4)) : $0
    }
  }

  /// What a page says itself.
  struct Content: Equatable {
    /// The advert's own words, ascending and apart.
    var own: [Range<Int>]
    /// These with the site's remarks between them: dates, links, labels.
    var wide: [Range<Int>]
  }

  /// The content of a page; everything when the page has no outline.
  ///
  /// `host` is the page's own: links to it lead to the site. `template` is what other pages of the
  /// site taught.
  static func find(
    in document: Document, outline: Outline, description: String? = nil, host: String? = nil,
    template: SiteTemplate? = nil
  ) -> Content {
    guard !document.text.isEmpty else { return Content(own: [], wide: []) }
    let whole = 0..<document.text.count
    guard !document.elements.isEmpty else { return Content(own: [whole], wide: [whole]) }
    let finder = ContentFinder(document, outline, host: host, template: template)
    let excluded = finder.excluded()
    let root = finder.root(excluded: excluded, description: description)
    let wide = finder.trimmed(RangeSet.rest(of: root, without: excluded))
    guard !wide.isEmpty else { return Content(own: [whole], wide: [whole]) }
    return Content(own: finder.cleaned(wide), wide: wide)
  }

  /// Leaves out line breaks at the ends of ranges.
  private func trimmed(_ ranges: [Range<Int>]) -> [Range<Int>] {
    ranges.compactMap { range in
      var start = range.lowerBound
      var end = range.upperBound
      while start < end, document.text[start] <= 0x20 { start += 1 }
      while end > start, document.text[end - 1] <= 0x20 { end -= 1 }
      return start < end ? start..<end : nil
    }
  }

  /// What is surely the site's, normalised.
  private func excluded() -> [Range<Int>] {
    var excluded: [Range<Int>] = []
    var names = NameTraits.Reader(document)
    // Of blocks within each other only the outermost is asked what it is called: when it was kept,
    // so are its parts.
    var around = [NameTraits](repeating: [], count: document.elements.count)
    var index = 0
    while index < document.elements.count {
      let element = document.elements[index]
      let traits = element.range.isEmpty ? [] : names.traits(of: element)
      let outer = element.parent < 0 ? [] : around[Int(element.parent)]
      around[index] = outer.union(isAround(element) ? traits : [])
      if !element.range.isEmpty, isSmall(element.range),
        isFurniture(element, traits.subtracting(outer)),
        heading.map({ !$0.overlaps(element.range) }) ?? true
      {
        excluded.append(element.range)
        index = max(index + 1, Int(element.end))
      } else {
        if let related = relatedBlock(at: index), isSmall(related, share: 0.8) {
          excluded.append(related)
        }
        index += 1
      }
    }
    return RangeSet.normalised(excluded)
  }

  /// Whether an element can be a kept block of the kind its name says: what holds the page's heading
  /// is named after its layout ("no-sidebar").
  private func isAround(_ element: Element) -> Bool {
    !isSmall(element.range) && element.tag != .body && element.tag != .html
      && !(heading?.overlaps(element.range) ?? false)
  }

  /// No part of the page with most of its text is furniture: some sites put all in one form.
  private func isSmall(_ range: Range<Int>, share: Double = 0.6) -> Bool {
    Double(range.count) <= Double(whole.count) * share
  }

  private func isFurniture(_ element: Element, _ traits: NameTraits) -> Bool {
    switch element.region {
    case .navigation, .header, .footer, .aside, .form:
      // Only the landmark itself counts: when it was kept for holding the heading or most of the
      // text, so are its parts.
      if parentRegion(element) != element.region { return true }
    case .none, .main, .article: break
    }
    if element.tag == .figcaption || element.tag == .time || element.tag == .button,
      element.range.count <= 250
    {
      return !carriesContact(element.range)
    }
    guard element.tag != .body, element.tag != .html else { return false }
    if traits.contains(.foreign) { return true }
    if traits.contains(.site), isModest(element) { return true }
    if traits.contains(.teaser), element.linkBytes * 5 > element.range.count { return true }
    if traits.contains(.remark), element.range.count <= 600, isModest(element),
      !carriesContact(element.range)
    {
      return true
    }
    return element.isBlock && isLinkDense(element)
  }

  /// Names are only hints: a block with much plain text is kept whatever it is called.
  private func isModest(_ element: Element) -> Bool {
    let count = element.range.count
    return count <= max(300, whole.count * 15 / 100) && count < 3_000
      || element.linkBytes * 10 > count * 4
  }

  /// Three links or more that hold most of the text, which is no contact block then.
  private func isLinkDense(_ element: Element) -> Bool {
    element.range.count >= 20 && element.linkBytes * 10 > element.range.count * 6
      && outline.links(in: element.range) >= 3
  }

  /// From a heading like "Similar jobs" to the end of the block it opens.
  private func relatedBlock(at index: Int) -> Range<Int>? {
    let element = document.elements[index]
    switch element.tag {
    case .h2, .h3, .h4, .h5, .h6, .legend, .caption, .strong, .dt: break
    default: return nil
    }
    guard (5...80).contains(element.range.count),
      LinePhrases.discussions.match(document.text, element.range)
        || Phrases.contains(Folding.key(document.text, element.range), Phrases.related)
    else { return nil }
    var parent = Int(element.parent)
    // A wrapper around the heading alone is not the block.
    while parent >= 0, parent < document.elements.count,
      document.elements[parent].range.count <= element.range.count + 20
    {
      parent = Int(document.elements[parent].parent)
    }
    let end = parent >= 0 ? document.elements[parent].range.upperBound : whole.upperBound
    return element.range.lowerBound..<max(element.range.upperBound, end)
  }

  /// The part of the page that content is looked for in.
  private func root(excluded: [Range<Int>], description: String?) -> Range<Int> {
    let total = RangeSet.rest(of: whole, without: excluded).reduce(0) { $0 + $1.count }
    let heading = outline.heading?.range
    if let landmark = landmark(heading),
      words(in: landmark, excluded) * 4 >= total
        || words(in: landmark, excluded) >= 200
    {
      return landmark
    }
    let anchors = [heading, description.flatMap(locate)].compactMap { $0 }
    guard let first = anchors.first else { return whole }
    let span = anchors.dropFirst().reduce(first) {
      min($0.lowerBound, $1.lowerBound)..<max($0.upperBound, $1.upperBound)
    }
    var index = outline.element(containing: span).map(Int32.init) ?? -1
    while index >= 0 {
      let element = document.elements[Int(index)]
      if words(in: element.range, excluded) * 10 >= total * 6 { return element.range }
      index = element.parent
    }
    return whole
  }

  /// `main`, or the one article in it that has the heading.
  private func landmark(_ heading: Range<Int>?) -> Range<Int>? {
    var mains: [Range<Int>] = []
    var articles: [Range<Int>] = []
    for element in document.elements where !element.range.isEmpty {
      let isMain = element.tag == .main || element.region == .main && parentRegion(element) != .main
      if isMain { mains.append(element.range) }
      let isArticle =
        element.tag == .article || element.region == .article && parentRegion(element) != .article
      if isArticle { articles.append(element.range) }
    }
    let main = mains.max { $0.count < $1.count }
    if let heading, let article = articles.first(where: { $0.overlaps(heading) }),
      article.count * 2 >= main?.count ?? 0
    {
      return article
    }
    if let main, heading.map({ main.overlaps($0) || main.count * 2 > whole.count }) ?? true {
      return main
    }
    return main == nil && articles.count == 1 && heading == nil ? articles[0] : nil
  }

  private func parentRegion(_ element: Element) -> Region {
    element.parent < 0 ? .none : document.elements[Int(element.parent)].region
  }

  private func words(in range: Range<Int>, _ excluded: [Range<Int>]) -> Int {
    RangeSet.rest(of: range, without: excluded).reduce(0) { $0 + $1.count }
  }

  /// Where the page shows a vacancy's description, by its first and last words.
  private func locate(_ description: String) -> Range<Int>? {
    let plain = Document(decodedHTML: Array(description.utf8.prefix(200_000))).text
    let lines = PageText(plain).lines.filter { $0.count >= 12 }
    guard let first = lines.first, let last = lines.last,
      let start = find(Array(plain[first].prefix(60)), from: 0)
    else { return nil }
    let tail = Array(plain[last].prefix(60))
    let end = find(tail, from: start).map { $0 + tail.count }
    return start..<max(end ?? start, start + min(first.count, whole.upperBound - start))
  }

  private func find(_ needle: [UInt8], from start: Int) -> Int? {
    let text = document.text
    guard let first = needle.first, text.count >= needle.count else { return nil }
    var index = start
    while index + needle.count <= text.count {
      if text[index] == first, text[index..<index + needle.count].elementsEqual(needle) {
        return index
      }
      index += 1
    }
    return nil
  }
}
