/// An element whose end has not come yet.
struct OpenElement: BitwiseCopyable {
  enum Namespace: UInt8 {
    case html, svg, math
  }

  var tag: Tag
  var namespace: Namespace
  /// Whether HTML is read as such in this foreign element.
  var isIntegrationPoint = false
  /// Closed while elements in it were not: it stays only to keep its place.
  var isDead = false
  /// Whether its text is the value of a property.
  var captures = false
  var region = Region.none
  /// Hash of the name, for names that are not interned and for foreign elements.
  var hash: UInt32
  /// Whether its own attributes change anything for its text; the stack keeps what they say.
  var isStyled = false
  /// What holds for its text.
  var style = StyleState()
  /// Its place in the outline and that of the innermost element there; -1 for none.
  var outline: Int32 = -1
  var outlineParent: Int32 = -1
  /// The link it opened; -1 for none.
  var link: Int32 = -1
  /// The form it opened; -1 for none.
  var form: Int32 = -1
  /// The innermost items of microdata and RDFa around its content; -1 for none.
  var item: Int32 = -1
  var rdfaItem: Int32 = -1
  /// The vocabulary of RDFa; -1 for none.
  var vocabulary: Int32 = -1
  /// Its id, and how many properties there were before it where it has one.
  var identifier = Stretch.empty
  var propertiesBefore: UInt32 = 0
  /// Where the list of formatting elements to reopen began outside of it.
  var outerMarker: Int32 = 0
  /// Bytes of text in links before it.
  var linkBytesBefore: UInt32 = 0

  // Places in the stack, kept so that no search walks it.

  /// The element of the same name below it; -1 for none.
  var previous: Int32 = -1
  /// The innermost element, itself included, that bounds a scope, a button's scope, a table's
  /// scope, that is special, and that is HTML; -1 for none.
  var scopeBase: Int32 = -1
  var buttonBase: Int32 = -1
  var listBase: Int32 = -1
  var tableBase: Int32 = -1
  var specialBase: Int32 = -1
  var itemBase: Int32 = -1
  var htmlBase: Int32 = -1

  init(tag: Tag, hash: UInt32, namespace: Namespace) {
    self.tag = tag
    self.hash = hash
    self.namespace = namespace
  }
}

/// A formatting element that was closed by others and opens again with the next text.
struct ClosedFormatting {
  var tag: Tag
  var own: StyleDeclarations
}
