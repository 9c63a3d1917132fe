import Foundation

/// A web server for tests that sends exactly the bytes a script says, well-formed or not.
///
/// It listens on loopback only. Every connection has a thread of its own, so that scripts may block.
public final class ScriptedServer: Sendable {
  /// Answers one request; returning keeps the connection open for the next one.
  public typealias Script = @Sendable (ScriptedRequest, ScriptedConnection) -> Void

  /// What the server has seen so far.
  public struct Record: Sendable {
    /// In order of arrival.
    public var requests: [ScriptedRequest] = []
    /// Connections accepted.
    public var accepted = 0
    /// Requests in their script now, and at most so far.
    public var active = 0
    public var peak = 0
    /// The same for each `Host` header.
    public var activeByHost: [String: Int] = [:]
    public var peakByHost: [String: Int] = [:]
  }

  /// Why there is no server.
  public struct Failure: Error {
    public let step: String
    public let code: Int32
  }

  public let host: String
  public let port: UInt16
  private let listeners: [Int32]
  private let script: Script
  private let record = Locked(Record())
  private let open = Locked<Set<Int32>>([])
  private let threads = DispatchGroup()

  /// Listens on one port at all these loopback addresses; port 0 takes a free one.
  public init(hosts: [String] = ["127.0.0.1"], port: UInt16 = 0, script: @escaping Script) throws {
    var port = port
    var listeners: [Int32] = []
    do {
      for host in hosts {
        let listener = try Loopback.listen(host: host, port: port)
        listeners.append(listener.descriptor)
        port = listener.port
      }
    } catch {
      for listener in listeners { close(listener) }
      throw error
    }
    self.host = hosts.first ?? "127.0.0.1"
    self.port = port
    self.listeners = listeners
    self.script = script
    for listener in listeners {
      threads.enter()
      Thread.detachNewThread { self.accept(listener) }
    }
  }

  /// An address on the server, on its first host unless told otherwise.
  public func url(_ path: String = "/", host: String? = nil) -> String {
    let host = host ?? self.host
    let written = host.contains(":") ? "[\(host)]" : host
    return "http://\(written):\(port)\(path)"
  }

  /// What was seen until now.
  public var seen: Record { record.withLock { $0 } }

  /// Connections whose server end is open.
  public var openConnections: Int { open.withLock { $0.count } }

  /// Ends all connections and waits for their scripts.
  public func stop() {
    for listener in listeners { shutdown(listener, Int32(SHUT_RDWR)) }
    open.withLock { for connection in $0 { shutdown(connection, Int32(SHUT_RDWR)) } }
    threads.wait()
  }

  private func accept(_ listener: Int32) {
    defer {
      close(listener)
      threads.leave()
    }
    while true {
      let connection = Foundation.accept(listener, nil, nil)
      if connection < 0 {
        if errno == EINTR || errno == ECONNABORTED { continue }
        return
      }
      // A program that a test starts meanwhile must not keep the connection open.
      _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
      open.withLock { _ = $0.insert(connection) }
      record.withLock { $0.accepted += 1 }
      threads.enter()
      Thread.detachNewThread { self.serve(connection) }
    }
  }

  private func serve(_ descriptor: Int32) {
    let connection = ScriptedConnection(descriptor: descriptor)
    while !connection.isClosed, let request = connection.readRequest() {
      let host = request.header("host") ?? ""
      record.withLock {
        $0.requests.append(request)
        $0.active += 1
        $0.peak = max($0.peak, $0.active)
        let active = $0.activeByHost[host, default: 0] + 1
        $0.activeByHost[host] = active
        $0.peakByHost[host] = max($0.peakByHost[host, default: 0], active)
      }
      script(request, connection)
      record.withLock {
        $0.active -= 1
        $0.activeByHost[host, default: 1] -= 1
      }
    }
    // Under the lock, so that `stop` never shuts down a number that is another socket's by then.
    open.withLock {
      $0.remove(descriptor)
      close(descriptor)
    }
    threads.leave()
  }
}

/// One request as a server saw it.
public struct ScriptedRequest: Sendable {
  public let method: String
  public let target: String
  /// Request line and fields, with the empty line.
  public let head: [UInt8]
  public let body: [UInt8]

  /// The first value under a name, in any case.
  public func header(_ name: String) -> String? {
    for line in String(decoding: head, as: UTF8.self).split(separator: "\r\n").dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2, parts[0].lowercased() == name.lowercased() {
        return parts[1].trimmingCharacters(in: .whitespaces)
      }
    }
    return nil
  }
}
