/// Where the guards against endless sites draw the line.
///
/// The counted limits hold per source and count only what is neither an advert nor a listing, except
/// where said otherwise: a site may have any number of adverts.
public struct TrapLimits: Sendable, Hashable {
  /// Bytes of path and query.
  public var maximumLength: Int
  /// Path segments.
  public var maximumSegments: Int
  /// Times the same segment, or the same run of up to four segments, may follow itself.
  public var maximumRepeats: Int
  /// Query parameters.
  public var maximumParameters: Int
  /// Times one parameter name may occur in a query.
  public var maximumSameParameter: Int
  /// Addresses of one shape: host and path with digits and long tokens made equal, and parameter names.
  public var pagesPerShape: Int
  /// Addresses of one shape that has a date in it.
  public var pagesPerCalendar: Int
  /// Addresses in one directory: the path up to its last slash.
  public var pagesPerDirectory: Int
  /// Addresses below one first path segment.
  public var pagesPerSection: Int
  /// Different sequences of parameter names on one path; holds for listings too.
  public var combinationsPerPath: Int
  /// Counters that are held; when they run out, what would need a new one is rejected.
  public var maximumCounters: Int
  /// How far addresses of one shape are fetched before they bring anything.
  public var trust: ShapeTrust

  public init(
    maximumLength: Int = 2048, maximumSegments: Int = 20, maximumRepeats: Int = 3,
    maximumParameters: Int = 24, maximumSameParameter: Int = 8, pagesPerShape: Int = 500,
    pagesPerCalendar: Int = 24, pagesPerDirectory: Int = 1000, pagesPerSection: Int = 5000,
    combinationsPerPath: Int = 32, maximumCounters: Int = 60_000, trust: ShapeTrust = ShapeTrust()
  ) {
    self.trust = trust
    self.maximumLength = maximumLength
    self.maximumSegments = maximumSegments
    self.maximumRepeats = maximumRepeats
    self.maximumParameters = maximumParameters
    self.maximumSameParameter = maximumSameParameter
    self.pagesPerShape = pagesPerShape
    self.pagesPerCalendar = pagesPerCalendar
    self.pagesPerDirectory = pagesPerDirectory
    self.pagesPerSection = pagesPerSection
    self.combinationsPerPath = combinationsPerPath
    self.maximumCounters = maximumCounters
  }
}
