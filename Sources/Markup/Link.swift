/// A reference from a page to another resource.
public struct Link: Sendable, Hashable {
  /// What refers.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
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

  /// What refers.
  public let kind: Kind
  /// The reference as written, without white space around it; not resolved.
  public let href: String
  /// The text of the link in one line; for an `area` or a link around an image alone, its
  /// alternative text.
  public internal(set) var text: String
  /// The `rel` keywords in lower case.
  public let rel: [String]
  /// Where its text stands in `Document.text`; empty where it has none.
  public internal(set) var range: Range<Int>
  /// The landmark around it.
  public let region: Region
  /// Whether there is an image in it.
  public internal(set) var isImage: Bool
  /// Whether it is in a part of the page that is not shown.
  public let isHidden: Bool
}
