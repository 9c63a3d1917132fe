public import Vocabulary

/// What a page turned out to be, with the adverts on it.
public struct PageExtraction: Sendable, Hashable {
  /// What kind of page it is.
  public var kind: PageKind
  /// ISO 639 code of the language most of its own text is in; nil when that cannot be told.
  public var language: String?
  /// The page's title without the site's name.
  public var title: String?
  /// The page's visible text, UTF-8.
  public var text: [UInt8]
  /// One per repeated block on a listing; none on a page that is blocked or gone; else one, which on
  /// a page of kind `other` is what the page says, read as if it were an advert.
  public var adverts: [Advert]
  /// How a listing goes on; nothing on other pages.
  public var pagination = Pagination()

  public init(
    kind: PageKind, language: String? = nil, title: String? = nil, text: [UInt8] = [],
    adverts: [Advert] = []
  ) {
    self.kind = kind
    self.language = language
    self.title = title
    self.text = text
    self.adverts = adverts
  }
}
