import Foundation
import Synchronization

/// Answers `GET /metrics` and `GET /healthz` on a port of this machine, to whoever is on it.
///
/// One connection at a time on a thread of its own; a caller has two seconds and 8 KB to say what it
/// wants. The figures hold nothing that is worth more than that.
public final class MetricsServer: Sendable {
  /// Why it does not listen.
  public struct Failure: Error, CustomStringConvertible {
    public var description: String
  }

  /// The port it listens on.
  public let port: UInt16
  private let socket: Int32
  private let isStopping = Mutex(false)
  private let page: @Sendable () -> String

  private static let limit = 8192
  private static let patience = timeval(tv_sec: 2, tv_usec: 0)

  /// Listens on `127.0.0.1:port` or `[::1]:port`; port 0 takes a free one.
  ///
  /// `page` is called on the server's thread, for each request. Throws for any other address: the
  /// figures are for this machine.
  public init(_ address: String, page: @escaping @Sendable () -> String) throws(Failure) {
    self.page = page
    guard let colon = address.lastIndex(of: ":"),
      let wanted = UInt16(address[address.index(after: colon)...])
    else { throw Failure(description: "'\(address)' is no address with a port") }
    let host = address[..<colon]
    guard host == "127.0.0.1" || host == "[::1]" else {
      throw Failure(
        description: "metrics are served on this machine alone: 127.0.0.1:PORT or [::1]:PORT")
    }
    let isSix = host == "[::1]"
    let socket = Foundation.socket(isSix ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard socket >= 0 else { throw Failure(description: String(cString: strerror(errno))) }
    var yes: Int32 = 1
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, 4)
    _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
    guard let port = Self.bind(socket, to: wanted, isSix: isSix), listen(socket, 16) == 0 else {
      let why = String(cString: strerror(errno))
      close(socket)
      throw Failure(description: "\(address): \(why)")
    }
    self.port = port
    self.socket = socket
    Thread.detachNewThread { [self] in serve() }
  }

  /// Ends the listening.
  public func stop() {
    let first = isStopping.withLock { stopping in
      defer { stopping = true }
      return !stopping
    }
    if first { shutdown(socket, Int32(SHUT_RDWR)) }
  }

  private static func bind(_ socket: Int32, to port: UInt16, isSix: Bool) -> UInt16? {
    var four = sockaddr_in()
    four.sin_family = sa_family_t(AF_INET)
    four.sin_port = port.bigEndian
    four.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var six = sockaddr_in6()
    six.sin6_family = sa_family_t(AF_INET6)
    six.sin6_port = port.bigEndian
    six.sin6_addr = in6addr_loopback
    func bound<Address>(_ address: inout Address) -> Bool {
      let size = socklen_t(MemoryLayout<Address>.size)
      return withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { base in
          var length = size
          return Foundation.bind(socket, base, size) == 0
            && getsockname(socket, base, &length) == 0
        }
      }
    }
    guard isSix ? bound(&six) : bound(&four) else { return nil }
    return UInt16(bigEndian: isSix ? six.sin6_port : four.sin_port)
  }

  private func serve() {
    while !isStopping.withLock({ $0 }) {
      let connection = accept(socket, nil, nil)
      guard connection >= 0 else {
        if errno == EINTR || errno == ECONNABORTED { continue }
        break
      }
      answer(connection)
      close(connection)
    }
    close(socket)
  }

  private func answer(_ connection: Int32) {
    var patience = Self.patience
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(
        connection, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
    }
    var request: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 2048)
    let deadline = ContinuousClock.now + .seconds(2)
    while !Self.isComplete(request) {
      let count = recv(connection, &buffer, buffer.count, 0)
      guard count > 0, request.count + count <= Self.limit, ContinuousClock.now < deadline else {
        return
      }
      request += buffer[..<count]
    }
    let line = String(decoding: request.prefix { $0 != 13 && $0 != 10 }, as: UTF8.self)
    let words = line.split(separator: " ")
    let path = words.count > 1 ? words[1].prefix { $0 != "?" } : ""
    let isHead = words.first == "HEAD"
    switch (words.first == "GET" || isHead, path) {
    case (true, "/metrics"):
      send(connection, "200 OK", MetricsPage.mediaType, page(), isHead)
    case (true, "/healthz"): send(connection, "200 OK", "text/plain", "ok\n", isHead)
    case (true, _): send(connection, "404 Not Found", "text/plain", "/metrics, /healthz\n", isHead)
    default: send(connection, "405 Method Not Allowed", "text/plain", "GET\n", false)
    }
  }

  private static func isComplete(_ request: [UInt8]) -> Bool {
    let end: [UInt8] = [13, 10, 13, 10]
    return request.count >= 4
      && (request.suffix(4) == end[...]
        || (0...(request.count - 4)).contains { request[$0..<($0 + 4)] == end[...] })
  }

  private func send(
    _ connection: Int32, _ status: String, _ type: String, _ body: String, _ isHead: Bool
  ) {
    let head =
      "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n"
      + "Cache-Control: no-store\r\nConnection: close\r\n\r\n"
    let bytes = Array((head + (isHead ? "" : body)).utf8)
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        Foundation.send(
          connection, $0.baseAddress.map { $0 + done }, bytes.count - done,
          Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      done += count
    }
  }
}
