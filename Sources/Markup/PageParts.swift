/// An image of a page.
public struct Image: Sendable, Hashable {
  /// What is known of an image without reading its strings.
  struct Record: BitwiseCopyable, Sendable {
    let src: Piece
    let alt: Piece
    let at: UInt32
    let region: Region
  }

  private let record: Record
  private let page: PageSource

  init(_ record: Record, on page: PageSource) {
    self.record = record
    self.page = page
  }

  /// Where it is, as written; the `data-src` or first `srcset` candidate where `src` is missing or
  /// a placeholder in the page itself.
  ///
  /// Read from the page each time, as `alt` is.
  public var src: String { page.string(record.src) }
  /// The alternative text; nil where there is none.
  public var alt: String? { record.alt.isMissing ? nil : page.string(record.alt) }
  /// Where it stands in `Document.text`.
  public var at: Int { Int(record.at) }
  /// The landmark around it.
  public var region: Region { record.region }

  public static func == (a: Image, b: Image) -> Bool {
    a.at == b.at && a.src == b.src && a.alt == b.alt
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(at)
    hasher.combine(src)
  }
}

/// A named statement about a page: `<meta name=… content=…>`, Open Graph and the like.
public struct MetaEntry: Sendable, Hashable {
  /// Which attribute names it.
  public enum Kind: String, BitwiseCopyable, Sendable, Hashable, CaseIterable {
    /// `name`.
    case name
    /// `property`, as Open Graph does it.
    case property
    /// `http-equiv`.
    case httpEquiv
    /// `itemprop`.
    case itemProperty
  }

  /// What is known of an entry without reading its strings.
  struct Record: BitwiseCopyable, Sendable {
    let kind: Kind
    let name: Piece
    let content: Piece
  }

  private let record: Record
  private let page: PageSource

  init(_ record: Record, on page: PageSource) {
    self.record = record
    self.page = page
  }

  /// Which attribute names it.
  public var kind: Kind { record.kind }
  /// The name in lower case.
  ///
  /// Read from the page each time, as `content` is.
  public var name: String { page.string(record.name).lowercased() }
  /// What it says.
  public var content: String { page.string(record.content) }

  /// Whether it has a name, which is in lower case.
  func isNamed(_ name: String) -> Bool { page.isPiece(record.name, named: name) }

  public static func == (a: MetaEntry, b: MetaEntry) -> Bool {
    a.kind == b.kind && a.name == b.name && a.content == b.content
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    hasher.combine(name)
    hasher.combine(content)
  }
}

/// What `<meta http-equiv=refresh>` asks for.
public struct MetaRefresh: Sendable, Hashable {
  /// Whole seconds to wait.
  public let seconds: Int
  /// Where to go, as written; nil to load the page again.
  public let target: String?
}
