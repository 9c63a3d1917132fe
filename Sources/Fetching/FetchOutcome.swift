/// How a fetch ended; every way has a name, and the names are stored.
///
/// A failed fetch is a result and not an error: the archive, the frontier and the reports all need
/// it. The raw values are stable.
public enum FetchOutcome: String, Sendable, Hashable, CaseIterable {
  /// A whole response arrived, whatever its status.
  case fetched
  /// A conditional request was answered with 304.
  case notModified = "not-modified"
  /// The body passed `FetchLimits.maximumBodyBytes`; the first bytes are kept.
  case tooBig = "too-big"
  /// The header section passed the limit on its bytes or on its fields.
  case headersTooBig = "headers-too-big"
  /// No connection within `connectTimeout`, or no end within `totalTimeout`.
  case timedOut = "timed-out"
  /// Fewer than `lowSpeedBytes` a second for `lowSpeedSeconds`.
  case tooSlow = "too-slow"
  /// The host name has no address, or nobody answered for it.
  case dnsFailure = "dns-failure"
  /// The server's machine refused the connection.
  case connectionRefused = "connection-refused"
  /// No address of the host could be connected to, for another reason than refusal.
  case connectionFailed = "connection-failed"
  /// The TLS handshake failed or the certificate was not acceptable.
  case tlsFailure = "tls-failure"
  /// The host is at an address the source may not reach; `Exchange.refusedAddresses` has it.
  case refusedAddress = "refused-address"
  /// What came back is not HTTP.
  case badResponse = "bad-response"
  /// The connection ended before the response did; what came is kept.
  case disconnected
  /// The address has another scheme than `http` or `https`.
  case unsupportedScheme = "unsupported-scheme"
  /// The proxy could not be reached or refused to relay.
  case proxyFailure = "proxy-failure"
  /// The caller cancelled, or the fetcher was shut down.
  case cancelled
  /// The request cannot be sent as it stands: a header with a line break, an unusable host name.
  case badRequest = "bad-request"
  /// The site's robots rules forbid the address. Set by callers.
  case robots
  /// The response redirects to something that is no web address. Set by callers.
  case badRedirect = "bad-redirect"
  /// More redirects than `FetchLimits.maximumRedirects`. Set by callers.
  case tooManyRedirects = "too-many-redirects"
  /// The address is outside what the source declares. Set by callers.
  case outOfScope = "out-of-scope"
  /// Our own fault: curl refused an option or ran out of something.
  case internalError = "internal-error"

  /// Whether a whole response arrived, so that status and headers mean what they say.
  public var isResponse: Bool { self == .fetched || self == .notModified }
}
