extension Linker {
  /// Brings standings, measures and clusters of everything that was touched up to date.
  public mutating func settle() throws -> LinkChanges {
    let decisions = ClusterDecision.holding(try index.decisions())
    let touched = takeTouched()
    var changed = touched.adverts
    var regions = touched.regions.union(touched.adverts)
    var cache = RecordCache<Index>()
    for node in touched.nodes {
      try settle(node, decisions, &cache, &changed, &regions)
    }
    var changes = LinkChanges()
    changes.clusters = try settleClusters(
      regions, decisions, most: touched.isDecided ? .max : rule.settledAdverts, &cache)
    // Of what was touched, some is gone.
    let gone = try touched.adverts.filter { try cache.record($0, in: index) == nil }
    changes.adverts = changed.subtracting(gone).sorted()
    return changes
  }

  /// Settles a node; tells the adverts whose measures or whose clusters it changes.
  private mutating func settle(
    _ node: LinkNode, _ decisions: [ClusterDecision], _ cache: inout RecordCache<Index>,
    _ changed: inout Set<Int64>, _ regions: inout Set<Int64>
  ) throws {
    let old = try index.standing(of: node)
    let count = try index.advertCount(of: node)
    guard count > 1 else {
      // A node of one advert stands as any other and is measured when somebody asks.
      guard old != nil else { return }
      try index.save(nil, of: node)
      changed.formUnion(try index.adverts(of: node, most: 1))
      return
    }
    let records = try cache.records(index.adverts(of: node, most: rule.nodeAdverts), in: index)
    let standing = NodeStanding(
      node, records, adverts: count, decisions: decisions, rule: rule)
    guard standing != old else { return }
    try index.save(standing, of: node)
    guard standing.role != old?.role || standing.measures != old?.measures else { return }
    // What a hub measures counts for nobody.
    guard standing.role != .discounted || old?.role != .discounted else { return }
    let all = try index.adverts(of: node, most: .max)
    changed.formUnion(all)
    if standing.role != old?.role { regions.formUnion(all) }
  }

  private mutating func settleClusters(
    _ regions: Set<Int64>, _ decisions: [ClusterDecision], most: Int,
    _ cache: inout RecordCache<Index>
  ) throws -> [ClusterChange] {
    var joined: [Int64: [Int64]] = [:]
    for case .join(let a, let b) in decisions.map({ $0.act }) {
      joined[a, default: []].append(b)
      joined[b, default: []].append(a)
    }
    var seen: Set<Int64> = []
    var large: Set<Int64> = []
    var changes: [ClusterChange] = []
    for seed in regions.sorted() where !seen.contains(seed) {
      let limit = RegionLimit(touched: regions, large: large, most: most)
      let region = try region(around: seed, joined, limit, &cache, &seen)
      guard !region.isTooLarge else {
        large.formUnion(region.before.values)
        seen.subtract(region.adverts)
        for advert in region.adverts.intersection(regions).sorted() {
          seen.insert(advert)
          changes += try attach(advert, &cache)
        }
        continue
      }
      guard region.adverts.count > 1 || !region.before.isEmpty else { continue }
      let own = decisions.compactMap { $0.within(region.adverts) }
      let clusters = Clusters(region.edges, decisions: own, rule: rule)
      guard clusters.assignments != region.before else { continue }
      for (cluster, members) in clusters.members {
        let moved = members.filter { region.before[$0] != cluster }
        if !moved.isEmpty { try index.assign(cluster, to: moved) }
      }
      let alone = region.before.keys.filter { clusters.assignments[$0] == nil }
      if !alone.isEmpty { try index.assign(nil, to: alone.sorted()) }
      changes += ClusterChange.between(region.before, clusters.assignments)
    }
    return changes
  }

  private struct Region {
    var adverts: Set<Int64> = []
    var edges: [ClusterEdge] = []
    var before: [Int64: Int64] = [:]
    /// Whether its limit was reached, so that not all of it is here.
    var isTooLarge = false
  }

  /// How far a region is followed.
  private struct RegionLimit {
    /// Adverts that count for nothing: they are to be settled anyway.
    var touched: Set<Int64>
    /// Clusters that are known to be too large.
    var large: Set<Int64>
    /// Other adverts.
    var most: Int
  }

  /// All adverts that hang together with `seed` by nodes that join, by decisions, or by a cluster.
  ///
  /// Which unions the rule makes within a region depends on nothing outside it.
  private func region(
    around seed: Int64, _ joined: [Int64: [Int64]], _ limit: RegionLimit,
    _ cache: inout RecordCache<Index>, _ seen: inout Set<Int64>
  ) throws -> Region {
    var region = Region()
    var untouched = 0
    var roles: [LinkNode: Bool] = [:]
    var queue: [(advert: Int64, via: LinkNode?)] = [(seed, nil)]
    while let (advert, via) = queue.popLast() {
      guard !seen.contains(advert), let record = try cache.record(advert, in: index) else {
        continue
      }
      if let via, !record.edges.contains(where: { $0.node == via && $0.joins }) { continue }
      seen.insert(advert)
      region.adverts.insert(advert)
      if !limit.touched.contains(advert) { untouched += 1 }
      if let cluster = try index.cluster(of: advert) {
        region.before[advert] = cluster
        if untouched > limit.most || limit.large.contains(cluster) {
          region.isTooLarge = true
          return region
        }
        if cluster == advert || via == nil {
          for other in try index.adverts(ofCluster: cluster) where !seen.contains(other) {
            queue.append((other, nil))
          }
        } else if !seen.contains(cluster) {
          queue.append((cluster, nil))
        }
      }
      for other in joined[advert] ?? [] { queue.append((other, nil)) }
      for edge in record.edges where edge.joins {
        if roles[edge.node] == nil {
          let joins = try index.standing(of: edge.node)?.role == .joins
          roles[edge.node] = joins
          if joins {
            let others = try index.adverts(of: edge.node, most: .max).filter { !seen.contains($0) }
            if others.count <= rule.nodeAdverts { _ = try cache.records(others, in: index) }
            for other in others { queue.append((other, edge.node)) }
          }
        }
        if roles[edge.node] == true {
          region.edges.append(ClusterEdge(advert: advert, node: edge.node, joins: true))
        }
      }
    }
    return region
  }

  /// What only linking can tell of an advert, as settled; nil for an advert that is not there.
  public func measures(of advert: Int64) throws -> LinkageMeasures? {
    guard let record = try index.record(advert) else { return nil }
    return LinkageMeasures(try standings(of: record))
  }

  func standings(of record: LinkRecord) throws -> [(edge: LinkEdge, standing: NodeStanding)] {
    try record.edges.map { edge in
      let standing =
        try index.standing(of: edge.node)
        ?? NodeStanding(edge.node, [record], adverts: 1, decisions: [], rule: rule)
      return (edge, standing)
    }
  }
}

extension ClusterDecision {
  /// The decision as far as it is about these adverts; nil when it is not.
  fileprivate func within(_ adverts: Set<Int64>) -> ClusterDecision? {
    switch act {
    case .join(let a, let b): return adverts.contains(a) && adverts.contains(b) ? self : nil
    case .part(let parted):
      let here = parted.filter(adverts.contains)
      guard !here.isEmpty else { return nil }
      var decision = self
      decision.act = .part(here)
      return decision
    case .disregard, .trust, .undo: return nil
    }
  }
}
