public import Vocabulary

/// An item that a source publishes, as one page shows it.
public struct Advert: Sendable, Hashable {
  /// The site's own identifier, else the canonical URL; nil when neither is known.
  public var key: String?
  /// Who placed it: the canonical address of their page on the site; nil when the page names nobody.
  public var account: String?
  /// What it offers; nil when that is unsure.
  public var form: Form?
  /// ISO 639 code; nil when it cannot be told.
  public var language: String?
  /// Its title.
  public var title: String?
  /// The text all ranges point into, valid UTF-8.
  ///
  /// The whole page's for an advert page, its own block's in a listing.
  public var text: [UInt8]
  /// The byte ranges of `text` that are the advert's own words, ascending and apart.
  public var content: [Range<Int>]
  /// What the page states in marked or labelled places.
  public var fields: AdvertFields
  /// Identifiers that can link adverts, by where they start.
  public var selectors: [Selector]
  /// Values that identify nobody, by where they start.
  public var facts: [Fact]
  /// How it is written.
  public var traits: Traits

  public init(
    key: String? = nil, form: Form? = nil, language: String? = nil, title: String? = nil,
    text: [UInt8] = [], content: [Range<Int>] = [], fields: AdvertFields = AdvertFields(),
    selectors: [Selector] = [], facts: [Fact] = [], traits: Traits = Traits(),
    account: String? = nil
  ) {
    self.key = key
    self.account = account
    self.form = form
    self.language = language
    self.title = title
    self.text = text
    self.content = content
    self.fields = fields
    self.selectors = selectors
    self.facts = facts
    self.traits = traits
  }
}

/// What a page states about an advert in marked-up or labelled places.
public struct AdvertFields: Sendable, Hashable {
  /// The headline.
  public var title: String?
  /// Who hires.
  public var employer: String?
  /// Where.
  public var place: String?
  /// When it was put up, an ISO 8601 date.
  public var posted: String?
  /// The pay as the page words it.
  public var wage: String?
  /// The working hours as the page words them.
  public var hours: String?
  /// The kind of employment as the page words it.
  public var employment: String?
  /// Whom to ask, as the page words it: name, e-mail address, number.
  public var contact: String?
  /// The occupation that is offered, as structured data or a label names it: a code or words.
  public var occupation: String?
  /// The line of business, as structured data or a label names it.
  public var industry: String?

  public init(
    title: String? = nil, employer: String? = nil, place: String? = nil, posted: String? = nil,
    wage: String? = nil, hours: String? = nil, employment: String? = nil, contact: String? = nil,
    occupation: String? = nil, industry: String? = nil
  ) {
    self.title = title
    self.employer = employer
    self.place = place
    self.posted = posted
    self.wage = wage
    self.hours = hours
    self.employment = employment
    self.contact = contact
    self.occupation = occupation
    self.industry = industry
  }
}
