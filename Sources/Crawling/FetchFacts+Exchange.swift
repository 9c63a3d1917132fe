import CrawlFrontier
import Fetching

extension FetchFacts {
  /// What the frontier has to know of an exchange; `hops` are the requests it took.
  init(_ exchange: Exchange, hops: Int = 1) {
    self.init(
      status: exchange.outcome.isResponse || exchange.outcome == .tooBig ? exchange.status : nil,
      failure: FetchTrouble(exchange.outcome), latency: exchange.durations.total,
      retryAfter: exchange.headers["retry-after"], requests: hops)
  }
}

extension FetchTrouble {
  fileprivate init?(_ outcome: FetchOutcome) {
    switch outcome {
    case .fetched, .notModified: return nil
    case .timedOut, .tooSlow: self = .timeout
    case .dnsFailure: self = .nameResolution
    case .tooBig, .headersTooBig: self = .limit
    case .connectionRefused, .connectionFailed, .tlsFailure, .badResponse, .disconnected,
      .proxyFailure, .tooManyRedirects, .badRedirect:
      self = .connection
    case .refusedAddress, .unsupportedScheme, .cancelled, .badRequest, .robots, .outOfScope,
      .internalError:
      self = .notAsked
    }
  }
}
