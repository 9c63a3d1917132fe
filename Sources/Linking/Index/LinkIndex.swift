/// Where linking keeps what it knows; the one seam to storage.
///
/// An index does no thinking: it stores values and finds them again.
public protocol LinkIndex {
  // MARK: Keys of texts

  /// What is known of each key, in the order of `keys`; keys never seen have no holders.
  func holders(of keys: [UInt64], most: Int) throws -> [KeyHolders]
  /// Adds a holder to each key, after those that are there; where it is one already, nothing happens.
  mutating func hold(_ keys: [UInt64], by holder: Int64) throws
  /// Takes a holder from each key.
  mutating func release(_ keys: [UInt64], by holder: Int64) throws
  /// Counts otherwise different texts for each key, up by 1 or down by 1; never below none.
  mutating func spread(_ keys: [UInt64], by change: Int) throws

  // MARK: Templates

  /// A template by its id.
  func template(_ id: Int64) throws -> TextTemplate?
  /// Inserts or replaces a template.
  mutating func save(_ template: TextTemplate) throws
  /// Removes a template and takes it from all keys; what is not there is left alone.
  mutating func remove(template id: Int64) throws
  /// How many templates there are.
  func templateCount() throws -> Int
  /// The templates of a group, ascending.
  func templates(ofGroup group: Int64) throws -> [Int64]

  // MARK: Adverts

  /// What is kept of an advert.
  func record(_ advert: Int64) throws -> LinkRecord?
  /// What is kept of adverts, in any order, those that are not there left out; has a default that
  /// asks for one after the other.
  func records(_ adverts: [Int64]) throws -> [LinkRecord]
  /// Inserts or replaces an advert and its edges.
  mutating func save(_ record: LinkRecord) throws
  /// Removes an advert and its edges.
  mutating func remove(advert: Int64) throws
  /// The adverts with an edge to a node: the highest ids, at most `most`, ascending.
  func adverts(of node: LinkNode, most: Int) throws -> [Int64]
  /// How many adverts have an edge to a node.
  func advertCount(of node: LinkNode) throws -> Int

  // MARK: Standings and clusters

  /// The standing of a node; nil when it was never settled or stands as any node of one advert does.
  func standing(of node: LinkNode) throws -> NodeStanding?
  /// Inserts or replaces a standing; nil removes it.
  mutating func save(_ standing: NodeStanding?, of node: LinkNode) throws
  /// The cluster of an advert; nil when it stands by itself.
  func cluster(of advert: Int64) throws -> Int64?
  /// Puts adverts in a cluster, or in none.
  mutating func assign(_ cluster: Int64?, to adverts: [Int64]) throws
  /// The adverts of a cluster, ascending.
  func adverts(ofCluster cluster: Int64) throws -> [Int64]
  /// All decisions, ascending by id.
  func decisions() throws -> [ClusterDecision]
}

extension LinkIndex {
  public func records(_ adverts: [Int64]) throws -> [LinkRecord] {
    try adverts.compactMap { try record($0) }
  }
}

/// What is known of a key.
public struct KeyHolders: Sendable, Hashable {
  /// The first templates that have it, in the order they came.
  public var holders: [Int64]
  /// How many otherwise different texts have it.
  public var spread: Int

  public init(holders: [Int64] = [], spread: Int = 0) {
    self.holders = holders
    self.spread = spread
  }
}
