import Foundation

/// The server's end of one connection, for scripts.
public final class ScriptedConnection: Sendable {
  private let descriptor: Int32
  private let ended = Locked(false)
  private let unread = Locked<[UInt8]>([])

  init(descriptor: Int32) { self.descriptor = descriptor }

  var isClosed: Bool { ended.withLock { $0 } }

  /// Sends bytes as they are; false when the client is gone.
  @discardableResult
  public func send(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes {
        Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if sent <= 0 {
        if sent < 0, errno == EINTR { continue }
        ended.withLock { $0 = true }
        return false
      }
      rest = rest.dropFirst(sent)
    }
    return true
  }

  @discardableResult
  public func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  /// Sends a whole response with its length.
  @discardableResult
  public func respond(
    _ status: String = "200 OK", headers: [String] = [], body: [UInt8] = []
  ) -> Bool {
    let fields = (headers + ["Content-Length: \(body.count)"]).map { $0 + "\r\n" }.joined()
    return send(Array("HTTP/1.1 \(status)\r\n\(fields)\r\n".utf8) + body)
  }

  @discardableResult
  public func respond(
    _ status: String = "200 OK", headers: [String] = [], text: String
  ) -> Bool {
    respond(status, headers: headers, body: Array(text.utf8))
  }

  /// Ends the connection in good order after what was sent.
  public func finish() {
    ended.withLock { $0 = true }
    shutdown(descriptor, Int32(SHUT_RDWR))
  }

  /// Ends the connection with a reset.
  public func reset() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    ended.withLock { $0 = true }
  }

  /// Blocks until the client closes or the server stops.
  public func waitForClient() {
    var byte: UInt8 = 0
    while recv(descriptor, &byte, 1, 0) > 0 {}
    ended.withLock { $0 = true }
  }

  /// Reads one request with its body (`Content-Length` only); nil at the end.
  func readRequest() -> ScriptedRequest? {
    var bytes = unread.withLock { $0 }
    var end: Int?
    while true {
      end = Self.endOfHead(bytes)
      if end != nil { break }
      guard bytes.count < 1 << 20, receive(&bytes) else { return nil }
    }
    guard let end else { return nil }
    let head = Array(bytes[..<end])
    let words = String(decoding: head.prefix { $0 != 13 }, as: UTF8.self).split(separator: " ")
    guard words.count >= 2 else { return nil }
    let bare = ScriptedRequest(
      method: String(words[0]), target: String(words[1]), head: head, body: [])
    let length = bare.header("content-length").flatMap { Int($0) } ?? 0
    while bytes.count < end + length {
      guard receive(&bytes) else { return nil }
    }
    let (body, rest) = (Array(bytes[end..<(end + length)]), Array(bytes[(end + length)...]))
    unread.withLock { $0 = rest }
    return ScriptedRequest(method: bare.method, target: bare.target, head: head, body: body)
  }

  private func receive(_ bytes: inout [UInt8]) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    guard count > 0 else { return false }
    bytes += buffer[..<count]
    return true
  }

  private static func endOfHead(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= 4 else { return nil }
    for index in 0...(bytes.count - 4)
    where bytes[index] == 13 && bytes[index + 1] == 10 && bytes[index + 2] == 13
      && bytes[index + 3] == 10
    {
      return index + 4
    }
    return nil
  }
}
