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
    /// Sent besides the jar's.
    var cookies: String?
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
  let addressGuard: AddressGuard
  var headerList: UnsafeMutablePointer<curl_slist>?
  var resolveList: UnsafeMutablePointer<curl_slist>?
  let message: UnsafeMutablePointer<CChar>

  var requestHead = RequestHeadCollector()
  var heads: HeadCollector
  var body: [UInt8] = []
  var isBodyOverflowing = false
  var refused: [IPAddress] = []
  var openedSockets = 0
  var tls: TLSSession?
  var caFile = ""

  /// Nil when curl has no memory for a handle.
  ///
  /// `onOpen` is told of every socket.
  init?(_ order: Order, onOpen: @escaping (_ descriptor: Int32) -> Void) {
    guard let handle = curl_easy_init() else { return nil }
    self.order = order
    self.onOpen = onOpen
    self.handle = handle
    let limits = order.request.limits
    heads = HeadCollector(
      maximumBytes: limits.maximumHeaderBytes, maximumFields: limits.maximumHeaderFields)
    // Through a proxy every socket goes to the proxy: where the operator wrote, and nowhere inside.
    let network = order.request.network
    addressGuard = AddressGuard(allow: network.allow + network.proxyRanges)
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

// MARK: - Callbacks

extension Transfer {
  /// Answers the number of bytes taken; another number than given ends the transfer.
  func takeBody(_ bytes: UnsafeRawBufferPointer) -> Int {
    noteTLS()
    let room = order.request.limits.maximumBodyBytes - body.count
    body.append(contentsOf: bytes.prefix(max(0, room)))
    guard bytes.count > room else { return bytes.count }
    isBodyOverflowing = true
    return -1
  }

  func takeHeader(_ bytes: UnsafeRawBufferPointer) -> Int {
    noteTLS()
    return heads.take([UInt8](bytes), afterBody: !body.isEmpty) ? bytes.count : -1
  }

  /// The gate: sees the very address that is about to be connected to.
  func openSocket(_ target: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
    guard let address = IPAddress(ccurl_socket_address(target)) else { return -1 }
    guard addressGuard.permits(address) else {
      if !refused.contains(address) { refused.append(address) }
      return -1
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
