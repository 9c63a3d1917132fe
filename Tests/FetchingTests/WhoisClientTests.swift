import Fetching
import Foundation
import Testing
import TestSupport
import WebAddress

/// One line there and text back, from servers that may do anything.
@Suite struct WhoisClientTests {
  private static let loopback = AddressGuard(
    allow: ["127.0.0.0/8"].compactMap { AddressRange($0) })

  private static func client(
    bytes: Int = 64 << 10, total: Double = 10, guardian: AddressGuard = loopback
  ) -> WhoisClient {
    var limits = WhoisClient.Limits()
    limits.maximumBytes = bytes
    limits.totalTimeout = total
    limits.connectTimeout = 3
    return WhoisClient(limits: limits, guardian: guardian)
  }

  private func ask(
    _ line: String = "site.example", client: WhoisClient = client(),
    script: @escaping LineServer.Script
  ) async throws -> (answer: WhoisClient.Answer, seen: [String]) {
    try await Blocking.run {
      let server = try LineServer(script: script)
      defer { server.stop() }
      return (client.ask(line, host: server.host, port: server.port), server.seen)
    }
  }

  @Test func aLineGoesThereAndTheTextComesBack() async throws {
    let found = try await ask { _, connection in
      connection.send("Registrar: ")
      connection.send("Name\r\n")
    }
    #expect(found.answer.outcome == .fetched)
    #expect(found.answer.bytes == Array("Registrar: Name\r\n".utf8))
    #expect(found.answer.remote?.address.description == "127.0.0.1")
    #expect(found.seen == ["site.example\r\n"])
  }

  @Test func noSecondLineCanBeAsked() async throws {
    for line in ["a\r\nb", "a\nb", "a\u{0}", "a\u{7F}", String(repeating: "a", count: 513)] {
      let found = try await ask(line) { _, connection in connection.send("no") }
      #expect(found.answer.outcome == .badRequest && found.seen.isEmpty)
    }
  }

  @Test func privateAddressesAreRefused() async throws {
    let found = try await ask(client: Self.client(guardian: AddressGuard())) { _, connection in
      connection.send("no")
    }
    #expect(found.answer.outcome == .refusedAddress && found.seen.isEmpty)
    let named = WhoisClient(
      guardian: AddressGuard(), resolver: TestResolver(["whois.example": [["10.0.0.1"]]]))
    let answer = try await Blocking.run { named.ask("x", host: "whois.example", port: 43) }
    #expect(answer.outcome == .refusedAddress && answer.detail?.contains("10.0.0.1") == true)
    let unknown = try await Blocking.run { named.ask("x", host: "other.example", port: 43) }
    #expect(unknown.outcome == .dnsFailure)
  }

  @Test func anEndlessAnswerIsCut() async throws {
    let found = try await ask(client: Self.client(bytes: 10_000)) { _, connection in
      let much = [UInt8](repeating: 0x41, count: 1 << 16)
      while connection.send(much) {}
    }
    #expect(found.answer.outcome == .tooBig && found.answer.bytes.count == 10_000)
  }

  @Test func aDrippedAnswerEndsInTimeAndIsKept() async throws {
    let found = try await ask(client: Self.client(total: 0.5)) { _, connection in
      while connection.send("x") { usleep(100_000) }
    }
    #expect(found.answer.outcome == .timedOut)
    #expect((1...20).contains(found.answer.bytes.count))
  }

  @Test func silenceResetsAndClosedPortsHaveNames() async throws {
    let silent = try await ask(client: Self.client(total: 0.3)) { _, connection in
      connection.waitForClient()
    }
    #expect(silent.answer.outcome == .timedOut && silent.answer.bytes.isEmpty)
    let reset = try await ask { _, connection in connection.reset() }
    #expect([.disconnected, .fetched].contains(reset.answer.outcome))
    #expect(reset.answer.bytes.isEmpty)
    let port = try Loopback.freePort()
    let closed = try await Blocking.run {
      Self.client().ask("x", host: "127.0.0.1", port: port)
    }
    #expect(closed.outcome == .connectionRefused)
  }
}
