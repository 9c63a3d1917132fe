public import Vocabulary
public import WebAddress

/// What an address is to its source.
public enum AddressKind: String, Sendable, Hashable, Codable, CaseIterable {
  case listing, advert, other
  /// A picture of an advert, fetched once for its hashes.
  case image

  /// The kind of page that the address promises; nil when it promises none.
  public var pageKind: PageKind? {
    switch self {
    case .listing: .listing
    case .advert: .advert
    case .other, .image: nil
    }
  }
}

/// In which order a group's addresses are fetched, first to last.
public enum VisitPriority: Int, Sendable, Hashable, Codable, CaseIterable, Comparable {
  /// A start address of a source.
  case start = 0
  /// A page that lists adverts.
  case listing = 1
  /// An advert never seen before.
  case newAdvert = 2
  /// An advert seen before.
  case revisit = 3
  /// Anything else.
  case other = 4

  public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

  /// The priority of an address of this kind.
  public init(kind: AddressKind, isStart: Bool, wasVisited: Bool) {
    switch kind {
    case _ where isStart: self = .start
    case .listing: self = .listing
    case .advert: self = wasVisited ? .revisit : .newAdvert
    case .other, .image: self = .other
    }
  }
}

/// An address that waits in the store for its turn.
public struct QueuedAddress: Sendable, Hashable {
  /// The store's own number for it.
  public var id: Int64
  /// In canonical form.
  public var address: Address
  /// Name of the source it belongs to.
  public var source: String
  /// Politeness group.
  public var group: String
  public var kind: AddressKind
  public var priority: VisitPriority
  /// Links from a start address.
  public var depth: Int
  /// When the visit is due.
  public var due: Timestamp
  /// Validators of the last answer, for a conditional request (RFC 9110 section 13.1).
  public var etag: String?
  /// The `Last-Modified` header of the last answer.
  public var lastModified: String?

  public init(
    id: Int64, address: Address, source: String, group: String, kind: AddressKind,
    priority: VisitPriority, depth: Int = 0, due: Timestamp, etag: String? = nil,
    lastModified: String? = nil
  ) {
    self.id = id
    self.address = address
    self.source = source
    self.group = group
    self.kind = kind
    self.priority = priority
    self.depth = depth
    self.due = due
    self.etag = etag
    self.lastModified = lastModified
  }
}

/// Leave to make one request, which the holder has to give back with `Frontier.Event.finished`.
public struct Ticket: Sendable, Hashable {
  /// What the request is for.
  public enum Purpose: Sendable, Hashable {
    /// A page from the queue.
    case page(QueuedAddress)
    /// robots.txt of this origin.
    case robots(origin: String)
  }

  /// Unique within a run.
  public var number: UInt64
  public var purpose: Purpose
  /// What to fetch.
  public var address: Address
  /// Politeness group.
  public var group: String
  /// The source on whose behalf it is fetched.
  public var source: String
  /// When leave was given.
  public var issuedAt: Timestamp

  public init(
    number: UInt64, purpose: Purpose, address: Address, group: String, source: String,
    issuedAt: Timestamp
  ) {
    self.number = number
    self.purpose = purpose
    self.address = address
    self.group = group
    self.source = source
    self.issuedAt = issuedAt
  }

  /// The queued address; nil for a robots.txt.
  public var page: QueuedAddress? {
    if case .page(let queued) = purpose { return queued }
    return nil
  }
}
