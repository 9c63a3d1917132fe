import CaseStore
import Dispatch
import Synchronization

/// In how many adverts each indicator was found, counted apart from any page: it reads everything.
final class BaseRates: Sendable {
  /// What was counted last.
  struct Counts: Sendable {
    var adverts: Int64
    var byIndicator: [String: Int64]
  }

  /// Seconds for which a count is good.
  private static let lifetime: UInt64 = 600
  private let store: CaseStore
  private let queue = DispatchQueue(label: "adwatch.review.rates")
  private let state = Mutex<(counts: Counts?, next: UInt64, isCounting: Bool)>((nil, 0, false))

  init(store: CaseStore) { self.store = store }

  /// The last count, if there is one; a new one is begun when it is old.
  var current: Counts? {
    let now = DispatchTime.now().uptimeNanoseconds / 1_000_000_000
    let (counts, isDue) = state.withLock { state in
      let isDue = !state.isCounting && now >= state.next
      if isDue { state.isCounting = true }
      return (state.counts, isDue)
    }
    if isDue { queue.async { self.count(now) } }
    return counts
  }

  private func count(_ now: UInt64) {
    let found = try? store.indicatorCounts()
    state.withLock { state in
      if let found { state.counts = Counts(adverts: found.adverts, byIndicator: found.byIndicator) }
      state.next = now + Self.lifetime
      state.isCounting = false
    }
  }
}
