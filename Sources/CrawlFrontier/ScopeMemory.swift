/// What a source's trap guards remember: bounded counters, no addresses.
///
/// Plain data that a store can keep. Losing the last changes in a crash lets a few more addresses in
/// and does nothing worse.
public struct ScopeMemory: Sendable, Hashable {
  /// Addresses that were accepted.
  public private(set) var pages: Int
  /// Counts by a stable hash of what is counted.
  public private(set) var counters: [UInt64: Int]
  private var touched: Set<UInt64> = []

  public init(pages: Int = 0, counters: [UInt64: Int] = [:]) {
    self.pages = pages
    self.counters = counters
  }

  /// The counters that changed since the last call, to be written down.
  public mutating func takeChanges() -> [(counter: UInt64, count: Int)] {
    defer { touched = [] }
    return touched.sorted().map { ($0, counters[$0] ?? 0) }
  }

  /// Whether one more fits under the limit, given that only so many counters may exist.
  func hasRoom(_ key: UInt64, limit: Int, maximumCounters: Int) -> Bool {
    guard let count = counters[key] else { return limit > 0 && counters.count < maximumCounters }
    return count < limit
  }

  mutating func count(_ key: UInt64) {
    counters[key, default: 0] += 1
    touched.insert(key)
  }

  mutating func countPage() { pages += 1 }

  mutating func set(_ key: UInt64, _ number: Int) {
    counters[key] = number
    touched.insert(key)
  }
}
