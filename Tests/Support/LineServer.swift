import Foundation

/// A server for tests that reads one line and sends what a script says, as WHOIS has it (RFC 3912).
///
/// It listens on loopback only. Every connection has a thread of its own, so that scripts may block.
public final class LineServer: Sendable {
  /// Answers one line; returning ends the connection in good order.
  public typealias Script = @Sendable (_ line: String, ScriptedConnection) -> Void

  public let host: String
  public let port: UInt16
  private let listener: Int32
  private let script: Script
  private let record = Locked<[String]>([])
  private let open = Locked<Set<Int32>>([])
  private let threads = DispatchGroup()

  /// Listens on a free port unless told otherwise.
  public init(host: String = "127.0.0.1", port: UInt16 = 0, script: @escaping Script) throws {
    let listener = try Loopback.listen(host: host, port: port)
    self.host = host
    self.port = listener.port
    self.listener = listener.descriptor
    self.script = script
    threads.enter()
    Thread.detachNewThread { self.accept() }
  }

  /// Lines with their ends, in order of arrival.
  public var seen: [String] { record.withLock { $0 } }

  /// Ends all connections and waits for their scripts.
  public func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
    open.withLock { for connection in $0 { shutdown(connection, Int32(SHUT_RDWR)) } }
    threads.wait()
  }

  private func accept() {
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
      _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
      open.withLock { _ = $0.insert(connection) }
      threads.enter()
      Thread.detachNewThread { self.serve(connection) }
    }
  }

  private func serve(_ descriptor: Int32) {
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while line.last != 0x0A, line.count < 4096, recv(descriptor, &byte, 1, 0) == 1 {
      line.append(byte)
    }
    if line.last == 0x0A {
      let text = String(decoding: line, as: UTF8.self)
      record.withLock { $0.append(text) }
      script(text, ScriptedConnection(descriptor: descriptor))
    }
    // Under the lock, so that `stop` never shuts down a number that is another socket's by then.
    open.withLock {
      $0.remove(descriptor)
      close(descriptor)
    }
    threads.leave()
  }
}
