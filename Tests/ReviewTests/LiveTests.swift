import Analysis
import CaseStore
import Foundation
import Logging
import TestSupport
import Testing
import Vocabulary

@testable import Review

/// The server itself on loopback, and a browser where one is installed.
@Suite(.serialized, .timeLimit(.minutes(15))) struct LiveTests {
  /// Runs `body`, which may block, beside a server of the fixture's site.
  private func serving(
    _ fixture: ReviewFixture, limits: ReviewLimits = ReviewLimits(),
    settings: ReviewSite.Settings = ReviewSite.Settings(), patterns: PatternFolder? = nil,
    _ body: @Sendable @escaping (UInt16) throws -> Void
  ) async throws {
    var tools = ReviewFixture.tools(fixture.store)
    tools.patterns = patterns
    let site = try ReviewSite(
      store: fixture.store, folder: fixture.folder.path, library: patterns?.library, tools: tools,
      settings: settings, limits: limits, passwordCost: ReviewFixture.cost,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
      now: { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) })
    let server = ReviewServer(site: site, host: "127.0.0.1", port: 0, logger: site.logger)
    let (ports, found) = AsyncStream<Int>.makeStream()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        defer { found.finish() }
        try await server.run { found.yield($0) }
      }
      for await port in ports {
        try await Blocking.run { try body(UInt16(port)) }
        break
      }
      group.cancelAll()
    }
  }

  @Test func answersOnASocketAndRefusesWhatIsTooLarge() async throws {
    let fixture = try ReviewFixture()
    try await serving(fixture) { port in
      #expect(try Self.ask(port, "GET /sign-in HTTP/1.1\r\nHost: a\r\n\r\n").contains(" 200 "))
      #expect(try Self.ask(port, "DELETE / HTTP/1.1\r\nHost: a\r\n\r\n").contains(" 405 "))
      #expect(
        try Self.ask(port, "GET /../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n").contains(" 404 "))
      let large = String(repeating: "a", count: 40_000)
      let head = try Self.ask(port, "GET / HTTP/1.1\r\nHost: a\r\nX-Large: \(large)\r\n\r\n")
      #expect(!head.contains(" 200 ") && !head.contains(" 303 "))
      let body = String(repeating: "a", count: 100_000)
      let reply = try Self.ask(
        port, "POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n\(body)")
      #expect(reply.contains(" 413 "), "\(reply.prefix(40))")
    }
  }

  @Test func slowConnectionsKeepNobodyAway() async throws {
    let fixture = try ReviewFixture()
    try await serving(fixture) { port in
      var held: [Int32] = []
      defer { for descriptor in held { close(descriptor) } }
      for number in 0..<2000 {
        let descriptor = try Self.open(port)
        held.append(descriptor)
        let start =
          number % 2 == 0
          ? "GET / HTTP/1.1\r\nHost: a\r\nX-Slow"
          : "POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\nslow"
        _ = Self.write(descriptor, start)
      }
      #expect(try Self.ask(port, "GET /sign-in HTTP/1.1\r\nHost: a\r\n\r\n").contains(" 200 "))
    }
  }

  @Test func answersWhileSomethingElseWrites() async throws {
    let fixture = try ReviewFixture()
    let path = fixture.folder.appendingPathComponent("adwatch.sqlite").path
    try await serving(fixture) { port in
      let other = try SQLiteEngine(path: path)
      try other.write { session in
        try session.execute("UPDATE actor SET created_at = created_at", [])
        #expect(try Self.ask(port, "GET /sign-in HTTP/1.1\r\nHost: a\r\n\r\n").contains(" 200 "))
      }
    }
  }

  @Test func aTrustedProxyIsBelievedOverASocketToo() async throws {
    var settings = ReviewSite.Settings()
    settings.trustedProxy = "127.0.0.1"
    settings.trustedHeader = "X-Account"
    let fixture = try ReviewFixture()
    try await serving(fixture, settings: settings) { port in
      let head = "GET /sign-in HTTP/1.1\r\nHost: a\r\nX-Account: "
      let known = try Self.ask(port, "\(head)analyst\r\n\r\n")
      #expect(known.contains(" 303 ") && known.contains("adwatch="))
      #expect(try Self.ask(port, "\(head)nobody\r\n\r\n").contains(" 200 "))
    }
    settings.trustedProxy = "192.0.2.1"
    try await serving(fixture, settings: settings) { port in
      let head = "GET /sign-in HTTP/1.1\r\nHost: a\r\nX-Account: analyst\r\n\r\n"
      let answer = try Self.ask(port, head)
      #expect(answer.contains(" 200 "), "a header of somebody else was believed")
    }
  }

  private static let canBrowse =
    Tools.have("python") && FileManager.default.fileExists(atPath: "/usr/bin/chromedriver")

  @Test(.enabled(if: canBrowse, "no browser is installed"))
  func twentyAdvertsAreJudgedByKeyboardAndAxeFindsNothingSerious() async throws {
    let fixture = try ReviewFixture()
    var linked: [Int64: (phone: String, text: String, places: [(String, Int64)])] = [:]
    for number in 0..<30 {
      let text = "Accommodation comes with job number \(number)."
      let phone = "+4420794600\(number < 26 ? 10 + number : 50)"
      let id = try fixture.store(
        ReviewFixture.advert(
          "Invented advert \(number)", text: text, priority: Double(number), phone: phone))[0]
      let town = ["NL/Utrecht", "NL/Breda", "NL/Zwolle", "NL/Arnhem"][number % 4]
      linked[id] = (phone, "Words number \(number)", [(town, 1_767_000_000 + Int64(id) * 86_400)])
    }
    try fixture.link(linked)
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Browser/browser_check.py").path
    // Pictures of every page stay where somebody names a folder for them.
    let folder = ProcessInfo.processInfo.environment["ADWATCH_PICTURES"] ?? fixture.folder.path
    let password = ReviewFixture.password
    try fixture.add(account: "second-officer", .noticeOfficer)
    let secret = OneTimeCode.newSecret()
    try fixture.store.change(
      account: "second-officer", .secondFactor(secret), by: fixture.actor, at: fixture.clock.now)
    let packs = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Patterns")
    try await serving(fixture, patterns: try PatternFolder(path: packs.path)) { port in
      let result = try Tools.run(
        "python",
        [
          script, "http://127.0.0.1:\(port)", "analyst", "auditor", password, folder,
          "notice-officer", "second-officer", secret,
        ])
      let line = result.output.split(separator: "\n").last.map(String.init) ?? ""
      let report = try #require(
        (try? JSONSerialization.jsonObject(with: Data(line.utf8))) as? [String: Any],
        "\(result.output.suffix(2000))")
      #expect(report["judged"] as? Int == 20)
      #expect(report["writings"] as? Int == 4, "a number is found however it is written")
      #expect(report["split"] as? Bool == true)
      #expect(report["tried"] as? Bool == true, "the page to try a pattern is looked at")
      #expect(report["approved"] as? Bool == true, "a notice is approved by keyboard")
      #expect((report["printed"] as? Int ?? 0) > 5_000, "a report is printed")
      #expect((report["audited"] as? [String])?.count == 4, "\(line)")
      #expect((report["serious"] as? [String: Any])?.isEmpty == true, "\(line)")
      #expect((report["wide"] as? [Any])?.isEmpty == true, "\(line)")
    }
  }
}

extension LiveTests {
  fileprivate static func open(_ port: UInt16) throws -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(connected == 0)
    var limit = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    return descriptor
  }

  fileprivate static func write(_ descriptor: Int32, _ text: String) -> Int {
    let bytes = Array(text.utf8)
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { break }
      sent += count
    }
    return sent
  }

  /// The beginning of what comes back.
  fileprivate static func ask(_ port: UInt16, _ request: String) throws -> String {
    let descriptor = try open(port)
    defer { close(descriptor) }
    _ = write(descriptor, request)
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
  }
}
