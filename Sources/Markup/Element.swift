/// One element of a page's outline.
///
/// The outline holds every shown element that is block-level, sectioning, a table part, a list
/// item, a link, or that has an id or a class. It stands in preorder, so that the descendants of
/// element `i` are `i + 1 ..< elements[i].end`.
public struct Element: Sendable, Hashable {
  /// Its name, where it is a known one.
  public let tag: Tag
  /// The landmark around it.
  public let region: Region
  /// Whether it stands on lines of its own.
  public let isBlock: Bool
  /// How many elements of the outline contain it.
  public let depth: Int
  /// Index in the outline of the innermost element that contains it; -1 for none.
  public let parent: Int32
  /// Index just after its last descendant.
  public internal(set) var end: Int32
  /// Its stretch of `Document.text`, without the line break or space around it.
  public internal(set) var range: Range<Int>
  /// Hash of its name and its class names: the same for elements made by the same template.
  ///
  /// The order of the classes and the digits in them do not count.
  public let shape: UInt32
  /// How many bytes of its text stand in links.
  public internal(set) var linkBytes: Int
  /// Places of its strings in the document's pool.
  let identifier: Range<UInt32>
  let classes: Range<UInt32>
  let name: Range<UInt32>
}
