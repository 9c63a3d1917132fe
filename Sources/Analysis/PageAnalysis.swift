public import Assessment
public import Extraction
public import Matching
public import Vocabulary
public import WebAddress

/// An advert with what was found in it and what follows from that.
public struct AnalysedAdvert: Sendable {
  /// The advert.
  public var advert: Advert
  /// Where indicators were found, in the order of the text.
  public var hits: [Hit]
  /// Barriers, flag and reasons.
  public var assessment: Assessment
  /// Versions of the packs of the computed indicators, by indicator.
  public var packVersions: [String: Int]
  /// What patterns found and an exception (`unless`) cancelled, in the order of the text.
  public var cancelled: [Hit] = []
}

extension Advert {
  /// The advert's own words: the parts of the page that are the advert, without what surrounds them.
  public var ownText: [UInt8] {
    var bytes: [UInt8] = []
    for range in content {
      if !bytes.isEmpty { bytes.append(UInt8(ascii: "\n")) }
      bytes += text[range.clamped(to: 0..<text.count)]
    }
    return bytes
  }
}

/// Everything the pure chain says of one page: a function of its bytes, its hints and the patterns.
public struct PageAnalysis: Sendable {
  /// What kind of page it is.
  public var kind: PageKind
  /// ISO 639 code.
  public var language: String?
  /// The page's title.
  public var title: String?
  /// The page's visible text, valid UTF-8.
  public var text: [UInt8]
  /// SHA-256 of the bytes that were given, as `sha256:` and hex; nil when none could be read.
  public var digest: String?
  /// The page's advert, or a listing's adverts in order; on a page that is none of these by its looks,
  /// what its words would be as an advert.
  public var adverts: [AnalysedAdvert]
  /// Where the page leads, resolved, without duplicates; for a sitemap or feed, what it lists.
  public var links: [Address]
  /// The pictures that a page's advert shows, resolved, without duplicates, in order; none of a listing.
  public var images: [Address] = []
  /// Where a listing goes on.
  public var next: Address?
  /// Directives of `<meta name=robots>`, lower case.
  public var robots: [String]
  /// Patterns that reached a limit on this page.
  public var limited: [String]
  /// True when the page is larger than what is read, so that its end was left out.
  public var isTruncated = false
  /// Identifier of the site's template it was read with; nil for none.
  public var template: String?
  /// What it teaches of its site's template, where the input asked for that.
  public var sketch: SiteTemplate.Sketch?
  /// Why the page could not be read.
  public var error: String?
}
