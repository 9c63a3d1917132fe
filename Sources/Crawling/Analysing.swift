public import Analysis
public import Extraction
public import Matching
import Synchronization

/// The pure chain as the crawler uses it; a test may put something else in its place.
public protocol Analysing: Sendable {
  /// Identifies program and patterns.
  var version: AnalysisVersion { get }
  /// What the next page is to be analysed with; its `version` is the one to record with that page.
  ///
  /// One that never changes is its own; one that follows a folder of packs gives what is in force.
  var current: any Analysing { get }
  /// Analyses one page.
  func analyse(_ input: PageInput) -> PageAnalysis
  /// Matches and assesses an advert that is read already; nil when it only analyses whole pages.
  ///
  /// `linkage` is what its links to other adverts measure; none where nobody looked.
  func reassess(
    _ advert: Advert, country: String?, linkage: [Measure: MeasuredValue]
  ) -> AnalysedAdvert?
  /// Whether assessments by these measures of links may differ, whatever else an advert says.
  func linkageMatters(
    from before: [Measure: MeasuredValue], to now: [Measure: MeasuredValue]
  ) -> Bool
}

extension Analysing {
  public var current: any Analysing { self }
  public func reassess(
    _ advert: Advert, country: String?, linkage: [Measure: MeasuredValue]
  ) -> AnalysedAdvert? { nil }

  public func linkageMatters(
    from before: [Measure: MeasuredValue], to now: [Measure: MeasuredValue]
  ) -> Bool { before != now }
}

extension PageAnalyser: Analysing {
  public func reassess(
    _ advert: Advert, country: String?, linkage: [Measure: MeasuredValue]
  ) -> AnalysedAdvert? {
    assess(advert, country: country, linkage: linkage).advert
  }
}

/// The analyser that a crawl uses now, known to all its lanes.
final class AnalyserInForce: Sendable {
  private let held: Mutex<any Analysing>

  init(_ analyser: any Analysing) { held = Mutex(analyser) }

  var current: any Analysing {
    get { held.withLock { $0 } }
    set { held.withLock { $0 = newValue } }
  }
}
