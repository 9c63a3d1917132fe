import Markup

/// Questions about a page's outline that several readers ask.
struct Outline {
  let document: Document
  /// Where shown links with text stand, ascending.
  let shownLinks: [Range<Int>]

  init(_ document: Document) {
    self.document = document
    var shown: [Range<Int>] = []
    for link in document.links
    where (link.kind == .anchor || link.kind == .area) && !link.isHidden && !link.range.isEmpty {
      shown.append(link.range)
    }
    shownLinks = shown.sorted { $0.lowerBound < $1.lowerBound }
  }

  /// How many links with text begin in a range.
  func links(in range: Range<Int>) -> Int {
    lower(range.upperBound) - lower(range.lowerBound)
  }

  private func lower(_ offset: Int) -> Int {
    var low = 0
    var high = shownLinks.count
    while low < high {
      let middle = (low + high) / 2
      if shownLinks[middle].lowerBound < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The page's main heading: the first `h1` with text, inside `main` or an article if one is
  /// there.
  var heading: Element? {
    let headings = document.elements.lazy.filter { $0.tag == .h1 && !$0.range.isEmpty }
    return headings.first { $0.region == .main || $0.region == .article }
      ?? headings.first { $0.region == .none } ?? headings.first
  }

  /// The innermost element of the outline that contains a range; nil for the whole page.
  func element(containing range: Range<Int>) -> Int? {
    var found: Int?
    var index = 0
    while index < document.elements.count {
      let element = document.elements[index]
      if element.range.lowerBound <= range.lowerBound, element.range.upperBound >= range.upperBound
      {
        found = index
        index += 1
      } else {
        index = max(index + 1, Int(element.end))
      }
    }
    return found
  }
}
