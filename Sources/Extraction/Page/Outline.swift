import Markup

/// Questions about a page's outline that several readers ask.
struct Outline {
  let document: Document
  /// Where links with text begin, ascending.
  private let linkStarts: [Int]

  init(_ document: Document) {
    self.document = document
    var starts: [Int] = []
    for link in document.links
    where (link.kind == .anchor || link.kind == .area) && !link.isHidden && !link.range.isEmpty {
      starts.append(link.range.lowerBound)
    }
    linkStarts = starts.sorted()
  }

  /// How many links with text begin in a range.
  func links(in range: Range<Int>) -> Int {
    lower(range.upperBound) - lower(range.lowerBound)
  }

  private func lower(_ offset: Int) -> Int {
    var low = 0
    var high = linkStarts.count
    while low < high {
      let middle = (low + high) / 2
      if linkStarts[middle] < offset { low = middle + 1 } else { high = middle }
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

  /// Whether one of an element's class names or its id has one of the words as a part.
  func isNamed(_ element: Element, _ words: Set<String>) -> Bool {
    for name in document.classNames(of: element).prefix(12) where hasWord(name, words) {
      return true
    }
    return document.id(of: element).map { hasWord($0, words) } ?? false
  }

  /// Splits "jobSimilar-list_2" into its words.
  private func hasWord(_ name: String, _ words: Set<String>) -> Bool {
    var word: [UInt8] = []
    var previousSmall = false
    func isHit() -> Bool { !word.isEmpty && words.contains(String(decoding: word, as: UTF8.self)) }
    for byte in name.utf8.prefix(80) {
      let capital = byte &- 0x41 < 26
      if !byte.isLetter || capital && previousSmall {
        if isHit() { return true }
        word.removeAll(keepingCapacity: true)
      }
      if byte.isLetter { word.append(byte.lowered) }
      previousSmall = byte &- 0x61 < 26
    }
    return isHit()
  }
}
