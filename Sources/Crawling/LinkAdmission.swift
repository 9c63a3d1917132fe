import CaseStore
import CrawlFrontier
import Vocabulary
import WebAddress

/// Decides which found links are taken up, and keeps the counts that the trap guards need.
struct LinkAdmission {
  private let scopes: [String: Scope]
  private var memories: [String: ScopeMemory]
  private var shapes: [String: HostShapes] = [:]
  /// The texts of each shape's newest pages.
  private var sketches: [UInt64: [(url: String, sketch: PageSketch)]] = [:]
  /// Hashes of links that were put to the store lately, so that a site's menu is not asked for again
  /// with each of its pages.
  private var seen: Set<Int> = []

  /// Hashes that are held; when so many are reached, all are forgotten.
  private static let maximumSeen = 500_000
  /// Addresses of a source that its shapes are learned from again at the start.
  private static let maximumLearned = 20_000
  /// Shapes whose texts are held, and texts of each.
  private static let maximumSketched = 2_000
  private static let sketchesPerShape = 16

  /// What is known of these sources, from the store.
  init(scopes: [String: Scope], store: CaseStore) throws {
    self.scopes = scopes
    memories = try store.scopeMemories()
    for name in scopes.keys {
      var learned = HostShapes()
      try store.forEachAddress(of: name, limit: Self.maximumLearned) { url in
        if let address = Address(url) { _ = learned.shape(of: address) }
      }
      shapes[name] = learned
    }
  }

  /// The links of an analysis that were not put to the store lately.
  ///
  /// Those of a doubtful page do not count as put there: another page may speak for them.
  mutating func unknown(in analysis: AnalysisCommit) -> [FoundAddress] {
    guard !analysis.isDoubtful else { return analysis.found }
    return analysis.found.filter { found in
      var hasher = Hasher()
      hasher.combine(analysis.source)
      hasher.combine(found.url)
      if seen.count >= Self.maximumSeen { seen.removeAll(keepingCapacity: true) }
      return seen.insert(hasher.finalize()).inserted
    }
  }

  /// The link as it is taken up, when it is: counted, with its shape, and held back when pages like it
  /// have brought nothing for long.
  mutating func admit(_ found: FoundAddress, from source: String) -> FoundAddress? {
    guard let scope = scopes[source], let address = Address(found.url) else { return nil }
    // An advert brings so many at the most, and none leads anywhere.
    if found.kind == .image { return scope.judge(image: address).accepted.map { _ in found } }
    let decision = scope.admit(
      address, depth: found.depth, memory: &memories[source, default: ScopeMemory()])
    guard let accepted = decision.accepted else { return nil }
    var admitted = found
    guard !accepted.isStart else { return admitted }
    let shape = shapes[source, default: HostShapes()].shape(of: accepted.address)
    admitted.shape = shape
    admitted.section = accepted.kind == .other ? ShapeTrust.section(of: accepted.address) : nil
    admitted.isHeld = !memories[source, default: ScopeMemory()].giveLeave(
      accepted.address, shape, accepted.kind, scope.limits)
    return admitted
  }

  /// A page brought something.
  mutating func renew(_ url: String, of source: String) {
    guard let address = Address(url) else { return }
    let shape = shapes[source, default: HostShapes()].shape(of: address)
    memories[source, default: ScopeMemory()].renew(address, shape)
  }

  /// Whether an address that was held back may be fetched now.
  mutating func leave(_ held: HeldAddress, of source: String) -> Bool {
    guard let scope = scopes[source], let address = Address(held.url) else { return false }
    // As it is known now: places may have turned out to vary since it was found.
    let shape = shapes[source, default: HostShapes()].shape(of: address)
    return memories[source, default: ScopeMemory()].giveLeave(
      address, shape, held.kind, scope.limits)
  }

  /// Whether a page says that it is none, or nearly what others of its shape have said.
  mutating func isDoubtful(_ analysis: AnalysisCommit) -> Bool {
    if analysis.page == .gone { return true }
    guard analysis.page == .advert, let advert = analysis.adverts.first,
      let address = Address(advert.url), let sketch = PageSketch(advert.text.utf8)
    else { return false }
    let shape = shapes[analysis.source, default: HostShapes()].shape(of: address)
    if sketches.count >= Self.maximumSketched, sketches[shape] == nil { sketches.removeAll() }
    // The page's own earlier text is no other page.
    let known = sketches[shape, default: []]
    if known.contains(where: { $0.url != advert.url && $0.sketch.isNear(sketch) }) { return true }
    sketches[shape, default: []].append((advert.url, sketch))
    if known.count >= Self.sketchesPerShape { sketches[shape]?.removeFirst() }
    return false
  }

  /// The sources for which a new day has begun.
  mutating func beginDay(at now: Timestamp) -> [String] {
    scopes.keys.sorted().filter { memories[$0, default: ScopeMemory()].beginsDay(at: now) }
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
