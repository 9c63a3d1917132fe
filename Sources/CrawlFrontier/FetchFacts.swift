/// What politeness and scheduling need to know about a fetch that ended.
public struct FetchFacts: Sendable, Hashable {
  /// HTTP status of the last answer; nil when there was none.
  public var status: Int?
  /// Why there was no usable answer; nil when there was one.
  public var failure: FetchTrouble?
  /// Seconds from the request to the end of the answer.
  public var latency: Double
  /// The value of the `Retry-After` header as it came.
  public var retryAfter: String?
  /// Requests that went out, redirects included.
  public var requests: Int

  public init(
    status: Int? = nil, failure: FetchTrouble? = nil, latency: Double = 0,
    retryAfter: String? = nil, requests: Int = 1
  ) {
    self.status = status
    self.failure = failure
    self.latency = latency
    self.retryAfter = retryAfter
    self.requests = requests
  }
}

/// Why a fetch gave no usable answer, as far as politeness treats them apart.
public enum FetchTrouble: String, Sendable, Hashable, Codable, CaseIterable {
  /// The server took too long.
  case timeout
  /// No connection, or it broke: refused, reset, unreachable, TLS, bad protocol.
  case connection
  /// The name did not resolve.
  case nameResolution = "name-resolution"
  /// The answer broke a limit of ours; the server did nothing wrong.
  case limit
  /// We did not ask: address guard, stop, cancelled.
  case notAsked = "not-asked"
}
