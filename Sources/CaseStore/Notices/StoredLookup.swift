import Bytes
public import Vocabulary

/// One look-up of who can be written to: what was asked of whom, and what came back.
public struct StoredLookup: Sendable, Hashable {
  /// Whom it was asked of.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case bootstrap, rdap, whois, dns
    case securityText = "security.txt"
  }

  /// Row number; 0 before it is stored.
  public var id: Int64 = 0
  public var kind: Kind
  /// What it is about: an address, a domain, `AS64500`, or the name of a file.
  public var target: String
  /// Who was asked.
  public var server: String
  /// What was asked, as it went out: an address of the web, a line, or type and name.
  public var query: String
  public var askedAt: Timestamp
  /// How it ended, as a name of `FetchOutcome` or `DNSReply.Outcome`.
  public var outcome: String
  /// Status of HTTP.
  public var status: Int?
  /// What went wrong or was noticed, for people.
  public var detail: String
  /// The end of the connection that answered, where there is one.
  public var endpoint: String?
  /// The answer's bytes; empty when none came or when it was erased.
  public var answer: [UInt8]
  /// SHA-256 of what the answer was.
  public var digest: [UInt8]
  /// When the answer was erased.
  public var erasedAt: Timestamp?

  /// Most bytes of an answer.
  public static let longestAnswer = 4 << 20

  public init(
    kind: Kind, target: String, server: String, query: String, askedAt: Timestamp, outcome: String,
    status: Int? = nil, detail: String = "", endpoint: String? = nil, answer: [UInt8]
  ) {
    self.kind = kind
    self.target = target
    self.server = server
    self.query = query
    self.askedAt = askedAt
    self.outcome = outcome
    self.status = status
    self.detail = detail
    self.endpoint = endpoint
    self.answer = answer
    digest = SHA256.hash(answer).bytes
  }

  /// What makes two look-ups the same question.
  public var key: String { Self.key(kind, server: server, query: query) }

  public static func key(_ kind: Kind, server: String, query: String) -> String {
    "\(kind.rawValue) \(server) \(query)"
  }

  /// Whether somebody answered, if only that there is nothing.
  public var isAnswered: Bool {
    guard ["fetched", "answered", "empty", "no-such-name"].contains(outcome) else { return false }
    return status.map { (200..<300).contains($0) || $0 == 404 || $0 == 410 } ?? true
  }

  /// Whether there is something in it to read.
  public var hasContent: Bool {
    isAnswered && erasedAt == nil && !answer.isEmpty && (status.map { $0 < 300 } ?? true)
  }
}

/// Somebody who was found in a search.
public struct StoredContact: Sendable, Hashable {
  public var id: Int64 = 0
  public var host: String
  public var rung: Int
  /// 1 for who is written to, when nothing refuses it.
  public var place: Int
  public var target: String
  /// Nil when refused.
  public var recipient: String?
  /// What the answer said.
  public var said: String
  public var refusal: String?
  public var organisation: String
  public var source: String
  public var confidence: String
  public var reason: String
  public var lookup: Int64?
  public var at: Timestamp

  public init(
    host: String, rung: Int, place: Int, target: String, recipient: String?, said: String,
    refusal: String?, organisation: String, source: String, confidence: String, reason: String,
    lookup: Int64?, at: Timestamp
  ) {
    self.host = host
    self.rung = rung
    self.place = place
    self.target = target
    self.recipient = recipient
    self.said = said
    self.refusal = refusal
    self.organisation = organisation
    self.source = source
    self.confidence = confidence
    self.reason = reason
    self.lookup = lookup
    self.at = at
  }
}
