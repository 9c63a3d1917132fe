/// One element of a page's outline.
///
/// The outline holds every shown element that is block-level, sectioning, a table part, a list
/// item, a link, or that has an id or a class. It stands in preorder, so that the descendants of
/// element `i` are `i + 1 ..< elements[i].end`.
public struct Element: BitwiseCopyable, Sendable, Hashable {
  /// Its name, where it is a known one.
  public let tag: Tag
  /// The landmark around it.
  public let region: Region
  /// Whether it stands on lines of its own.
  public let isBlock: Bool
  /// Index in the outline of the innermost element that contains it; -1 for none.
  public let parent: Int32
  /// Index just after its last descendant.
  public internal(set) var end: Int32
  /// Hash of its name and its class names: the same for elements made by the same template.
  ///
  /// The order of the classes and the digits in them do not count.
  public let shape: UInt32
  private let nesting: UInt32
  private var text: Stretch
  private var linked: UInt32 = 0
  /// Where its id, its classes and, for names that are not known, its name stand in the source.
  let identifier: Stretch
  let classes: Stretch
  let name: Stretch

  init(
    tag: Tag, region: Region, isBlock: Bool, depth: Int, parent: Int32, end: Int32, place: Int,
    shape: UInt32, identifier: Stretch, classes: Stretch, name: Stretch
  ) {
    self.tag = tag
    self.region = region
    self.isBlock = isBlock
    self.parent = parent
    self.end = end
    self.shape = shape
    self.identifier = identifier
    self.classes = classes
    self.name = name
    nesting = UInt32(truncatingIfNeeded: depth)
    text = Stretch(place..<place)
  }

  /// How many elements of the outline contain it.
  public var depth: Int { Int(nesting) }

  /// Its stretch of `Document.text`, without the line break or space around it.
  public internal(set) var range: Range<Int> {
    @inline(__always) get { text.range }
    @inline(__always) set { text = Stretch(newValue) }
  }

  /// How many bytes of its text stand in links.
  public internal(set) var linkBytes: Int {
    get { Int(linked) }
    @inline(__always) set { linked = UInt32(truncatingIfNeeded: newValue) }
  }
}

/// A range in a text shorter than 4 GiB: half as large as one of `Int`, and a plain value.
struct Stretch: BitwiseCopyable, Sendable, Hashable {
  private let start: UInt32
  private let end: UInt32

  @inline(__always)
  init(_ range: Range<Int>) {
    start = UInt32(truncatingIfNeeded: range.lowerBound)
    end = UInt32(truncatingIfNeeded: range.upperBound)
  }

  static let empty = Stretch(0..<0)

  var isEmpty: Bool { start == end }
  @inline(__always) var range: Range<Int> { Int(start)..<Int(end) }
}
