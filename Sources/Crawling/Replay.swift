import CaseStore
import CrawlFrontier
import Dispatch
import Synchronization
public import Vocabulary

/// Assesses the archive again with today's patterns: no network, the same chain.
public struct Replay: Sendable {
  /// An advert whose flag differs from what is stored.
  public struct Change: Sendable, Hashable {
    /// Name of the source.
    public var source: String
    /// The advert's key.
    public var key: String
    /// Where it was seen.
    public var url: String
    /// Its title.
    public var title: String?
    /// True when it would be flagged now and is not, false the other way round.
    public var isNewlyFlagged: Bool
    /// Indicators found now and not before.
    public var gained: [String]
    /// Indicators found before and not now.
    public var lost: [String]
  }

  /// What a replay went through and found.
  public struct Summary: Sendable, Hashable {
    /// Pages read from the archive.
    public var pages = 0
    /// Adverts in them.
    public var adverts = 0
    /// Of them, for review.
    public var flagged = 0
    /// Pages that could not be read, with the reason.
    public var unreadable: [String] = []
    /// Adverts whose flag differs, in the order of the archive.
    public var changes: [Change] = []

    init() {}
  }

  private let folder: DataFolder
  private let analyser: any Analysing
  private let sources: [String: Source]
  private let scopes: [String: Scope]
  private let clock: @Sendable () -> Timestamp

  /// Pages read and analysed together.
  private static let batch = 128

  /// A replay of everything in the folder; `seeds` say what the sources' pages are.
  public init(
    folder: DataFolder, seeds: SeedFolder, analyser: any Analysing,
    clock: @escaping @Sendable () -> Timestamp = { Timestamp.now }
  ) {
    self.folder = folder
    self.analyser = analyser
    self.clock = clock
    sources = Dictionary(
      uniqueKeysWithValues: seeds.entries.map { ($0.source.name, $0.source) })
    scopes = sources.mapValues { Scope($0) }
  }

  /// Runs it; with `comparing`, nothing is changed.
  ///
  /// `progress` is told how many pages are done after each batch and ends the replay by answering
  /// false.
  public func run(
    comparing: Bool, progress: (Int) -> Bool
  ) throws(CrawlError) -> Summary {
    var summary = Summary()
    var last: Int64 = 0
    do {
      while true {
        let captures = try folder.store.payloadCaptures(after: last, limit: Self.batch)
        guard let end = captures.last else { break }
        let analyses = analyse(captures, &summary)
        for analysis in analyses { try compare(analysis, &summary) }
        if !comparing { try folder.store.commit(analyses, at: clock(), admit: { _, _ in false }) }
        last = end.id
        summary.pages += captures.count
        guard progress(summary.pages) else { break }
      }
    } catch {
      throw CrawlError(error)
    }
    return summary
  }

  private func analyse(
    _ captures: [StoredCapture], _ summary: inout Summary
  ) -> [AnalysisCommit] {
    let results = Mutex<[Int: Result<AnalysisCommit, any Error>]>([:])
    DispatchQueue.concurrentPerform(iterations: captures.count) { index in
      let capture = captures[index]
      let result = Result {
        try StoredPage.analyse(
          capture, in: folder.path, with: analyser, source: sources[capture.source],
          scope: scopes[capture.source])
      }
      results.withLock { $0[index] = result }
    }
    var analyses: [AnalysisCommit] = []
    let all = results.withLock { $0 }
    for (index, capture) in captures.enumerated() {
      switch all[index] {
      case .success(let analysis): analyses.append(analysis)
      case .failure(let error): summary.unreadable.append("\(capture.url): \(error)")
      case nil: break
      }
    }
    return analyses
  }

  private func compare(_ analysis: AnalysisCommit, _ summary: inout Summary) throws {
    let before = Dictionary(
      try folder.store.assessments(of: analysis.capture).map { ($0.key, $0) },
      uniquingKeysWith: { first, _ in first })
    for advert in analysis.adverts {
      summary.adverts += 1
      summary.flagged += advert.flagged ? 1 : 0
      let old = before[advert.key]
      guard advert.flagged != (old?.flagged ?? false) else { continue }
      let now = Set(advert.hits.filter(\.inContent).map(\.indicator))
      let then = old?.indicators ?? []
      summary.changes.append(
        Change(
          source: analysis.source, key: advert.key, url: advert.url, title: advert.title,
          isNewlyFlagged: advert.flagged, gained: now.subtracting(then).sorted(),
          lost: then.subtracting(now).sorted()))
    }
    let kept = Set(analysis.adverts.map(\.key))
    for (key, old) in before.sorted(by: { $0.key < $1.key })
    where old.flagged && !kept.contains(key) {
      summary.changes.append(
        Change(
          source: analysis.source, key: key, url: old.url, title: old.title, isNewlyFlagged: false,
          gained: [], lost: old.indicators.sorted()))
    }
  }
}
