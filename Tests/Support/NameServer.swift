import Foundation

/// A name server for tests, over UDP and TCP on one port of a loopback address, that sends the bytes a
/// script says, well-formed or not.
public final class NameServer: Sendable {
  /// What somebody asked.
  public struct Question: Sendable {
    /// The whole message.
    public let message: [UInt8]
    public let name: String
    /// Number of the record's type (RFC 1035 section 3.2.2).
    public let type: UInt16
    public let isOverTCP: Bool

    public init(message: [UInt8], name: String, type: UInt16, isOverTCP: Bool) {
      self.message = message
      self.name = name
      self.type = type
      self.isOverTCP = isOverTCP
    }
  }

  /// What is sent for a question.
  public enum Answer: Sendable {
    /// Messages, one after the other.
    case messages([[UInt8]])
    /// A byte of the message every few milliseconds, over TCP; nothing over UDP.
    case slowly([UInt8], milliseconds: UInt32)
    case nothing
  }

  /// One resource record; its name is the question's unless `name` is encoded.
  public struct Record: Sendable {
    public var name: [UInt8]
    public var type: UInt16
    public var data: [UInt8]

    public init(name: [UInt8] = [0xC0, 0x0C], type: UInt16, data: [UInt8]) {
      self.name = name
      self.type = type
      self.data = data
    }

    public static func address(_ bytes: [UInt8]) -> Record {
      Record(type: bytes.count == 4 ? 1 : 28, data: bytes)
    }
    public static func text(_ text: String) -> Record {
      Record(type: 16, data: [UInt8(text.utf8.count)] + Array(text.utf8))
    }
    public static func mail(_ preference: UInt16, _ host: String) -> Record {
      Record(
        type: 15, data: [UInt8(preference >> 8), UInt8(preference & 255)] + NameServer.encode(host))
    }
    public static func authority(_ server: String, _ responsible: [UInt8]) -> Record {
      Record(
        type: 6,
        data: NameServer.encode(server) + responsible + [UInt8](repeating: 0, count: 20))
    }
    public static func alias(_ name: String) -> Record {
      Record(type: 5, data: NameServer.encode(name))
    }
  }

  public typealias Script = @Sendable (Question) -> Answer

  public let host: String
  public let port: UInt16
  private let datagrams: Int32
  private let listener: Int32
  private let script: Script
  private let record = Locked<[Question]>([])
  private let open = Locked<Set<Int32>>([])
  private let isStopping = Locked(false)
  private let threads = DispatchGroup()

  /// Listens on a free port.
  public init(host: String = "127.0.0.1", script: @escaping Script) throws {
    var found: (stream: Int32, datagrams: Int32, port: UInt16)?
    // A port that is free for one of the two may be taken for the other.
    for _ in 0..<20 where found == nil {
      let listener = try Loopback.listen(host: host, port: 0)
      if let datagrams = Self.bind(host: host, port: listener.port) {
        found = (listener.descriptor, datagrams, listener.port)
      } else {
        close(listener.descriptor)
      }
    }
    guard let found else { throw ScriptedServer.Failure(step: "bind", code: errno) }
    self.host = host
    port = found.port
    listener = found.stream
    datagrams = found.datagrams
    self.script = script
    threads.enter()
    threads.enter()
    Thread.detachNewThread { self.serveDatagrams() }
    Thread.detachNewThread { self.accept() }
  }

  /// Answers from records by `TYPE name`, as `A site.example`; what is not there is no name.
  public convenience init(host: String = "127.0.0.1", zone: [String: [Record]]) throws {
    try self.init(host: host) { question in
      let types: [UInt16: String] = [1: "A", 28: "AAAA", 6: "SOA", 15: "MX", 16: "TXT"]
      let key = "\(types[question.type] ?? "?") \(question.name.lowercased())"
      guard let records = zone[key] else {
        return .messages([Self.reply(question, code: 3)])
      }
      return .messages([Self.reply(question, records)])
    }
  }

  /// As a setting of who is asked.
  public var endpoint: String { "\(host):\(port)" }

  /// What was asked until now.
  public var seen: [Question] { record.withLock { $0 } }

  /// A message that answers a question.
  public static func reply(
    _ question: Question, _ records: [Record] = [], code: UInt8 = 0, isCut: Bool = false
  ) -> [UInt8] {
    let end = endOfQuestion(question.message)
    var message = Array(question.message[..<min(2, question.message.count)])
    message += [isCut ? 0x87 : 0x85, 0x80 | code, 0, 1]
    message += [UInt8(records.count >> 8), UInt8(records.count & 255), 0, 0, 0, 0]
    message += question.message[min(12, question.message.count)..<end]
    for record in records {
      message += record.name
      message += [UInt8(record.type >> 8), UInt8(record.type & 255), 0, 1, 0, 0, 0, 60]
      message += [UInt8(record.data.count >> 8), UInt8(record.data.count & 255)] + record.data
    }
    return message
  }

  /// A name as labels (RFC 1035 section 3.1), without compression or escapes.
  public static func encode(_ name: String) -> [UInt8] {
    encode(name.split(separator: ".").map(String.init))
  }

  public static func encode(_ labels: [String]) -> [UInt8] {
    labels.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) } + [0]
  }

  /// Ends all connections and waits for the scripts.
  public func stop() {
    isStopping.withLock { $0 = true }
    shutdown(listener, Int32(SHUT_RDWR))
    shutdown(datagrams, Int32(SHUT_RDWR))
    open.withLock { for connection in $0 { shutdown(connection, Int32(SHUT_RDWR)) } }
    threads.wait()
    close(listener)
    close(datagrams)
  }

  private static func bind(host: String, port: UInt16) -> Int32? {
    let descriptor = socket(
      AF_INET, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    var storage = Loopback.address(host: host, port: port)
    let length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafePointer(to: &storage) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Foundation.bind(descriptor, $0, length)
      }
    }
    guard result == 0 else {
      close(descriptor)
      return nil
    }
    return descriptor
  }

  private func serveDatagrams() {
    defer { threads.leave() }
    var buffer = [UInt8](repeating: 0, count: 4096)
    while !isStopping.withLock({ $0 }) {
      // Not every system wakes a datagram socket that is shut down.
      var polled = pollfd(fd: datagrams, events: Int16(POLLIN), revents: 0)
      guard poll(&polled, 1, 50) > 0 else { continue }
      var peer = sockaddr_storage()
      var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
      let count = withUnsafeMutablePointer(to: &peer) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          recvfrom(datagrams, &buffer, buffer.count, 0, $0, &length)
        }
      }
      guard count > 12 else { continue }
      guard case .messages(let messages) = answer(Array(buffer[..<count]), isOverTCP: false) else {
        continue
      }
      for message in messages {
        _ = withUnsafePointer(to: &peer) {
          $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            sendto(datagrams, message, message.count, 0, $0, length)
          }
        }
      }
    }
  }

  private func accept() {
    defer { threads.leave() }
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
    defer {
      open.withLock {
        $0.remove(descriptor)
        close(descriptor)
      }
      threads.leave()
    }
    let connection = ScriptedConnection(descriptor: descriptor)
    while let head = Self.read(2, of: descriptor),
      let message = Self.read(Int(head[0]) << 8 | Int(head[1]), of: descriptor), message.count > 12
    {
      switch answer(message, isOverTCP: true) {
      case .nothing: connection.waitForClient()
      case .messages(let messages):
        for message in messages { connection.send(Self.framed(message)) }
      case .slowly(let message, let milliseconds):
        for byte in Self.framed(message) {
          guard connection.send([byte]) else { return }
          usleep(milliseconds * 1000)
        }
      }
    }
  }

  private func answer(_ message: [UInt8], isOverTCP: Bool) -> Answer {
    let end = Self.endOfQuestion(message)
    var labels: [String] = []
    var index = 12
    while index < end, message[index] > 0, index + 1 + Int(message[index]) < end {
      let next = index + 1 + Int(message[index])
      labels.append(String(decoding: message[(index + 1)..<next], as: UTF8.self))
      index = next
    }
    let type = end >= 16 ? UInt16(message[end - 4]) << 8 | UInt16(message[end - 3]) : 0
    let question = Question(
      message: message, name: labels.joined(separator: "."), type: type, isOverTCP: isOverTCP)
    record.withLock { $0.append(question) }
    return script(question)
  }

  /// Where the question of a message ends; our own client asks one, without compression.
  private static func endOfQuestion(_ message: [UInt8]) -> Int {
    var index = 12
    while index < message.count, message[index] > 0 { index += 1 + Int(message[index]) }
    return min(index + 5, message.count)
  }

  private static func framed(_ message: [UInt8]) -> [UInt8] {
    [UInt8(message.count >> 8 & 255), UInt8(message.count & 255)] + message
  }

  private static func read(_ count: Int, of descriptor: Int32) -> [UInt8]? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: max(1, count))
    while bytes.count < count {
      let received = recv(descriptor, &buffer, count - bytes.count, 0)
      guard received > 0 else { return nil }
      bytes += buffer[..<received]
    }
    return bytes
  }
}
