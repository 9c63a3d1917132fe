import Analysis
import CaseStore
import CrawlFrontier
import Dispatch
import Synchronization
public import Vocabulary

/// Assesses the archive again with today's patterns: no network, the same chain.
public struct Replay: Sendable {
  let folder: DataFolder
  let analyser: any Analysing
  let sources: [String: Source]
  let scopes: [String: Scope]
  /// Digests of the sources' definitions.
  let definitions: [String: String]
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
    definitions = seeds.definitions
  }

  /// Assesses everything again and stores what comes of it; with `links` adverts are linked anew, and assessed by that.
  ///
  /// `progress` is told how many pages are done after each batch and ends the replay by answering
  /// false.
  public func run(links: Bool = true, progress: (Int) -> Bool) throws(CrawlError) -> Summary {
    var summary = Summary()
    var last: Int64 = 0
    do {
      while true {
        let captures = try folder.store.payloadCaptures(after: last, limit: Self.batch)
        guard let end = captures.last else { break }
        let analyses = analyse(captures, &summary)
        for analysis in analyses { try compare(analysis, &summary) }
        try folder.store.commit(analyses, at: clock(), admit: { _, _ in nil })
        last = end.id
        summary.pages += captures.count
        summary.reread += captures.count
        guard progress(summary.pages) else { return summary }
      }
    } catch {
      throw CrawlError(error)
    }
    guard links else { return summary }
    summary.links = try AdvertLinking(
      store: folder.store, sources: Array(sources.values), analyser: { analyser }
    ).run(at: clock)
    return summary
  }

  private func analyse(
    _ captures: [StoredCapture], _ summary: inout Summary
  ) -> [AnalysisCommit] {
    let results = Mutex<[Int: Result<AnalysisCommit, any Error>]>([:])
    DispatchQueue.concurrentPerform(iterations: captures.count) { index in
      let result = Result { try reread(captures[index]).commit }
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

  /// A page's analysis from the archive.
  func reread(
    _ capture: StoredCapture
  ) throws -> (page: PageAnalysis, commit: AnalysisCommit) {
    try StoredPage.analysis(
      of: capture, in: folder.path, with: analyser, source: sources[capture.source],
      scope: scopes[capture.source], definition: definitions[capture.source],
      linkage: { key, digest in
        try folder.store.linkage(source: capture.source, key: key, textDigest: digest)
      })
  }

  /// Holds a page's adverts against what is stored of it.
  func compare(_ analysis: AnalysisCommit, _ summary: inout Summary) throws {
    let before = Dictionary(
      try folder.store.assessments(of: analysis.capture).map { ($0.key, $0) },
      uniquingKeysWith: { first, _ in first })
    for advert in analysis.adverts {
      summary.adverts += 1
      summary.flagged += advert.flagged ? 1 : 0
      let old = before[advert.key]
      guard advert.flagged != (old?.flagged ?? false) else { continue }
      summary.changes.append(
        Change(
          source: analysis.source, key: advert.key, url: advert.url, title: advert.title,
          isNewlyFlagged: advert.flagged, now: Findings(advert.hits),
          then: Findings(old?.patterns ?? [:])))
    }
    let kept = Set(analysis.adverts.map(\.key))
    for (key, old) in before.sorted(by: { $0.key < $1.key })
    where old.flagged && !kept.contains(key) {
      summary.changes.append(
        Change(
          source: analysis.source, key: key, url: old.url, title: old.title, isNewlyFlagged: false,
          now: Findings([:]), then: Findings(old.patterns)))
    }
  }
}
