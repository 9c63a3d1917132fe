import Dispatch
import Synchronization

/// Work on all cores.
enum Parallel {
  /// The results of the work on each item, in the order of the items.
  static func map<Item: Sendable, Result: Sendable>(
    _ items: [Item], _ work: @Sendable (Item) -> Result
  ) -> [Result] {
    let results = Mutex<[Int: Result]>([:])
    DispatchQueue.concurrentPerform(iterations: items.count) { index in
      let result = work(items[index])
      results.withLock { $0[index] = result }
    }
    let found = results.withLock { $0 }
    return items.indices.compactMap { found[$0] }
  }
}
