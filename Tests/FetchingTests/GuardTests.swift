import Fetching
import Foundation
import Testing
import TestSupport
import WebAddress

extension Wire {
  @Suite struct GuardTests {
    @Test(arguments: [
      "127.0.0.1", "localhost", "LOCALHOST.", "2130706433", "0x7f.1", "017700000001", "0",
      "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::1]", "[::]", "shop.example", "127.1",
    ])
    func `this machine is refused under every name`(_ host: String) async throws {
      let resolver = TestResolver([
        "shop.example": [["127.0.0.1", "::1"]], "localhost": [["127.0.0.1"]],
        "localhost.": [["127.0.0.1"]],
      ])
      let hosts = Loopback.hasIPv6 ? ["127.0.0.1", "::1"] : ["127.0.0.1"]
      try await withServer(hosts: hosts, configuration: FetcherConfiguration(resolver: resolver)) {
        $1.respond(text: "secret")
      } _: { server, fetcher in
        let exchange = await fetcher.fetch(
          try request("http://\(host):\(server.port)/", network: NetworkPolicy()))
        #expect(exchange.outcome == .refusedAddress)
        #expect(!exchange.refusedAddresses.isEmpty && exchange.requestHead.isEmpty)
        #expect(server.seen.accepted == 0)
      }
    }

    @Test func `the system's own resolver is guarded as well`() async throws {
      try await withServer {
        $1.respond(text: "secret")
      } _: { server, fetcher in
        let url = "http://localhost:\(server.port)/"
        let refused = await fetcher.fetch(try request(url, network: NetworkPolicy()))
        #expect(refused.outcome == .refusedAddress && server.seen.accepted == 0)
        let allowed = await fetcher.fetch(try request(url))
        #expect(allowed.outcome == .fetched)
        #expect(allowed.resolved.contains { $0 == IPAddress("127.0.0.1") })
      }
    }

    @Test func `a connection of one source does not serve another`() async throws {
      let resolver = TestResolver(["shop.example": [["127.0.0.1"]]])
      try await withServer(configuration: FetcherConfiguration(resolver: resolver)) {
        $1.respond(text: "secret")
      } _: { server, fetcher in
        for host in ["127.0.0.1", "shop.example"] {
          let url = "http://\(host):\(server.port)/"
          let first = await fetcher.fetch(try request(url))
          #expect(first.outcome == .fetched)
          let other = await fetcher.fetch(try request(url, network: NetworkPolicy()))
          #expect(other.outcome == .refusedAddress)
          let again = await fetcher.fetch(try request(url))
          #expect(again.outcome == .fetched && again.connectionReused)
        }
        #expect(server.seen.requests.count == 4)
      }
    }

    @Test func `a name that changes its address is caught`() async throws {
      let resolver = TestResolver(["shop.example": [["127.0.0.1"], ["127.0.0.2"]]])
      let configuration = FetcherConfiguration(nameLifetime: 0, resolver: resolver)
      try await withServer(hosts: ["127.0.0.1", "127.0.0.2"], configuration: configuration) {
        $1.respond(text: "x")
        $1.finish()
      } _: { server, fetcher in
        let network = NetworkPolicy(allow: [try #require(AddressRange("127.0.0.1/32"))])
        let url = "http://shop.example:\(server.port)/"
        let first = await fetcher.fetch(try request(url, network: network))
        #expect(first.outcome == .fetched)
        #expect(first.resolved.map(\.description) == ["127.0.0.1"])
        let second = await fetcher.fetch(try request(url, network: network))
        #expect(second.outcome == .refusedAddress)
        #expect(second.refusedAddresses.map(\.description) == ["127.0.0.2"])
        #expect(server.seen.requests.count == 1)
      }
    }

    @Test func `of several addresses only permitted ones are tried`() async throws {
      let resolver = TestResolver(["shop.example": [["10.0.0.1", "169.254.169.254", "127.0.0.1"]]])
      try await withServer(configuration: FetcherConfiguration(resolver: resolver)) {
        $1.respond(text: "x")
      } _: { server, fetcher in
        let exchange = await fetcher.fetch(try request("http://shop.example:\(server.port)/"))
        #expect(exchange.outcome == .fetched)
        #expect(exchange.resolved.count == 3)
        #expect(exchange.refusedAddresses.map(\.description) == ["10.0.0.1", "169.254.169.254"])
      }
    }

    @Test func `a redirect to a metadata service is refused when it is followed`() async throws {
      try await withServer {
        $1.respond("302 Found", headers: ["Location: http://169.254.169.254/latest/"], text: "")
      } _: { server, fetcher in
        let first = await fetcher.fetch(try request(server.url()))
        guard case .target(let next, _) = Redirect.target(of: first) else {
          Issue.record("no redirect")
          return
        }
        let second = await fetcher.fetch(try request(next.href))
        #expect(second.outcome == .refusedAddress)
        #expect(second.refusedAddresses.map(\.description) == ["169.254.169.254"])
      }
    }

    @Test func `the environment's proxies are not used`() async throws {
      try await withServer {
        $1.respond(text: "proxy")
      } _: { server, fetcher in
        setenv("http_proxy", server.url(), 1)
        setenv("ALL_PROXY", server.url(), 1)
        defer {
          unsetenv("http_proxy")
          unsetenv("ALL_PROXY")
        }
        let exchange = await fetcher.fetch(
          try request("http://10.0.0.1/", network: NetworkPolicy()))
        #expect(exchange.outcome == .refusedAddress && server.seen.accepted == 0)
      }
    }

    @Test func `a proxy resolves by itself and is told no private literals`() async throws {
      let resolver = TestResolver([:])
      try await withServer(configuration: FetcherConfiguration(resolver: resolver)) {
        $1.respond(text: "via")
      } _: { server, fetcher in
        let network = NetworkPolicy(proxy: server.url())
        let exchange = await fetcher.fetch(try request("http://shop.example/a", network: network))
        #expect(exchange.outcome == .fetched && exchange.viaProxy && exchange.resolved.isEmpty)
        #expect(server.seen.requests.first?.target == "http://shop.example/a")
        for host in [
          "127.0.0.1", "localhost", "a.localhost", "169.254.169.254", "[::1]", "printer.local",
          "db.internal", "intranet", "intranet.", "x.home.arpa",
        ] {
          let refused = await fetcher.fetch(try request("http://\(host)/", network: network))
          #expect(refused.outcome == .refusedAddress)
        }
        #expect(server.seen.requests.count == 1 && resolver.lookups == 0)
      }
    }

    @Test func `a login goes to the proxy and into no evidence`() async throws {
      try await withServer {
        $1.respond(
          $0.header("proxy-authorization") == "Basic YW5hOnNlY3JldA==" ? "200 OK" : "407 No",
          text: "")
      } _: { server, fetcher in
        var network = NetworkPolicy(proxy: server.url())
        let denied = await fetcher.fetch(try request("http://shop.example/", network: network))
        #expect(denied.outcome == .proxyFailure)
        network.proxyLogin = ProxyLogin("ana:secret")
        let exchange = await fetcher.fetch(try request("http://shop.example/", network: network))
        #expect(exchange.outcome == .fetched)
        let head = String(decoding: exchange.requestHead, as: UTF8.self)
        #expect(head.hasPrefix("GET http://shop.example/") && head.hasSuffix("\r\n\r\n"))
        #expect(!head.lowercased().contains("proxy-authorization"))
        #expect(!"\(network)".contains("secret"))
      }
    }

    @Test func `a proxy's name may not lead inside`() async throws {
      try await withServer {
        $1.respond(text: "via")
      } _: { server, fetcher in
        // ip6-localhost is this machine by another name than the operator may mean.
        let network = NetworkPolicy(proxy: "http://ip6-localhost:\(server.port)")
        let exchange = await fetcher.fetch(try request("http://shop.example/", network: network))
        #expect([.refusedAddress, .proxyFailure].contains(exchange.outcome))
        #expect(server.seen.accepted == 0)
      }
    }

    @Test func `a proxy that refuses, is away, or is of an unsafe kind`() async throws {
      try await withServer {
        $1.respond("403 Forbidden", text: "no")
      } _: { server, fetcher in
        let refusing = NetworkPolicy(proxy: server.url())
        let tunnel = await fetcher.fetch(try request("https://shop.example/", network: refusing))
        #expect(tunnel.outcome == .proxyFailure)
        let away = NetworkPolicy(proxy: "http://127.0.0.1:\(try Loopback.freePort())")
        let gone = await fetcher.fetch(try request("http://shop.example/", network: away))
        #expect(gone.outcome == .proxyFailure)
        let unsafe = NetworkPolicy(proxy: "socks5://127.0.0.1:1080")
        let refused = await fetcher.fetch(try request("http://shop.example/", network: unsafe))
        #expect(refused.outcome == .badRequest)
      }
    }

    @Test func `names without an address`() async throws {
      let resolver = TestResolver(["empty.example": [[]]], delayMilliseconds: 20)
      try await withFetcher(FetcherConfiguration(resolver: resolver)) { fetcher in
        let unknown = await fetcher.fetch(try request("http://unknown.example/"))
        #expect(unknown.outcome == .dnsFailure && unknown.detail?.contains("unknown") == true)
        let empty = await fetcher.fetch(try request("http://empty.example/"))
        #expect(empty.outcome == .dnsFailure)
      }
    }

    @Test func `a resolver that does not answer ends at the connect timeout`() async throws {
      let resolver = TestResolver(["slow.example": [["127.0.0.1"]]], delayMilliseconds: 1500)
      try await withFetcher(FetcherConfiguration(resolver: resolver)) { fetcher in
        let limits = FetchLimits(connectTimeout: 0.2)
        let exchange = await fetcher.fetch(try request("http://slow.example/", limits: limits))
        #expect(exchange.outcome == .dnsFailure && exchange.durations.total < 1.4)
      }
    }

    @Test func `one look-up serves all who wait for a name`() async throws {
      let resolver = TestResolver(["shop.example": [["127.0.0.1"]]], delayMilliseconds: 100)
      try await withServer(configuration: FetcherConfiguration(resolver: resolver)) {
        $1.respond(text: "x")
      } _: { server, fetcher in
        var asked = try request("http://shop.example:\(server.port)/")
        asked.maximumPerGroup = 8
        let fixed = asked
        let outcomes = await withTaskGroup { group in
          for _ in 0..<8 { group.addTask { await fetcher.fetch(fixed).outcome } }
          return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes == Array(repeating: .fetched, count: 8))
        #expect(resolver.lookups == 1)
      }
    }
  }
}
