public import Markup

/// What recurs on the pages of one site: menus, slogans, terms, notices.
///
/// Learned from several pages and then a value like any other: a page is read with the same result
/// whenever it is read with the same template. Only whole lines count, and only where many of them
/// stand together or one is a sentence: "Full time" in one of its fields is an advert's own, however
/// many say so. A line with a way to reach somebody or a sum of money is never part of it.
public struct SiteTemplate: Sendable, Hashable {
  /// How sure learning has to be.
  public struct Limits: Sendable, Hashable {
    /// Pages to learn from.
    public var pages = 8
    /// Pages that have to have a line for it to recur, of every hundred.
    public var percent = 60
    /// The fewest pages that show anything.
    public var fewest = 4
    /// Lines of a page that are looked at.
    public var lines = 2_000

    public init() {}
  }

  /// What one page contributes: the hashes of its lines, ascending, each once.
  public struct Sketch: Sendable, Hashable {
    let lines: [UInt64]

    /// The lines of a page's text; digits count as one, so that "1,204 adverts" recurs.
    public init(_ document: Document, limits: Limits = Limits()) {
      var seen: Set<UInt64> = []
      for line in PageText(document.text, limit: limits.lines).lines {
        seen.insert(SiteTemplate.hash(document.text, line))
      }
      lines = seen.sorted()
    }
  }

  private let lines: Set<UInt64>
  /// Identifies what was learned: equal for equal templates, on every machine.
  public let identifier: String

  /// What recurs in some pages; nil when they are too few or nothing does.
  ///
  /// Pages with the same lines count once: a page that was captured twice shows nothing.
  public init?(learning sketches: [Sketch], limits: Limits = Limits()) {
    let pages = Set(sketches.prefix(limits.pages))
    guard pages.count >= limits.fewest else { return nil }
    var counts: [UInt64: Int] = [:]
    for page in pages {
      for line in page.lines { counts[line, default: 0] += 1 }
    }
    lines = Set(
      counts.lazy.filter {
        $0.value >= limits.fewest && $0.value * 100 >= limits.percent * pages.count
      }
      .map(\.key))
    guard !lines.isEmpty else { return nil }
    var hash = Folding.seed
    for line in lines.sorted() { hash = (hash ^ line) &* 0x100_0000_01B3 }
    let digits = String(hash, radix: 16)
    identifier = String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Whether a line recurs.
  func holds(_ text: [UInt8], _ line: Range<Int>) -> Bool {
    lines.contains(Self.hash(text, line))
  }

  private static func hash(_ text: [UInt8], _ line: Range<Int>) -> UInt64 {
    var hash = Folding.seed
    var wasDigit = false
    for index in line {
      let byte = text[index]
      if byte.isDigit {
        if !wasDigit { hash = (hash ^ 0x30) &* 0x100_0000_01B3 }
      } else {
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
      }
      wasDigit = byte.isDigit
    }
    return hash
  }
}
