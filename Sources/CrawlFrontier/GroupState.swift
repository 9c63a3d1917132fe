public import Vocabulary

/// How one politeness group stands: hosts that share one budget of requests.
///
/// Plain fields, because the store writes them down before each fetch: what is restored after a crash
/// is never earlier than what was true, so a crash makes the crawler slower, never ruder.
public struct GroupState: Sendable, Hashable {
  /// Registrable domain, address literal, or the name an operator gave.
  public var key: String
  /// Seconds between the starts of two requests, with everything counted in.
  public var delay: Double
  /// No request starts before this.
  public var nextAllowed: Timestamp
  /// The servers asked us to stay away, or failed; no request starts before this.
  public var blockedUntil: Timestamp?
  /// How often in a row 429 or 503 came without half an hour of quiet.
  public var backoffStep: Int
  /// How often in a row connections failed or timed out.
  public var failureStep: Int
  /// When the last 429, 503 or failure came.
  public var lastFailure: Timestamp?
  /// Seconds that robots.txt asks for.
  public var crawlDelay: Double?
  /// Seconds between the starts of two requests that the server's answers have taught; 0 for no more
  /// than the delay.
  public var pace: Double
  /// The longest spacing at which the server refused a request; 0 when it never did.
  public var refusedPace: Double
  /// Addresses of its servers, as last looked up.
  public var peers: [String]
  /// Requests that are out now; not worth storing, since after a crash none is.
  public var inFlight: Int

  public init(
    key: String, delay: Double = Politeness.defaultDelay,
    nextAllowed: Timestamp = Timestamp(milliseconds: 0), blockedUntil: Timestamp? = nil,
    backoffStep: Int = 0, failureStep: Int = 0, lastFailure: Timestamp? = nil,
    crawlDelay: Double? = nil, pace: Double = 0, refusedPace: Double = 0, peers: [String] = [],
    inFlight: Int = 0
  ) {
    self.key = key
    self.delay = delay
    self.nextAllowed = nextAllowed
    self.blockedUntil = blockedUntil
    self.backoffStep = backoffStep
    self.failureStep = failureStep
    self.lastFailure = lastFailure
    self.crawlDelay = crawlDelay
    self.pace = pace
    self.refusedPace = refusedPace
    self.peers = peers
    self.inFlight = inFlight
  }

  /// Seconds between the starts of two requests: what was asked for, or more where that was learned.
  public var spacing: Double { max(delay, pace) }

  /// The first moment at which a request may start.
  public var open: Timestamp { max(nextAllowed, blockedUntil ?? nextAllowed) }
}
