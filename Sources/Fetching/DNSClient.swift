import CAres
import Glibc
public import WebAddress

/// Asks name servers with c-ares, which keeps to UDP and goes to TCP when an answer is cut.
public struct DNSClient: NameResolver {
  /// Servers as `address`, `address:port` or `[address]:port`; empty for those of `/etc/resolv.conf`.
  public var servers: [String]
  /// Seconds that one server has for one try.
  public var timeout: Double
  /// Tries of each server.
  public var tries: Int
  /// Seconds after which asking ends, however many servers there are.
  public var within: Double

  public init(
    servers: [String] = [], timeout: Double = 2, tries: Int = 2, within: Double = 10
  ) {
    self.servers = servers
    self.timeout = timeout
    self.tries = tries
    self.within = within
  }

  private static let isReady = ares_library_init(Int32(ARES_LIB_INIT_ALL)) == 0

  /// Whether a text can be one of `servers`.
  public static func isServer(_ text: String) -> Bool {
    guard isReady, !text.isEmpty, text.utf8.count < 80, !text.utf8.contains(0x2C) else {
      return false
    }
    var channel: ares_channel?
    guard ares_init(&channel) == ARES_SUCCESS, let channel else { return false }
    defer { ares_destroy(channel) }
    return ares_set_servers_ports_csv(channel, text) == ARES_SUCCESS
  }

  /// Who is asked, for people.
  public var name: String { servers.isEmpty ? "the system's" : servers.joined(separator: ",") }

  /// Asks a question and waits for the end, at most `within` seconds; not for a thread of the
  /// concurrency pool.
  public func ask(_ question: DNSQuestion) -> DNSReply {
    var options = ares_options()
    options.timeout = Int32(max(0.05, min(timeout, 60)) * 1000)
    options.tries = Int32(max(1, min(tries, 10)))
    // The name alone, no search list, and the file of hosts is nobody's answer.
    // Refusals are answers: they are kept, and not turned into another server's silence.
    options.flags = Int32(ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES | ARES_FLAG_NOCHECKRESP)
    var channel: ares_channel?
    let mask = Int32(ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_FLAGS)
    guard Self.isReady, question.name.utf8.count <= 255,
      ares_init_options(&channel, &options, mask) == ARES_SUCCESS, let channel
    else { return DNSReply(question, .failed, message: []) }
    let waiting = WaitingReply()
    defer {
      // Ends what still waits, which calls back once more.
      withExtendedLifetime(waiting) { ares_destroy(channel) }
    }
    if !servers.isEmpty {
      guard
        ares_set_servers_ports_csv(channel, servers.joined(separator: ","))
          == ARES_SUCCESS
      else { return DNSReply(question, .failed, message: []) }
    }
    ares_query(
      channel, question.name, 1, question.kind.rawValue,
      { context, status, _, bytes, length in
        guard let context else { return }
        let waiting = Unmanaged<WaitingReply>.fromOpaque(context).takeUnretainedValue()
        guard waiting.status == nil else { return }
        waiting.status = status
        if let bytes, length > 0 {
          waiting.message = Array(UnsafeBufferPointer(start: bytes, count: Int(length)))
        }
      }, Unmanaged.passUnretained(waiting).toOpaque())
    let end = monotonicSeconds() + max(0.05, within)
    while waiting.status == nil {
      let left = end - monotonicSeconds()
      guard left > 0, Self.wait(channel, seconds: left) else { break }
    }
    return DNSReply(
      question, waiting.status.map(Self.outcome) ?? .timedOut, message: waiting.message)
  }

  /// Waits until a socket of the channel can go on or something is due; false when nothing is open.
  private static func wait(_ channel: ares_channel, seconds: Double) -> Bool {
    var sockets = [ares_socket_t](repeating: -1, count: Int(ARES_GETSOCK_MAXNUM))
    let bits = ares_getsock(channel, &sockets, Int32(sockets.count))
    guard bits != 0 else { return false }
    var polled: [pollfd] = []
    for (number, socket) in sockets.enumerated() {
      var events: Int16 = 0
      if cares_waits_to_read(bits, Int32(number)) != 0 { events |= Int16(POLLIN) }
      if cares_waits_to_write(bits, Int32(number)) != 0 { events |= Int16(POLLOUT) }
      if events != 0 { polled.append(pollfd(fd: socket, events: events, revents: 0)) }
    }
    var most = timeval(
      tv_sec: Int(seconds), tv_usec: Int((seconds - seconds.rounded(.down)) * 1_000_000))
    var due = timeval()
    let next = ares_timeout(channel, &most, &due)?.pointee ?? most
    let milliseconds = next.tv_sec * 1000 + Int(next.tv_usec) / 1000 + 1
    _ = poll(&polled, nfds_t(polled.count), Int32(min(milliseconds, 60_000)))
    var isServed = false
    for socket in polled where socket.revents != 0 {
      isServed = true
      let reads = socket.revents & Int16(POLLIN | POLLERR | POLLHUP) != 0
      let writes = socket.revents & Int16(POLLOUT) != 0
      ares_process_fd(
        channel, reads ? socket.fd : ares_socket_t(ARES_SOCKET_BAD),
        writes ? socket.fd : ares_socket_t(ARES_SOCKET_BAD))
    }
    if !isServed {
      ares_process_fd(channel, ares_socket_t(ARES_SOCKET_BAD), ares_socket_t(ARES_SOCKET_BAD))
    }
    return true
  }

  private static func outcome(_ status: Int32) -> DNSReply.Outcome {
    switch status {
    case ARES_SUCCESS: .answered
    case ARES_ENODATA: .empty
    case ARES_ENOTFOUND: .noSuchName
    case ARES_ESERVFAIL, ARES_ENOTIMP: .serverFailure
    case ARES_EREFUSED: .refused
    case ARES_EBADNAME, ARES_EBADQUERY: .badName
    case ARES_EBADRESP, ARES_EFORMERR: .badReply
    case ARES_ECONNREFUSED: .unreachable
    case ARES_ETIMEOUT: .timedOut
    default: .failed
    }
  }

  /// Addresses of a name, IPv4 first.
  public func addresses(of host: String) throws(NameFailure) -> [IPAddress] {
    let four = ask(DNSQuestion(.address, host))
    let six = ask(DNSQuestion(.address6, host))
    let found = four.addresses + six.addresses
    guard found.isEmpty, four.outcome != .answered || six.outcome != .answered else { return found }
    throw NameFailure("\(name): \(four.outcome.rawValue)")
  }
}

/// What c-ares calls back with.
private final class WaitingReply {
  var status: Int32?
  var message: [UInt8] = []
}
