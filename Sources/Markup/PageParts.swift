/// An image of a page.
public struct Image: Sendable, Hashable {
  /// Where it is, as written; the `data-src` or first `srcset` candidate where `src` is missing or
  /// a placeholder in the page itself.
  public let src: String
  /// The alternative text; nil where there is none.
  public let alt: String?
  /// Where it stands in `Document.text`.
  public let at: Int
}

/// A named statement about a page: `<meta name=… content=…>`, Open Graph and the like.
public struct MetaEntry: Sendable, Hashable {
  /// Which attribute names it.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// `name`.
    case name
    /// `property`, as Open Graph does it.
    case property
    /// `http-equiv`.
    case httpEquiv
    /// `itemprop`.
    case itemProperty
  }

  /// Which attribute names it.
  public let kind: Kind
  /// The name in lower case.
  public let name: String
  /// What it says.
  public let content: String
}

/// What `<meta http-equiv=refresh>` asks for.
public struct MetaRefresh: Sendable, Hashable {
  /// Whole seconds to wait.
  public let seconds: Int
  /// Where to go, as written; nil to load the page again.
  public let target: String?
}
