/// Pairs that were joined against pairs that belong together.
struct PairCount {
  private(set) var precision = 1.0
  private(set) var recall = 1.0

  /// Items with a group and the truth about them; what is in no group has a group of its own.
  init(_ items: [(found: Int64, truth: Int32)]) {
    struct Both: Hashable {
      var found: Int64
      var truth: Int32
    }
    var both: [Both: Int] = [:]
    var found: [Int64: Int] = [:]
    var truth: [Int32: Int] = [:]
    for item in items {
      both[Both(found: item.found, truth: item.truth), default: 0] += 1
      found[item.found, default: 0] += 1
      truth[item.truth, default: 0] += 1
    }
    func pairs(_ counts: some Sequence<Int>) -> Double {
      counts.reduce(0) { $0 + Double($1) * Double($1 - 1) / 2 }
    }
    let right = pairs(both.values)
    precision = right / max(1, pairs(found.values))
    recall = right / max(1, pairs(truth.values))
  }
}
