import CCurl
import WebAddress

extension Transfer {
  /// Sets every option; the first that curl refuses ends it.
  func configure(caFile: String, share: OpaquePointer?, cookieFile: String?) -> CURLcode {
    var options = CurlOptions(handle: handle)
    let request = order.request
    for line in order.headerLines { headerList = curl_slist_append(headerList, line) }
    options.set(CURLOPT_URL, request.address.withoutFragment.href)
    // The address is in normal form already; curl would treat `%2e` and doubled slashes its own way.
    options.set(CURLOPT_PATH_AS_IS, 1)
    options.set(CURLOPT_PROTOCOLS_STR, "http,https")
    options.set(CURLOPT_FOLLOWLOCATION, 0)
    options.set(CURLOPT_NOSIGNAL, 1)
    options.set(CURLOPT_BUFFERSIZE, 128 << 10)
    options.set(CURLOPT_ERRORBUFFER, message)
    options.set(CURLOPT_HTTP09_ALLOWED, 0)
    options.set(CURLOPT_HTTP_CONTENT_DECODING, 0)
    options.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    options.set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
    options.set(CURLOPT_HTTPHEADER, headerList)
    setMethod(&options)
    setTimes(&options)
    setNetwork(&options, caFile: caFile)
    if let share {
      options.check(ccurl_set_share(handle, share))
      if let cookieFile { options.set(CURLOPT_COOKIEFILE, cookieFile) }
      if let cookies = order.cookies { options.set(CURLOPT_COOKIE, cookies) }
    }
    setCallbacks(&options)
    return options.code
  }

  private func setMethod(_ options: inout CurlOptions) {
    let body = order.request.body
    switch order.request.method {
    case .get: options.set(CURLOPT_HTTPGET, 1)
    case .head: options.set(CURLOPT_NOBODY, 1)
    case .post:
      options.set(CURLOPT_POST, 1)
      options.check(
        ccurl_set_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)))
      options.check(body.withUnsafeBytes { ccurl_set_post_bytes(handle, $0.baseAddress ?? .empty) })
    }
  }

  private func setTimes(_ options: inout CurlOptions) {
    let limits = order.request.limits
    let spent = monotonicSeconds() - order.startedSeconds
    options.set(CURLOPT_TIMEOUT_MS, Self.milliseconds(limits.totalTimeout - spent))
    options.set(CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(limits.connectTimeout))
    options.set(CURLOPT_LOW_SPEED_LIMIT, max(0, min(limits.lowSpeedBytes, Int(Int32.max))))
    options.set(CURLOPT_LOW_SPEED_TIME, max(0, min(limits.lowSpeedSeconds, Int(Int32.max))))
  }

  /// At least one, because zero means no limit to curl; at most what curl takes.
  private static func milliseconds(_ seconds: Double) -> Int {
    Int(max(1, min(seconds * 1000, Double(Int32.max))))
  }

  private func setNetwork(_ options: inout CurlOptions, caFile: String) {
    let network = order.request.network
    options.set(CURLOPT_PROXY, network.proxy ?? "")
    options.set(CURLOPT_NOPROXY, "")
    if let login = network.proxyLogin {
      options.set(CURLOPT_PROXYUSERNAME, login.user)
      options.set(CURLOPT_PROXYPASSWORD, login.password)
    }
    // Names are remembered by `NameCache`; this only outlasts the time from pinning to connecting.
    options.set(CURLOPT_DNS_CACHE_TIMEOUT, 60)
    if network.proxy == nil { options.set(CURLOPT_RESOLVE, pinnedAddresses()) }
    self.caFile = network.caFile ?? caFile
    options.set(CURLOPT_CAINFO, self.caFile)
    // With a directory set, as Debian's curl has it built in, curl cannot keep the parsed store and
    // reads all authorities again for every connection (17 ms).
    options.set(CURLOPT_CAPATH, nil as String?)
    options.set(CURLOPT_PROXY_CAPATH, nil as String?)
    let checks = network.certificates == .required
    options.set(CURLOPT_SSL_VERIFYPEER, checks ? 1 : 0)
    options.set(CURLOPT_SSL_VERIFYHOST, checks ? 2 : 0)
    if !checks {
      // Without checking curl loads no authorities, and OpenSSL would find fault with every chain.
      options.check(
        ccurl_on_tls_context(
          handle,
          { _, tls, context in
            guard let tls else { return CURLE_SSL_CERTPROBLEM }
            _ = ccurl_tls_load_authorities(tls, Transfer.from(context).caFile)
            return CURLE_OK
          }, Unmanaged.passUnretained(self).toOpaque()))
    }
    options.set(
      CURLOPT_HTTP_VERSION,
      network.httpVersion == .http1 ? Int(CURL_HTTP_VERSION_1_1) : Int(CURL_HTTP_VERSION_2TLS))
  }

  /// Hands curl the answer that was recorded, so that it connects to that and asks nobody else.
  ///
  /// Forbidden addresses are left out beside permitted ones: curl would pause for seconds after
  /// each that the gate refuses. With only forbidden ones the gate gives the answer.
  private func pinnedAddresses() -> UnsafeMutablePointer<curl_slist>? {
    guard !order.resolved.isEmpty, case .domain(let host) = order.request.address.host,
      let port = order.request.address.effectivePort
    else { return nil }
    let permitted = order.resolved.filter { addressGuard.permits($0) }
    if !permitted.isEmpty { refused = order.resolved.filter { !permitted.contains($0) } }
    let list = (permitted.isEmpty ? order.resolved : permitted)
      .map { $0.family == .v6 ? "[\($0)]" : "\($0)" }
      .joined(separator: ",")
    // "+" lets the entry age.
    resolveList = curl_slist_append(nil, "+\(host):\(port):\(list)")
    return resolveList
  }

  private func setCallbacks(_ options: inout CurlOptions) {
    let context = Unmanaged.passUnretained(self).toOpaque()
    options.check(
      ccurl_on_body(
        handle,
        { data, size, count, context in
          Transfer.from(context).takeBody(UnsafeRawBufferPointer(start: data, count: size * count))
        }, context))
    options.check(
      ccurl_on_header(
        handle,
        { data, size, count, context in
          Transfer.from(context).takeHeader(
            UnsafeRawBufferPointer(start: data, count: size * count))
        }, context))
    // The request's head is told to the debug function alone.
    options.set(CURLOPT_VERBOSE, 1)
    options.check(
      ccurl_on_debug(
        handle,
        { _, kind, data, count, context in
          if kind == CURLINFO_HEADER_OUT {
            Transfer.from(context).requestHead.take(
              [UInt8](UnsafeRawBufferPointer(start: data, count: count)))
          }
          return 0
        }, context))
    options.check(
      ccurl_on_open_socket(
        handle,
        { context, _, address in
          guard let context, let address else { return -1 }
          return Transfer.from(context).openSocket(address)
        }, context))
  }

  static func from(_ context: UnsafeMutableRawPointer?) -> Transfer {
    // curl hands back what `setCallbacks` gave it.
    Unmanaged<Transfer>.fromOpaque(context.unsafelyUnwrapped).takeUnretainedValue()
  }
}

extension UnsafeRawPointer {
  /// Somewhere, for a body of no bytes.
  fileprivate static var empty: UnsafeRawPointer {
    UnsafeRawPointer(bitPattern: 1).unsafelyUnwrapped
  }
}
