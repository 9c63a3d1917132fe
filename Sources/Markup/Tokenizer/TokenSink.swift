/// How the tokenizer reads what comes next (HTML standard, section 13.2.5.1 to 13.2.5.5, 13.2.5.69).
enum ContentModel: Sendable, Hashable {
  case data
  /// Text with character references up to the element's end tag.
  case rcdata
  /// Text up to the element's end tag.
  case rawtext
  /// Text up to the end tag of the script, which comments can hide.
  case scriptData
  /// Text up to the end.
  case plaintext
  /// Text up to `]]>`.
  case cdata
}

/// A start tag or end tag.
struct TagToken {
  /// The name as written.
  var name: Range<Int>
  /// The name, where it is a known one.
  var tag: Tag
  var isSelfClosing: Bool
  /// All of the tag.
  var range: Range<Int>
  /// The known attributes of a start tag, the bit of each.
  var keys: UInt64
}

/// An attribute of a start tag, as places in the source, which is shorter than 4 GiB.
struct RawAttribute: BitwiseCopyable {
  private let nameStart: UInt32
  private let nameEnd: UInt32
  private let valueStart: UInt32
  private let valueEnd: UInt32
  /// The name, where it is a known one.
  let key: AttributeKey

  @inline(__always)
  init(name: Range<Int>, value: Range<Int>, key: AttributeKey) {
    nameStart = UInt32(truncatingIfNeeded: name.lowerBound)
    nameEnd = UInt32(truncatingIfNeeded: name.upperBound)
    valueStart = UInt32(truncatingIfNeeded: value.lowerBound)
    valueEnd = UInt32(truncatingIfNeeded: value.upperBound)
    self.key = key
  }

  var name: Range<Int> { Int(nameStart)..<Int(nameEnd) }
  /// The value as written, without quotes.
  @inline(__always)
  var value: Range<Int> { Int(valueStart)..<Int(valueEnd) }
}

/// A document type declaration.
struct DoctypeToken: Equatable {
  var name: [UInt8]?
  var publicIdentifier: [UInt8]?
  var systemIdentifier: [UInt8]?
  var forcesQuirks = false
}

/// Receives the tokens of a document in order, with places in the source.
///
/// Text comes in pieces. Carriage returns and NULs in it are as in the source: what they become
/// depends on the model and, in data, on the tree.
protocol TokenSink: ~Copyable {
  /// Whether `<![CDATA[` begins a section here: in SVG and MathML only.
  var allowsCDATA: Bool { get }

  mutating func characters(
    _ range: Range<Int>, model: ContentModel, in source: UnsafeBufferPointer<UInt8>)
  mutating func reference(
    _ reference: CharacterReference, at start: Int, model: ContentModel)
  /// Answers how the tokenizer is to read on.
  mutating func startTag(
    _ tag: TagToken, _ attributes: UnsafeBufferPointer<RawAttribute>,
    in source: UnsafeBufferPointer<UInt8>
  ) -> ContentModel
  mutating func endTag(_ tag: TagToken, in source: UnsafeBufferPointer<UInt8>)
  mutating func comment(_ range: Range<Int>, in source: UnsafeBufferPointer<UInt8>)
  mutating func doctype(_ doctype: DoctypeToken)
}
