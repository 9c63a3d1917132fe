public import Extraction
public import Vocabulary

/// A page as it comes to the analysis: bytes, how to read them, and what is known about them.
public struct PageInput: Sendable {
  /// The bytes and how to read them.
  public enum Body: Sendable {
    /// As received: `Content-Encoding` and `Content-Type` are the headers' values.
    case received([UInt8], contentEncoding: String?, contentType: String?)
    /// HTML that is UTF-8 already; what it says of its encoding is ignored.
    case html([UInt8])
    /// Text without markup, UTF-8.
    case text([UInt8])
  }

  /// Names the page in the output.
  public var id: String
  /// The bytes and how to read them.
  public var body: Body
  /// What the source and the exchange say about the page.
  public var hints: PageHints
  /// When the page was captured.
  public var date: Timestamp?
  /// Whether the analysis shall say where the page leads.
  public var findsLinks = true
  /// Whether the analysis shall say what the page teaches of its site's template.
  public var teaches = false

  public init(id: String, body: Body, hints: PageHints = PageHints(), date: Timestamp? = nil) {
    self.id = id
    self.body = body
    self.hints = hints
    self.date = date
  }
}
