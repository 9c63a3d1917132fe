public import WebAddress

/// Whether an address belongs to a source.
public enum ScopeDecision: Sendable, Hashable {
  case accepted(AcceptedAddress)
  case rejected(ScopeReason)

  /// What was accepted; nil after a rejection.
  public var accepted: AcceptedAddress? {
    if case .accepted(let address) = self { return address }
    return nil
  }
}

/// An address that belongs to a source.
public struct AcceptedAddress: Sendable, Hashable {
  /// In canonical form, which is the identity of the page.
  public var address: Address
  public var kind: AddressKind
  /// It is one of the source's start addresses.
  public var isStart: Bool
  /// The site's own identifier of the advert.
  public var advertKey: String?
  /// Politeness group.
  public var group: String

  public init(
    address: Address, kind: AddressKind, isStart: Bool, advertKey: String?, group: String
  ) {
    self.address = address
    self.kind = kind
    self.isStart = isStart
    self.advertKey = advertKey
    self.group = group
  }
}

/// Why an address does not belong to a source; the raw value is what the store keeps.
public enum ScopeReason: String, Sendable, Hashable, Codable, CaseIterable {
  /// Neither http nor https.
  case notHTTP = "not-http"
  /// It carries a user name or password.
  case credentials
  /// The host is none of the source's.
  case host
  /// An `exclude` pattern matches.
  case excluded
  /// There are `include` patterns and none matches.
  case notIncluded = "not-included"
  /// Too many links from a start address.
  case depth
  /// Longer than any honest address.
  case tooLong = "too-long"
  /// Too many path segments.
  case tooDeep = "too-deep"
  /// The same segments again and again: `/a/b/a/b/a/b`.
  case repeatedSegments = "repeated-segments"
  /// Too many query parameters, or one of them too often.
  case tooManyParameters = "too-many-parameters"
  /// The same parameters come in ever new orders and combinations.
  case parameterCombinations = "parameter-combinations"
  /// Enough addresses of this shape have been taken up.
  case shapeFull = "shape-full"
  /// Enough dates of this calendar have been taken up.
  case calendar
  /// Enough addresses below this directory have been taken up.
  case directoryFull = "directory-full"
  /// The source has as many addresses as it may.
  case pagesFull = "pages-full"
  /// It is a picture, and the source wants none, or no advert shows it.
  case image
  /// The address belongs to a source that is not watched any more.
  case noSource = "no-source"

  /// One sentence for a person.
  public var explanation: String {
    switch self {
    case .notHTTP: "The address is neither http nor https."
    case .credentials: "The address carries a user name or a password."
    case .host: "The host is not in scope.hosts."
    case .excluded: "A pattern of scope.exclude matches."
    case .notIncluded: "No pattern of scope.include, adverts.url or listings.url matches."
    case .depth: "It is more links away from a start address than scope.depth."
    case .tooLong: "The address is too long (trap guard)."
    case .tooDeep: "The path has too many segments (trap guard)."
    case .repeatedSegments: "Path segments repeat themselves (trap guard)."
    case .tooManyParameters: "The query has too many parameters (trap guard)."
    case .parameterCombinations:
      "The same query parameters come in ever new combinations (trap guard)."
    case .shapeFull: "Enough addresses of this shape have been taken up (trap guard)."
    case .calendar: "Enough pages of this calendar have been taken up (trap guard)."
    case .directoryFull: "Enough addresses below this directory have been taken up (trap guard)."
    case .pagesFull: "The source has as many addresses as scope.pages allows."
    case .image: "It is a picture: fetched where an advert shows it and images allows it."
    case .noSource: "No source by this name is watched."
    }
  }
}
