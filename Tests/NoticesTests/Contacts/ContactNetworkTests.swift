import Bytes
import CaseStore
import Fetching
import Foundation
import Logging
import Notices
import TestSupport
import Testing
import Vocabulary
import WebAddress

/// Look-ups over real sockets of this machine: what servers may cost and where they may lead.
@Suite(.timeLimit(.minutes(2))) struct ContactNetworkTests {
  private static func settings(allow: [String] = ["127.0.0.0/8"]) -> ContactSettings {
    var settings = ContactSettings()
    settings.allow = allow.compactMap { AddressRange($0) }
    settings.patience.connect = 5
    settings.patience.total = 20
    return settings
  }

  private func ask(
    _ way: ContactQuery.Way, _ settings: ContactSettings = settings()
  ) async -> StoredLookup {
    let fetcher = Fetcher(
      configuration: FetcherConfiguration(resolver: ContactNetwork.hosts(settings)),
      logger: Logger(label: "test"))
    let network = ContactNetwork(
      settings: settings, fetcher: fetcher, userAgent: "adwatch-test/1",
      clock: { Timestamp(seconds: 1_767_225_600) })
    let lookup = await network.ask(ContactQuery(way, target: "site.example"))
    await fetcher.shutdown()
    return lookup
  }

  private func rdap(
    _ settings: ContactSettings = settings(), hosts: [String] = ["127.0.0.1"], path: String = "/",
    script: @escaping ScriptedServer.Script
  ) async throws -> (lookup: StoredLookup, seen: ScriptedServer.Record) {
    let server = try ScriptedServer(hosts: hosts, script: script)
    let lookup = await ask(.rdap(server.url(path)), settings)
    let seen = server.seen
    try await Blocking.run { server.stop() }
    return (lookup, seen)
  }

  @Test func anAnswerIsKeptAsItCame() async throws {
    let found = try await rdap(path: "/domain/site.example") { _, connection in
      connection.respond(headers: ["Content-Type: application/rdap+json"], text: #"{"a": 1}"#)
    }
    let lookup = found.lookup
    #expect(lookup.outcome == "fetched" && lookup.status == 200 && lookup.hasContent)
    #expect(lookup.answer == Array(#"{"a": 1}"#.utf8))
    #expect(lookup.query.hasSuffix("/domain/site.example"))
    #expect(lookup.endpoint?.hasPrefix("127.0.0.1:") == true)
    let request = try #require(found.seen.requests.first)
    #expect(request.header("accept") == "application/rdap+json")
    #expect(request.header("user-agent") == "adwatch-test/1")
  }

  @Test func notFoundIsAnAnswerAndTheOthersAreNone() async throws {
    for (status, isAnswered) in [
      ("404 Not Found", true), ("410 Gone", true), ("429 Too Many Requests", false),
      ("403 Forbidden", false), ("500 Internal Server Error", false),
    ] {
      let found = try await rdap { _, connection in connection.respond(status, text: "{}") }
      #expect(found.lookup.isAnswered == isAnswered && !found.lookup.hasContent, "\(status)")
    }
  }

  @Test func aHundredMegabytesAreNotRead() async throws {
    let found = try await rdap { _, connection in
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n")
      let piece = [UInt8](repeating: UInt8(ascii: "["), count: 1 << 20)
      for _ in 0..<100 where !connection.send(piece) { return }
    }
    #expect(!found.lookup.hasContent && found.lookup.answer.count <= 1 << 20)
    // Without a length the bytes are counted as they come.
    let endless = try await rdap { _, connection in
      connection.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
      let piece = [UInt8](repeating: UInt8(ascii: "["), count: 1 << 16)
      for _ in 0..<1600 where !connection.send(piece) { return }
    }
    #expect(!endless.lookup.hasContent && endless.lookup.answer.count <= 1 << 20)
  }

  @Test func whatIsEncodedAllTheSameIsBoundedToo() async throws {
    func encoded(_ body: [UInt8], as coding: String) async throws -> StoredLookup {
      try await rdap { _, connection in
        connection.respond(headers: ["Content-Encoding: \(coding)"], body: body)
      }.lookup
    }
    let plain = try await encoded(GzipMember.compressed(Array("{}".utf8), level: 6), as: "gzip")
    #expect(plain.hasContent && plain.answer == Array("{}".utf8))
    let zeros = [UInt8](repeating: 0x20, count: 16 << 20)
    let bomb = try await encoded(GzipMember.compressed(zeros, level: 6), as: "gzip")
    #expect(bomb.outcome == FetchOutcome.tooBig.rawValue && !bomb.hasContent)
    #expect(bomb.answer.count < 1 << 20 && bomb.detail.contains("content encoding"))
    let broken = try await encoded(Array("no gzip".utf8), as: "gzip")
    #expect(broken.outcome == "unreadable" && broken.answer == Array("no gzip".utf8))
  }

  @Test func redirectsAreFollowedFiveTimes() async throws {
    let followed = try await rdap(path: "/1") { request, connection in
      if request.target == "/1" {
        connection.respond("302 Found", headers: ["Location: /2"])
      } else {
        connection.respond(text: "{}")
      }
    }
    #expect(followed.lookup.hasContent && followed.lookup.detail.contains("redirected to"))
    let far = try await rdap { request, connection in
      let long = "/" + String(repeating: "a", count: 60_000)
      connection.respond("302 Found", headers: ["Location: \(long)"])
    }
    #expect(far.lookup.detail.utf8.count <= 4096 && !far.lookup.hasContent)
    let loop = try await rdap { _, connection in
      connection.respond("301 Moved Permanently", headers: ["Location: /"])
    }
    #expect(loop.lookup.outcome == FetchOutcome.tooManyRedirects.rawValue)
    #expect(!loop.lookup.hasContent)
    #expect(loop.seen.requests.count == ContactNetwork.mostRedirects + 1)
  }

  @Test func aRedirectToAPrivateAddressIsRefused() async throws {
    let inner = try ScriptedServer(hosts: ["127.0.0.3"]) { _, connection in
      connection.respond(text: #"{"secret": true}"#)
    }
    let port = inner.port
    for target in [
      "http://127.0.0.3:\(port)/", "http://[::ffff:127.0.0.3]:\(port)/",
      "http://2130706435:\(port)/",
      "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "file:///etc/passwd",
    ] {
      let found = try await rdap(Self.settings(allow: ["127.0.0.2/32"]), hosts: ["127.0.0.2"]) {
        _, connection in
        connection.respond("302 Found", headers: ["Location: \(target)"])
      }
      #expect(!found.lookup.isAnswered && found.lookup.answer.isEmpty, "\(target)")
      #expect(
        ["refused-address", "bad-redirect", "bad-request"].contains(found.lookup.outcome),
        "\(target): \(found.lookup.outcome)")
    }
    #expect(inner.seen.accepted == 0)
    try await Blocking.run { inner.stop() }
  }

  @Test func aServerAtAPrivateAddressIsRefused() async throws {
    let found = try await rdap(Self.settings(allow: [])) { _, connection in
      connection.respond(text: "{}")
    }
    #expect(found.lookup.outcome == FetchOutcome.refusedAddress.rawValue)
    #expect(found.seen.accepted == 0)
  }

  @Test func aDrippedAnswerEndsInTime() async throws {
    var settings = Self.settings()
    settings.patience.total = 1
    let found = try await rdap(settings) { _, connection in
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
      while connection.send("{") { usleep(50_000) }
    }
    #expect(found.lookup.outcome == FetchOutcome.timedOut.rawValue && !found.lookup.hasContent)
  }

  @Test func whoisGoesThroughTheGuardToo() async throws {
    let server = try LineServer { _, connection in connection.send("refer: whois.example\n") }
    let way = ContactQuery.Way.whois(.init(host: "127.0.0.1", port: server.port), line: "x")
    let open = await ask(way)
    #expect(open.outcome == "fetched" && open.answer == Array("refer: whois.example\n".utf8))
    #expect(open.endpoint == "127.0.0.1:\(server.port)")
    let shut = await ask(way, Self.settings(allow: []))
    #expect(shut.outcome == FetchOutcome.refusedAddress.rawValue && shut.answer.isEmpty)
    #expect(server.seen.count == 1)
    try await Blocking.run { server.stop() }
  }

  @Test func namesOfServersThatPointInsideAreRefused() async throws {
    let names = try NameServer(
      zone: [
        "A rdap.example": [.address([127, 0, 0, 1])], "A whois.example": [.address([10, 0, 0, 1])],
      ])
    var settings = Self.settings(allow: [])
    settings.resolvers = [names.endpoint]
    let http = await ask(.rdap("http://rdap.example/domain/x"), settings)
    #expect(http.outcome == FetchOutcome.refusedAddress.rawValue)
    let whois = await ask(.whois(.init(host: "whois.example", port: 43), line: "x"), settings)
    #expect(whois.outcome == FetchOutcome.refusedAddress.rawValue)
    let dns = await ask(
      .dns(DNSQuestion(.address, "rdap.example"), server: names.endpoint), settings)
    #expect(dns.outcome == "answered" && dns.server == names.endpoint)
    try await Blocking.run { names.stop() }
  }

  @Test func bootstrapFilesMayLieInAFolder() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("adwatch-bootstrap-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(#"{"services":[]}"#.utf8).write(to: folder.appendingPathComponent("dns.json"))
    let there = await ask(.bootstrap(folder.path + "/dns.json"))
    #expect(there.hasContent)
    let missing = await ask(.bootstrap(folder.path + "/asn.json"))
    #expect(missing.outcome == "unreadable" && !missing.isAnswered)
    let fifo = folder.path + "/ipv4.json"
    try #require(mkfifo(fifo, 0o600) == 0)
    let pipe = await ask(.bootstrap(fifo))
    #expect(pipe.outcome == "unreadable")
  }
}

/// `security.txt`, which is only taken over https.
@Suite(
  .enabled(if: Nginx.isInstalled && TestAuthority.isAvailable, "nginx or openssl is not installed"))
struct SecurityTextNetworkTests {
  @Test func itIsTakenOverTLSFromTheSiteItself() async throws {
    let authority = try TestAuthority()
    defer { authority.remove() }
    let leaf = try authority.issue("leaf", hosts: ["site.example", "www.site.example"])
    let file = Array("Contact: mailto:s@site.example\nExpires: 2030-01-01T00:00:00Z\n".utf8)
    let nginx = try Nginx(files: [".well-known/security.txt": file]) { _, port in
      """
      server {
        listen 127.0.0.1:\(port) ssl;
        ssl_certificate \(leaf.certificate); ssl_certificate_key \(leaf.key);
        location /away { return 302 https://other.example:\(port)/.well-known/security.txt; }
        location /down { return 302 http://site.example:\(port)/.well-known/security.txt; }
        location /www { return 302 https://www.site.example:\(port)/.well-known/security.txt; }
      }
      """
    }
    let names = try NameServer { .messages([NameServer.reply($0, [.address([127, 0, 0, 1])])]) }
    var settings = ContactSettings()
    settings.allow = ["127.0.0.0/8"].compactMap { AddressRange($0) }
    settings.resolvers = [names.endpoint]
    settings.authorities = authority.certificateFile
    let fetcher = Fetcher(
      configuration: FetcherConfiguration(resolver: ContactNetwork.hosts(settings)),
      logger: Logger(label: "test"))
    let network = ContactNetwork(
      settings: settings, fetcher: fetcher, userAgent: "adwatch-test/1",
      clock: { Timestamp(seconds: 1_767_225_600) })
    func ask(_ place: String) async -> StoredLookup {
      await network.ask(ContactQuery(.securityText(place), target: "site.example"))
    }
    let base = "https://site.example:\(nginx.port)"
    let found = await ask(base + "/.well-known/security.txt")
    #expect(found.outcome == "fetched" && found.answer == file)
    #expect(await ask(base + "/www").answer == file)
    #expect(await ask(base + "/away").outcome == FetchOutcome.badRedirect.rawValue)
    let down = await ask(base + "/down")
    #expect(down.outcome == FetchOutcome.badRedirect.rawValue && down.detail.contains("to http"))
    let foreign = await ask("https://wrong.example:\(nginx.port)/.well-known/security.txt")
    #expect(!foreign.isAnswered && foreign.answer.isEmpty)
    await fetcher.shutdown()
    try await Blocking.run {
      names.stop()
      nginx.stop()
    }
  }
}
