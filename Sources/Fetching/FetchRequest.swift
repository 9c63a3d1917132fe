public import WebAddress

/// One request to send: a value, complete in itself.
public struct FetchRequest: Sendable, Hashable {
  /// Where to; the fragment is not sent.
  public var address: Address
  public var method: HTTPMethod
  /// Sent with `POST`.
  public var body: [UInt8]
  /// Further header fields; they replace those the fetcher would send under the same name.
  public var headers: [HeaderField]
  /// Sent as `If-None-Match` (RFC 9110, 13.1.2), as the server gave it.
  public var etag: String?
  /// Sent as `If-Modified-Since` (RFC 9110, 13.1.3), as the server gave it.
  public var lastModified: String?
  public var userAgent: String
  public var limits: FetchLimits
  public var network: NetworkPolicy
  /// Requests of one group share `maximumPerGroup`; by default the address's politeness group.
  public var group: String
  /// Requests of the group that may run at once; nil takes the configured number.
  public var maximumPerGroup: Int?

  public init(
    _ address: Address, method: HTTPMethod = .get, body: [UInt8] = [],
    headers: [HeaderField] = [], etag: String? = nil, lastModified: String? = nil,
    userAgent: String = "adwatch", limits: FetchLimits = FetchLimits(),
    network: NetworkPolicy = NetworkPolicy(), group: String? = nil, maximumPerGroup: Int? = nil
  ) {
    self.address = address
    self.method = method
    self.body = body
    self.headers = headers
    self.etag = etag
    self.lastModified = lastModified
    self.userAgent = userAgent
    self.limits = limits
    self.network = network
    self.group = group ?? address.politenessGroup
    self.maximumPerGroup = maximumPerGroup
  }
}

/// The methods a crawler needs.
public enum HTTPMethod: String, Sendable, Hashable, CaseIterable {
  case get = "GET"
  case head = "HEAD"
  case post = "POST"
}
