/// A node that adverts share, with what is to be known of it.
public struct SharedNode: Sendable, Hashable {
  public var node: LinkNode
  public var standing: NodeStanding
  /// The tie of each advert that is shown, ascending by advert.
  public var ties: [Tie]

  /// One advert's tie.
  public struct Tie: Sendable, Hashable {
    public var advert: Int64
    /// Why it only suggests; nil when it joins.
    public var doubt: EdgeDoubt?
  }

  /// Whether it joins the adverts shown: the node's standing and two ties at least.
  public var joins: Bool {
    standing.role == .joins && ties.count { $0.doubt == nil } > 1
  }
}

/// Adverts and what ties them: why they stand together.
public struct LinkView: Sendable {
  /// The adverts, without their texts, ascending by id.
  public var adverts: [LinkRecord]
  /// The nodes that two of them share at least: those that join first, then the rest.
  public var shared: [SharedNode]
  /// Places and dates over all of them.
  public var movement: Movement
  /// Adverts outside that are suggested, or were kept apart.
  public var suggestions: [ClusterSuggestion]
}

extension Linker {
  /// The cluster of an advert, or the advert by itself; nil when neither is there.
  public func view(of advert: Int64) throws -> LinkView? {
    guard try index.record(advert) != nil else { return nil }
    guard let cluster = try index.cluster(of: advert) else { return try view([advert]) }
    return try view(ofCluster: cluster)
  }

  /// A cluster by its name; nil when there is none of that name.
  public func view(ofCluster cluster: Int64) throws -> LinkView? {
    let adverts = try index.adverts(ofCluster: cluster)
    return adverts.isEmpty ? nil : try view(adverts)
  }

  /// The latest adverts of a node, at most `LinkRule.nodeAdverts`; nil when no advert has it.
  public func view(of node: LinkNode) throws -> LinkView? {
    let adverts = try index.adverts(of: node, most: rule.nodeAdverts)
    return adverts.isEmpty ? nil : try view(adverts)
  }

  /// The nodes that two adverts share, those that join first.
  public func reasons(_ a: Int64, _ b: Int64) throws -> [SharedNode] {
    try view([a, b]).shared
  }

  private func view(_ adverts: [Int64]) throws -> LinkView {
    let records = try adverts.compactMap { try index.record($0) }
    var ties: [LinkNode: [SharedNode.Tie]] = [:]
    for record in records {
      for edge in record.edges {
        ties[edge.node, default: []].append(
          SharedNode.Tie(advert: record.advert.id, doubt: edge.doubt))
      }
    }
    var shared: [SharedNode] = []
    for (node, ties) in ties where ties.count > 1 {
      guard let standing = try index.standing(of: node) else { continue }
      shared.append(SharedNode(node: node, standing: standing, ties: ties))
    }
    shared.sort { ($1.joins ? 1 : 0, $0.node) < ($0.joins ? 1 : 0, $1.node) }
    return LinkView(
      adverts: records, shared: shared,
      movement: Movement(records.map { $0.advert.sightings }, rule: rule),
      suggestions: try suggestions(records))
  }

  /// What the adverts' nodes suggest beyond the cluster they are in.
  private func suggestions(_ records: [LinkRecord]) throws -> [ClusterSuggestion] {
    func name(_ advert: Int64) throws -> Int64 { try index.cluster(of: advert) ?? advert }
    var parted: Set<Int64> = []
    for case .part(let adverts) in ClusterDecision.holding(try index.decisions()).map({ $0.act }) {
      parted.formUnion(adverts)
    }
    var found: Set<ClusterSuggestion> = []
    var seen: Set<LinkNode> = []
    for record in records {
      let own = try name(record.advert.id)
      for edge in record.edges where seen.insert(edge.node).inserted {
        guard let standing = try index.standing(of: edge.node), standing.role != .discounted
        else { continue }
        for other in try index.adverts(of: edge.node, most: rule.suggestions) {
          let cluster = try name(other)
          guard cluster != own, found.count < rule.suggestions else { continue }
          let ties = try index.record(other)?.edges.first { $0.node == edge.node }
          let isSure = edge.joins && standing.role == .joins && ties?.joins ?? false
          found.insert(
            ClusterSuggestion(
              a: min(own, cluster), b: max(own, cluster), node: edge.node,
              reason: !isSure
                ? .weak
                : parted.contains(other) || parted.contains(record.advert.id) ? .parted : .bridge))
        }
      }
    }
    return found.sorted { ($0.a, $0.b, $0.node) < ($1.a, $1.b, $1.node) }
  }
}
