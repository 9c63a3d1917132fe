/// A page as text with what its markup says about it.
///
/// Reading never fails: whatever the bytes are, there is a document, as in a browser. All offsets
/// are in bytes of `text` and lie on the boundaries of scalars.
public struct Document: Sendable {
  /// The encoding the source was read in, a name of the WHATWG Encoding standard in lower case.
  public internal(set) var encoding = "utf-8"
  /// Whether a limit cut the page's text, elements or links.
  public internal(set) var truncated = false
  /// What a browser shows, as UTF-8: white space collapsed to one space, lines (blocks and `br`)
  /// separated by one "\n", table cells by a space, nothing at the ends of a line.
  ///
  /// U+00A0 is kept, as it is no white space to HTML. Alternative texts, values of inputs, scripts
  /// and hidden text are not in it.
  public internal(set) var text: [UInt8] = []
  /// Text that a browser does not show, in order.
  public internal(set) var hidden: [HiddenText] = []
  /// The outline in preorder.
  public internal(set) var elements: [Element] = []
  /// Plain characters that were written as character references, in order and apart.
  public internal(set) var marks: [TextMark] = []
  /// The title in one line; nil where it is missing or empty.
  public internal(set) var title: String?
  /// The `description` of the page, else that of Open Graph.
  public internal(set) var description: String?
  /// The canonical address, as written.
  public internal(set) var canonical: String?
  /// The language of the page, as its `html` element or `content-language` states it.
  public internal(set) var language: String?
  /// Links in order.
  public internal(set) var links = LinkList()
  /// The first `base`, as written: what references on the page are relative to.
  public internal(set) var base: String?
  /// Forms in order.
  public internal(set) var forms: [FormElement] = []
  /// The JSON-LD blocks that could be read, in order.
  public internal(set) var jsonLD: [JSONValue] = []
  /// Top-level items of microdata and RDFa in order.
  public internal(set) var microdata: [MicrodataItem] = []
  /// `meta` elements with a name and content, in order.
  public internal(set) var meta: [MetaEntry] = []
  /// Images in order.
  public internal(set) var images: [Image] = []
  /// What robots are asked: keywords of `<meta name=robots>` in lower case.
  public internal(set) var robotsDirectives: [String] = []
  /// The first `<meta http-equiv=refresh>`.
  public internal(set) var refresh: MetaRefresh?
  /// What its strings are read from.
  var page = PageSource.empty
  /// Where the text came from.
  var sourceMap = SourceMap()

  init() {}

  /// The offset in the decoded source (UTF-8) of an offset in `text`.
  public func sourceOffset(ofText offset: Int) -> Int { sourceMap.source(of: offset) }

  /// The `id` of an element of the outline.
  public func id(of element: Element) -> String? {
    element.identifier.isEmpty
      ? nil : decoded(element.identifier) { SourceText.attribute($0, in: $1, maximum: 1_024) }
  }

  /// The class names of an element of the outline, in order.
  public func classNames(of element: Element) -> [String] {
    guard !element.classes.isEmpty else { return [] }
    let value = page.source.withUnsafeBufferPointer { source in
      SourceText.attribute(
        element.classes.range.clamped(to: 0..<source.count), in: source,
        maximum: page.maximumBytes)
    }
    return value.split(whereSeparator: \.isHTMLSpace).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The name of an element of the outline in lower case, known or not.
  public func name(of element: Element) -> String {
    element.name.isEmpty
      ? element.tag.name
      : decoded(element.name) { SourceText.name($0.prefix(256), in: $1) }
  }

  /// The text of a stretch of the page.
  public func string(in range: Range<Int>) -> String {
    String(decoding: text[range.clamped(to: 0..<text.count)], as: UTF8.self)
  }

  /// The first `meta` content of a name (`og:title`, `author`, …).
  public func meta(named name: String) -> String? {
    meta.first { $0.isNamed(name) }?.content
  }

  private func decoded(
    _ stretch: Stretch, _ read: (Range<Int>, UnsafeBufferPointer<UInt8>) -> [UInt8]
  ) -> String {
    page.source.withUnsafeBufferPointer { source in
      String(decoding: read(stretch.range.clamped(to: 0..<source.count), source), as: UTF8.self)
    }
  }
}
