/// What a sitemap or a feed lists.
public struct Sitemap: Sendable, Hashable {
  /// The format it is in.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// `urlset` (sitemaps.org 0.9).
    case urls
    /// `sitemapindex` (sitemaps.org 0.9).
    case index
    /// RSS 0.9 to 2.0.
    case rss
    /// Atom (RFC 4287).
    case atom
    /// One address a line.
    case text
    /// None of these.
    case unknown
  }

  /// An address it lists.
  public struct Entry: Sendable, Hashable {
    /// The address as written, without white space around it.
    public let location: String
    /// When it changed, as written.
    public let modified: String?
  }

  /// The format it is in.
  public internal(set) var kind: Kind = .unknown
  /// Pages in order.
  public internal(set) var urls: [Entry] = []
  /// Sitemaps that an index names, in order.
  public internal(set) var sitemaps: [Entry] = []
  /// Whether a limit or ill-formed XML cut it.
  public internal(set) var truncated = false
}

/// How much of a sitemap is read.
public struct SitemapLimits: Sendable, Hashable {
  /// Bytes; sitemaps.org allows 50 MiB.
  public var maximumBytes = 50 << 20
  /// Addresses; sitemaps.org allows 50,000.
  public var maximumEntries = 50_000
  /// Bytes of one address; sitemaps.org allows 2,048.
  public var maximumLocationBytes = 8 << 10
  /// Nesting of elements.
  public var maximumDepth = 64

  public init() {}
}
