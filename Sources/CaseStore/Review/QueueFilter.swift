public import Vocabulary

/// Something that the queue can be narrowed to.
public struct QueueFacet: Sendable, Hashable {
  /// What kind of thing; nationality and ethnicity are none, on purpose.
  public enum Kind: String, Sendable, CaseIterable {
    case selector, indicator, place, source, language, barrier, form
  }
  /// What kind of thing.
  public var kind: Kind
  /// Which one, as it is stored.
  public var value: String

  public init(_ kind: Kind, _ value: String) {
    self.kind = kind
    self.value = value
  }
}

/// The order of the queue.
public enum QueueOrder: String, Sendable, CaseIterable {
  /// The highest priority first.
  case priority
  /// Most positive barriers first, then priority.
  case breadth
  /// What has been there longest first.
  case oldest
  /// What was seen last first.
  case newest

  var column: String {
    switch self {
    case .priority: "priority"
    case .breadth: "breadth"
    case .oldest: "first_seen"
    case .newest: "last_seen"
    }
  }

  var isAscending: Bool { self == .oldest }
}

/// A part of the queue.
public struct QueueFilter: Sendable, Hashable {
  /// The queue; the urgent one stands apart.
  public var lane: Lane
  /// Where its groups stand in the review.
  public var state: ReviewState
  /// All of these have to be there, at most `mostFacets`.
  public var facets: [QueueFacet]
  /// Only groups last seen then or later.
  public var since: Timestamp?
  /// The order.
  public var order: QueueOrder

  /// Facets that can be asked for at once.
  public static let mostFacets = 7

  public init(
    lane: Lane = .review, state: ReviewState = .open, facets: [QueueFacet] = [],
    since: Timestamp? = nil, order: QueueOrder = .priority
  ) {
    self.lane = lane
    self.state = state
    self.facets = facets
    self.since = since
    self.order = order
  }

  var shelf: String { lane.rawValue + "." + state.rawValue }
}

/// Where a page of the queue ends and the next begins.
public struct QueueCursor: Sendable, Hashable {
  /// The value that the queue is ordered by.
  public var rank: Double
  /// The group.
  public var cluster: Int64

  public init(rank: Double, cluster: Int64) {
    self.rank = rank
    self.cluster = cluster
  }

  /// The form in which it stands in an address.
  public var text: String { "\(rank.bitPattern)_\(cluster)" }

  /// Reads `text`; nil for anything else.
  public init?(text: String) {
    let parts = text.split(separator: "_", omittingEmptySubsequences: false)
    guard parts.count == 2, let bits = UInt64(parts[0]), let cluster = Int64(parts[1]),
      !Double(bitPattern: bits).isNaN
    else { return nil }
    self.init(rank: Double(bitPattern: bits), cluster: cluster)
  }
}

/// A group of adverts as the queue shows it.
public struct QueueGroup: Sendable, Hashable {
  /// The cluster's number; for an advert by itself its own, and below zero in the urgent lane.
  public var cluster: Int64
  /// The advert that stands for the group: of those to be judged the one with the highest priority.
  public var lead: Int64
  /// The lead's title.
  public var title: String?
  /// The lead's source.
  public var source: String
  /// What the lead offers.
  public var form: Form?
  /// ISO 639 code of the lead.
  public var language: String?
  /// Positive barriers of the lead.
  public var barriers: [String]
  /// Places of the lead.
  public var places: [String]
  /// Adverts for review in the group.
  public var adverts: Int
  /// Of them those that nobody judged.
  public var open: Int
  /// The highest priority.
  public var priority: Double
  /// When the first of them was first seen.
  public var firstSeen: Timestamp
  /// When the last of them was last seen.
  public var lastSeen: Timestamp
  /// Who works on it now.
  public var holder: String?
  /// Where the next page goes on.
  public var cursor: QueueCursor
}
