/// How much of a page is read and kept.
///
/// A page is written by whoever is under investigation, so every list, length and depth has a
/// bound. What lies beyond one is left out, and `Document.truncated` says so where text, elements
/// or links were lost.
public struct MarkupLimits: Sendable, Hashable {
  /// Bytes of source that are read, at most 1 GiB; the rest is cut off.
  public var maximumBytes = 32 << 20
  /// Open elements at a time.
  ///
  /// Deeper ones become siblings, as browsers have it; their text stays.
  public var maximumDepth = 512
  /// Elements in the outline.
  public var maximumElements = 200_000
  /// Attributes of one tag; more are read over.
  public var maximumAttributes = 256
  /// Bytes of one attribute's value that are kept where a value is kept.
  public var maximumAttributeBytes = 64 << 10
  /// Links.
  public var maximumLinks = 50_000
  /// Bytes of one link's text.
  public var maximumLinkTextBytes = 1 << 10
  /// Bytes of visible text.
  public var maximumTextBytes = 16 << 20
  /// Bytes of hidden text in all.
  public var maximumHiddenBytes = 1 << 20
  /// Stretches of hidden text.
  public var maximumHidden = 10_000
  /// Marks on the text.
  public var maximumMarks = 100_000
  /// Bytes of JSON-LD that are read in all, and of captured microdata text.
  public var maximumEmbeddedBytes = 4 << 20
  /// Nesting of JSON values.
  public var maximumJSONDepth = 64
  /// Values in JSON-LD in all.
  public var maximumJSONValues = 200_000
  /// Items of microdata and RDFa, and properties of all of them.
  public var maximumItems = 10_000
  /// Nesting of items of microdata and RDFa.
  public var maximumItemDepth = 32
  /// Forms, and fields of all of them.
  public var maximumFields = 5_000
  /// `meta` elements.
  public var maximumMeta = 2_000
  /// Images.
  public var maximumImages = 10_000

  public init() {}
}
