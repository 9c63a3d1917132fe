import CaseStore
import CrawlFrontier
import WebAddress

/// Decides which found links are taken up, and keeps the counts that the trap guards need.
struct LinkAdmission {
  private let scopes: [String: Scope]
  private var memories: [String: ScopeMemory]
  /// Hashes of links that were put to the store lately, so that a site's menu is not asked for again
  /// with each of its pages.
  private var seen: Set<Int> = []

  /// Hashes that are held; when so many are reached, all are forgotten.
  private static let maximumSeen = 500_000

  init(scopes: [String: Scope], memories: [String: ScopeMemory]) {
    self.scopes = scopes
    self.memories = memories
  }

  /// The links of an analysis that were not put to the store lately.
  mutating func unknown(in analysis: AnalysisCommit) -> [FoundAddress] {
    analysis.found.filter { found in
      var hasher = Hasher()
      hasher.combine(analysis.source)
      hasher.combine(found.url)
      if seen.count >= Self.maximumSeen { seen.removeAll(keepingCapacity: true) }
      return seen.insert(hasher.finalize()).inserted
    }
  }

  /// Whether a link that the source does not know yet is taken up; counts it when it is.
  mutating func admit(_ found: FoundAddress, from source: String) -> Bool {
    guard let scope = scopes[source], let address = Address(found.url) else { return false }
    let decision = scope.admit(
      address, depth: found.depth, memory: &memories[source, default: ScopeMemory()])
    return decision.accepted != nil
  }

  /// The counts that changed since they were last taken.
  mutating func takeCounts() -> [ScopeCount] {
    var counts: [ScopeCount] = []
    for source in memories.keys.sorted() {
      for (counter, count) in memories[source]?.takeChanges() ?? [] {
        counts.append(ScopeCount(source: source, counter: counter, pages: count))
      }
    }
    return counts
  }
}
