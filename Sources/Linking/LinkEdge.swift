/// Why an edge only suggests.
public enum EdgeDoubt: String, Sendable, Hashable, CaseIterable {
  /// The selector fails the checks of its kind.
  case notValid = "not-valid"
  /// The reading is not sure enough.
  case notSure = "not-sure"
  /// It stands outside the advert's own words.
  case outsideContent = "outside-content"
  /// Its kind says little: many unrelated adverts share a page or a picture.
  case weakKind = "weak-kind"
  /// The texts share a passage; each has as much of its own.
  case passage

  /// For a person: why it joins nothing.
  public var sentence: String {
    switch self {
    case .notValid: "fails the checks of its kind"
    case .notSure: "may have been misread"
    case .outsideContent: "stands outside the advert's own words"
    case .weakKind: "is shared by many unrelated adverts"
    case .passage: "only a passage is shared, not the text"
    }
  }
}

/// An advert's tie to a node.
public struct LinkEdge: Sendable, Hashable {
  /// What it is tied to.
  public var node: LinkNode
  /// Why the tie only suggests; nil when it joins.
  public var doubt: EdgeDoubt?

  public init(node: LinkNode, doubt: EdgeDoubt? = nil) {
    self.node = node
    self.doubt = doubt
  }

  /// Whether it joins, as far as the advert goes; the node's standing has a say too.
  public var joins: Bool { doubt == nil }
}

/// What an index keeps of an advert: all but its text.
public struct LinkRecord: Sendable, Hashable {
  /// The advert; its text is empty.
  public var advert: LinkedAdvert
  /// Its ties, each node once, ascending.
  public var edges: [LinkEdge]
  /// The template its text was held against when it joined a group, or that it founded.
  public var template: Int64?
  /// The fingerprint of its words, by which an unchanged text is known; 0 without text.
  public var fingerprint: UInt64

  public init(
    advert: LinkedAdvert, edges: [LinkEdge], template: Int64? = nil, fingerprint: UInt64 = 0
  ) {
    self.advert = advert
    self.advert.text = []
    self.edges = edges
    self.template = template
    self.fingerprint = fingerprint
  }
}
