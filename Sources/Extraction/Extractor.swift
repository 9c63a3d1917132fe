public import Markup

/// Turns a page into what it is and the adverts on it.
///
/// A pure function: the same document and hints give the same answer, without I/O or clock. All
/// work is bounded by `ExtractionLimits`.
public enum Extractor {
  /// What `document` shows, read with what is known about it beforehand.
  public static func extract(
    _ document: Document, hints: PageHints, limits: ExtractionLimits = ExtractionLimits()
  ) -> PageExtraction {
    PageReader(document, hints, limits).read()
  }
}

/// How much work one page may cause.
public struct ExtractionLimits: Sendable, Hashable {
  /// The most selectors kept of an advert.
  public var selectors: Int
  /// The most facts kept of an advert.
  public var facts: Int
  /// The most blocks of a listing that become adverts.
  public var adverts: Int
  /// The most candidates the phone library is asked about on a page.
  public var phoneTrials: Int
  /// Facts and pronouns are read in so many bytes of a text.
  public var factBytes: Int

  public init(
    selectors: Int = 5_000, facts: Int = 5_000, adverts: Int = 1_000, phoneTrials: Int = 20_000,
    factBytes: Int = 2 << 20
  ) {
    self.selectors = selectors
    self.facts = facts
    self.adverts = adverts
    self.phoneTrials = phoneTrials
    self.factBytes = factBytes
  }
}
