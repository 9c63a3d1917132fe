import Fetching
import Foundation
import Logging
import Testing
import TestSupport
import WebAddress

/// Everything that opens sockets, one test after the other: some count the process's descriptors.
@Suite(.serialized) enum Wire {}

/// Names for tests.
///
/// Several answers for a name are given one after the other, the last for ever.
final class TestResolver: NameResolver {
  private let answers: Locked<[String: [[IPAddress]]]>
  private let count = Locked(0)
  private let delay: UInt32

  init(_ answers: [String: [[String]]], delayMilliseconds: UInt32 = 0) {
    let parsed = answers.mapValues { lists in lists.map { $0.compactMap { IPAddress($0) } } }
    self.answers = Locked(parsed)
    delay = delayMilliseconds
  }

  var lookups: Int { count.withLock { $0 } }

  func addresses(of host: String) throws(NameFailure) -> [IPAddress] {
    count.withLock { $0 += 1 }
    usleep(delay * 1000)
    let answer = answers.withLock { answers -> [IPAddress]? in
      guard let lists = answers[host], let first = lists.first else { return nil }
      if lists.count > 1 { answers[host] = Array(lists.dropFirst()) }
      return first
    }
    guard let answer else { throw NameFailure("unknown to the test") }
    return answer
  }
}

extension NetworkPolicy {
  /// May reach this machine.
  static var loopback: NetworkPolicy {
    NetworkPolicy(allow: ["127.0.0.0/8", "::1/128"].compactMap { AddressRange($0) })
  }
}

/// Runs a test with a fetcher and shuts it down.
func withFetcher(
  _ configuration: FetcherConfiguration = FetcherConfiguration(),
  _ body: (Fetcher) async throws -> Void
) async throws {
  let fetcher = Fetcher(configuration: configuration, logger: Logger(label: "test"))
  do {
    try await body(fetcher)
  } catch {
    await fetcher.shutdown()
    throw error
  }
  await fetcher.shutdown()
}

/// Runs a test with a scripted server and a fetcher, and stops both.
func withServer(
  hosts: [String] = ["127.0.0.1"], configuration: FetcherConfiguration = FetcherConfiguration(),
  script: @escaping ScriptedServer.Script,
  _ body: (ScriptedServer, Fetcher) async throws -> Void
) async throws {
  let server = try ScriptedServer(hosts: hosts, script: script)
  defer { server.stop() }
  try await withFetcher(configuration) { try await body(server, $0) }
}

/// A request that may reach this machine.
func request(
  _ url: String, limits: FetchLimits = FetchLimits(), network: NetworkPolicy = .loopback
) throws -> FetchRequest {
  FetchRequest(try #require(Address(url)), limits: limits, network: network)
}

/// Fetches one answer of a script.
func answer(
  limits: FetchLimits = FetchLimits(), method: HTTPMethod = .get,
  _ script: @escaping ScriptedServer.Script
) async throws -> Exchange {
  let result = Locked<Exchange?>(nil)
  try await withServer(script: script) { server, fetcher in
    var request = try request(server.url("/page?q=1"), limits: limits)
    request.method = method
    let exchange = await fetcher.fetch(request)
    result.withLock { $0 = exchange }
  }
  return try #require(result.withLock { $0 })
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
