import CCurl
import Vocabulary
import WebAddress

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
      requestHead: requestHead.keptHead, requestBody: requestHead.head.isEmpty ? [] : request.body,
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
    case .headersTooBig:
      "headers beyond \(order.request.limits.maximumHeaderBytes) bytes"
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
