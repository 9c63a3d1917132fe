import Bytes
import Fetching
import Foundation
import Testing
import TestSupport
import WebAddress

extension Wire {
  @Suite struct ScriptedTests {
    @Test func `an exchange has the bytes of both heads`() async throws {
      try await withServer { request, connection in
        connection.send("HTTP/1.1 200 Fine\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 5\r\n\r\nhello")
      } _: { server, fetcher in
        var asked = try request(server.url("/a%2e/./b?x=%7B|#part"))
        asked.userAgent = "adwatch-test/1"
        asked.headers = [HeaderField("Accept-Language", "nl")]
        let exchange = await fetcher.fetch(asked)
        #expect(exchange.outcome == .fetched)
        #expect(exchange.detail == nil)
        #expect(exchange.status == 200)
        #expect(exchange.headers.values("X-A") == ["1", "2"])
        #expect(exchange.body == bytes("hello"))
        #expect(
          exchange.responseHead
            == bytes("HTTP/1.1 200 Fine\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 5\r\n\r\n"))
        let seen = try #require(server.seen.requests.first)
        #expect(exchange.requestHead == seen.head)
        #expect(seen.target == asked.address.pathname + asked.address.search)
        #expect(seen.header("accept-encoding") == "gzip, br, zstd")
        #expect(seen.header("accept-language") == "nl")
        #expect(seen.header("user-agent") == "adwatch-test/1")
        #expect(exchange.httpVersion == "http/1.1")
        #expect(exchange.remote?.description == "127.0.0.1:\(server.port)")
        #expect(exchange.local?.address == IPAddress("127.0.0.1"))
        #expect(exchange.tls == nil && exchange.truncated == nil && exchange.resolved.isEmpty)
        #expect(exchange.started <= exchange.finished)
        #expect(exchange.durations.total > 0 && exchange.durations.firstByte != nil)
      }
    }

    @Test func `chunks are joined and trailers kept`() async throws {
      let exchange = try await answer { _, connection in
        connection.send(
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: T\r\n\r\n"
            + "3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\nT: end\r\n\r\n")
      }
      #expect(exchange.outcome == .fetched)
      #expect(exchange.body == bytes("abcdefg"))
      #expect(exchange.trailers == bytes("T: end\r\n"))
      #expect(exchange.headers["transfer-encoding"] == "chunked")
      #expect(exchange.headers["t"] == nil)
    }

    @Test func `interim responses are kept apart`() async throws {
      let exchange = try await answer { _, connection in
        connection.send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
        connection.respond(text: "x")
      }
      #expect(exchange.interimHeads == [bytes("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")])
      #expect(exchange.status == 200 && exchange.headers["link"] == nil)
    }

    @Test func `a compressed body is kept as it came and decoded on demand`() async throws {
      let page = bytes(String(repeating: "Room to let, example street. ", count: 400))
      let packed = GzipMember.compressed(page, level: 6)
      let exchange = try await answer { _, connection in
        connection.respond(headers: ["Content-Encoding: gzip"], body: packed)
      }
      #expect(exchange.body == packed)
      #expect(try exchange.decodedBody() == page)
      #expect(throws: DecodingFailure.tooBig(100)) {
        try exchange.decodedBody(limits: DecodingLimits(maximumBytes: 100))
      }
    }

    @Test func `an unknown coding is not decoded`() async throws {
      let exchange = try await answer { _, connection in
        connection.respond(headers: ["Content-Encoding: rot13"], text: "x")
      }
      #expect(exchange.outcome == .fetched && exchange.contentCodings == nil)
      #expect(throws: DecodingFailure.unsupported("rot13")) { try exchange.decodedBody() }
    }

    @Test func `304 is not modified only if that was asked`() async throws {
      try await withServer { _, connection in
        connection.send("HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\n\r\n")
      } _: { server, fetcher in
        var asked = try request(server.url())
        #expect(await fetcher.fetch(asked).outcome == .fetched)
        asked.etag = "\"v1\""
        asked.lastModified = "Sat, 01 Jan 2022 00:00:00 GMT"
        #expect(await fetcher.fetch(asked).outcome == .notModified)
        let seen = try #require(server.seen.requests.last)
        #expect(seen.header("if-none-match") == "\"v1\"")
        #expect(seen.header("if-modified-since") == "Sat, 01 Jan 2022 00:00:00 GMT")
      }
    }

    @Test func `redirects are returned and not followed`() async throws {
      try await withServer { _, connection in
        connection.respond("302 Found", headers: ["Location: /next"], text: "moved")
      } _: { server, fetcher in
        let exchange = await fetcher.fetch(try request(server.url()))
        #expect(exchange.status == 302 && exchange.body == bytes("moved"))
        #expect(
          Redirect.target(of: exchange)
            == .target(try #require(Address(server.url("/next"))), method: .get))
        #expect(server.seen.requests.count == 1)
      }
    }

    @Test func `HEAD and POST`() async throws {
      try await withServer { request, connection in
        if request.method == "HEAD" {
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n")
        } else {
          connection.respond(body: request.body)
        }
      } _: { server, fetcher in
        var asked = try request(server.url())
        asked.method = .head
        let head = await fetcher.fetch(asked)
        #expect(head.outcome == .fetched && head.body.isEmpty)
        asked.method = .post
        asked.body = bytes("over18=yes&next=%2F") + [0, 255]
        let post = await fetcher.fetch(asked)
        #expect(post.body == asked.body && post.requestBody == asked.body)
        asked.body = bytes(String(repeating: "x", count: 3 << 20))
        #expect(await fetcher.fetch(asked).body == asked.body)
        #expect(server.seen.requests.last?.header("expect") == nil)
        asked.body = []
        #expect(await fetcher.fetch(asked).outcome == .fetched)
      }
    }

    @Test func `HTTP 1_0 ends with the connection`() async throws {
      let exchange = try await answer { _, connection in
        connection.send("HTTP/1.0 200 OK\r\n\r\nold")
        connection.finish()
      }
      #expect(exchange.outcome == .fetched && exchange.httpVersion == "http/1.0")
      #expect(exchange.body == bytes("old"))
    }

    @Test func `a body is cut at its limit and the beginning kept`() async throws {
      for chunked in [false, true] {
        let exchange = try await answer(limits: FetchLimits(maximumBodyBytes: 1000)) {
          _, connection in
          let size = 4 << 20
          connection.send(
            chunked
              ? "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\(String(size, radix: 16))\r\n"
              : "HTTP/1.1 200 OK\r\nContent-Length: \(size)\r\n\r\n")
          connection.send([UInt8](repeating: 65, count: size))
        }
        #expect(exchange.outcome == .tooBig && exchange.truncated == .length)
        #expect(exchange.body == [UInt8](repeating: 65, count: 1000))
      }
    }

    @Test func `a body of exactly the limit is whole`() async throws {
      let exchange = try await answer(limits: FetchLimits(maximumBodyBytes: 1000)) {
        $1.respond(body: [UInt8](repeating: 65, count: 1000))
      }
      #expect(exchange.outcome == .fetched && exchange.body.count == 1000)
    }

    @Test func `floods of headers are stopped`() async throws {
      let lines = try await answer { _, connection in
        connection.send("HTTP/1.1 200 OK\r\n")
        for index in 0..<2000 where !connection.send("X-\(index): y\r\n") { break }
        connection.send("\r\n")
      }
      #expect(lines.outcome == .headersTooBig && lines.status == 200 && lines.headers.count == 500)
      let bytes = try await answer { _, connection in
        connection.send("HTTP/1.1 200 OK\r\n")
        let value = String(repeating: "z", count: 10_000)
        for index in 0..<200 where !connection.send("X-\(index): \(value)\r\n") { break }
      }
      #expect(bytes.outcome == .headersTooBig && bytes.responseHead.count <= 256 << 10)
      let endless = try await answer { _, connection in
        connection.send("HTTP/1.1 200 OK\r\nX: ")
        let piece = String(repeating: "z", count: 10_000)
        for _ in 0..<200 where !connection.send(piece) { break }
      }
      #expect(endless.outcome == .headersTooBig)
    }

    @Test func `floods of interim responses are stopped`() async throws {
      let exchange = try await answer { _, connection in
        for _ in 0..<50_000 where !connection.send("HTTP/1.1 102 Processing\r\nA: b\r\n\r\n") {
          break
        }
      }
      #expect(exchange.outcome == .headersTooBig)
    }

    @Test(arguments: [
      "SSH-2.0-OpenSSH_9\r\n", "<html>old</html>", "HTTP/1.1 abc\r\n\r\n",
      "HTTP/9.9 200 OK\r\n\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
    ])
    func `what is no HTTP is named so`(_ reply: String) async throws {
      let exchange = try await answer { _, connection in
        connection.send(reply)
        connection.finish()
      }
      #expect(exchange.outcome == .badResponse)
      #expect(exchange.detail != nil)
    }

    @Test func `a connection that ends early keeps what came`() async throws {
      let short = try await answer { _, connection in
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npartial")
        connection.finish()
      }
      #expect(short.outcome == .disconnected && short.truncated == .disconnect)
      #expect(short.body == bytes("partial") && short.status == 200)
      let chunked = try await answer { _, connection in
        connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\npart")
        connection.finish()
      }
      #expect(chunked.outcome == .disconnected && chunked.body == bytes("part"))
      let silent = try await answer { $1.finish() }
      #expect(silent.outcome == .disconnected && silent.truncated == nil && silent.status == nil)
      let reset = try await answer { $1.reset() }
      #expect(reset.outcome == .disconnected)
    }

    @Test func `a body cut off while compressed decodes as far as it goes`() async throws {
      let page = bytes((0..<20_000).map { "\($0) " }.joined())
      let packed = GzipMember.compressed(page, level: 6)
      let exchange = try await answer { _, connection in
        connection.send(
          "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(packed.count)\r\n\r\n")
        connection.send(Array(packed.prefix(packed.count / 2)))
        connection.finish()
      }
      #expect(exchange.outcome == .disconnected)
      let text = try exchange.decodedBody()
      #expect(text.count > 1000 && page.starts(with: text))
    }

    @Test func `silence ends at the total time`() async throws {
      let limits = FetchLimits(connectTimeout: 1, totalTimeout: 0.4)
      let exchange = try await answer(limits: limits) { $1.waitForClient() }
      #expect(exchange.outcome == .timedOut)
      #expect(exchange.durations.total < 3)
    }

    @Test func `a drip that takes too long keeps what came`() async throws {
      let exchange = try await answer(limits: FetchLimits(totalTimeout: 0.5)) { _, connection in
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        while connection.send("a") { usleep(20_000) }
      }
      #expect(exchange.outcome == .timedOut && exchange.truncated == .time)
      #expect(exchange.status == 200 && !exchange.body.isEmpty && exchange.body.count < 100)
    }

    @Test func `a drip below the speed limit is too slow`() async throws {
      let limits = FetchLimits(totalTimeout: 60, lowSpeedBytes: 1000, lowSpeedSeconds: 1)
      let exchange = try await answer(limits: limits) { _, connection in
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        while connection.send("a") { usleep(50_000) }
      }
      #expect(exchange.outcome == .tooSlow && exchange.truncated == .time)
      #expect(exchange.durations.total < 10)
    }

    @Test func `nobody listens`() async throws {
      let port = try Loopback.freePort()
      try await withFetcher { fetcher in
        let exchange = await fetcher.fetch(try request("http://127.0.0.1:\(port)/"))
        #expect(exchange.outcome == .connectionRefused)
        #expect(exchange.requestHead.isEmpty && exchange.status == nil)
      }
    }

    @Test func `a request that cannot be sent is refused before a socket opens`() async throws {
      try await withServer {
        $1.respond()
      } _: { server, fetcher in
        var asked = try request(server.url())
        asked.headers = [HeaderField("X", "a\r\nHost: evil.example")]
        #expect(await fetcher.fetch(asked).outcome == .badRequest)
        let file = try request("file:///etc/hostname")
        #expect(await fetcher.fetch(file).outcome == .unsupportedScheme)
        #expect(server.seen.accepted == 0)
      }
    }

    @Test func `a kept connection is used again, and replaced when the server closed it`()
      async throws
    {
      try await withServer { request, connection in
        connection.respond(text: "x")
        if request.target == "/last" { connection.finish() }
      } _: { server, fetcher in
        let first = await fetcher.fetch(try request(server.url("/")))
        let second = await fetcher.fetch(try request(server.url("/last")))
        let third = await fetcher.fetch(try request(server.url("/")))
        #expect(!first.connectionReused && second.connectionReused && !third.connectionReused)
        #expect(third.outcome == .fetched && server.seen.accepted == 2)
      }
    }

    @Test(.enabled(if: Loopback.hasIPv6))
    func `IPv6`() async throws {
      try await withServer(hosts: ["::1"]) {
        $1.respond(text: "six")
      } _: { server, fetcher in
        let exchange = await fetcher.fetch(try request(server.url()))
        #expect(exchange.outcome == .fetched)
        #expect(exchange.remote?.description == "[::1]:\(server.port)")
        let refused = await fetcher.fetch(
          try request(server.url(), network: NetworkPolicy()))
        #expect(refused.outcome == .refusedAddress)
      }
    }

    @Test func `cookies stay in their jar`() async throws {
      let file = FileManager.default.temporaryDirectory.appendingPathComponent(
        "cookies-\(UUID().uuidString).txt")
      try Data("127.0.0.1\tFALSE\t/\tFALSE\t0\tseen\tyes\n".utf8).write(to: file)
      defer { try? FileManager.default.removeItem(at: file) }
      try await withServer { request, connection in
        connection.respond(headers: ["Set-Cookie: gate=open; Path=/"], text: "")
      } _: { server, fetcher in
        var asked = try request(server.url())
        _ = await fetcher.fetch(asked)
        _ = await fetcher.fetch(asked)
        asked.network.cookies = .jar(name: "one", file: file.path)
        for _ in 0..<3 { _ = await fetcher.fetch(asked) }
        asked.network.cookies = .jar(name: "two")
        _ = await fetcher.fetch(asked)
        let sent = server.seen.requests.map { $0.header("cookie") }
        #expect(sent[0] == nil && sent[1] == nil && sent[2] == "seen=yes")
        #expect(sent[3].map { Set($0.components(separatedBy: "; ")) } == ["seen=yes", "gate=open"])
        #expect(sent[4] == sent[3] && sent[5] == nil)
      }
    }
  }
}
