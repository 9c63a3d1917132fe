import Bytes
import Extraction
import Vocabulary

/// Joins adverts to the graph, one after the other, and settles what changed.
///
/// A folder linked at once and adverts that come in over years take the same way: `add` for each,
/// `settle` when figures are wanted. Given the same adverts in the same order the result is the same,
/// however often it was settled in between.
public struct Linker<Index: LinkIndex> {
  /// Where everything is kept.
  public var index: Index
  public let rule: LinkRule
  /// Nodes whose standing may have changed.
  private(set) var nodes: Set<LinkNode> = []
  /// Adverts that were added or removed.
  private(set) var adverts: Set<Int64> = []
  /// Adverts whose clusters may have changed.
  private(set) var regions: Set<Int64> = []
  /// Whether a person decided something since: then regions are settled however large they are.
  private(set) var isDecided = false

  public init(index: Index, rule: LinkRule = LinkRule()) {
    self.index = index
    self.rule = rule
  }

  /// Joins an advert to the graph; one that is there already is replaced.
  public mutating func add(_ advert: LinkedAdvert) throws {
    try add(advert, reading: TextReading(advert, rule: rule))
  }

  /// The same with the reading of its text, which may have been made on another thread.
  public mutating func add(_ advert: LinkedAdvert, reading: TextReading) throws {
    var advert = advert
    let before = try index.record(advert.id)
    advert.sightings = Sighting.thinned(advert.sightings, rule)
    var edges = advert.plainEdges(rule)
    edges += try imageEdges(advert)
    var template: Int64?
    if reading.isLinked {
      if let before, before.fingerprint == reading.fingerprint, before.template != nil {
        template = before.template
        edges += before.edges.filter { if case .text = $0.node { true } else { false } }
      } else {
        let placed = try place(reading, of: advert.id)
        template = placed.template
        edges += placed.edges
      }
    }
    let record = LinkRecord(
      advert: advert, edges: LinkEdge.single(edges), template: template,
      fingerprint: reading.fingerprint)
    guard record != before else { return }
    try index.save(record)
    if let before, record.isSeenAgain(after: before) { return }
    touch(record)
    if let before {
      touch(before)
      try tidy(before, after: record)
    }
  }

  /// Takes an advert out of the graph, with all that is known of it.
  public mutating func remove(_ advert: Int64) throws {
    guard let record = try index.record(advert) else { return }
    if let cluster = try index.cluster(of: advert) {
      regions.formUnion(try index.adverts(ofCluster: cluster))
    }
    try index.remove(advert: advert)
    touch(record)
    try tidy(record, after: nil)
  }

  /// Has what a decision names settled anew; the decision is in the index already.
  public mutating func touch(_ decision: ClusterDecision) throws {
    isDecided = true
    switch decision.act {
    case .join(let a, let b): regions.formUnion([a, b])
    case .part(let adverts): regions.formUnion(adverts)
    case .disregard(let node), .trust(let node): nodes.insert(node)
    case .undo(let other):
      for earlier in try index.decisions() where earlier.id == other && other < decision.id {
        try touch(earlier)
      }
    }
  }

  mutating func touch(_ record: LinkRecord) {
    adverts.insert(record.advert.id)
    for edge in record.edges { nodes.insert(edge.node) }
  }

  /// What was touched since it was last taken.
  struct Touched {
    var nodes: Set<LinkNode>
    var adverts: Set<Int64>
    var regions: Set<Int64>
    var isDecided: Bool
  }

  mutating func takeTouched() -> Touched {
    defer {
      nodes = []
      adverts = []
      regions = []
      isDecided = false
    }
    return Touched(nodes: nodes, adverts: adverts, regions: regions, isDecided: isDecided)
  }

  /// Removes the templates of a group that nobody belongs to any more, and the hashes of images that
  /// nobody shows.
  private mutating func tidy(_ before: LinkRecord, after: LinkRecord?) throws {
    for edge in before.edges {
      guard case .likeness(let hash) = edge.node, try index.advertCount(of: edge.node) == 0
      else { continue }
      try index.release(DifferenceHash.keys(hash), by: Int64(bitPattern: hash))
    }
    guard let group = before.textGroup, group != after?.textGroup,
      try index.advertCount(of: .text(group)) == 0
    else { return }
    for template in try index.templates(ofGroup: group) { try index.remove(template: template) }
  }
}

extension Linker: Sendable where Index: Sendable {}

extension LinkRecord {
  /// Whether it is the same advert, seen where it was before and not long after.
  func isSeenAgain(after before: LinkRecord) -> Bool {
    let count = advert.sightings.count
    guard count > 1, count == before.advert.sightings.count,
      advert.sightings.dropLast() == before.advert.sightings.dropLast(),
      advert.sightings.last?.place == before.advert.sightings.last?.place,
      advert.sightings.last?.country == before.advert.sightings.last?.country
    else { return false }
    var same = before
    same.advert.sightings = advert.sightings
    return self == same
  }
}

extension Sighting {
  /// Sightings in order of time, those at one place some days apart and the last one.
  static func thinned(_ sightings: [Sighting], _ rule: LinkRule) -> [Sighting] {
    var kept: [Sighting] = []
    let sorted = sightings.sorted {
      ($0.when, $0.place ?? "", $0.country ?? "") < ($1.when, $1.place ?? "", $1.country ?? "")
    }
    for (index, seen) in sorted.enumerated() where seen != kept.last {
      let isSame = kept.last?.place == seen.place && kept.last?.country == seen.country
      let isSoon = kept.last.map { seen.when - $0.when < Double(rule.sightingDays) * 86_400 }
      let next = index + 1 < sorted.count ? sorted[index + 1] : nil
      let isLast = next == nil || next?.place != seen.place || next?.country != seen.country
      if isSame, isSoon ?? false, !isLast { continue }
      kept.append(seen)
    }
    return Array(kept.suffix(rule.sightings))
  }
}

extension LinkEdge {
  /// Each node once, its surest edge, ascending.
  static func single(_ edges: [LinkEdge]) -> [LinkEdge] {
    var surest: [LinkNode: LinkEdge] = [:]
    for edge in edges where !(surest[edge.node]?.joins ?? false) {
      if surest[edge.node] == nil || edge.joins { surest[edge.node] = edge }
    }
    return surest.values.sorted { $0.node < $1.node }
  }
}

extension LinkedAdvert {
  /// Edges to selectors, the account and image files.
  func plainEdges(_ rule: LinkRule) -> [LinkEdge] {
    let ties = selectors.filter { !$0.value.isEmpty }
    let first = ties.filter(\.inContent) + ties.filter { !$0.inContent }
    var edges = first.prefix(rule.selectors).map { selector in
      var doubt: EdgeDoubt?
      if selector.kind == .url { doubt = .weakKind }
      if selector.confidence < rule.confidence { doubt = .notSure }
      if !selector.valid { doubt = .notValid }
      if !selector.inContent { doubt = .outsideContent }
      return LinkEdge(node: .selector(selector.kind, selector.value), doubt: doubt)
    }
    if let account, !account.isEmpty {
      edges.append(LinkEdge(node: .account(source: source, key: account)))
    }
    for image in images {
      edges.append(LinkEdge(node: .image(image.sha256.hex), doubt: .weakKind))
    }
    return edges
  }
}
