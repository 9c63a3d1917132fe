import CCurl
import Glibc

/// All that decides how a transfer's end is named.
struct TransferEnding {
  var code: CURLcode
  /// `FetchRequest.isConditional`.
  var isConditional = false
  var status: Int?
  var headIsComplete = false
  var headIsOverflowing = false
  var bodyIsOverflowing = false
  /// Addresses the guard forbade, and sockets it let open.
  var refused = 0
  var opened = 0
  var viaProxy = false
  /// The proxy's answer to CONNECT; 0 for none.
  var proxyStatus = 0
  /// `errno` of the last failed connect.
  var systemError: Int32 = 0
  /// Bytes the connection has delivered as header lines.
  var headerBytes = 0
  var elapsed = 0.0
  var isConnected = false
  var totalTimeout = 0.0
  var message = ""

  /// The name of the ending, and why the body is not whole if it is not.
  var result: (outcome: FetchOutcome, truncated: Truncation?) {
    let outcome = outcome
    guard headIsComplete else { return (outcome, nil) }
    return switch outcome {
    case .tooBig, .headersTooBig: (outcome, .length)
    case .timedOut, .tooSlow: (outcome, .time)
    case .disconnected, .tlsFailure: (outcome, .disconnect)
    case .fetched, .notModified: (outcome, nil)
    default: (outcome, .unspecified)
    }
  }

  private var outcome: FetchOutcome {
    if bodyIsOverflowing { return .tooBig }
    if headIsOverflowing { return .headersTooBig }
    switch code {
    case CURLE_OK:
      if status == nil { return .badResponse }
      // RFC 9110, 15.5.8: the proxy's word, never the site's.
      if viaProxy, status == 407 { return .proxyFailure }
      return status == 304 && isConditional ? .notModified : .fetched
    case CURLE_UNSUPPORTED_PROTOCOL:
      // Also curl's answer to a reply without a status line: HTTP/0.9, which is switched off.
      return opened > 0 || isConnected ? .badResponse : .unsupportedScheme
    case CURLE_URL_MALFORMAT, CURLE_BAD_FUNCTION_ARGUMENT: return .badRequest
    case CURLE_COULDNT_RESOLVE_HOST: return .dnsFailure
    case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY: return .proxyFailure
    case CURLE_COULDNT_CONNECT: return connectFailure
    case CURLE_OPERATION_TIMEDOUT: return timeout
    case CURLE_WEIRD_SERVER_REPLY, CURLE_HTTP2, CURLE_BAD_CONTENT_ENCODING: return .badResponse
    case CURLE_RECV_ERROR, CURLE_OUT_OF_MEMORY: return receiveFailure
    case CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_SEND_ERROR, CURLE_HTTP2_STREAM:
      return .disconnected
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
      CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CRL_BADFILE,
      CURLE_SSL_SHUTDOWN_FAILED, CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS,
      CURLE_SSL_CLIENTCERT, CURLE_USE_SSL_FAILED, CURLE_SSL_ENGINE_INITFAILED:
      return .tlsFailure
    default: return .internalError
    }
  }

  private var connectFailure: FetchOutcome {
    if refused > 0, opened == 0 { return .refusedAddress }
    if viaProxy { return .proxyFailure }
    return systemError == ECONNREFUSED ? .connectionRefused : .connectionFailed
  }

  /// curl has one code for three clocks.
  ///
  /// Only slowness ends an established transfer early.
  private var timeout: FetchOutcome {
    if !isConnected { return viaProxy ? .proxyFailure : .timedOut }
    return elapsed >= totalTimeout * 0.99 ? .timedOut : .tooSlow
  }

  private var receiveFailure: FetchOutcome {
    if viaProxy, proxyStatus != 0, proxyStatus / 100 != 2 { return .proxyFailure }
    // curl has limits of its own on a header line (100 kB) and on all of them (300 kB), and
    // reports the first as lack of memory.
    if !headIsComplete, code == CURLE_OUT_OF_MEMORY || message.contains("response headers") {
      return .headersTooBig
    }
    if code == CURLE_OUT_OF_MEMORY { return .internalError }
    return message.contains("chunked-encoding") ? .badResponse : .disconnected
  }
}
