extension Linker {
  /// Puts an advert in the cluster that most of its nodes lead to, where its region is too large to be
  /// settled again; of several such the lowest.
  ///
  /// A node leads to where most of its adverts are. Clusters are neither merged nor split by it; that another cluster shares a node is suggested where
  /// clusters are shown. A person's decision has the whole region settled.
  mutating func attach(
    _ advert: Int64, _ cache: inout RecordCache<Index>
  ) throws -> [ClusterChange] {
    guard let record = try cache.record(advert, in: index) else { return [] }
    let before = try index.cluster(of: advert)
    var votes: [Int64: Int] = [:]
    for edge in record.edges where edge.joins {
      guard try index.standing(of: edge.node)?.role == .joins else { continue }
      var found: [Int64: Int] = [:]
      let others = try index.adverts(of: edge.node, most: rule.attachingAdverts)
      for other in try cache.records(others, in: index) where other.advert.id != advert {
        guard other.edges.contains(where: { $0.node == edge.node && $0.joins }) else { continue }
        found[try index.cluster(of: other.advert.id) ?? other.advert.id, default: 0] += 1
      }
      if let cluster = Self.mostVoted(found) { votes[cluster, default: 0] += 1 }
    }
    if let before, votes[before] != nil { return [] }
    // The cluster's own name is not given away while others may bear it.
    guard before != advert else { return [] }
    let best = Self.mostVoted(votes)
    guard best != before else { return [] }
    var changes: [ClusterChange] = []
    if let before {
      changes.append(ClusterChange(kind: .shrank, cluster: before, others: [], adverts: [advert]))
    }
    guard let best else {
      try index.assign(nil, to: [advert])
      return changes
    }
    if try index.cluster(of: best) == nil {
      let name = min(best, advert)
      try index.assign(name, to: [best, advert])
      let both = [name, max(best, advert)]
      changes.append(ClusterChange(kind: .founded, cluster: name, others: [], adverts: both))
    } else {
      try index.assign(best, to: [advert])
      changes.append(ClusterChange(kind: .grew, cluster: best, others: [], adverts: [advert]))
    }
    return changes
  }
  /// The cluster with the most votes, of several such the lowest.
  private static func mostVoted(_ votes: [Int64: Int]) -> Int64? {
    votes.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }
}
