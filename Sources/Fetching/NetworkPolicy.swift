public import WebAddress

/// What a source may reach, and by which way.
///
/// Two requests share connections, TLS sessions and cookies only if their policies are equal: a
/// connection that one source may have is never handed to another that may not.
public struct NetworkPolicy: Sendable, Hashable {
  /// Addresses that may be reached although they are not public.
  public var allow: [AddressRange]
  /// `http://`, `https://`, `socks5h://` or `socks4a://host:port`; nil for none.
  ///
  /// The environment's proxy variables are never read. The other SOCKS schemes are refused: with
  /// them curl resolves names itself, and nothing could check what the proxy then connects to.
  ///
  /// Connected to only at a public address, at one of `allow`, or at the very address written here.
  public var proxy: String?
  /// Name and password for the proxy; two policies that differ in it share no connection, so that a
  /// SOCKS name can stand for a Tor circuit.
  public var proxyLogin: ProxyLogin?
  /// A PEM file of certificate authorities instead of `FetcherConfiguration.caFile`.
  public var caFile: String?
  /// Whether an unacceptable certificate ends the fetch.
  public var certificates: CertificateChecking
  /// Cookies; none are sent or kept by default.
  public var cookies: CookiePolicy
  /// The newest HTTP version offered.
  public var httpVersion: HTTPVersionPreference

  public init(
    allow: [AddressRange] = [], proxy: String? = nil, proxyLogin: ProxyLogin? = nil,
    caFile: String? = nil,
    certificates: CertificateChecking = .required, cookies: CookiePolicy = .none,
    httpVersion: HTTPVersionPreference = .http2
  ) {
    self.allow = allow
    self.proxy = proxy
    self.proxyLogin = proxyLogin
    self.caFile = caFile
    self.certificates = certificates
    self.cookies = cookies
    self.httpVersion = httpVersion
  }
}

extension NetworkPolicy {
  /// The address that the operator wrote for the proxy, which may be connected to whatever it is.
  var proxyRanges: [AddressRange] {
    guard let host = proxy.flatMap({ Address($0) })?.hostname else { return [] }
    if host == "localhost" { return ["127.0.0.1", "::1"].compactMap { AddressRange($0) } }
    let bare = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
    return AddressRange(bare).map { [$0] } ?? []
  }
}

/// What an unacceptable certificate does.
public enum CertificateChecking: Sendable, Hashable {
  /// The fetch ends with `FetchOutcome.tlsFailure`.
  case required
  /// The fetch goes on, and `TLSSession.verifyResult` says what was wrong with the chain.
  case recorded
}

/// Where cookies come from.
public enum CookiePolicy: Sendable, Hashable {
  /// No cookies.
  case none
  /// A jar in memory under this name, filled first from a file in Netscape format when there is one.
  ///
  /// Name it after the source: requests with equal policies share the jar. It is never written.
  case jar(name: String, file: String? = nil)
}

/// The newest HTTP version a request offers.
public enum HTTPVersionPreference: Sendable, Hashable {
  /// HTTP/1.1 only.
  case http1
  /// HTTP/2 where TLS negotiates it, else HTTP/1.1.
  case http2
}
