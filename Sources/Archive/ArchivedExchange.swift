public import Bytes
public import Vocabulary

/// One exchange with a server, or the attempt at one, as it goes into the archive.
public struct ArchivedExchange: Sendable {
  /// Why a body is not all that the server had (WARC 1.1 section 5.13).
  public enum Truncation: String, Sendable, Hashable, CaseIterable {
    case length, time, disconnect, unspecified
  }

  /// What is known of the TLS session.
  public struct TLS: Sendable, Hashable {
    /// As OpenSSL names it: `TLSv1.3`.
    public var version: String
    public var cipher: String
    /// The certificates the server sent, its own first, each in DER.
    public var chain: [[UInt8]]

    public init(version: String, cipher: String, chain: [[UInt8]]) {
      self.version = version
      self.cipher = cipher
      self.chain = chain
    }
  }

  /// The address asked for, without its fragment.
  public var url: String
  /// When the capture began; archived in whole seconds.
  public var date: Timestamp
  /// The request as it was sent, head and body; empty when nothing was sent.
  public var request: [UInt8]
  /// The head of the response as it was received, through its blank line; empty when none came.
  public var responseHead: [UInt8]
  /// The body as received, without transfer coding and with its content coding.
  public var body: [UInt8]
  /// `http/1.0`, `http/1.1` or `h2`; nil when no connection was made.
  public var httpProtocol: String?
  /// The server's address, as text.
  public var remoteAddress: String?
  /// How the fetch ended, by the fetcher's name for it.
  public var outcome: String
  public var truncated: Truncation?
  /// What the name resolved to, in the order of the answer.
  public var dnsAnswers: [String]
  public var tls: TLS?
  /// Whether only the digest and the length of the body are archived, not the body.
  public var isBodyWithheld = false
  /// What else belongs to the evidence (who, which run, clock offset…), in this order.
  public var notes: [(name: String, value: String)]

  public init(
    url: String, date: Timestamp, request: [UInt8] = [], responseHead: [UInt8] = [],
    body: [UInt8] = [], httpProtocol: String? = nil, remoteAddress: String? = nil,
    outcome: String, truncated: Truncation? = nil, dnsAnswers: [String] = [], tls: TLS? = nil,
    notes: [(name: String, value: String)] = []
  ) {
    self.url = url
    self.date = date
    self.request = request
    self.responseHead = responseHead
    self.body = body
    self.httpProtocol = httpProtocol
    self.remoteAddress = remoteAddress
    self.outcome = outcome
    self.truncated = truncated
    self.dnsAnswers = dnsAnswers
    self.tls = tls
    self.notes = notes
  }
}

/// A capture that a later one may refer to instead of holding the same body again.
public struct EarlierCapture: Sendable, Hashable {
  /// The `response` record's identifier, without angle brackets.
  public var recordID: String
  public var targetURI: String
  public var date: Timestamp
  /// Of the body, as `CaptureRecords.payloadDigest` gave it.
  public var payloadDigest: SHA256Digest

  public init(
    recordID: String, targetURI: String, date: Timestamp, payloadDigest: SHA256Digest
  ) {
    self.recordID = recordID
    self.targetURI = targetURI
    self.date = date
    self.payloadDigest = payloadDigest
  }
}
