/// An advert's tie to a node, and whether both the tie and the node's standing join.
public struct ClusterEdge: Sendable, Hashable {
  public var advert: Int64
  public var node: LinkNode
  public var joins: Bool

  public init(advert: Int64, node: LinkNode, joins: Bool) {
    self.advert = advert
    self.node = node
    self.joins = joins
  }
}

/// Two clusters, or adverts by themselves, that may belong together.
public struct ClusterSuggestion: Sendable, Hashable {
  /// Why they were not joined.
  public enum Reason: String, Sendable, Hashable, CaseIterable {
    /// What they share only suggests.
    case weak
    /// Two large groups hang together by one node, or by one advert.
    case bridge
    /// A person set them apart.
    case parted
  }

  /// The lowest advert of each.
  public var a: Int64
  public var b: Int64
  public var node: LinkNode
  public var reason: Reason
}

/// Clusters of adverts: union over nodes that join, less what people decided.
///
/// A pure function whose result does not depend on the order of its input. Every cluster is named by
/// its lowest advert, so that its name lasts while adverts are added.
public struct Clusters: Sendable, Hashable {
  /// The cluster of each advert that is in one; a cluster has two adverts at least.
  public private(set) var assignments: [Int64: Int64] = [:]
  /// What was not joined, and why; at most as many for each node as the rule says.
  public private(set) var suggestions: [ClusterSuggestion] = []

  /// Clusters of the adverts that `edges` and `decisions` name.
  public init(
    _ edges: [ClusterEdge], decisions: [ClusterDecision] = [], rule: LinkRule = LinkRule()
  ) {
    var builder = ClusterBuilder(edges, ClusterDecision.holding(decisions), rule)
    builder.cutLoneTies()
    builder.joinNodes()
    builder.joinLoneTies()
    builder.joinBridges()
    builder.joinDecided()
    assignments = builder.assignments()
    suggestions = builder.suggestions()
  }

  /// The adverts of each cluster, ascending, by its name.
  public var members: [Int64: [Int64]] {
    var members: [Int64: [Int64]] = [:]
    for (advert, cluster) in assignments { members[cluster, default: []].append(advert) }
    return members.mapValues { $0.sorted() }
  }
}

/// The work behind `Clusters`.
private struct ClusterBuilder {
  /// The adverts of a node, one side of a parting at a time.
  private struct Side {
    var node: LinkNode
    var adverts: [Int32]
  }

  private struct Bridge {
    var node: LinkNode
    var a: Int32
    var b: Int32
  }

  private let rule: LinkRule
  private var adverts: [Int64] = []
  private var sides: [Side] = []
  private var weak: [Side] = []
  private var partings: [[Side]] = []
  private var bridges: [Bridge] = []
  /// Ties that one advert alone has between two groups that may be large.
  private var cuts: [Bridge] = []
  private var decided: [(Int32, Int32)] = []
  private var sets = DisjointSets(0)

  init(_ edges: [ClusterEdge], _ decisions: [ClusterDecision], _ rule: LinkRule) {
    self.rule = rule
    var ids = edges.map(\.advert)
    for decision in decisions {
      switch decision.act {
      case .join(let a, let b): ids += [a, b]
      case .part(let adverts): ids += adverts
      default: break
      }
    }
    ids.sort()
    for id in ids where adverts.last != id { adverts.append(id) }
    sets = DisjointSets(adverts.count)
    read(decisions, edges)
  }

  private func place(_ advert: Int64) -> Int32 {
    var low = 0
    var high = adverts.count
    while low < high {
      let middle = (low + high) / 2
      if adverts[middle] < advert { low = middle + 1 } else { high = middle }
    }
    return Int32(low)
  }

  private mutating func read(_ decisions: [ClusterDecision], _ edges: [ClusterEdge]) {
    var classes: [Int32: UInt64] = [:]
    var disregarded: Set<LinkNode> = []
    for decision in decisions {
      switch decision.act {
      case .join(let a, let b): decided.append((place(a), place(b)))
      case .part(let parted):
        for advert in Set(parted) {
          let old = classes[place(advert), default: 0]
          classes[place(advert)] = StableMix.combine(old, UInt64(bitPattern: decision.id))
        }
      case .disregard(let node): disregarded.insert(node)
      case .trust(let node): disregarded.remove(node)
      case .undo: break
      }
    }
    var byNode: [LinkNode: (joining: [Int32], suggesting: [Int32])] = [:]
    for edge in edges {
      let joins = edge.joins && !disregarded.contains(edge.node)
      if joins {
        byNode[edge.node, default: ([], [])].joining.append(place(edge.advert))
      } else {
        byNode[edge.node, default: ([], [])].suggesting.append(place(edge.advert))
      }
    }
    for (node, found) in byNode {
      var apart: [UInt64: [Int32]] = [:]
      for advert in Set(found.joining) { apart[classes[advert] ?? 0, default: []].append(advert) }
      let parts = apart.values.map { Side(node: node, adverts: $0.sorted()) }
      sides += parts
      if parts.count > 1 { partings.append(parts) }
      if !found.suggesting.isEmpty {
        weak.append(
          Side(node: node, adverts: Set(found.suggesting + found.joining).sorted()))
      }
    }
    // What many adverts share makes the groups; a tie of few between two of them comes later.
    sides.sort {
      ($1.adverts.count, $0.node, $0.adverts[0]) < ($0.adverts.count, $1.node, $1.adverts[0])
    }
  }

  /// Takes away the ties by which one advert alone may hold two large groups together.
  mutating func cutLoneTies() {
    let ties = LoneTies.find(
      adverts: adverts.count, sides: sides.map { $0.adverts }, bulk: rule.bulk)
    guard !ties.isEmpty else { return }
    for tie in ties {
      let side = sides[Int(tie.side)]
      guard let other = side.adverts.first(where: { $0 != tie.advert }) else { continue }
      cuts.append(Bridge(node: side.node, a: tie.advert, b: other))
    }
    let gone = Dictionary(grouping: ties, by: \.side)
    for (side, ties) in gone {
      let adverts = Set(ties.map(\.advert))
      sides[Int(side)].adverts.removeAll(where: adverts.contains)
    }
    sides.removeAll { $0.adverts.isEmpty }
  }

  /// Joins the adverts of each node, but not two groups that are both large.
  mutating func joinNodes() {
    for side in sides {
      var base = side.adverts[0]
      for advert in side.adverts where sets.size(advert) > sets.size(base) { base = advert }
      for advert in side.adverts where sets.root(advert) != sets.root(base) {
        if Int(sets.size(advert)) >= rule.bulk, Int(sets.size(base)) >= rule.bulk {
          bridges.append(Bridge(node: side.node, a: base, b: advert))
        } else {
          sets.join(base, advert)
        }
      }
    }
  }

  /// Joins by the ties that were taken away, but not two groups that are both large; what is left of
  /// them only suggests.
  mutating func joinLoneTies() {
    cuts = cuts.filter { tie in
      let isLarge = Int(sets.size(tie.a)) >= rule.bulk && Int(sets.size(tie.b)) >= rule.bulk
      if !isLarge { sets.join(tie.a, tie.b) }
      return isLarge
    }
  }

  /// Joins large groups that more than one node connects.
  mutating func joinBridges() {
    var isChanged = true
    while isChanged {
      isChanged = false
      var nodes: [UInt64: Set<LinkNode>] = [:]
      for bridge in bridges {
        let a = sets.root(bridge.a)
        let b = sets.root(bridge.b)
        guard a != b else { continue }
        let pair = UInt64(min(a, b)) << 32 | UInt64(max(a, b))
        nodes[pair, default: []].insert(bridge.node)
      }
      for (pair, found) in nodes where found.count > 1 {
        let joined = sets.join(Int32(pair >> 32), Int32(pair & 0xFFFF_FFFF))
        isChanged = isChanged || joined
      }
    }
  }

  mutating func joinDecided() {
    for (a, b) in decided { sets.join(a, b) }
  }

  /// The lowest advert of each set, by its root.
  private mutating func lowest() -> [Int32: Int64] {
    var lowest: [Int32: Int64] = [:]
    for index in adverts.indices {
      let root = sets.root(Int32(index))
      if lowest[root] == nil { lowest[root] = adverts[index] }
    }
    return lowest
  }

  mutating func assignments() -> [Int64: Int64] {
    let lowest = self.lowest()
    var assignments: [Int64: Int64] = [:]
    for index in adverts.indices where sets.size(Int32(index)) > 1 {
      assignments[adverts[index]] = lowest[sets.root(Int32(index))]
    }
    return assignments
  }

  mutating func suggestions() -> [ClusterSuggestion] {
    let lowest = self.lowest()
    var found: Set<ClusterSuggestion> = []
    func add(_ a: Int32, _ b: Int32, _ node: LinkNode, _ reason: ClusterSuggestion.Reason) {
      guard a != b, let first = lowest[a], let second = lowest[b] else { return }
      found.insert(
        ClusterSuggestion(
          a: min(first, second), b: max(first, second), node: node, reason: reason))
    }
    for bridge in bridges + cuts {
      add(sets.root(bridge.a), sets.root(bridge.b), bridge.node, .bridge)
    }
    for parts in partings {
      let roots = parts.map { sets.root($0.adverts[0]) }
      for root in roots.dropFirst().prefix(rule.suggestions) {
        add(roots[0], root, parts[0].node, .parted)
      }
    }
    for side in weak {
      var roots: [Int32] = []
      for advert in side.adverts.prefix(rule.nodeAdverts) {
        let root = sets.root(advert)
        if !roots.contains(root), roots.count < rule.suggestions { roots.append(root) }
      }
      for root in roots.dropFirst() { add(roots[0], root, side.node, .weak) }
    }
    return found.sorted {
      ($0.a, $0.b, $0.node, $0.reason.rawValue) < ($1.a, $1.b, $1.node, $1.reason.rawValue)
    }
  }
}
