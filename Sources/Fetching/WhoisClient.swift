import Glibc
import WebAddress

/// Asks servers of WHOIS (RFC 3912): a line there, text back until the connection ends.
public struct WhoisClient: Sendable {
  /// What one answer may cost.
  public struct Limits: Sendable, Hashable {
    public var maximumBytes = 256 << 10
    /// Seconds for one address to accept.
    public var connectTimeout = 8.0
    /// Seconds from the first connection to the last byte.
    public var totalTimeout = 20.0
    /// Addresses of a name that are tried.
    public var maximumAddresses = 4

    public init() {}
  }

  /// What became of a question.
  public struct Answer: Sendable, Hashable {
    public var outcome: FetchOutcome
    public var detail: String?
    public var bytes: [UInt8]
    public var remote: Endpoint?
  }

  public var limits: Limits
  /// Which addresses may be connected to.
  public var guardian: AddressGuard
  public var resolver: any NameResolver

  public init(
    limits: Limits = Limits(), guardian: AddressGuard = AddressGuard(),
    resolver: any NameResolver = SystemResolver()
  ) {
    self.limits = limits
    self.guardian = guardian
    self.resolver = resolver
  }

  /// Asks one line; blocks for `totalTimeout` seconds and a look-up of the name at the most.
  ///
  /// The line has no control characters, else nothing is asked.
  public func ask(_ line: String, host: String, port: UInt16) -> Answer {
    guard !line.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }), line.utf8.count <= 512 else {
      return Answer(outcome: .badRequest, detail: "no line that can be asked", bytes: [])
    }
    var addresses: [IPAddress] = []
    if let literal = IPAddress(host) {
      addresses = [literal]
    } else {
      do throws(NameFailure) {
        addresses = try resolver.addresses(of: host)
      } catch {
        return Answer(outcome: .dnsFailure, detail: "\(host): \(error.reason)", bytes: [])
      }
    }
    let permitted = addresses.filter(guardian.permits)
    guard !permitted.isEmpty else {
      guard let first = addresses.first else {
        return Answer(outcome: .dnsFailure, detail: "\(host) has no address", bytes: [])
      }
      return Answer(
        outcome: .refusedAddress, detail: "\(host) is at \(first), which is not public", bytes: [])
    }
    let end = monotonicSeconds() + limits.totalTimeout
    var last = Answer(outcome: .connectionFailed, detail: nil, bytes: [])
    for address in permitted.prefix(limits.maximumAddresses) {
      let endpoint = Endpoint(address: address, port: port)
      switch connect(to: endpoint, end: end) {
      case .failed(let outcome, let detail):
        last = Answer(outcome: outcome, detail: detail, bytes: [], remote: endpoint)
      case .open(let socket):
        defer { close(socket) }
        return exchange(line, over: socket, with: endpoint, end: end)
      }
    }
    return last
  }

  private enum Connection {
    case open(Int32)
    case failed(FetchOutcome, String)
  }

  private func connect(to endpoint: Endpoint, end: Double) -> Connection {
    let isV6 = endpoint.address.family == .v6
    let descriptor = socket(
      isV6 ? AF_INET6 : AF_INET,
      Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
    guard descriptor >= 0 else { return .failed(.internalError, Self.words(errno)) }
    var storage = sockaddr_storage()
    let length = Self.write(endpoint, to: &storage)
    let started = withUnsafePointer(to: &storage) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, length)
      }
    }
    if started == 0 { return .open(descriptor) }
    var code = errno
    if code == EINPROGRESS {
      let until = min(end, monotonicSeconds() + limits.connectTimeout)
      guard Self.wait(descriptor, for: Int16(POLLOUT), until: until) else {
        close(descriptor)
        return .failed(.timedOut, "no connection to \(endpoint)")
      }
      var size = socklen_t(MemoryLayout<Int32>.size)
      code = 0
      getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size)
      if code == 0 { return .open(descriptor) }
    }
    close(descriptor)
    return .failed(
      code == ECONNREFUSED ? .connectionRefused : .connectionFailed,
      "\(endpoint): \(Self.words(code))")
  }

  private func exchange(
    _ line: String, over socket: Int32, with endpoint: Endpoint, end: Double
  ) -> Answer {
    var answer = Answer(outcome: .fetched, detail: nil, bytes: [], remote: endpoint)
    var rest = Array((line + "\r\n").utf8)[...]
    while !rest.isEmpty {
      guard Self.wait(socket, for: Int16(POLLOUT), until: end) else {
        answer.outcome = .timedOut
        return answer
      }
      let sent = rest.withUnsafeBytes {
        send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if sent < 0, errno == EAGAIN || errno == EINTR { continue }
      guard sent > 0 else {
        answer.outcome = .disconnected
        return answer
      }
      rest = rest.dropFirst(sent)
    }
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    while true {
      guard Self.wait(socket, for: Int16(POLLIN), until: end) else {
        answer.outcome = .timedOut
        return answer
      }
      let count = recv(socket, &buffer, buffer.count, 0)
      if count < 0, errno == EAGAIN || errno == EINTR { continue }
      if count < 0 {
        answer.outcome = .disconnected
        answer.detail = Self.words(errno)
        return answer
      }
      if count == 0 { return answer }
      answer.bytes += buffer[..<min(count, limits.maximumBytes - answer.bytes.count)]
      if answer.bytes.count >= limits.maximumBytes {
        answer.outcome = .tooBig
        answer.detail = "more than \(limits.maximumBytes) bytes; the first are kept"
        return answer
      }
    }
  }

  /// Whether the socket is ready before a time, or has an error to tell.
  private static func wait(_ socket: Int32, for events: Int16, until end: Double) -> Bool {
    while true {
      let left = end - monotonicSeconds()
      guard left > 0 else { return false }
      var polled = pollfd(fd: socket, events: events, revents: 0)
      let count = poll(&polled, 1, Int32(min(left, 60) * 1000) + 1)
      if count > 0 { return true }
      if count < 0, errno != EINTR { return false }
    }
  }

  private static func write(_ endpoint: Endpoint, to storage: inout sockaddr_storage) -> socklen_t {
    let bytes = endpoint.address.bytes
    return withUnsafeMutableBytes(of: &storage) { raw in
      if bytes.count == 16 {
        var value = sockaddr_in6()
        value.sin6_family = sa_family_t(AF_INET6)
        value.sin6_port = endpoint.port.bigEndian
        withUnsafeMutableBytes(of: &value.sin6_addr) { $0.copyBytes(from: bytes) }
        raw.storeBytes(of: value, as: sockaddr_in6.self)
        return socklen_t(MemoryLayout<sockaddr_in6>.size)
      }
      var value = sockaddr_in()
      value.sin_family = sa_family_t(AF_INET)
      value.sin_port = endpoint.port.bigEndian
      withUnsafeMutableBytes(of: &value.sin_addr) { $0.copyBytes(from: bytes) }
      raw.storeBytes(of: value, as: sockaddr_in.self)
      return socklen_t(MemoryLayout<sockaddr_in>.size)
    }
  }

  private static func words(_ code: Int32) -> String { String(cString: strerror(code)) }
}
