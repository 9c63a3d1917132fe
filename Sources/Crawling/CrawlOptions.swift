public import CaseStore
public import Fetching
public import Vocabulary

/// How a crawl is run; what is fetched is up to the sources.
public struct CrawlOptions: Sendable {
  /// End when nothing is due any more, instead of waiting for what will be.
  public var once = true
  /// Visit everything known again now, whatever the schedule says; politeness holds as ever.
  public var revisit = false
  /// Fetch nothing but what sent notices are looked after at, and the pages beside them.
  public var onlyRechecks = false
  /// Join adverts to those they have something in common with, and assess them by that too.
  public var links = true
  /// With `once`, the longest time in seconds to wait for a server that asked for patience.
  public var longestWait: Double = 600
  /// What the run may spend.
  public var budget = CrawlBudget()
  /// Seconds between two requests to one address, whichever groups they are of; a group with a shorter
  /// delay keeps to that.
  public var addressSpacing: Double = 1
  /// Requests at the same time, over all groups.
  public var concurrency = 32
  /// Bytes of pages that may wait for their analysis or be in it; no new page is fetched beyond.
  public var analysisBytes = 128 << 20
  /// Pages analysed at the same time; nil is one a core.
  public var analysisWidth: Int?
  /// Seconds that requests under way may still take after the crawl was told to stop.
  public var grace: Double = 10
  /// Limits of each request.
  public var limits = FetchLimits()
  /// Bytes of a picture; of a larger one nothing is kept.
  public var maximumImageBytes = 8 << 20
  /// What reads pictures.
  public var imageReader = ImageReader()
  /// Bytes after which a WARC file is closed.
  public var maximumFileBytes: Int64 = 1 << 30
  /// Limits of each page that a browser renders.
  public var render = RenderLimits()
  /// The browser for sources that want one; nil when none is installed.
  public var browser: String? = BrowserProcess.program
  /// Browsers that run at once.
  public var browsers = 2
  /// Name and version of the program, as recorded with everything.
  public var software: String
  /// Who runs it.
  public var actor: Actor
  /// Whom to write to about the crawl, for sources that do not say; goes into `User-Agent`.
  public var contact: String?

  public init(software: String, actor: Actor) {
    self.software = software
    self.actor = actor
  }
}

/// Where a crawl stands: what its progress shows.
public struct CrawlProgress: Sendable, Hashable {
  /// Why a group makes no request at the moment.
  public struct Waiting: Sendable, Hashable {
    /// The group.
    public var group: String
    /// When it may make one.
    public var until: Timestamp
    /// True when its server asked for it.
    public var isBlocked: Bool
  }

  /// When the crawl began.
  public var startedAt: Timestamp
  /// Exchanges committed, robots.txt among them.
  public var exchanges = 0
  /// Pages committed.
  public var pages = 0
  /// Of them, unchanged ones.
  public var unchanged = 0
  /// Pages that brought no answer, or an error.
  public var failures = 0
  /// Addresses not fetched because of robots.txt or scope.
  public var refused = 0
  /// Bytes received.
  public var bytes = 0
  /// Adverts never seen before.
  public var adverts = 0
  /// Adverts that are for review and were not before.
  public var flagged = 0
  /// Pages set aside because their analysis failed.
  public var quarantined = 0
  /// Requests under way.
  public var inFlight = 0
  /// Groups that have something due and wait.
  public var waiting: [Waiting] = []

  init(startedAt: Timestamp) { self.startedAt = startedAt }
}
