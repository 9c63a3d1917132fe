public import Vocabulary
public import WebAddress

/// One request and what became of it: all that evidence needs, bytes as they were on the wire.
public struct Exchange: Sendable, Hashable {
  public var address: Address
  public var method: HTTPMethod
  public var outcome: FetchOutcome
  /// What went wrong, for people; curl's or the resolver's words.
  public var detail: String?
  /// When the request left the queue: name resolution began, or the connection was taken.
  public var started: Timestamp
  public var finished: Timestamp
  public var durations: Durations

  /// The request's head as sent, ending in an empty line; empty if none was sent.
  ///
  /// HTTP/2 has no such text: for it this is curl's rendering in the form of HTTP/1.
  public var requestHead: [UInt8]
  public var requestBody: [UInt8]
  /// The final response's head as received, ending in an empty line; empty if none came.
  ///
  /// For HTTP/2 it is curl's rendering, with `HTTP/2` in the status line.
  public var responseHead: [UInt8]
  /// Heads of interim (1xx) responses, each as received, in order.
  public var interimHeads: [[UInt8]]
  /// Trailer lines after the body, as received.
  public var trailers: [UInt8]
  /// Status of the final response.
  public var status: Int?
  /// Fields of the final response; trailers are not among them.
  public var headers: HeaderFields
  /// The body with the transfer encoding removed and the content encoding kept.
  public var body: [UInt8]
  /// Why the body is not whole, when it is not.
  public var truncated: Truncation?

  /// `http/1.0`, `http/1.1` or `h2`.
  public var httpVersion: String?
  /// The server's end; the proxy's when there is one.
  public var remote: Endpoint?
  public var local: Endpoint?
  /// Whether the connection served an earlier request.
  public var connectionReused: Bool
  public var viaProxy: Bool
  /// Every address the host's name resolved to, in the resolver's order, before connecting.
  ///
  /// Empty for address literals and through a proxy, which resolves by itself. On a reused
  /// connection `remote` may be of an earlier answer.
  public var resolved: [IPAddress]
  /// Addresses the guard forbade.
  public var refusedAddresses: [IPAddress]
  public var tls: TLSSession?

  public init(
    address: Address, method: HTTPMethod = .get, outcome: FetchOutcome, detail: String? = nil,
    started: Timestamp, finished: Timestamp, durations: Durations = Durations(),
    requestHead: [UInt8] = [], requestBody: [UInt8] = [], responseHead: [UInt8] = [],
    interimHeads: [[UInt8]] = [], trailers: [UInt8] = [], status: Int? = nil,
    headers: HeaderFields = HeaderFields(), body: [UInt8] = [], truncated: Truncation? = nil,
    httpVersion: String? = nil, remote: Endpoint? = nil, local: Endpoint? = nil,
    connectionReused: Bool = false, viaProxy: Bool = false, resolved: [IPAddress] = [],
    refusedAddresses: [IPAddress] = [], tls: TLSSession? = nil
  ) {
    self.address = address
    self.method = method
    self.outcome = outcome
    self.detail = detail
    self.started = started
    self.finished = finished
    self.durations = durations
    self.requestHead = requestHead
    self.requestBody = requestBody
    self.responseHead = responseHead
    self.interimHeads = interimHeads
    self.trailers = trailers
    self.status = status
    self.headers = headers
    self.body = body
    self.truncated = truncated
    self.httpVersion = httpVersion
    self.remote = remote
    self.local = local
    self.connectionReused = connectionReused
    self.viaProxy = viaProxy
    self.resolved = resolved
    self.refusedAddresses = refusedAddresses
    self.tls = tls
  }
}

extension Exchange {
  /// Seconds from the start of the exchange, each including those before it; nil if not reached.
  public struct Durations: Sendable, Hashable {
    /// Waiting for a free place, before `started`.
    public var queued: Double
    public var resolved: Double?
    public var connected: Double?
    public var secured: Double?
    public var firstByte: Double?
    public var total: Double

    public init(
      queued: Double = 0, resolved: Double? = nil, connected: Double? = nil,
      secured: Double? = nil, firstByte: Double? = nil, total: Double = 0
    ) {
      self.queued = queued
      self.resolved = resolved
      self.connected = connected
      self.secured = secured
      self.firstByte = firstByte
      self.total = total
    }
  }
}
