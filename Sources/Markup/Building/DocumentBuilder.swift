/// Makes a document of tokens: text and what the markup says, without a tree.
///
/// It keeps the stack of open elements as tree construction does, with implied end tags, so that
/// what hides text or is a link ends where browsers end it. Nodes are not moved: text in a table
/// but outside its cells stays where it is written.
struct DocumentBuilder: TokenSink, ~Copyable {
  let limits: MarkupLimits
  var document = Document()
  /// The outline.
  var elements: GrowingBuffer<Element>
  var shapes = ShapeMemory()
  var links = GrowingBuffer<Link.Record>(capacity: 64)
  var images = GrowingBuffer<Image.Record>(capacity: 32)
  var meta = GrowingBuffer<MetaEntry.Record>(capacity: 32)
  /// Strings that do not stand in the source as they are meant.
  var extra: [UInt8] = []
  var stack: ElementStack
  /// What the attributes of the element being opened say.
  var declared = StyleDeclarations()
  var visible: TextAssembly
  var hiddenText: HiddenAssembly
  /// The style of the innermost open element.
  @inline(__always)
  var style: StyleState { _read { yield stack.top.style } }
  /// The element whose raw text is read.
  var raw = RawTarget.none
  var titleBytes: [UInt8] = []
  var hasTitle = false
  var scriptBytes: [UInt8] = []
  var embeddedBudget: Int
  var jsonBudget: Int
  /// The link whose content is read; -1 for none.
  var openLink = -1
  var linkStart = 0
  var linkAlternative = Piece.empty
  var linkBytes = 0
  var openForm = -1
  var fieldCount = 0
  var items = ItemCollection()
  /// Formatting elements to reopen, and where those of the current cell begin.
  var closed: [ClosedFormatting] = []
  var marker = 0
  var isTruncated = false

  /// Where raw text goes.
  enum RawTarget {
    case none, title, script, discarded
    /// An element whose text is in the tree and never shown.
    case unseen
  }

  /// A builder for a source of so many bytes.
  init(limits: MarkupLimits, sourceBytes: Int = 0) {
    self.limits = limits
    // What most pages need; larger buffers would only be copied.
    let expected = min(sourceBytes, 1 << 20)
    elements = GrowingBuffer(capacity: max(64, expected / 200))
    stack = ElementStack(maximumDepth: limits.maximumDepth)
    visible = TextAssembly(maximum: limits.maximumTextBytes, expected: expected / 8)
    hiddenText = HiddenAssembly(
      maximumBytes: limits.maximumHiddenBytes, maximumCount: limits.maximumHidden)
    embeddedBudget = limits.maximumEmbeddedBytes
    jsonBudget = limits.maximumJSONValues
  }

  var allowsCDATA: Bool { stack.top.namespace != .html }

  mutating func comment(_ range: Range<Int>, in source: UnsafeBufferPointer<UInt8>) {}
  mutating func doctype(_ doctype: DoctypeToken) {}

  mutating func characters(
    _ range: Range<Int>, model: ContentModel, in source: UnsafeBufferPointer<UInt8>
  ) {
    switch raw {
    case .none: break
    case .title:
      titleBytes.append(contentsOf: source[range].prefix(4_096 - min(4_096, titleBytes.count)))
      return
    case .script:
      guard range.count <= embeddedBudget else { return }
      scriptBytes.append(contentsOf: source[range])
      return
    case .discarded: return
    case .unseen:
      if style.isInert { return }
      hiddenText.append(
        range, in: source, reason: .element, at: visible.bytes.count, isPreformatted: false)
      return
    }
    if !closed.isEmpty { reopenFormatting() }
    if items.isCapturing { items.capture(UnsafeBufferPointer(rebasing: source[range])) }
    if style.isInert { return }
    if let reason = style.reason {
      hiddenText.append(
        range, in: source, reason: reason, at: visible.bytes.count,
        isPreformatted: style.isPreformatted)
      return
    }
    let count = visible.append(
      range, in: source, isPreformatted: style.isPreformatted,
      replacingNUL: model != .data || allowsCDATA)
    if count > 0 {
      hiddenText.close()
      if openLink >= 0 { linkBytes += count }
    }
  }

  mutating func reference(
    _ reference: CharacterReference, at start: Int, model: ContentModel
  ) {
    reference.withUTF8 { take(reference, as: $0, at: start) }
  }

  @inline(__always)
  private mutating func take(
    _ reference: CharacterReference, as bytes: UnsafeBufferPointer<UInt8>, at start: Int
  ) {
    switch raw {
    case .none: break
    case .title:
      if titleBytes.count < 4_096 { titleBytes.append(contentsOf: bytes) }
      return
    case .script, .discarded: return
    case .unseen: return hiddenText.append(bytes, reason: .element, at: visible.bytes.count)
    }
    if !closed.isEmpty { reopenFormatting() }
    if items.isCapturing { items.capture(bytes) }
    if style.isInert { return }
    if let reason = style.reason {
      hiddenText.append(bytes, reason: reason, at: visible.bytes.count)
      return
    }
    if reference.second == 0, reference.first <= 0x20,
      UInt8(truncatingIfNeeded: reference.first).isHTMLSpace
    {
      let isLine = style.isPreformatted && (reference.first == 0x0A || reference.first == 0x0D)
      visible.separate(isLine ? .line : .space)
      return
    }
    _ = visible.put(bytes, at: start)
    hiddenText.close()
    if openLink >= 0 { linkBytes += bytes.count }
    mark(reference)
  }

  /// Marks a plain character that nobody writes as a reference but to hide it.
  private mutating func mark(_ reference: CharacterReference) {
    guard reference.second == 0, reference.first < 0x80, !visible.isCut else { return }
    let byte = UInt8(truncatingIfNeeded: reference.first)
    let isSuspicious: Bool
    switch byte {
    case 0x2B, 0x2D, 0x2E, 0x2F, 0x3A, 0x40, 0x5F: isSuspicious = true
    default: isSuspicious = byte.isASCIIAlphanumeric
    }
    guard isSuspicious else { return }
    let end = visible.bytes.count
    let kind: TextMark.Kind = reference.isNumeric ? .numericReference : .namedReference
    if let last = document.marks.last, last.kind == kind, last.range.upperBound == end - 1 {
      document.marks[document.marks.count - 1].range = last.range.lowerBound..<end
    } else if document.marks.count < limits.maximumMarks {
      document.marks.append(TextMark(range: end - 1..<end, kind: kind))
    }
  }

  /// Asks for a separator at an element's edge.
  @inline(__always)
  mutating func separate(_ separator: TextAssembly.Separator, style: StyleState) {
    if items.isCapturing { items.captureSeparator(separator) }
    hiddenText.separate(separator)
    if !style.isBoxless { visible.separate(separator) }
  }

  /// A stretch of text that began when the text was `start` long: without a separator in front.
  @inline(__always)
  func trimmed(from start: Int) -> Range<Int> {
    let end = visible.bytes.count
    guard start < end else { return end..<end }
    let first = visible.bytes[start]
    return (first == 0x20 || first == 0x0A ? start + 1 : start)..<end
  }
}
