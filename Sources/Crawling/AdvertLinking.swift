import Analysis
import Assessment
public import CaseStore
import CrawlFrontier
import Extraction
public import Linking
import Markup
import Matching
public import Vocabulary

/// Joins adverts that are stored to those they have something in common with, and assesses again what
/// that changes: the third transaction of a page.
///
/// An advert waits from the transaction that stored it until the one that links it, so that a crash
/// between them loses nothing.
public struct AdvertLinking: Sendable {
  private let store: CaseStore
  private let analyser: @Sendable () -> any Analysing
  private let countries: [String: String]

  /// Adverts that are linked in one transaction.
  static let batch = 200

  /// Linking in a folder; `seeds` say which country a source is about.
  public init(folder: DataFolder, seeds: SeedFolder, analyser: any Analysing) {
    self.init(
      store: folder.store, sources: seeds.entries.map(\.source), analyser: { analyser.current })
  }

  /// `analyser` gives what adverts are assessed with now; whoever reads the custody log has to find it
  /// there before.
  init(
    store: CaseStore, sources: [Source], analyser: @escaping @Sendable () -> any Analysing
  ) {
    self.store = store
    self.analyser = analyser
    countries = Dictionary(
      sources.compactMap { source in source.country.map { (source.name, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// Links everything that waits; `progress` is told how many adverts are done after each transaction
  /// and ends the linking by answering false.
  @discardableResult
  public func run(
    at clock: () -> Timestamp, progress: (Int) -> Bool = { _ in true }
  ) throws(CrawlError) -> LinkTotals {
    var totals = LinkTotals()
    do {
      while try store.waitingLinks() > 0 {
        totals.add(try step(at: clock()))
        guard progress(totals.linked) else { break }
      }
    } catch {
      throw CrawlError(error)
    }
    return totals
  }

  /// Links a batch of what waits.
  func step(at now: Timestamp) throws -> LinkTotals {
    try store.link(most: Self.batch, at: now, handlers)
  }

  /// Records a person's decision about clusters and assesses again what it changes.
  public func decide(
    _ act: ClusterDecision.Act, why: String, by actor: Actor, at now: Timestamp
  ) throws(CrawlError) -> (decision: Int64, totals: LinkTotals) {
    do {
      return try store.decide(act, why: why, by: actor, at: now, handlers)
    } catch {
      throw CrawlError(error)
    }
  }

  /// What linking knows of a stored advert: the words it shows now, and of its earlier texts whom they
  /// named, how to reach them, where, and when.
  private func linked(_ advert: LinkableAdvert) -> LinkedAdvert? {
    var known: LinkedAdvert?
    for version in advert.versions {
      guard let read = version.advert else { continue }
      var linked = LinkedAdvert(
        id: advert.id, source: advert.source, advert: read, seen: version.seen,
        country: countries[advert.source],
        images: version.images.filter(\.links).map {
          ImagePrint(sha256: $0.sha256, likeness: $0.likeness)
        })
      linked.key = advert.key
      if known == nil { known = linked } else { known?.takeHistory(of: linked) }
    }
    return known
  }

  /// Reads stored adverts, and assesses them with the patterns in force now.
  private var handlers: LinkHandlers {
    let analyser = analyser()
    return LinkHandlers(
      read: { linked($0) },
      matters: { before, now in
        before.isEmpty
          || analyser.linkageMatters(
            from: [Measure: MeasuredValue](linkage: before),
            to: [Measure: MeasuredValue](linkage: now))
      },
      assess: { version, source, measures in
        guard let record = version.json, let advert = version.advert(of: record),
          let found = analyser.reassess(
            advert, country: countries[source], linkage: measures.measured),
          let written = ScanRecord.reassessed(record, as: found, text: advert.text)
        else { return nil }
        return Reassessment(
          found, record: written, version: version.assessed(with: analyser.version))
      })
  }
}

extension LinkableAdvert.Version {
  fileprivate var json: JSONValue? { JSONValue(parsing: Array(record.utf8)) }

  /// The advert as it was read when it was stored.
  fileprivate var advert: Advert? { json.flatMap { advert(of: $0) } }

  /// The same of a record that is parsed already.
  fileprivate func advert(of record: JSONValue) -> Advert? {
    Advert(
      record: record, text: Array(text.utf8), title: title, form: form, language: language)
  }

  /// Read as before, assessed with what is in force now.
  fileprivate func assessed(with now: AnalysisVersion) -> String {
    guard var version = AnalysisVersion(self.version) else { return self.version }
    version.patterns = now.patterns
    return version.text
  }
}

extension LinkedAdvert {
  fileprivate mutating func takeHistory(of earlier: LinkedAdvert) {
    sightings += earlier.sightings
    names += earlier.names.filter { !names.contains($0) }
    ages += earlier.ages.filter { !ages.contains($0) }
    images += earlier.images.filter { !images.contains($0) }
    selectors += earlier.selectors.filter { selector in
      !selectors.contains { $0.kind == selector.kind && $0.value == selector.value }
    }
  }
}

extension Reassessment {
  fileprivate init(_ found: AnalysedAdvert, record: JSONValue, version: String) {
    var bytes: [UInt8] = []
    record.write(to: &bytes)
    self.init(
      version: version, record: String(decoding: bytes, as: UTF8.self),
      flagged: found.assessment.flagged, lane: found.assessment.lane,
      priority: found.assessment.priority, barriers: found.assessment.barriers,
      rule: found.assessment.rule, hits: found.recordedHits.map(StoredHit.init))
  }
}

extension StoredHit {
  init(_ hit: ScanRecord.Hit) {
    self.init(
      indicator: hit.indicator, pattern: hit.pattern, packVersion: hit.packVersion,
      range: hit.range, inContent: hit.inContent)
  }
}
