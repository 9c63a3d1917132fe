/// What became of a cluster, for the log and for whoever watches it.
public struct ClusterChange: Sendable, Hashable {
  /// What happened.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Adverts that stood by themselves became a cluster.
    case founded
    /// Adverts came to it.
    case grew
    /// Adverts left it and stand by themselves.
    case shrank
    /// It took in other clusters.
    case merged
    /// Parts of it became clusters of their own.
    case split
    /// It goes on under another name, as its lowest advert went.
    case renamed
    /// Nothing of it is left together.
    case dissolved
  }

  public var kind: Kind
  /// The cluster by the name it has now; a dissolved one by the one it had.
  public var cluster: Int64
  /// The clusters that it took in, that left it, or that it was called before.
  public var others: [Int64]
  /// The adverts that came or went.
  public var adverts: [Int64]
}

/// What settling changed.
public struct LinkChanges: Sendable, Hashable {
  /// Adverts whose measures may differ from before: these are to be assessed again, and no others.
  public var adverts: [Int64] = []
  /// What became of clusters.
  public var clusters: [ClusterChange] = []

  public init() {}
}

extension ClusterChange {
  /// The changes from one set of clusters to another over the same adverts.
  static func between(_ before: [Int64: Int64], _ after: [Int64: Int64]) -> [ClusterChange] {
    var now: [Int64: [Int64]] = [:]
    for (advert, cluster) in after { now[cluster, default: []].append(advert) }
    var old: [Int64: [Int64]] = [:]
    for (advert, cluster) in before { old[cluster, default: []].append(advert) }
    var changes: [ClusterChange] = []
    func add(_ kind: Kind, _ cluster: Int64, _ others: some Sequence<Int64>, _ adverts: [Int64]) {
      changes.append(
        ClusterChange(
          kind: kind, cluster: cluster, others: others.sorted(), adverts: adverts.sorted()))
    }
    for (cluster, members) in now {
      let origins = Set(members.compactMap { before[$0] })
      let new = members.filter { before[$0] == nil }
      guard !origins.isEmpty else {
        add(.founded, cluster, [], members)
        continue
      }
      // A cluster whose name lives on elsewhere only gave a part.
      let whole = origins.filter { $0 != cluster && now[$0] == nil }
      if origins.contains(cluster) {
        let taken = origins.filter { $0 != cluster }
        if !taken.isEmpty { add(.merged, cluster, taken, members.filter { before[$0] != cluster }) }
      } else if whole.count > 1 {
        add(.merged, cluster, whole, members)
      } else if let origin = whole.first {
        add(.renamed, cluster, [origin], members)
      }
      if !new.isEmpty { add(.grew, cluster, [], new) }
    }
    for (cluster, members) in old {
      let parts = Set(members.compactMap { after[$0] })
      let alone = members.filter { after[$0] == nil }
      if parts.isEmpty {
        add(.dissolved, cluster, [], members)
        continue
      }
      let name = parts.contains(cluster) ? cluster : (parts.min() ?? cluster)
      if parts.count > 1 {
        let left = parts.filter { $0 != name }
        add(.split, name, left, members.filter { left.contains(after[$0] ?? name) })
      }
      if !alone.isEmpty { add(.shrank, name, [], alone) }
    }
    return changes.sorted { ($0.cluster, $0.kind.rawValue) < ($1.cluster, $1.kind.rawValue) }
  }
}
