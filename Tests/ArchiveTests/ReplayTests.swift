import Archive
import Bytes
import Foundation
import Glibc
import TestSupport
import Testing
import Vocabulary

/// A web archive player gives back every body byte for byte.
@Suite struct ReplayTests {
  @Test(
    .enabled(if: Tools.have("wayback") && Tools.have("wb-manager"), "no pywb in ADWATCH_TOOLS"),
    .timeLimit(.minutes(15)))
  func pywbPlaysEveryBodyBack() throws {
    let written = try Fixtures.writeAll()
    let folder = written.directory.path
    #expect(try Tools.run("wb-manager", ["init", "t"], in: folder).status == 0)
    #expect(try Tools.run("wb-manager", ["add", "t", written.path], in: folder).status == 0)
    let player = try Player(folder: folder)
    defer { player.stop() }
    try #require(player.waitUntilReady())
    for exchange in Fixtures.answered where exchange.url != Fixtures.redirect.url {
      let answer = try player.fetch(exchange)
      #expect(answer.body == exchange.body, "\(exchange.url): \(answer.head)")
    }
    #expect(try player.fetch(Fixtures.repeated).body == Fixtures.page)
    // A revisit that holds a head of its own is played back with that head: as the 304 it was.
    #expect(try player.fetch(Fixtures.notModified).head.contains(" 304 "))
    #expect(try player.fetch(Fixtures.notFound).head.contains(" 404 "))
    #expect(try player.fetch(Fixtures.redirect).head.contains(" 302 "))
    #expect(try player.fetch(Fixtures.brotli).head.lowercased().contains("content-encoding: br"))
  }

  /// pywb on a free port of the loopback address.
  private struct Player {
    let process: Process
    let folder: String
    let port: UInt16

    init(folder: String) throws {
      self.folder = folder
      port = try Player.freePort()
      process = Tools.process(
        "wayback", ["-p", String(port), "-b", "127.0.0.1"], in: folder)
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try Tools.start(process)
    }

    func stop() {
      process.terminate()
      for _ in 0..<50 where process.isRunning { usleep(100_000) }
      if process.isRunning { kill(process.processIdentifier, SIGKILL) }
      process.waitUntilExit()
    }

    func waitUntilReady() -> Bool {
      for _ in 0..<100 {
        if let answer = try? fetch(Fixtures.plain), answer.head.contains(" 200 ") { return true }
        usleep(100_000)
      }
      return false
    }

    /// The head and the body as the player sends them, without undoing any coding.
    func fetch(_ exchange: ArchivedExchange) throws -> (head: String, body: [UInt8]) {
      let url = "http://127.0.0.1:\(port)/t/\(exchange.date.digits14)id_/\(exchange.url)"
      let curl = Process()
      curl.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      let out = "\(folder)/out"
      let head = "\(folder)/head"
      curl.arguments = [
        "curl", "-s", "--max-time", "3", "-H", "Accept-Encoding: gzip, br", "-D", head, "-o", out,
        url,
      ]
      try? FileManager.default.removeItem(atPath: out)
      try Tools.start(curl)
      curl.waitUntilExit()
      return (
        (try? String(contentsOfFile: head, encoding: .utf8)) ?? "",
        Array(FileManager.default.contents(atPath: out) ?? Data())
      )
    }

    private static func freePort() throws -> UInt16 {
      let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(number) }
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
      var length = socklen_t(MemoryLayout<sockaddr_in>.size)
      let status = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(number, $0, length) == 0 ? getsockname(number, $0, &length) : -1
        }
      }
      try #require(status == 0)
      return UInt16(bigEndian: address.sin_port)
    }
  }
}
