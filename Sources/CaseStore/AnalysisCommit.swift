public import Vocabulary

/// An advert found on a page, with everything said about it, as the store keeps it.
public struct StoredAdvert: Sendable {
  /// The site's own identifier, else the canonical URL.
  public var key: String
  /// Where it was seen.
  public var url: String
  /// 0 for a page that is the advert; from 1 for the parts of a listing.
  public var part: Int
  /// What it offers.
  public var form: Form?
  /// ISO 639 code.
  public var language: String?
  /// Its title.
  public var title: String?
  /// The page's visible text, or the part's own.
  public var text: String
  /// SHA-256 of the advert's own text: a version of the advert is a new value of this.
  public var textDigest: [UInt8]
  /// The scan record of the advert as JSON, without its text.
  public var record: String
  /// Whether indicators warrant a look by a person.
  public var flagged: Bool
  /// The queue it belongs to.
  public var lane: Lane?
  /// Order in the queue, higher first.
  public var priority: Double
  /// The barriers that are positive.
  public var barriers: [Barrier]
  /// Name and version of the rule that decided.
  public var rule: String
  /// Where indicators were found.
  public var hits: [StoredHit]
  /// The identifiers in it.
  public var selectors: [StoredSelector]
  /// URLs of the pictures it shows, where its source wants them.
  public var images: [String] = []

  public init(
    key: String, url: String, part: Int, form: Form?, language: String?, title: String?,
    text: String, textDigest: [UInt8], record: String, flagged: Bool, lane: Lane?,
    priority: Double, barriers: [Barrier], rule: String, hits: [StoredHit],
    selectors: [StoredSelector]
  ) {
    self.key = key
    self.url = url
    self.part = part
    self.form = form
    self.language = language
    self.title = title
    self.text = text
    self.textDigest = textDigest
    self.record = record
    self.flagged = flagged
    self.lane = lane
    self.priority = priority
    self.barriers = barriers
    self.rule = rule
    self.hits = hits
    self.selectors = selectors
  }
}

/// Where an indicator was found; a computed indicator has no range.
public struct StoredHit: Sendable, Hashable {
  /// The indicator's identifier.
  public var indicator: String
  /// The pattern's name, such as `L11/en/kept`.
  public var pattern: String
  /// Version of the pack.
  public var packVersion: Int
  /// UTF-8 byte offsets into the text.
  public var range: Range<Int>?
  /// Whether it lies in the advert's own part of the page.
  public var inContent: Bool

  public init(
    indicator: String, pattern: String, packVersion: Int, range: Range<Int>?, inContent: Bool
  ) {
    self.indicator = indicator
    self.pattern = pattern
    self.packVersion = packVersion
    self.range = range
    self.inContent = inContent
  }
}

/// An identifier in an advert.
public struct StoredSelector: Sendable, Hashable {
  /// Such as `phone`.
  public var kind: String
  /// Normal form, such as E.164.
  public var value: String
  /// UTF-8 byte offsets into the text.
  public var range: Range<Int>
  /// Whether the value keeps the rules of its kind.
  public var valid: Bool
  /// 0 to 1.
  public var confidence: Double
  /// How it was hidden, if it was.
  public var trick: String?
  /// Whether it lies in the advert's own part of the page.
  public var inContent: Bool

  public init(
    kind: String, value: String, range: Range<Int>, valid: Bool, confidence: Double,
    trick: String?, inContent: Bool
  ) {
    self.kind = kind
    self.value = value
    self.range = range
    self.valid = valid
    self.confidence = confidence
    self.trick = trick
    self.inContent = inContent
  }
}

/// What the analysis of one capture brought: the second transaction of a page.
public struct AnalysisCommit: Sendable {
  /// How the analysis ended.
  public enum Outcome: String, Sendable { case done, failed }

  /// The capture that was analysed.
  public var capture: Int64
  /// The address it was fetched from; nil for an imported page.
  public var address: Int64?
  /// Name of the source.
  public var source: String
  /// When the page was captured.
  public var seenAt: Timestamp
  /// Digest of program and patterns: the same version gives the same result.
  public var version: String
  /// How it ended.
  public var outcome: Outcome
  /// What kind of page it was.
  public var page: PageKind
  /// ISO 639 code.
  public var language: String?
  /// The page's title.
  public var title: String?
  /// Why it failed, or what was cut.
  public var error: String?
  /// Patterns that reached a limit on this page.
  public var limited: [String]
  /// The adverts on it.
  public var adverts: [StoredAdvert]
  /// The links that lie in the source's scope, whether they are known already or not.
  public var found: [FoundAddress]
  /// The page says nearly what others of its shape say, or that it is none: a "not found" with
  /// status 200.
  public var isDoubtful = false

  public init(
    capture: Int64, address: Int64?, source: String, seenAt: Timestamp, version: String,
    outcome: Outcome, page: PageKind, language: String?, title: String?, error: String?,
    limited: [String], adverts: [StoredAdvert], found: [FoundAddress]
  ) {
    self.capture = capture
    self.address = address
    self.source = source
    self.seenAt = seenAt
    self.version = version
    self.outcome = outcome
    self.page = page
    self.language = language
    self.title = title
    self.error = error
    self.limited = limited
    self.adverts = adverts
    self.found = found
  }
}
