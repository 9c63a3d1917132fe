import Archive
import CaseStore
import CrawlFrontier
import Fetching
import Synchronization
import Vocabulary

/// An exchange that came in and is to become evidence.
struct Arrival: Sendable {
  /// The leave it was fetched with.
  var ticket: Ticket
  /// The exchanges in order; the last one is what the ticket was for.
  var hops: [Hop]
  /// Why the visit did not get past a gate of the site; nil when it did, or there was none.
  var gate: GateEnd?
  /// What a browser made of the page; nil when none was asked.
  var rendering: Rendering?
  /// What the frontier is told of it.
  var facts: FetchFacts
  /// From where the site saw us behind a proxy; nil when nobody was asked.
  var exit: String?
  /// Its group's politeness after it.
  var group: GroupState?
  /// What it says about robots.txt.
  var robots: StoredRobots?
  /// What is kept of the picture that came, and whether the picture itself is.
  var image: FetchedImage?
}

/// The one place that writes: records to the archive, then rows to the store, in that order.
///
/// What comes in while a batch is being written goes into the next one, so that under load many
/// pages share a sync. When a batch fails, nothing of it or after it is committed.
actor CommitLane {
  /// What is to be committed.
  enum Item: Sendable {
    case arrival(Arrival)
    case analysis(AnalysisCommit, bytes: Int)
    /// There is time to link what waits.
    case linking
  }

  /// What was committed, or why it was not.
  enum Result: Sendable {
    case arrived([CommittedArrival])
    /// With what linking brought, when it was due.
    case analysed(AnalysisTotals, LinkTotals, pages: Int, bytes: Int)
    case failed(CrawlError)
  }

  private struct Inbox {
    var items: [Item] = []
    var isDraining = false
  }

  private let executor = QueueExecutor(label: "adwatch.commit")
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private nonisolated let inbox = Mutex(Inbox())
  private let deliver: @Sendable (Result) -> Void
  private let evidence: EvidenceWriter
  private let store: CaseStore
  private let clock: @Sendable () -> Timestamp
  private var links: LinkAdmission
  private let book: VisitBook
  /// Nil when nothing is linked.
  private let linking: AdvertLinking?
  /// Adverts stored since the last linking, and when that was.
  private var unlinked = 0
  private var linkedAt = Timestamp(milliseconds: 0)
  /// The day since 1970 on which held adverts were last looked at.
  private var releasedOn: Int64 = -1
  private var hasFailed = false

  /// Most items of one batch.
  private static let batch = 256
  /// Seconds from one linking to the next while few adverts wait.
  private static let linkingPause = 10.0

  init(
    store: CaseStore, evidence: EvidenceWriter, links: LinkAdmission, book: VisitBook,
    linking: AdvertLinking?, clock: @escaping @Sendable () -> Timestamp,
    deliver: @escaping @Sendable (Result) -> Void
  ) {
    self.store = store
    self.evidence = evidence
    self.links = links
    self.book = book
    self.linking = linking
    self.clock = clock
    self.deliver = deliver
  }

  /// Hands something over; the result comes through `deliver`.
  nonisolated func submit(_ item: Item) {
    let starts = inbox.withLock { inbox in
      inbox.items.append(item)
      defer { inbox.isDraining = true }
      return !inbox.isDraining
    }
    if starts { Task { await drain() } }
  }

  private func drain() {
    while true {
      let items: [Item] = inbox.withLock { inbox in
        let items = Array(inbox.items.prefix(Self.batch))
        inbox.items.removeFirst(items.count)
        if items.isEmpty { inbox.isDraining = false }
        return items
      }
      guard !items.isEmpty else { return }
      guard !hasFailed else { continue }
      do {
        try commit(items)
      } catch {
        hasFailed = true
        deliver(.failed(CrawlError(error)))
      }
    }
  }

  private func commit(_ items: [Item]) throws {
    let now = clock()
    var arrivals: [Arrival] = []
    var analyses: [AnalysisCommit] = []
    var bytes = 0
    var hasTime = false
    for item in items {
      switch item {
      case .linking: hasTime = true
      case .arrival(let arrival): arrivals.append(arrival)
      case .analysis(let analysis, let size):
        analyses.append(analysis)
        bytes += size
      }
    }
    if !arrivals.isEmpty {
      let committed = try evidence.commit(arrivals, at: now) { links.admit($0, from: $1) }
      deliver(.arrived(committed))
    }
    var totals = AnalysisTotals()
    if !analyses.isEmpty {
      for index in analyses.indices {
        analyses[index].isDoubtful = links.isDoubtful(analyses[index])
        analyses[index].found = links.unknown(in: analyses[index])
      }
      totals = try store.commit(
        analyses, at: now, admit: { links.admit($1, from: $0) },
        renew: { links.renew($1, of: $0) }, leave: { links.leave($1, of: $0) },
        counters: { links.takeCounts() },
        settle: { book.settle($0, at: now) })
      unlinked += analyses.reduce(0) { $0 + $1.adverts.count }
    }
    let released = try releaseHeldAdverts(at: now)
    totals.due.merge(released) { min($0, $1) }
    let linked = try link(hasTime: hasTime, at: now)
    guard !analyses.isEmpty || !released.isEmpty || linked.linked > 0 else { return }
    deliver(.analysed(totals, linked, pages: analyses.count, bytes: bytes))
  }

  /// Once a day and source.
  private func releaseHeldAdverts(at now: Timestamp) throws -> [String: Timestamp] {
    let day = now.milliseconds / 86_400_000
    guard day != releasedOn else { return [:] }
    releasedOn = day
    let sources = links.beginDay(at: now)
    return try store.releaseAdverts(
      of: sources, at: now, renew: { links.renew($1, of: $0) }, leave: { links.leave($1, of: $0) },
      counters: { links.takeCounts() })
  }

  /// Links a batch when so many adverts wait, or when some wait and there is time.
  private func link(hasTime: Bool, at now: Timestamp) throws -> LinkTotals {
    guard let linking else { return LinkTotals() }
    let isDue = hasTime && unlinked > 0 && now - linkedAt >= Self.linkingPause
    guard isDue || unlinked >= AdvertLinking.batch else { return LinkTotals() }
    unlinked = max(0, unlinked - AdvertLinking.batch)
    linkedAt = now
    return try linking.step(at: now)
  }
}
