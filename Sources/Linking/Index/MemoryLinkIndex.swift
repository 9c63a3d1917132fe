/// An index in memory, for a folder of pages and for measurements.
///
/// About a kilobyte an advert, most of it for the words and keys of texts like no other. What is
/// replaced or removed is given back only when the index goes.
public struct MemoryLinkIndex: LinkIndex, Sendable {
  private var keys = KeyTable()
  private var templates = TemplateTable()
  private var adverts = AdvertTable()
  private var clusters: [Int64: [Int64]] = [:]
  /// Keys of images hold hashes and not templates.
  private var likenesses: [UInt64: [Int64]] = [:]
  private var log: [ClusterDecision] = []

  public init() {}

  /// Records a decision.
  public mutating func record(_ decision: ClusterDecision) { log.append(decision) }

  public func holders(of keys: [UInt64], most: Int) -> [KeyHolders] {
    keys.map { key in
      if let found = likenesses[key] { return KeyHolders(holders: Array(found.prefix(most))) }
      let found = self.keys.holders(of: key, most: most)
      let here = found.holders.filter { templates.isHere($0) }
      return KeyHolders(holders: here.map { templates.ids[Int($0)] }, spread: found.spread)
    }
  }

  public mutating func hold(_ keys: [UInt64], by holder: Int64) {
    guard let place = templates.place(of: holder) else {
      for key in keys where !(likenesses[key]?.contains(holder) ?? false) {
        likenesses[key, default: []].append(holder)
      }
      return
    }
    for key in keys { self.keys.hold(key, by: place) }
  }

  /// Only images leave one by one: a template is taken from all its keys at once.
  public mutating func release(_ keys: [UInt64], by holder: Int64) {
    for key in keys {
      guard let left = likenesses[key]?.filter({ $0 != holder }) else { continue }
      likenesses[key] = left.isEmpty ? nil : left
    }
  }

  public mutating func spread(_ keys: [UInt64], by change: Int) {
    for key in keys { self.keys.spread(key, by: change) }
  }

  public func template(_ id: Int64) -> TextTemplate? { templates.template(id) }
  public mutating func save(_ template: TextTemplate) { templates.save(template) }
  public mutating func remove(template id: Int64) { templates.remove(id) }
  public func templateCount() -> Int { templates.count }
  public func templates(ofGroup group: Int64) -> [Int64] { templates.templates(ofGroup: group) }

  public func record(_ advert: Int64) -> LinkRecord? { adverts.record(advert) }
  public mutating func save(_ record: LinkRecord) { adverts.save(record) }

  public mutating func remove(advert: Int64) {
    assign(nil, to: [advert])
    adverts.remove(advert)
  }

  public func adverts(of node: LinkNode, most: Int) -> [Int64] {
    adverts.adverts(of: node, most: most)
  }

  public func advertCount(of node: LinkNode) -> Int { adverts.count(of: node) }
  public func standing(of node: LinkNode) -> NodeStanding? { adverts.standing(of: node) }
  public mutating func save(_ standing: NodeStanding?, of node: LinkNode) {
    adverts.save(standing, of: node)
  }

  public func cluster(of advert: Int64) -> Int64? { adverts.cluster(of: advert) }
  public func adverts(ofCluster cluster: Int64) -> [Int64] { clusters[cluster] ?? [] }

  public mutating func assign(_ cluster: Int64?, to adverts: [Int64]) {
    var left: [Int64: Set<Int64>] = [:]
    for advert in adverts {
      if let old = self.adverts.cluster(of: advert), old != cluster {
        left[old, default: []].insert(advert)
      }
      self.adverts.set(cluster, of: advert)
    }
    for (old, gone) in left {
      let rest = (clusters[old] ?? []).filter { !gone.contains($0) }
      clusters[old] = rest.isEmpty ? nil : rest
    }
    if let cluster {
      clusters[cluster] = Set((clusters[cluster] ?? []) + adverts).sorted()
    }
  }

  public func decisions() -> [ClusterDecision] { log }
}
