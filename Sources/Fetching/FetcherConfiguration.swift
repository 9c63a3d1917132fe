/// What all fetches of one fetcher share.
public struct FetcherConfiguration: Sendable {
  /// Requests on the wire at once.
  public var maximumConcurrent: Int
  /// Requests of one group on the wire at once, unless a request says otherwise.
  public var maximumPerGroup: Int
  /// Certificate authorities in PEM, for policies that name none.
  public var caFile: String
  /// Idle connections kept for reuse, per network policy.
  public var maximumIdleConnections: Int
  /// Seconds a resolved name is remembered.
  public var nameLifetime: Double
  /// Who resolves names; the system unless a test or a demonstration says otherwise.
  public var resolver: any NameResolver

  public init(
    maximumConcurrent: Int = 64, maximumPerGroup: Int = 1,
    caFile: String = "/etc/ssl/certs/ca-certificates.crt", maximumIdleConnections: Int = 128,
    nameLifetime: Double = 60, resolver: any NameResolver = SystemResolver()
  ) {
    self.maximumConcurrent = maximumConcurrent
    self.maximumPerGroup = maximumPerGroup
    self.caFile = caFile
    self.maximumIdleConnections = maximumIdleConnections
    self.nameLifetime = nameLifetime
    self.resolver = resolver
  }
}
