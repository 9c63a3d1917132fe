import Bytes
import Fetching
import Foundation
import Testing
import TestSupport
import WebAddress

extension Wire {
  @Suite(.enabled(if: Nginx.isInstalled && TestAuthority.isAvailable))
  struct NginxTests {
    private static let page = bytes(
      (0..<2000).map { "<p>Advert \($0)</p>\n" }.joined())

    /// Names of the virtual hosts; all of them are this machine.
    private static let resolver = TestResolver([
      "good.example": [["127.0.0.1"]], "expired.example": [["127.0.0.1"]],
      "wrong.example": [["127.0.0.1"]],
    ])

    private func withNginx(
      _ body: (Nginx, TestAuthority, Fetcher) async throws -> Void
    ) async throws {
      let authority = try TestAuthority()
      defer { authority.remove() }
      let good = try authority.issue("good", hosts: ["good.example"])
      let expired = try authority.issue("expired", hosts: ["expired.example"], isExpired: true)
      func host(_ name: String, _ pair: (certificate: String, key: String), _ port: UInt16)
        -> String
      {
        """
        server {
          listen 127.0.0.1:\(port) ssl http2; server_name \(name);
          location /once/ { keepalive_timeout 0; }
          ssl_certificate \(pair.certificate); ssl_certificate_key \(pair.key);
        }

        """
      }
      let plainPort = try Loopback.freePort()
      let nginx = try Nginx(files: [
        "page.html": Self.page, "once/page.html": Self.page, "plain/port": bytes("\(plainPort)"),
      ]) { _, port in
        "gzip on; gzip_min_length 100; ssl_protocols TLSv1.2 TLSv1.3;\n"
          + host("good.example", good, port)
          + host("expired.example", expired, port) + host("wrong.example", good, port)
          + "server { listen 127.0.0.1:\(plainPort); gzip on; }\n"
      }
      defer { nginx.stop() }
      try await withFetcher(FetcherConfiguration(resolver: Self.resolver)) {
        try await body(nginx, authority, $0)
      }
    }

    private func policy(_ authority: TestAuthority) -> NetworkPolicy {
      var policy = NetworkPolicy.loopback
      policy.caFile = authority.certificateFile
      return policy
    }

    @Test func `HTTP 2 over verified TLS`() async throws {
      try await withNginx { nginx, authority, fetcher in
        let url = "https://good.example:\(nginx.port)/page.html"
        let first = await fetcher.fetch(try request(url, network: policy(authority)))
        #expect(first.outcome == .fetched, "\(first.detail ?? "")")
        #expect(first.httpVersion == "h2" && first.status == 200)
        #expect(first.responseHead.starts(with: bytes("HTTP/2 200")))
        #expect(first.requestHead.starts(with: bytes("GET /page.html HTTP/2\r\n")))
        #expect(try first.decodedBody() == Self.page)
        #expect(first.contentCodings == [.gzip])
        let tls = try #require(first.tls)
        #expect(tls.version == "TLSv1.3" && tls.cipher.hasPrefix("TLS_") && tls.verifyResult == 0)
        let leaf = try pem(authority.directory.appendingPathComponent("good.pem"))
        #expect(tls.chain.first == leaf)
        #expect(first.durations.secured != nil)
        let second = await fetcher.fetch(try request(url, network: policy(authority)))
        #expect(second.connectionReused && second.tls == first.tls)
        #expect(second.remote == first.remote && second.local == first.local)
      }
    }

    @Test func `many streams share one HTTP 2 connection`() async throws {
      try await withNginx { nginx, authority, fetcher in
        var asked = try request(
          "https://good.example:\(nginx.port)/page.html", network: policy(authority))
        asked.maximumPerGroup = 32
        _ = await fetcher.fetch(asked)
        let fixed = asked
        let exchanges = await withTaskGroup { group in
          for _ in 0..<200 { group.addTask { await fetcher.fetch(fixed) } }
          return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(exchanges.allSatisfy { $0.outcome == .fetched && $0.httpVersion == "h2" })
        #expect(exchanges.allSatisfy { $0.body == exchanges[0].body })
        #expect(Set(exchanges.map(\.local)).count < 10)
      }
    }

    @Test func `HTTP 1 on request, and plain HTTP with a kept connection`() async throws {
      try await withNginx { nginx, authority, fetcher in
        var network = policy(authority)
        network.httpVersion = .http1
        let old = await fetcher.fetch(
          try request("https://good.example:\(nginx.port)/page.html", network: network))
        #expect(old.httpVersion == "http/1.1" && old.tls != nil)
        let plainPort = String(
          decoding: try Data(
            contentsOf: nginx.directory.appendingPathComponent("www/plain/port")), as: UTF8.self)
        let plain = try request("http://127.0.0.1:\(plainPort)/page.html")
        let first = await fetcher.fetch(plain)
        #expect(first.outcome == .fetched && first.headers["content-encoding"] == "gzip")
        #expect(try first.decodedBody() == Self.page)
        var conditional = plain
        conditional.etag = first.headers["etag"]
        conditional.lastModified = first.headers["last-modified"]
        let second = await fetcher.fetch(conditional)
        #expect(second.outcome == .notModified && second.connectionReused)
      }
    }

    @Test func `certificates that are not acceptable`() async throws {
      try await withNginx { nginx, authority, fetcher in
        let trusting = policy(authority)
        let cases: [(host: String, network: NetworkPolicy, verifyResult: Int)] = [
          ("expired.example", trusting, 10), ("wrong.example", trusting, 0),
          ("good.example", .loopback, 20),
        ]
        for (host, network, verifyResult) in cases {
          let exchange = await fetcher.fetch(
            try request("https://\(host):\(nginx.port)/page.html", network: network))
          #expect(exchange.outcome == .tlsFailure, "\(host)")
          #expect(exchange.status == nil && exchange.requestHead.isEmpty)
          #expect((exchange.tls?.verifyResult ?? 0) == verifyResult, "\(host)")
        }
        #expect(nginx.accessLog.isEmpty)
        var lenient = trusting
        lenient.certificates = .recorded
        let recorded = await fetcher.fetch(
          try request("https://expired.example:\(nginx.port)/page.html", network: lenient))
        #expect(recorded.outcome == .fetched)
        #expect(recorded.tls?.verifyResult == 10)
        #expect(recorded.tls?.chain.isEmpty == false)
        let strict = await fetcher.fetch(
          try request("https://expired.example:\(nginx.port)/page.html", network: trusting))
        #expect(strict.outcome == .tlsFailure)
      }
    }

    /// With a directory of authorities set, curl would read all of them for every connection.
    @Test func `authorities are read once and not for every connection`() async throws {
      try await withNginx { nginx, authority, fetcher in
        let file = authority.directory.appendingPathComponent("copy.pem")
        try FileManager.default.copyItem(
          at: URL(fileURLWithPath: authority.certificateFile), to: file)
        var network = policy(authority)
        network.caFile = file.path
        network.httpVersion = .http1
        let asked = try request(
          "https://good.example:\(nginx.port)/once/page.html", network: network)
        #expect(await fetcher.fetch(asked).outcome == .fetched)
        // Whoever reads the file now fails.
        try Data("nothing".utf8).write(to: file)
        for _ in 0..<5 {
          let exchange = await fetcher.fetch(asked)
          #expect(exchange.outcome == .fetched && exchange.tls?.verifyResult == 0)
          #expect(!exchange.connectionReused)
        }
        var other = asked
        other.network.httpVersion = .http2
        #expect(await fetcher.fetch(other).outcome == .tlsFailure)
      }
    }

    /// A write to a connection that the server has closed would end the process with SIGPIPE.
    @Test func `a server that closes during an upload ends nothing but the upload`() async throws {
      try await withNginx { nginx, authority, fetcher in
        for version in [HTTPVersionPreference.http1, .http2] {
          var network = policy(authority)
          network.httpVersion = version
          var asked = try request("https://good.example:\(nginx.port)/page.html", network: network)
          asked.method = .post
          asked.body = [UInt8](repeating: 65, count: 8 << 20)
          for _ in 0..<5 {
            let exchange = await fetcher.fetch(asked)
            #expect(exchange.status == 413 || exchange.outcome == .disconnected)
          }
        }
      }
    }

    private func pem(_ file: URL) throws -> [UInt8] {
      let text = try String(contentsOf: file, encoding: .utf8)
      let lines = text.split(separator: "\n")
      let start = try #require(lines.firstIndex { $0.hasPrefix("-----BEGIN") })
      let end = try #require(lines.firstIndex { $0.hasPrefix("-----END") })
      return [UInt8](try #require(Data(base64Encoded: lines[(start + 1)..<end].joined())))
    }
  }
}
