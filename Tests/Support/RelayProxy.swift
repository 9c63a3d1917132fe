import Foundation

/// A SOCKS5 proxy (RFC 1928, 1929) on loopback for tests: whatever name it is asked for, it connects to
/// one port of this machine.
public final class RelayProxy: Sendable {
  /// What a client asked for.
  public struct Ask: Sendable, Hashable {
    /// SOCKS user name; empty without a login.
    public var user: String
    /// Name or address, as the client gave it.
    public var host: String
    public var port: UInt16
  }

  public let port: UInt16
  private let listener: Int32
  private let target: UInt16
  private let asked = Locked<[Ask]>([])

  /// Relays everything to `target` on 127.0.0.1.
  public init(target: UInt16) throws {
    let (descriptor, port) = try Loopback.listen(host: "127.0.0.1", port: 0)
    (listener, self.port, self.target) = (descriptor, port, target)
    Thread.detachNewThread { [self] in
      while true {
        let client = accept(listener, nil, nil)
        if client < 0 { return }
        _ = fcntl(client, F_SETFD, FD_CLOEXEC)
        Thread.detachNewThread { self.serve(client) }
      }
    }
  }

  /// What was asked for so far.
  public var asks: [Ask] { asked.withLock { $0 } }

  /// Takes no further connection.
  public func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  private func serve(_ client: Int32) {
    defer { close(client) }
    guard let greeting = read(client, 2), greeting[0] == 5,
      let methods = read(client, Int(greeting[1]))
    else { return }
    var user = ""
    if methods.contains(2) {
      send(client, [5, 2])
      guard let head = read(client, 2), let name = read(client, Int(head[1])),
        let length = read(client, 1), read(client, Int(length[0])) != nil
      else { return }
      user = String(decoding: name, as: UTF8.self)
      send(client, [1, 0])
    } else {
      send(client, [5, 0])
    }
    guard let request = read(client, 4) else { return }
    var host = ""
    switch request[3] {
    case 3:
      guard let length = read(client, 1), let name = read(client, Int(length[0])) else { return }
      host = String(decoding: name, as: UTF8.self)
    case 1:
      guard let bytes = read(client, 4) else { return }
      host = bytes.map(String.init).joined(separator: ".")
    default: return
    }
    guard let port = read(client, 2) else { return }
    let ask = Ask(user: user, host: host, port: UInt16(port[0]) << 8 | UInt16(port[1]))
    asked.withLock { $0.append(ask) }
    guard let server = Loopback.connect(port: target) else {
      send(client, [5, 5, 0, 1, 0, 0, 0, 0, 0, 0])
      return
    }
    defer { close(server) }
    send(client, [5, 0, 0, 1, 127, 0, 0, 1, 0, 0])
    relay(client, server)
  }

  private func relay(_ a: Int32, _ b: Int32) {
    var ends = [
      pollfd(fd: a, events: Int16(POLLIN), revents: 0),
      pollfd(fd: b, events: Int16(POLLIN), revents: 0),
    ]
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    while poll(&ends, 2, 30_000) > 0 {
      for (from, to) in [(0, 1), (1, 0)] where ends[from].revents != 0 {
        let count = recv(ends[from].fd, &buffer, buffer.count, 0)
        guard count > 0 else { return }
        send(ends[to].fd, Array(buffer[..<count]))
      }
    }
  }

  private func read(_ descriptor: Int32, _ count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: max(count, 1))
    var have = 0
    while have < count {
      let got = bytes.withUnsafeMutableBytes {
        recv(descriptor, $0.baseAddress?.advanced(by: have), count - have, 0)
      }
      guard got > 0 else { return nil }
      have += got
    }
    return Array(bytes.prefix(count))
  }

  private func send(_ descriptor: Int32, _ bytes: [UInt8]) {
    _ = bytes.withUnsafeBytes {
      Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
    }
  }
}
