import CaseStore
import Crawling
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite struct GateTests {
  /// A site whose pages are behind an age gate; who has passed it is known by a cookie.
  final class GatedSite: Sendable {
    struct State {
      var sessions: Set<String> = []
      var posts: [String] = []
      var served = 0
    }

    /// What kind of gate stands before the pages.
    enum Kind { case inPlace, redirect, never, forbidden, patient }

    let server: ScriptedServer
    let folder: URL
    let state: SharedState
    /// A state behind a lock, for the server's threads.
    final class SharedState: Sendable {
      let value = Mutex(State())
      func read<T: Sendable>(_ body: (inout sending State) -> sending T) -> T {
        value.withLock(body)
      }
    }

    static let gateText = "You must be 18 or older to enter"

    init(_ kind: Kind, losesSessionAfter limit: Int = .max, robots: String = "") throws {
      let state = SharedState()
      self.state = state
      server = try ScriptedServer { request, connection in
        let path = String(request.target.prefix { $0 != "?" })
        let cookie = request.header("cookie") ?? ""
        let html = ["Content-Type: text/html; charset=utf-8"]
        let isIn = state.read { state in state.sessions.contains { cookie.contains("sid=\($0)") } }
        switch path {
        case "/robots.txt": connection.respond(text: robots)
        case "/age-check" where request.method == "POST":
          let body = String(decoding: request.body, as: UTF8.self)
          let posts = state.read { state in
            state.posts.append(body)
            return state.posts.count
          }
          if kind == .patient, posts == 1 {
            connection.respond("503 Service Unavailable", headers: ["Retry-After: 1"], text: "")
            return
          }
          guard kind != .never, body.contains("token=t%261"), body.contains("adult=yes") else {
            connection.respond("403 Forbidden", headers: html, text: "<p>\(Self.gateText)</p>")
            return
          }
          let name = state.read { state in
            let name = "s\(state.sessions.count)"
            state.sessions.insert(name)
            return name
          }
          connection.respond(
            "303 See Other",
            headers: html + ["Set-Cookie: sid=\(name); Path=/", "Location: /welcome"], text: "")
        case "/enter":
          state.read { _ = $0.sessions.insert("link") }
          connection.respond(
            "302 Found", headers: html + ["Set-Cookie: sid=link; Path=/", "Location: /"], text: "")
        case "/gate":
          connection.respond(headers: html, text: "<h1>Hello</h1><a href='/enter?x=1'>Enter</a>")
        case "/welcome": connection.respond(headers: html, text: "<p>Welcome</p>")
        case _ where !isIn && kind == .forbidden:
          connection.respond("403 Forbidden", headers: html, text: "<p>No</p>")
        case _ where !isIn && kind == .redirect:
          connection.respond(
            "302 Found", headers: html + ["Location: /gate"], text: "")
        case _ where !isIn:
          connection.respond(
            headers: html,
            text: "<h1>\(Self.gateText)</h1><form action='/age-check' method='post'>"
              + "<input type=hidden name=token value='t&amp;1'><input type=checkbox name=adult>"
              + "<input type=submit name=leave value=1></form>")
        default:
          state.read { state in
            state.served += 1
            if state.served == limit { state.sessions.removeAll() }
          }
          let page =
            path == "/"
            ? CrawlSite.page("All", links: ["/job/1", "/job/2", "/job/3"])
            : CrawlSite.page("Cleaner \(path)", CrawlSite.flaggedText)
          connection.respond(headers: page.headers, text: page.body)
        }
      }
      folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("adwatch-gate-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
      server.stop()
      try? FileManager.default.removeItem(at: folder)
    }

    var data: String { folder.appendingPathComponent("data").path }
    var requests: [ScriptedRequest] { server.seen.requests }

    func crawl(_ steps: String, delay: String = "0s") async throws -> CrawlProgress {
      let yaml = """
        format: adwatch.source/1
        source: gated
        start: ["\(server.url())"]
        adverts: {id: "/job/{id}"}
        politeness: {delay: \(delay)}
        network: {allow: [127.0.0.0/8]}
        purpose: test
        legal_basis: none needed
        steps:
        \(steps)
        """
      let file = folder.appendingPathComponent("gated.yaml")
      try Data(yaml.utf8).write(to: file)
      return try await CrawlSite.crawl(
        seeds: try SeedFolder(path: file.path), into: data,
        analyser: try CrawlSite.analyser.get(), { $0.links = false }, nil)
    }

    func adverts() throws -> [String] {
      var keys: [String] = []
      try DataFolder(path: data, access: .read).store.forEachFlagged { advert in
        keys.append(advert.key)
        return true
      }
      return keys.sorted()
    }

    func verify() throws -> [String] {
      try Verification(DataFolder(path: data, access: .read)).run().findings.map(\.description)
    }
  }

  static let submit = """
      - when: {text: "must be 18 OR older"}
        submit: {action: /age-check, fields: {adult: "yes"}}
    """

  @Test func aFormIsSentWithItsHiddenFieldsOnceASession() async throws {
    let site = try GatedSite(.inPlace)
    let progress = try await site.crawl(Self.submit)
    #expect(try site.adverts() == ["1", "2", "3"])
    #expect(site.state.read { $0.posts } == ["token=t%261&adult=yes"])
    #expect(progress.pages == 4 && progress.failures == 0)
    #expect(try site.verify() == [])
    let targets = site.requests.map(\.target)
    #expect(targets.prefix(5) == ["/robots.txt", "/", "/age-check", "/welcome", "/"])
    let post = try #require(site.requests.first { $0.method == "POST" })
    #expect(post.header("content-type") == "application/x-www-form-urlencoded")
  }

  @Test func aGateThatStaysClosedIsABlockedPageAndNoAdvert() async throws {
    let site = try GatedSite(.never)
    let progress = try await site.crawl(Self.submit)
    #expect(progress.failures == 1 && progress.adverts == 0)
    #expect(try site.adverts() == [] && site.requests.count <= 5)
    #expect(try site.verify() == [])
  }

  @Test func aLostSessionIsOpenedAgain() async throws {
    let site = try GatedSite(.inPlace, losesSessionAfter: 2)
    _ = try await site.crawl(Self.submit)
    #expect(try site.adverts() == ["1", "2", "3"])
    #expect(site.state.read { $0.posts.count } == 2)
  }

  @Test func aRedirectToAGateIsFollowedAndItsLink() async throws {
    let site = try GatedSite(.redirect)
    _ = try await site.crawl("    - {when: {url: /gate}, follow: /enter}")
    #expect(try site.adverts() == ["1", "2", "3"])
    #expect(site.requests.filter { $0.target == "/enter?x=1" }.count == 1)
    #expect(try site.verify() == [])
  }

  @Test func aSessionBeginsWithAnAddressAndIsRenewedWhenTheSiteForbids() async throws {
    let site = try GatedSite(.forbidden, losesSessionAfter: 2)
    _ = try await site.crawl("    - {when: session, open: \"\(site.server.url("/enter"))\"}")
    #expect(try site.adverts() == ["1", "2", "3"])
    #expect(site.requests.filter { $0.target == "/enter" }.count == 2)
  }

  @Test func cookiesOfAStepJoinThoseOfTheSite() async throws {
    let site = try GatedSite(.inPlace)
    site.state.read { _ = $0.sessions.insert("fixed") }
    _ = try await site.crawl("    - {when: session, cookies: {sid: fixed}}")
    #expect(
      try site.adverts() == ["1", "2", "3"] && site.requests.allSatisfy { $0.method == "GET" })
  }

  @Test func aStepThatIsAskedForPatienceIsTriedAgain() async throws {
    let site = try GatedSite(.patient)
    let progress = try await site.crawl(Self.submit)
    #expect(try site.adverts() == ["1", "2", "3"])
    #expect(site.state.read { $0.posts.count } == 2 && progress.failures == 1)
    #expect(try site.verify() == [])
  }

  @Test func robotsRulesHoldForSteps() async throws {
    let site = try GatedSite(.inPlace, robots: "User-agent: *\nDisallow: /age-check\n")
    let progress = try await site.crawl(Self.submit)
    #expect(site.state.read { $0.posts.isEmpty } && progress.failures == 1)
    #expect(try site.adverts() == [])
  }

  @Test func stepsKeepTheDelay() async throws {
    let site = try GatedSite(.inPlace)
    let started = ProcessInfo.processInfo.systemUptime
    _ = try await site.crawl(Self.submit, delay: "0.2s")
    #expect(site.requests.count == 8)
    #expect(ProcessInfo.processInfo.systemUptime - started >= 7 * 0.2)
    #expect(site.server.seen.peak == 1)
  }
}
