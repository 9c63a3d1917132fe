import Archive
import Crawling
import Foundation
import TestSupport
import Testing

@Suite struct ProxyTests {
  /// A site that is reached through a SOCKS proxy only, with an echo service beside it.
  final class HiddenSite: Sendable {
    let server: ScriptedServer
    let proxy: RelayProxy
    let folder: URL

    init(echo: String) throws {
      server = try ScriptedServer { request, connection in
        let page: CrawlSite.Answer
        switch request.target {
        case "/robots.txt": page = CrawlSite.Answer(headers: ["Content-Type: text/plain"])
        case "/ip": page = CrawlSite.Answer(headers: ["Content-Type: text/plain"], body: echo)
        case "/": page = CrawlSite.page("All", links: ["/job/1"])
        default: page = CrawlSite.page("Cleaner", CrawlSite.flaggedText)
        }
        connection.respond(
          page.headers.isEmpty ? "200 OK" : page.status, headers: page.headers, text: page.body)
      }
      proxy = try RelayProxy(target: server.port)
      folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("adwatch-proxy-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
      proxy.stop()
      server.stop()
      try? FileManager.default.removeItem(at: folder)
    }

    var data: String { folder.appendingPathComponent("data").path }

    func seeds(_ proxySettings: String, start: String = "http://jobs.example/") throws -> SeedFolder
    {
      let yaml = """
        format: adwatch.source/1
        source: hidden
        start: ["\(start)"]
        adverts: {id: "/job/{id}"}
        network: {proxy: {address: "socks5h://127.0.0.1:\(proxy.port)"\(proxySettings)}}
        purpose: test
        legal_basis: none needed
        """
      let file = folder.appendingPathComponent("hidden.yaml")
      try Data(yaml.utf8).write(to: file)
      return try SeedFolder(path: file.path)
    }

    func crawl(_ seeds: SeedFolder) async throws -> CrawlProgress {
      try await CrawlSite.crawl(
        seeds: seeds, into: data, analyser: try CrawlSite.analyser.get(), { $0.links = false }, nil)
    }

    /// All metadata records' text.
    func metadata() throws -> [String] {
      var texts: [String] = []
      for file in try ArchiveFiles.list(in: data) {
        var reader = try WARCReader(path: "\(data)/\(file.name)")
        while let stored = reader.next() {
          guard stored.record.header.type == .metadata else { continue }
          texts.append(String(decoding: stored.record.block, as: UTF8.self))
        }
      }
      return texts
    }
  }

  @Test func aSourceHasItsOwnCircuitAndItsExitIsEvidence() async throws {
    let site = try HiddenSite(echo: "{\"IsTor\":true,\"IP\":\"203.0.113.77\"}")
    let progress = try await site.crawl(
      try site.seeds(", circuits: true, echo: \"http://echo.example/ip\""))
    #expect(progress.pages == 2 && progress.failures == 0)
    let asks = site.proxy.asks
    #expect(Set(asks.map(\.host)) == ["jobs.example", "echo.example"])
    #expect(Set(asks.map(\.user)) == ["adwatch-hidden"])
    let notes = try site.metadata()
    #expect(notes.count == 4)
    #expect(
      notes.allSatisfy { $0.contains("exitAddress: 203.0.113.77, by http://echo.example/ip") })
    #expect(notes.allSatisfy { $0.contains("the server's address was not seen") })
    #expect(notes.allSatisfy { !$0.contains("remoteAddress: 127.0.0.1") })
    let findings = try Verification(DataFolder(path: site.data, access: .read)).run().findings
    #expect(findings.map(\.description) == [])
  }

  @Test(arguments: ["<html>no</html>", ""])
  func anEchoThatDoesNotTellLeavesTheExitUnknown(_ answer: String) async throws {
    let site = try HiddenSite(echo: answer)
    _ = try await site.crawl(try site.seeds(", echo: \"http://echo.example/ip\""))
    #expect(try site.metadata().allSatisfy { $0.contains("exitAddress: unknown") })
  }

  @Test(arguments: ["printer.local", "vault.internal", "intranet", "router.lan", "192.168.0.1"])
  func namesOfTheProxysOwnNetworkAreNotAskedFor(_ host: String) async throws {
    let site = try HiddenSite(echo: "")
    let progress = try await site.crawl(try site.seeds("", start: "http://\(host)/"))
    #expect(site.proxy.asks.isEmpty && progress.adverts == 0)
  }

  @Test func loginsComeFromAFileThatNobodyElseReads() async throws {
    let site = try HiddenSite(echo: "")
    let login = site.folder.appendingPathComponent("login")
    try Data("ana:secret word\n".utf8).write(to: login)
    let seeds = try site.seeds(", login_file: \"\(login.path)\"")
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: login.path)
    await #expect(throws: CrawlError.self) { try await site.crawl(seeds) }
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: login.path)
    _ = try await site.crawl(seeds)
    #expect(Set(site.proxy.asks.map(\.user)) == ["ana"])
    #expect(try site.metadata().allSatisfy { !$0.contains("secret") })
  }

  @Test func noLoginInASeed() throws {
    #expect(throws: (any Error).self) {
      let site = try HiddenSite(echo: "")
      _ = try site.seeds(", login_env: A, login_file: b")
    }
  }
}
