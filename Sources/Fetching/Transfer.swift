import CCurl
import Glibc
import Vocabulary
import WebAddress

/// One request on the wire: a curl handle and what its callbacks gather.
///
/// Confined to the fetcher's queue. curl keeps unretained pointers to it, so its pool holds it from
/// `add` to `finish`, and `close` comes before its end.
final class Transfer {
  /// What a request brings along when it leaves the queue.
  struct Order {
    var id: Int
    var request: FetchRequest
    var headerLines: [String]
    var resolved: [IPAddress]
    /// Wall clock and monotonic seconds at which the exchange began.
    var started: Timestamp
    var startedSeconds: Double
    var resolvedSeconds: Double?
    var queuedSeconds: Double
  }

  let order: Order
  let handle: OpaquePointer
  private let onOpen: (_ descriptor: Int32) -> Void
  private let addressGuard: AddressGuard?
  private var headerList: UnsafeMutablePointer<curl_slist>?
  private var resolveList: UnsafeMutablePointer<curl_slist>?
  private let message: UnsafeMutablePointer<CChar>

  private var requestHead = RequestHeadCollector()
  private var heads: HeadCollector
  private var body: [UInt8] = []
  private var isBodyOverflowing = false
  private var refused: [IPAddress] = []
  private var openedSockets = 0
  private var tls: TLSSession?

  /// Nil when curl has no memory for a handle. `onOpen` is told of every socket.
  init?(_ order: Order, onOpen: @escaping (_ descriptor: Int32) -> Void) {
    guard let handle = curl_easy_init() else { return nil }
    self.order = order
    self.onOpen = onOpen
    self.handle = handle
    let limits = order.request.limits
    heads = HeadCollector(
      maximumBytes: limits.maximumHeaderBytes, maximumFields: limits.maximumHeaderFields)
    // Through a proxy every socket goes to the proxy, which the operator chose by address.
    addressGuard =
      order.request.network.proxy == nil ? AddressGuard(allow: order.request.network.allow) : nil
    message = .allocate(capacity: Int(CURL_ERROR_SIZE))
    message.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  /// Frees what curl holds; the handle must have left its multi handle.
  func close() {
    curl_easy_cleanup(handle)
    curl_slist_free_all(headerList)
    curl_slist_free_all(resolveList)
    headerList = nil
    resolveList = nil
    message.deallocate()
  }
}

// MARK: - Options

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
    // Names are remembered by `NameCache`; this only outlasts the time from pinning to connecting.
    options.set(CURLOPT_DNS_CACHE_TIMEOUT, 60)
    if network.proxy == nil { options.set(CURLOPT_RESOLVE, pinnedAddresses()) }
    options.set(CURLOPT_CAINFO, network.caFile ?? caFile)
    // With a directory set, as Debian's curl has it built in, curl cannot keep the parsed store and
    // reads all authorities again for every connection (17 ms).
    options.set(CURLOPT_CAPATH, nil as String?)
    options.set(CURLOPT_PROXY_CAPATH, nil as String?)
    let checks = network.certificates == .required
    options.set(CURLOPT_SSL_VERIFYPEER, checks ? 1 : 0)
    options.set(CURLOPT_SSL_VERIFYHOST, checks ? 2 : 0)
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
    let permitted = order.resolved.filter { addressGuard?.permits($0) ?? true }
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

  private static func from(_ context: UnsafeMutableRawPointer?) -> Transfer {
    // curl hands back what `setCallbacks` gave it.
    Unmanaged<Transfer>.fromOpaque(context.unsafelyUnwrapped).takeUnretainedValue()
  }
}

extension UnsafeRawPointer {
  /// Somewhere, for a body of no bytes.
  fileprivate static var empty: UnsafeRawPointer { UnsafeRawPointer(bitPattern: 1).unsafelyUnwrapped }
}

// MARK: - Callbacks

extension Transfer {
  /// Answers the number of bytes taken; another number than given ends the transfer.
  private func takeBody(_ bytes: UnsafeRawBufferPointer) -> Int {
    noteTLS()
    let room = order.request.limits.maximumBodyBytes - body.count
    body.append(contentsOf: bytes.prefix(max(0, room)))
    guard bytes.count > room else { return bytes.count }
    isBodyOverflowing = true
    return -1
  }

  private func takeHeader(_ bytes: UnsafeRawBufferPointer) -> Int {
    noteTLS()
    return heads.take([UInt8](bytes), afterBody: !body.isEmpty) ? bytes.count : -1
  }

  /// The gate: sees the very address that is about to be connected to.
  private func openSocket(_ target: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
    if let addressGuard {
      guard let address = IPAddress(ccurl_socket_address(target)) else { return -1 }
      guard addressGuard.permits(address) else {
        if !refused.contains(address) { refused.append(address) }
        return -1
      }
    }
    let descriptor = socket(
      target.pointee.family, target.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue),
      target.pointee.protocol)
    guard descriptor >= 0 else { return -1 }
    openedSockets += 1
    onOpen(descriptor)
    return descriptor
  }

  /// Reads the session while curl has it; it is gone when the transfer is done.
  private func noteTLS() {
    guard tls == nil, order.request.address.scheme == "https",
      let session = ccurl_tls_session(handle)
    else { return }
    let result = ccurl_tls_verify_result(session)
    tls = TLSSession(
      version: String(cString: ccurl_tls_protocol(session)),
      cipher: ccurl_tls_cipher(session).map { String(cString: $0) } ?? "",
      verifyResult: result, verifyMessage: String(cString: ccurl_tls_verify_message(result)),
      chain: (0..<ccurl_tls_chain_count(session)).compactMap { index in
        let count = Int(ccurl_tls_chain_der(session, index, nil))
        guard count > 0 else { return nil }
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
          written = max(0, Int(ccurl_tls_chain_der(session, index, buffer.baseAddress)))
        }
      })
  }
}

// MARK: - Result

extension Transfer {
  /// The exchange as it stands; `cancelled` says that nobody waited for its end.
  func exchange(_ code: CURLcode, cancelled: Bool = false) -> Exchange {
    let request = order.request
    let head = ResponseHead(heads.head)
    let text = String(cString: message)
    var (outcome, truncated) = ending(code, status: head.status, message: text).result
    if cancelled { (outcome, truncated) = (.cancelled, heads.isComplete ? .unspecified : nil) }
    let elapsed = monotonicSeconds() - order.startedSeconds
    return Exchange(
      address: request.address, method: request.method, outcome: outcome,
      detail: outcome.isResponse ? nil : detail(outcome, code: code, message: text),
      started: order.started, finished: .now, durations: durations(total: elapsed),
      requestHead: requestHead.head, requestBody: requestHead.head.isEmpty ? [] : request.body,
      responseHead: heads.head, interimHeads: heads.interim, trailers: heads.trailers,
      status: head.status, headers: head.fields, body: body, truncated: truncated,
      httpVersion: heads.head.isEmpty ? nil : httpVersion,
      remote: endpoint(CURLINFO_PRIMARY_IP, CURLINFO_PRIMARY_PORT),
      local: endpoint(CURLINFO_LOCAL_IP, CURLINFO_LOCAL_PORT),
      connectionReused: !requestHead.head.isEmpty && openedSockets == 0,
      viaProxy: request.network.proxy != nil, resolved: order.resolved, refusedAddresses: refused,
      tls: tls ?? failedTLS(outcome))
  }

  private func ending(_ code: CURLcode, status: Int?, message: String) -> TransferEnding {
    TransferEnding(
      code: code, isConditional: order.request.isConditional, status: status,
      headIsComplete: heads.isComplete, headIsOverflowing: heads.isOverflowing,
      bodyIsOverflowing: isBodyOverflowing, refused: refused.count, opened: openedSockets,
      viaProxy: order.request.network.proxy != nil,
      proxyStatus: ccurl_get_long(handle, CURLINFO_HTTP_CONNECTCODE),
      systemError: Int32(truncatingIfNeeded: ccurl_get_long(handle, CURLINFO_OS_ERRNO)),
      elapsed: monotonicSeconds() - order.startedSeconds,
      isConnected: !requestHead.head.isEmpty && !requestHead.head.starts(with: "CONNECT ".utf8),
      totalTimeout: order.request.limits.totalTimeout, message: message)
  }

  private func detail(_ outcome: FetchOutcome, code: CURLcode, message: String) -> String {
    switch outcome {
    case .refusedAddress:
      "may not connect to \(refused.map(\.description).joined(separator: ", "))"
    case .tooBig: "body of more than \(order.request.limits.maximumBodyBytes) bytes"
    case .headersTooBig: "headers beyond \(order.request.limits.maximumHeaderBytes) bytes"
      + " or \(order.request.limits.maximumHeaderFields) fields"
    case .cancelled: "cancelled"
    default: message.isEmpty ? String(cString: curl_easy_strerror(code)) : message
    }
  }

  /// What a failed handshake leaves: the verification result.
  private func failedTLS(_ outcome: FetchOutcome) -> TLSSession? {
    let result = ccurl_get_long(handle, CURLINFO_SSL_VERIFYRESULT)
    // curl has 1, unspecified, when the handshake did not get as far as a verdict on the chain.
    guard outcome == .tlsFailure, result > 1 else { return nil }
    return TLSSession(
      version: "", cipher: "", verifyResult: result,
      verifyMessage: String(cString: ccurl_tls_verify_message(result)))
  }

  private var httpVersion: String? {
    switch ccurl_get_long(handle, CURLINFO_HTTP_VERSION) {
    case Int(CURL_HTTP_VERSION_1_0): "http/1.0"
    case Int(CURL_HTTP_VERSION_1_1): "http/1.1"
    case Int(CURL_HTTP_VERSION_2_0): "h2"
    default: nil
    }
  }

  private func endpoint(_ address: CURLINFO, _ port: CURLINFO) -> Endpoint? {
    guard let text = ccurl_get_string(handle, address),
      let address = IPAddress(String(cString: text)),
      let port = UInt16(exactly: ccurl_get_long(handle, port)), port != 0
    else { return nil }
    return Endpoint(address: address, port: port)
  }

  private func durations(total: Double) -> Exchange.Durations {
    let before = max(0, total - Double(ccurl_get_offset(handle, CURLINFO_TOTAL_TIME_T)) / 1e6)
    func seconds(_ info: CURLINFO) -> Double? {
      let value = ccurl_get_offset(handle, info)
      return value > 0 ? before + Double(value) / 1e6 : nil
    }
    return Exchange.Durations(
      queued: order.queuedSeconds, resolved: order.resolvedSeconds,
      connected: seconds(CURLINFO_CONNECT_TIME_T), secured: seconds(CURLINFO_APPCONNECT_TIME_T),
      firstByte: seconds(CURLINFO_STARTTRANSFER_TIME_T), total: total)
  }
}
