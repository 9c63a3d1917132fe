/// What one fetch may cost.
public struct FetchLimits: Sendable, Hashable {
  /// Body bytes as received, content encoding included.
  public var maximumBodyBytes: Int
  /// Bytes of all header sections of the response together: interim ones and trailers too.
  public var maximumHeaderBytes: Int
  /// Fields of all header sections together.
  public var maximumHeaderFields: Int
  /// Seconds for resolving the name, and again for connecting and the TLS handshake.
  public var connectTimeout: Double
  /// Seconds from the start (name resolution included) to the last byte.
  public var totalTimeout: Double
  /// Bytes a second below which a transfer counts as slow; 0 switches the check off.
  public var lowSpeedBytes: Int
  /// Seconds a transfer may be slow.
  ///
  /// A server that is silent for so long is slow too.
  public var lowSpeedSeconds: Int
  /// Redirects a caller should follow; the fetcher itself follows none.
  public var maximumRedirects: Int

  public init(
    maximumBodyBytes: Int = 32 << 20, maximumHeaderBytes: Int = 256 << 10,
    maximumHeaderFields: Int = 500, connectTimeout: Double = 15, totalTimeout: Double = 120,
    lowSpeedBytes: Int = 100, lowSpeedSeconds: Int = 30, maximumRedirects: Int = 10
  ) {
    self.maximumBodyBytes = maximumBodyBytes
    self.maximumHeaderBytes = maximumHeaderBytes
    self.maximumHeaderFields = maximumHeaderFields
    self.connectTimeout = connectTimeout
    self.totalTimeout = totalTimeout
    self.lowSpeedBytes = lowSpeedBytes
    self.lowSpeedSeconds = lowSpeedSeconds
    self.maximumRedirects = maximumRedirects
  }
}
