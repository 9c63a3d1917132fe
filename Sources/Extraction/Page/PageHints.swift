public import Vocabulary
public import WebAddress

/// What is known about a page before it is read.
///
/// Everything is optional: a page handed over by a partner may come with nothing.
public struct PageHints: Sendable, Hashable {
  /// Where the page came from.
  public var url: Address?
  /// The country the source is about, ISO 3166 alpha-2; phone numbers are read as dialled there.
  public var country: String?
  /// What the source publishes.
  public var form: Form?
  /// What the source's URL rules say the page is; nothing on the page overrules `advert` or
  /// `listing` but a block page and a removal notice.
  public var kind: PageKind?
  /// The site's own identifier of the advert, from the source's URL rules.
  public var key: String?
  /// The source's name.
  public var source: String?
  /// The HTTP status the page came with.
  public var status: Int?
  /// What recurs on the pages of its site, where several were seen.
  public var template: SiteTemplate?

  public init(
    url: Address? = nil, country: String? = nil, form: Form? = nil, kind: PageKind? = nil,
    key: String? = nil, source: String? = nil, status: Int? = nil, template: SiteTemplate? = nil
  ) {
    self.url = url
    self.country = country
    self.form = form
    self.kind = kind
    self.key = key
    self.source = source
    self.status = status
    self.template = template
  }
}
