public import Foundation

/// The service manager that started the program, if one did and listens (sd_notify(3)).
public struct ServiceManager: Sendable {
  private let path: String
  /// Seconds in which it wants to hear from a living program; nil when it does not.
  public let watchdog: Double?

  /// From `NOTIFY_SOCKET` and `WATCHDOG_USEC`; nil when nobody listens.
  public init?(environment: [String: String] = ProcessInfo.processInfo.environment) {
    guard let path = environment["NOTIFY_SOCKET"], path.hasPrefix("/") || path.hasPrefix("@"),
      path.utf8.count < 100
    else { return nil }
    self.path = path
    watchdog = environment["WATCHDOG_USEC"].flatMap(Double.init).map { $0 / 1_000_000 }
  }

  /// Says that the program is up.
  public func ready() { send("READY=1") }

  /// Says that it is alive, and what it does in a line for people.
  public func alive(_ words: String) {
    let line = words.split(separator: "\n").first.map(String.init) ?? ""
    send("WATCHDOG=1\nSTATUS=\(line)")
  }

  /// Says that it comes to an end.
  public func stopping() { send("STOPPING=1") }

  /// Nobody waits for an answer, and a service manager that is gone is no fault of ours.
  private func send(_ message: String) {
    let socket = Foundation.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    guard socket >= 0 else { return }
    defer { close(socket) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    // A name that begins with @ is in the abstract namespace: a zero byte stands there.
    let name = path.utf8.enumerated().map { $0.offset == 0 && $0.element == 64 ? 0 : $0.element }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
    let size = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
    let bytes = Array(message.utf8)
    withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = sendto(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL), $0, size)
      }
    }
  }
}
