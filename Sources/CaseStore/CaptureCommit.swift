public import CrawlFrontier
public import Vocabulary

/// A record of a WARC file as the store keeps it.
public struct StoredMember: Sendable, Hashable {
  /// Path of the file, relative to the data directory.
  public var file: String
  /// Byte offset of the gzip member.
  public var offset: Int64
  /// Bytes of the member.
  public var length: Int64
  /// SHA-256 of the member as it lies in the file, 32 bytes.
  public var digest: [UInt8]
  /// `WARC-Record-ID`, without angle brackets.
  public var recordID: String
  /// `WARC-Type`.
  public var type: String

  public init(
    file: String, offset: Int64, length: Int64, digest: [UInt8], recordID: String, type: String
  ) {
    self.file = file
    self.offset = offset
    self.length = length
    self.digest = digest
    self.recordID = recordID
    self.type = type
  }
}

/// What a visit leaves on its address: when to come again and with which validators.
public struct AddressVisit: Sendable, Hashable {
  /// When it is due again; nil is never.
  public var dueAt: Timestamp?
  /// Order within its group.
  public var priority: VisitPriority
  /// `ETag` to send with the next request.
  public var etag: String?
  /// `Last-Modified` to send with the next request.
  public var lastModified: String?
  /// All visits so far, this one among them.
  public var history: VisitHistory
  /// True when this capture, not an earlier one, now holds the page's newest payload.
  public var holdsPayload: Bool
  /// What is known of the listing now; nil when the visit says nothing of it.
  public var yield: StoredYield?

  public init(
    dueAt: Timestamp?, priority: VisitPriority, etag: String?, lastModified: String?,
    history: VisitHistory, holdsPayload: Bool, yield: StoredYield? = nil
  ) {
    self.yield = yield
    self.dueAt = dueAt
    self.priority = priority
    self.etag = etag
    self.lastModified = lastModified
    self.history = history
    self.holdsPayload = holdsPayload
  }
}

/// Everything one exchange leaves behind, committed at once after its records are on disk.
public struct CaptureCommit: Sendable {
  /// What becomes of the payload next.
  public enum Analysis: String, Sendable { case none, waiting }

  /// The address that was visited; nil for robots.txt.
  public var address: Int64?
  /// Name of the source.
  public var source: String
  /// The URL as requested.
  public var url: String
  /// `page` or `robots`.
  public var purpose: String
  /// When the exchange began.
  public var beganAt: Timestamp
  /// When it ended.
  public var endedAt: Timestamp
  /// Name of the outcome.
  public var outcome: String
  /// What else is to say of the outcome.
  public var detail: String?
  /// HTTP status.
  public var status: Int?
  /// Media type of the response, without parameters.
  public var mediaType: String?
  /// SHA-256 of the payload as received, 32 bytes; nil when there was none.
  public var payloadDigest: [UInt8]?
  /// Bytes of the payload as received.
  public var payloadLength: Int64?
  /// The earlier capture whose payload this one repeats.
  public var payloadOf: Int64?
  /// Seconds for which it is kept; nil for the general rule.
  public var retention: Int64?
  /// The records of the exchange.
  public var members: [StoredMember]
  /// What becomes of the payload next.
  public var analysis: Analysis
  /// What the visit leaves on its address.
  public var visit: AddressVisit?
  /// The politeness group's state after the exchange.
  public var group: GroupState?
  /// The robots.txt that was fetched.
  public var robots: StoredRobots?
  /// Addresses that the exchange itself names, such as a redirect's target.
  public var found: [FoundAddress]
  /// What is kept of the picture that was fetched.
  public var image: StoredImage?

  public init(
    address: Int64?, source: String, url: String, purpose: String, beganAt: Timestamp,
    endedAt: Timestamp, outcome: String, detail: String?, status: Int?, mediaType: String?,
    payloadDigest: [UInt8]?, payloadLength: Int64?, payloadOf: Int64?, retention: Int64? = nil,
    members: [StoredMember], analysis: Analysis, visit: AddressVisit?, group: GroupState?,
    robots: StoredRobots?,
    found: [FoundAddress]
  ) {
    self.address = address
    self.source = source
    self.url = url
    self.purpose = purpose
    self.beganAt = beganAt
    self.endedAt = endedAt
    self.outcome = outcome
    self.detail = detail
    self.status = status
    self.mediaType = mediaType
    self.payloadDigest = payloadDigest
    self.payloadLength = payloadLength
    self.payloadOf = payloadOf
    self.retention = retention
    self.members = members
    self.analysis = analysis
    self.visit = visit
    self.group = group
    self.robots = robots
    self.found = found
  }
}

/// An address to add to the frontier, unless the source knows it already.
public struct FoundAddress: Sendable, Hashable {
  /// Canonical URL.
  public var url: String
  /// Politeness group.
  public var group: String
  /// What the source's rules say it is.
  public var kind: AddressKind
  /// Links from a start address.
  public var depth: Int
  /// Order within its group.
  public var priority: VisitPriority
  /// When it is due.
  public var dueAt: Timestamp
  /// What addresses like it have in common, as the trap guards learned it.
  public var shape: UInt64?
  /// What it has in common with all addresses below its first path segment.
  public var section: UInt64?
  /// It waits until pages of its shape have brought something.
  public var isHeld = false
  /// Only a page that says the same as others leads to it; it waits until another does.
  public var isDoubted = false

  public init(
    url: String, group: String, kind: AddressKind, depth: Int, priority: VisitPriority,
    dueAt: Timestamp
  ) {
    self.url = url
    self.group = group
    self.kind = kind
    self.depth = depth
    self.priority = priority
    self.dueAt = dueAt
  }
}

/// What is known of an origin's robots.txt.
public struct StoredRobots: Sendable, Hashable {
  /// Scheme, host and port.
  public var origin: String
  /// `rules`, `none` or `unreachable`.
  public var kind: String
  /// The file, when there is one.
  public var body: [UInt8]?
  /// When it was fetched.
  public var fetchedAt: Timestamp
  /// When it has to be fetched again.
  public var expiresAt: Timestamp

  public init(
    origin: String, kind: String, body: [UInt8]?, fetchedAt: Timestamp, expiresAt: Timestamp
  ) {
    self.origin = origin
    self.kind = kind
    self.body = body
    self.fetchedAt = fetchedAt
    self.expiresAt = expiresAt
  }
}
