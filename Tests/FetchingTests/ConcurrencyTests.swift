import Fetching
import Foundation
import Logging
import Testing
import TestSupport
import WebAddress

extension Wire {
  @Suite struct ConcurrencyTests {
    @Test func `two thousand requests to 64 hosts leave nothing open`() async throws {
      let hosts = (1...64).map { "127.0.0.\($0)" }
      let server = try ScriptedServer(hosts: hosts) { $1.respond(text: "page") }
      defer { server.stop() }
      for _ in 0..<2 {
        try await withFetcher { fetcher in
          let requests = try (0..<1000).map {
            try request(server.url("/\($0)", host: hosts[$0 % hosts.count]))
          }
          let outcomes = await withTaskGroup { group in
            for asked in requests { group.addTask { await fetcher.fetch(asked).outcome } }
            return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
          }
          #expect(outcomes == [.fetched: 1000])
          #expect(server.openConnections == hosts.count)
        }
        // The server's ends close on its own threads, a moment later.
        for _ in 0..<500 where server.openConnections > 0 {
          try await Task.sleep(for: .milliseconds(10))
        }
        #expect(server.openConnections == 0)
      }
      #expect(server.seen.requests.count == 2000)
      #expect(server.seen.accepted == 128)
      #expect(server.seen.peakByHost.values.max() == 1)
      #expect(server.seen.peak <= 64)
    }

    @Test func `groups keep to their limit`() async throws {
      let hosts = ["127.0.0.1", "127.0.0.2"]
      try await withServer(hosts: hosts) { _, connection in
        usleep(10_000)
        connection.respond(text: "x")
      } _: { server, fetcher in
        let requests = try (0..<40).map { index in
          var asked = try request(server.url("/", host: hosts[index % 2]))
          asked.maximumPerGroup = index % 2 == 0 ? nil : 3
          return asked
        }
        await withTaskGroup { group in
          for asked in requests { group.addTask { _ = await fetcher.fetch(asked) } }
        }
        #expect(server.seen.peakByHost["127.0.0.1:\(server.port)"] == 1)
        #expect(server.seen.peakByHost["127.0.0.2:\(server.port)"] == 3)
      }
    }

    @Test func `hosts in one named group share its limit, and all share the global one`()
      async throws
    {
      let hosts = (1...8).map { "127.0.0.\($0)" }
      let configuration = FetcherConfiguration(maximumConcurrent: 4)
      let load = Locked((active: 0, peak: 0))
      try await withServer(hosts: hosts, configuration: configuration) { _, connection in
        load.withLock { $0 = ($0.active + 1, max($0.peak, $0.active + 1)) }
        usleep(20_000)
        load.withLock { $0.active -= 1 }
        connection.respond(text: "x")
      } _: { server, fetcher in
        for (group, peak) in [("one group", 1), (nil, 4)] {
          let requests = try hosts.map { host in
            var asked = try request(server.url("/", host: host))
            if let group { asked.group = group }
            return asked
          }
          await withTaskGroup { tasks in
            for asked in requests { tasks.addTask { _ = await fetcher.fetch(asked) } }
          }
          #expect(load.withLock { $0.peak } == peak)
        }
      }
    }

    @Test func `cancelling answers at once, wherever the request is`() async throws {
      let resolver = TestResolver(["slow.example": [["127.0.0.1"]]], delayMilliseconds: 800)
      let configuration = FetcherConfiguration(maximumConcurrent: 20, resolver: resolver)
      try await withServer(configuration: configuration) { request, connection in
        if request.target == "/fine" {
          connection.respond(text: "x")
        } else {
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
          connection.waitForClient()
        }
      } _: { server, fetcher in
        let requests = try (0..<300).map { index in
          var asked = try request(
            index % 10 == 0 ? "http://slow.example:\(server.port)/" : server.url("/\(index)"))
          asked.group = "g\(index)"
          return asked
        }
        let begun = Date()
        let tasks = requests.map { asked in Task { await fetcher.fetch(asked) } }
        try await Task.sleep(for: .milliseconds(100))
        for task in tasks { task.cancel() }
        for task in tasks {
          let exchange = await task.value
          #expect(exchange.outcome == .cancelled)
          if !exchange.body.isEmpty { #expect(exchange.truncated == .unspecified) }
        }
        #expect(Date().timeIntervalSince(begun) < 5)
        let after = await fetcher.fetch(try request(server.url("/fine")))
        #expect(after.outcome == .fetched)
      }
    }

    @Test func `a task cancelled before it begins sends nothing`() async throws {
      try await withServer {
        $1.respond(text: "x")
      } _: { server, fetcher in
        let asked = try request(server.url())
        let task = Task {
          withUnsafeCurrentTask { $0?.cancel() }
          return await fetcher.fetch(asked)
        }
        #expect(await task.value.outcome == .cancelled)
      }
    }

    @Test func `cancelling and finishing race without losing anybody`() async throws {
      try await withServer(hosts: (1...32).map { "127.0.0.\($0)" }) {
        $1.respond(text: "x")
      } _: {
        server, fetcher in
        let requests = try (0..<500).map {
          try request(server.url("/", host: "127.0.0.\($0 % 32 + 1)"))
        }
        var outcomes: [FetchOutcome: Int] = [:]
        let tasks = requests.map { asked in Task { await fetcher.fetch(asked) } }
        for (index, task) in tasks.enumerated() where index % 2 == 0 {
          task.cancel()
          if index % 20 == 0 { try await Task.sleep(for: .milliseconds(1)) }
        }
        for task in tasks { outcomes[await task.value.outcome, default: 0] += 1 }
        #expect(outcomes[.fetched, default: 0] >= 250)
        #expect(outcomes[.fetched, default: 0] + outcomes[.cancelled, default: 0] == 500)
      }
    }

    @Test func `shutting down answers everybody and refuses newcomers`() async throws {
      let server = try ScriptedServer { $1.waitForClient() }
      defer { server.stop() }
      let fetcher = Fetcher(logger: Logger(label: "test"))
      let asked = try request(server.url())
      let tasks = (0..<10).map { _ in Task { await fetcher.fetch(asked).outcome } }
      try await Task.sleep(for: .milliseconds(50))
      await fetcher.shutdown()
      for task in tasks { #expect(await task.value == .cancelled) }
      #expect(await fetcher.fetch(asked).outcome == .cancelled)
      await fetcher.shutdown()
    }

    @Test func `a fetcher that is let go without shutdown closes its connections`() async throws {
      let server = try ScriptedServer { $1.respond(text: "x") }
      defer { server.stop() }
      do {
        let fetcher = Fetcher(logger: Logger(label: "test"))
        #expect(await fetcher.fetch(try request(server.url())).outcome == .fetched)
        #expect(server.openConnections == 1)
      }
      for _ in 0..<500 where server.openConnections > 0 {
        try await Task.sleep(for: .milliseconds(20))
      }
      #expect(server.openConnections == 0)
    }
  }
}
