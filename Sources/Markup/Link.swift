/// A reference from a page to another resource.
public struct Link: Sendable, Hashable {
  /// What refers.
  public enum Kind: String, BitwiseCopyable, Sendable, Hashable, CaseIterable {
    /// `a`.
    case anchor
    /// `area` of an image map.
    case area
    /// `link`: canonical, next, alternate and the like; see `Link.rel`.
    case link
    /// `iframe` or `frame`.
    case frame
    /// The target of `<meta http-equiv=refresh>`.
    case refresh
  }

  /// What is known of a link without reading its strings.
  struct Record: BitwiseCopyable, Sendable {
    let kind: Kind
    let region: Region
    var isImage = false
    let isHidden: Bool
    let href: Piece
    let rel: Piece
    /// What stands for its text where it has none.
    var alternative: Piece
    var range: Stretch
  }

  private let record: Record
  private let page: PageSource

  init(_ record: Record, on page: PageSource) {
    self.record = record
    self.page = page
  }

  /// What refers.
  public var kind: Kind { record.kind }
  /// The reference as written, without white space around it; not resolved.
  ///
  /// Read from the page each time, as all strings of a link are.
  public var href: String { page.string(record.href) }
  /// Gives the reference in UTF-8 to a function; mostly where it stands in the page.
  public func withHref<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows
    -> Result
  {
    try page.withBytes(record.href, body)
  }
  /// The text of the link in one line; for an `area` or a link around an image alone, its
  /// alternative text.
  public var text: String {
    let text = page.line(range)
    return text.isEmpty ? page.string(record.alternative) : text
  }
  /// The `rel` keywords in lower case.
  public var rel: [String] { page.words(record.rel) }
  /// Where its text stands in `Document.text`; empty where it has none.
  public var range: Range<Int> { record.range.range }
  /// The landmark around it.
  public var region: Region { record.region }
  /// Whether there is an image in it.
  public var isImage: Bool { record.isImage }
  /// Whether it is in a part of the page that is not shown.
  public var isHidden: Bool { record.isHidden }

  public static func == (a: Link, b: Link) -> Bool {
    a.kind == b.kind && a.range == b.range && a.region == b.region && a.isImage == b.isImage
      && a.isHidden == b.isHidden && a.href == b.href && a.text == b.text && a.rel == b.rel
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    hasher.combine(range)
    hasher.combine(href)
  }
}
