/// Adverts that alone hold two large groups together: one that names two networks' telephones by
/// chance, or because somebody copied from both.
///
/// Such an advert is an articulation point of the graph of adverts and nodes (Hopcroft and Tarjan
/// 1973). Where a second advert or node connects the groups too, there is none. One walk over the
/// graph, in time linear in its ties.
struct LoneTies {
  /// A tie of an advert to one of the sides.
  struct Tie: Hashable {
    var side: Int32
    var advert: Int32
  }

  /// The ties to take away so that no advert alone connects two groups of `bulk` adverts.
  ///
  /// They ascend by advert within what hangs together. Each advert keeps the group that it has most
  /// ties to, of several such the largest.
  ///
  /// Taken away together they may leave less than large groups apart: in a chain every advert is such
  /// a one.
  static func find(adverts: Int, sides: [[Int32]], bulk: Int) -> [Tie] {
    guard adverts > 2 * bulk else { return [] }
    var walk = Walk(adverts: adverts, sides: sides, bulk: bulk)
    for advert in 0..<Int32(adverts) { walk.start(at: advert) }
    return walk.ties
  }
}

/// The walk through the graph, depth first; adverts come before sides in the numbers of vertices.
private struct Walk {
  /// A group that hangs on an advert alone: vertices of one branch.
  private struct Branch {
    var first: Int32
    var last: Int32
    var adverts: Int32
  }

  private let count: Int32
  private let bulk: Int32
  /// Neighbours of all vertices, one after the other, and where each one's begin.
  private var neighbours: [Int32] = []
  private var begins: [Int32]
  /// When a vertex was reached, from 1; 0 before that.
  private var times: [Int32]
  /// The earliest vertex that can be reached from a vertex's branch past its parent.
  private var earliest: [Int32]
  private var parents: [Int32]
  /// Adverts in the branch of a vertex.
  private var sizes: [Int32]
  private var nexts: [Int32]
  private var clock: Int32 = 0
  /// The branches that hang on an advert alone.
  private var branches: [Int32: [Branch]] = [:]
  private(set) var ties: [LoneTies.Tie] = []

  init(adverts: Int, sides: [[Int32]], bulk: Int) {
    count = Int32(adverts)
    self.bulk = Int32(clamping: bulk)
    let vertices = adverts + sides.count
    var degrees = [Int32](repeating: 0, count: vertices + 1)
    // What one advert has connects nothing.
    for (side, members) in sides.enumerated() where members.count > 1 {
      degrees[adverts + side] = Int32(members.count)
      for advert in members { degrees[Int(advert)] += 1 }
    }
    begins = degrees
    var total: Int32 = 0
    for vertex in begins.indices {
      begins[vertex] = total
      total += degrees[vertex]
    }
    nexts = begins
    neighbours = [Int32](repeating: 0, count: Int(total))
    for (side, members) in sides.enumerated() where members.count > 1 {
      let vertex = adverts + side
      for advert in members {
        neighbours[Int(nexts[vertex])] = advert
        neighbours[Int(nexts[Int(advert)])] = Int32(vertex)
        nexts[vertex] += 1
        nexts[Int(advert)] += 1
      }
    }
    nexts = begins
    times = [Int32](repeating: 0, count: vertices)
    earliest = times
    sizes = times
    parents = [Int32](repeating: -1, count: vertices)
  }

  /// Walks through all that hangs together with an advert, unless that was done.
  mutating func start(at advert: Int32) {
    guard times[Int(advert)] == 0 else { return }
    reach(advert, from: -1)
    var vertex = advert
    while vertex >= 0 {
      let place = nexts[Int(vertex)]
      if place < begins[Int(vertex) + 1] {
        nexts[Int(vertex)] = place + 1
        let next = neighbours[Int(place)]
        if times[Int(next)] == 0 {
          reach(next, from: vertex)
          vertex = next
        } else if next != parents[Int(vertex)] {
          earliest[Int(vertex)] = min(earliest[Int(vertex)], times[Int(next)])
        }
      } else {
        leave(vertex)
        vertex = parents[Int(vertex)]
      }
    }
    cut(total: sizes[Int(advert)])
  }

  private mutating func reach(_ vertex: Int32, from parent: Int32) {
    clock += 1
    times[Int(vertex)] = clock
    earliest[Int(vertex)] = clock
    sizes[Int(vertex)] = vertex < count ? 1 : 0
    parents[Int(vertex)] = parent
  }

  private mutating func leave(_ vertex: Int32) {
    let parent = parents[Int(vertex)]
    guard parent >= 0 else { return }
    sizes[Int(parent)] += sizes[Int(vertex)]
    earliest[Int(parent)] = min(earliest[Int(parent)], earliest[Int(vertex)])
    guard parent < count, earliest[Int(vertex)] >= times[Int(parent)] else { return }
    branches[parent, default: []].append(
      Branch(first: times[Int(vertex)], last: clock, adverts: sizes[Int(vertex)]))
  }

  /// Finds the ties to take away in what was just walked through, `total` adverts.
  private mutating func cut(total: Int32) {
    let candidates = branches.filter { _, all in all.contains { $0.adverts >= bulk } }
    for (advert, all) in candidates.sorted(by: { $0.key < $1.key }) {
      // The groups around the advert: each branch, and last the rest.
      let rest = all.reduce(total - 1) { $0 - $1.adverts }
      var groups = all.map { (adverts: $0.adverts, ties: [LoneTies.Tie]()) }
      groups.append((rest, []))
      guard groups.count(where: { $0.adverts >= bulk }) > 1 else { continue }
      for place in begins[Int(advert)]..<begins[Int(advert) + 1] {
        let side = neighbours[Int(place)]
        let time = times[Int(side)]
        let number = all.firstIndex { $0.first <= time && time <= $0.last } ?? all.count
        groups[number].ties.append(LoneTies.Tie(side: side - count, advert: advert))
      }
      groups.removeAll { $0.adverts < bulk }
      var kept = 0
      for number in groups.indices.dropFirst() {
        let (group, best) = (groups[number], groups[kept])
        if (group.ties.count, group.adverts) > (best.ties.count, best.adverts) { kept = number }
      }
      for number in groups.indices where number != kept { ties += groups[number].ties }
    }
    branches = [:]
  }
}
