/// Union-find over 0..<count, by size, with path halving (Tarjan 1975).
struct DisjointSets {
  private var parents: [Int32]
  private var sizes: [Int32]

  init(_ count: Int) {
    parents = (0..<Int32(count)).map { $0 }
    sizes = [Int32](repeating: 1, count: count)
  }

  mutating func root(_ item: Int32) -> Int32 {
    var item = item
    while parents[Int(item)] != item {
      parents[Int(item)] = parents[Int(parents[Int(item)])]
      item = parents[Int(item)]
    }
    return item
  }

  mutating func size(_ item: Int32) -> Int32 { sizes[Int(root(item))] }

  /// Joins two sets; false when they are one already.
  @discardableResult
  mutating func join(_ a: Int32, _ b: Int32) -> Bool {
    var a = root(a)
    var b = root(b)
    guard a != b else { return false }
    if sizes[Int(a)] < sizes[Int(b)] { swap(&a, &b) }
    parents[Int(b)] = a
    sizes[Int(a)] += sizes[Int(b)]
    return true
  }
}
