import Foundation

/// Sockets on loopback addresses.
public enum Loopback {
  /// A listening socket on a loopback address; port 0 takes a free one.
  public static func listen(host: String, port: UInt16) throws -> (descriptor: Int32, port: UInt16)
  {
    let isV6 = host.contains(":")
    let descriptor = socket(
      isV6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw ScriptedServer.Failure(step: "socket", code: errno) }
    var yes: Int32 = 1
    setsockopt(
      descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var storage = address(host: host, port: port)
    var length = socklen_t(
      isV6 ? MemoryLayout<sockaddr_in6>.size : MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &storage) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(descriptor, pointer, length) == 0 && Foundation.listen(descriptor, 1024) == 0
          && getsockname(descriptor, pointer, &length) == 0
      }
    }
    guard result else {
      let code = errno
      close(descriptor)
      throw ScriptedServer.Failure(step: "listen on \(host)", code: code)
    }
    let found = withUnsafeBytes(of: storage) { $0.load(fromByteOffset: 2, as: UInt16.self) }
    return (descriptor, UInt16(bigEndian: found))
  }

  /// A port that is free at all of these addresses now.
  public static func freePort(hosts: [String] = ["127.0.0.1"]) throws -> UInt16 {
    var port: UInt16 = 0
    for host in hosts {
      let listener = try listen(host: host, port: port)
      close(listener.descriptor)
      port = listener.port
    }
    return port
  }

  /// Whether somebody accepts connections there.
  public static func answers(host: String, port: UInt16) -> Bool {
    let isV6 = host.contains(":")
    let descriptor = socket(isV6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var storage = address(host: host, port: port)
    let length = socklen_t(
      isV6 ? MemoryLayout<sockaddr_in6>.size : MemoryLayout<sockaddr_in>.size)
    return withUnsafeMutablePointer(to: &storage) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Foundation.connect(descriptor, $0, length) == 0
      }
    }
  }

  /// A connection to a port of 127.0.0.1; nil when nobody listens.
  static func connect(port: UInt16) -> Int32? {
    let descriptor = socket(
      AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var storage = address(host: "127.0.0.1", port: port)
    let length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &storage) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Foundation.connect(descriptor, $0, length)
      }
    }
    if result == 0 { return descriptor }
    close(descriptor)
    return nil
  }

  /// Whether this machine has the IPv6 loopback address.
  public static var hasIPv6: Bool {
    guard let listener = try? listen(host: "::1", port: 0) else { return false }
    close(listener.descriptor)
    return true
  }

  static func address(host: String, port: UInt16) -> sockaddr_storage {
    var storage = sockaddr_storage()
    withUnsafeMutableBytes(of: &storage) { bytes in
      if host.contains(":") {
        var value = sockaddr_in6()
        value.sin6_family = sa_family_t(AF_INET6)
        value.sin6_port = port.bigEndian
        inet_pton(AF_INET6, host, &value.sin6_addr)
        bytes.storeBytes(of: value, as: sockaddr_in6.self)
      } else {
        var value = sockaddr_in()
        value.sin_family = sa_family_t(AF_INET)
        value.sin_port = port.bigEndian
        inet_pton(AF_INET, host, &value.sin_addr)
        bytes.storeBytes(of: value, as: sockaddr_in.self)
      }
    }
    return storage
  }
}
