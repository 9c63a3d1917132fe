public import Bytes
public import Extraction
public import Vocabulary

/// What linking knows of an advert.
///
/// Nothing here tells of a flag or a verdict, so that no advert can count because another one did.
public struct LinkedAdvert: Sendable, Hashable {
  /// Above zero, and higher for adverts that came later: the lowest id of a cluster names it.
  public var id: Int64
  /// The source it was published at.
  public var source: String
  /// Its key at that source.
  public var key: String
  /// Who placed it, as the source names accounts; nil when that is unknown.
  public var account: String?
  /// What it offers; nil when that is unsure.
  public var form: Form?
  /// ISO 639 code; nil is a language of its own, alike to no other.
  public var language: String?
  /// Who hires, as written.
  public var employer: String?
  /// ISO 3166 alpha-2 of the advert, for sightings that have none.
  public var country: String?
  /// When and with which place it was seen, in any order.
  public var sightings: [Sighting]
  /// People on offer, as written.
  public var names: [String]
  /// Stated ages in years.
  public var ages: [Int]
  /// Its identifiers.
  public var selectors: [LinkedSelector]
  /// Its images, by their hashes.
  public var images: [ImagePrint]
  /// Its own words in UTF-8, blocks apart by line feeds; empty where it should not be linked by text.
  public var text: [UInt8]

  public init(
    id: Int64, source: String, key: String, account: String? = nil, form: Form? = nil,
    language: String? = nil, employer: String? = nil, country: String? = nil,
    sightings: [Sighting] = [], names: [String] = [], ages: [Int] = [],
    selectors: [LinkedSelector] = [], images: [ImagePrint] = [], text: [UInt8] = []
  ) {
    self.id = id
    self.source = source
    self.key = key
    self.account = account
    self.form = form
    self.language = language
    self.employer = employer
    self.country = country
    self.sightings = sightings
    self.names = names
    self.ages = ages
    self.selectors = selectors
    self.images = images
    self.text = text
  }

  /// The country of a sighting, or else of the advert.
  func country(of sighting: Sighting) -> String? { sighting.country ?? country }
  /// When it was first seen.
  public var firstSeen: Timestamp? { sightings.map(\.when).min() }
  /// When it was last seen.
  public var lastSeen: Timestamp? { sightings.map(\.when).max() }
}

/// One time that an advert was seen, and the place it named.
public struct Sighting: Sendable, Hashable {
  /// When it was seen.
  public var when: Timestamp
  /// The place in its normal form; nil when none was named.
  public var place: String?
  /// ISO 3166 alpha-2 of the place; nil when that is unknown.
  public var country: String?

  public init(when: Timestamp, place: String? = nil, country: String? = nil) {
    self.when = when
    self.place = place
    self.country = country
  }
}

/// An identifier of an advert, as far as linking needs it.
public struct LinkedSelector: Sendable, Hashable {
  /// What sort of identifier it is.
  public var kind: SelectorKind
  /// The normal form, by which two are compared.
  public var value: String
  /// Whether it passes the checks its kind has.
  public var valid: Bool
  /// How sure the reading is, 0 to 1.
  public var confidence: Double
  /// Whether it lies in the advert's own words.
  public var inContent: Bool

  public init(
    kind: SelectorKind, value: String, valid: Bool = true, confidence: Double = 1,
    inContent: Bool = true
  ) {
    self.kind = kind
    self.value = value
    self.valid = valid
    self.confidence = confidence
    self.inContent = inContent
  }
}

/// What is kept of an image: digests, never pixels.
public struct ImagePrint: Sendable, Hashable {
  /// The digest of the file.
  public var sha256: SHA256Digest
  /// A difference hash of what it shows (`DifferenceHash`); nil where nobody decoded it.
  public var likeness: UInt64?

  public init(sha256: SHA256Digest, likeness: UInt64? = nil) {
    self.sha256 = sha256
    self.likeness = likeness
  }
}
