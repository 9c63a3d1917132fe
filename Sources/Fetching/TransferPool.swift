import CCurl
import Dispatch
import Glibc

/// The transfers and connections of one network policy: a curl multi handle on the fetcher's queue.
///
/// One for each policy, because curl hands a kept connection to whoever asks for the same host: a
/// connection that one source was allowed to open must not serve another that may not. Confined to
/// the queue.
final class TransferPool {
  private let multi: OpaquePointer
  private let share: OpaquePointer?
  private var cookieFile: String?
  private let queue: DispatchQueue
  private let timer: any DispatchSourceTimer
  /// Entered for every socket, left when it is closed.
  private let sockets: DispatchGroup
  private let onDone: (_ id: Int, _ exchange: Exchange) -> Void

  private var transfers: [OpaquePointer: Transfer] = [:]
  private var handles: [Int: OpaquePointer] = [:]
  private var watches: [Int32: SocketWatch] = [:]
  /// Sockets that transfers opened and curl has not reported closed.
  private var connections: Set<Int32> = []
  private var isClosed = false

  /// Monotonic seconds of the last start or end of a transfer.
  private(set) var lastUsed = monotonicSeconds()
  var isIdle: Bool { transfers.isEmpty }

  /// curl asks for it before anything else, once.
  private static let isCurlReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  /// Nil when curl cannot begin.
  init?(
    cookies: CookiePolicy, maximumIdleConnections: Int, queue: DispatchQueue,
    sockets: DispatchGroup, onDone: @escaping (_ id: Int, _ exchange: Exchange) -> Void
  ) {
    guard Self.isCurlReady, let multi = curl_multi_init() else { return nil }
    self.multi = multi
    self.queue = queue
    self.sockets = sockets
    self.onDone = onDone
    if case .jar(_, let file) = cookies {
      share = curl_share_init()
      // An empty name switches the jar on without a file.
      cookieFile = file ?? ""
    } else {
      share = nil
    }
    timer = DispatchSource.makeTimerSource(queue: queue)
    timer.schedule(deadline: .distantFuture)
    if let share {
      _ = ccurl_share_set_long(share, CURLSHOPT_SHARE, Int32(CURL_LOCK_DATA_COOKIE.rawValue))
    }
    timer.setEventHandler { [weak self] in self?.act(CURL_SOCKET_TIMEOUT, 0) }
    timer.resume()
    let context = Unmanaged.passUnretained(self).toOpaque()
    _ = ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, max(1, maximumIdleConnections))
    _ = ccurl_multi_on_socket(
      multi,
      { _, descriptor, what, context, _ in
        TransferPool.from(context).watch(descriptor, what)
        return 0
      }, context)
    _ = ccurl_multi_on_timer(
      multi,
      { _, milliseconds, context in
        TransferPool.from(context).schedule(milliseconds)
        return 0
      }, context)
  }

  /// Starts a transfer; its end comes through `onDone`, never before this returns.
  ///
  /// Answers the exchange at once when the transfer could not start.
  func add(_ order: Transfer.Order, configuration: FetcherConfiguration) -> Exchange? {
    lastUsed = monotonicSeconds()
    // Opening happens inside calls of this pool only, so it outlives the closure's use.
    let opened: (Int32) -> Void = { [unowned self] in socketOpened($0) }
    guard let transfer = Transfer(order, onOpen: opened) else {
      return Exchange(
        address: order.request.address, method: order.request.method, outcome: .internalError,
        detail: "no memory for a transfer", started: order.started, finished: .now)
    }
    var code = transfer.configure(
      caFile: configuration.caFile, share: share, cookieFile: cookieFile)
    if code == CURLE_OK {
      code = ccurl_on_close_socket(
        transfer.handle,
        { context, descriptor in
          TransferPool.from(context).closeSocket(descriptor)
          return 0
        }, Unmanaged.passUnretained(self).toOpaque())
    }
    if code == CURLE_OK, curl_multi_add_handle(multi, transfer.handle) != CURLM_OK {
      code = CURLE_FAILED_INIT
    }
    guard code == CURLE_OK else {
      defer { transfer.close() }
      return transfer.exchange(code)
    }
    // The jar has the file from now on; reading it again would bring expired cookies back. The
    // empty name is still needed, it makes a handle use the jar.
    if share != nil { cookieFile = "" }
    transfers[transfer.handle] = transfer
    handles[order.id] = transfer.handle
    return nil
  }

  /// Ends a transfer early; nil if it is not here.
  func cancel(_ id: Int) -> Exchange? {
    guard let handle = handles[id] else { return nil }
    return finish(handle, CURLE_ABORTED_BY_CALLBACK, cancelled: true)?.exchange
  }

  /// Closes every connection; no transfer may be left.
  ///
  /// `sockets` tells when the last one is gone.
  func close() {
    guard !isClosed else { return }
    isClosed = true
    timer.cancel()
    curl_multi_cleanup(multi)
    if let share { curl_share_cleanup(share) }
    for descriptor in watches.keys { retire(descriptor) }
  }

  deinit { close() }
}

// MARK: - Driving curl

extension TransferPool {
  /// Tells curl what happened to a socket or that its time is up, then gathers what is done.
  private func act(_ descriptor: Int32, _ events: Int32) {
    guard !isClosed else { return }
    var running: Int32 = 0
    curl_multi_socket_action(multi, descriptor, events, &running)
    var left: Int32 = 0
    while !isClosed, let message = curl_multi_info_read(multi, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle else {
        continue
      }
      // The message is gone once its handle is removed.
      let code = ccurl_message_result(message)
      if let (id, exchange) = finish(handle, code, cancelled: false) { onDone(id, exchange) }
    }
  }

  private func finish(
    _ handle: OpaquePointer, _ code: CURLcode, cancelled: Bool
  ) -> (id: Int, exchange: Exchange)? {
    guard let transfer = transfers.removeValue(forKey: handle) else { return nil }
    lastUsed = monotonicSeconds()
    handles[transfer.order.id] = nil
    let exchange = transfer.exchange(code, cancelled: cancelled)
    curl_multi_remove_handle(multi, handle)
    transfer.close()
    return (transfer.order.id, exchange)
  }

  private static func from(_ context: UnsafeMutableRawPointer?) -> TransferPool {
    // curl hands back what `init` and `add` gave it.
    Unmanaged<TransferPool>.fromOpaque(context.unsafelyUnwrapped).takeUnretainedValue()
  }

  /// curl's wish to be called after a time, from within a call; -1 takes the wish back.
  private func schedule(_ milliseconds: Int) {
    guard !isClosed else { return }
    if milliseconds < 0 {
      timer.schedule(deadline: .distantFuture)
    } else {
      let delay = DispatchTimeInterval.milliseconds(min(milliseconds, 86_400_000))
      timer.schedule(deadline: .now() + delay, leeway: .milliseconds(1))
    }
  }

  private func watch(_ descriptor: Int32, _ what: Int32) {
    guard !isClosed else { return }
    let reads = what == CURL_POLL_IN || what == CURL_POLL_INOUT
    let writes = what == CURL_POLL_OUT || what == CURL_POLL_INOUT
    if reads || writes {
      (watches[descriptor] ?? newWatch(descriptor))?.want(read: reads, write: writes)
    } else if let watch = watches[descriptor] {
      // An open connection comes back with its next request, and is reported when it is closed.
      // Anything else curl may close behind our back: sockets that never connected, and those of
      // its own resolver.
      if watch.hasRead, connections.contains(descriptor) {
        watch.want(read: false, write: false)
      } else {
        retire(descriptor)
      }
    }
  }

  private func newWatch(_ descriptor: Int32) -> SocketWatch? {
    let watch = SocketWatch(descriptor: descriptor, queue: queue) { [weak self] isRead in
      self?.act(descriptor, isRead ? CURL_CSELECT_IN : CURL_CSELECT_OUT)
    }
    guard let watch else { return nil }
    sockets.enter()
    watches[descriptor] = watch
    return watch
  }

  private func retire(_ descriptor: Int32) {
    watches.removeValue(forKey: descriptor)?.close { [sockets] in sockets.leave() }
  }

  /// A transfer opened a socket; whatever had its number before is gone.
  private func socketOpened(_ descriptor: Int32) {
    retire(descriptor)
    connections.insert(descriptor)
  }

  private func closeSocket(_ descriptor: Int32) {
    connections.remove(descriptor)
    retire(descriptor)
    Glibc.close(descriptor)
  }
}
