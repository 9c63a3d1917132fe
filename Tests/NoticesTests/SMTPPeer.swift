import Foundation
import Synchronization

/// A mail server on loopback with faults to order, on threads of its own.
final class SMTPPeer: Sendable {
  /// What it does with the next message.
  enum Fault: Sendable {
    case none
    case greylist, noSuchUser
    case temporary, refusal
    case dropAfterDot, dropBeforeBody
    case busy
  }

  /// A message that it took, whatever it said afterwards.
  struct Taken: Sendable {
    var sender: String
    var recipient: String
    var body: [UInt8]
  }

  let port: UInt16
  private let listener: Int32
  private let state: Mutex<(fault: Fault, taken: [Taken], commands: [String])>

  init(_ fault: Fault = .none) throws {
    state = Mutex((fault, [], []))
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let file = listener
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(file, $0, length) == 0 && listen(file, 16) == 0 && getsockname(file, $0, &length) == 0
      }
    }
    guard bound else { throw CocoaError(.fileReadUnknown) }
    port = UInt16(bigEndian: address.sin_port)
    Thread.detachNewThread { [weak self] in
      while true {
        let connection = accept(file, nil, nil)
        guard connection >= 0 else { return }
        guard let peer = self else {
          close(connection)
          return
        }
        Thread.detachNewThread { peer.serve(connection) }
      }
    }
  }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  var taken: [Taken] { state.withLock { $0.taken } }
  var commands: [String] { state.withLock { $0.commands } }
  func set(_ fault: Fault) { state.withLock { $0.fault = fault } }

  private func serve(_ connection: Int32) {
    defer { close(connection) }
    var input = LineInput(connection)
    func say(_ text: String) {
      let bytes = Array((text + "\r\n").utf8)
      _ = send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }
    let fault = state.withLock { $0.fault }
    if case .busy = fault { return say("421 4.3.2 busy") }
    say("220 peer.example ESMTP")
    var taken = Taken(sender: "", recipient: "", body: [])
    while let line = input.next() {
      let text = String(decoding: line, as: UTF8.self)
      state.withLock { $0.commands.append(text) }
      switch text.prefix(4).uppercased() {
      case "EHLO": say("250 peer.example")
      case "MAIL":
        taken.sender = text
        say("250 2.1.0 ok")
      case "RCPT":
        taken.recipient = text
        switch fault {
        case .greylist: say("451 4.7.1 greylisted")
        case .noSuchUser: say("550 5.1.1 no such user")
        default: say("250 2.1.5 ok")
        }
      case "DATA":
        say("354 go on")
        if case .dropBeforeBody = fault { return }
        var isWhole = false
        while let line = input.next() {
          isWhole = line == [0x2E]
          if isWhole { break }
          taken.body += line + [13, 10]
        }
        guard isWhole else { return }
        if case .temporary = fault {
          say("451 4.3.0 later")
          continue
        }
        if case .refusal = fault {
          say("554 5.7.1 no")
          continue
        }
        let done = taken
        state.withLock { $0.taken.append(done) }
        if case .dropAfterDot = fault { return }
        say("250 2.0.0 queued as A1")
      case "QUIT":
        say("221 bye")
        return
      default: say("502 5.5.1 no")
      }
    }
  }
}

/// Lines of a socket without their ends.
private struct LineInput {
  private let connection: Int32
  private var rest: [UInt8] = []

  init(_ connection: Int32) { self.connection = connection }

  mutating func next() -> [UInt8]? {
    while true {
      if let end = rest.firstIndex(of: 10) {
        let line = rest[..<end].filter { $0 != 13 }
        rest.removeFirst(end + 1)
        return Array(line)
      }
      var buffer = [UInt8](repeating: 0, count: 4096)
      let count = recv(connection, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      rest += buffer[..<count]
    }
  }
}
