import Archive
import CaseStore
import Crawling
import Foundation
import TestSupport
import Testing

private let hasBrowser = FileManager.default.isExecutableFile(atPath: "/usr/bin/chromium")

/// Pages that need a browser; skipped where none is installed.
@Suite(.serialized, .enabled(if: hasBrowser)) struct RenderTests {
  static func html(_ body: String) -> CrawlSite.Answer {
    CrawlSite.Answer(body: "<!doctype html><title>x</title><body><main id=m></main>\(body)")
  }

  /// A site with one page, rendered; `adjust` changes the limits.
  static func crawl(
    _ pages: [String: CrawlSite.Answer], _ adjust: @escaping (inout CrawlOptions) -> Void = { _ in }
  ) async throws -> (site: CrawlSite, progress: CrawlProgress) {
    let site = try CrawlSite(pages)
    let progress = try await CrawlSite.crawl(
      seeds: try site.seeds("render: browser"), into: site.data,
      analyser: try CrawlSite.analyser.get(),
      { options in
        options.links = false
        // A machine that runs all tests at once is slow.
        options.render.seconds = 150
        options.render.settle = 3
        options.render.patience = 40
        options.render.answer = 40
        adjust(&options)
      }, nil)
    return (site, progress)
  }

  static func records(_ site: CrawlSite, _ type: WARCType) throws -> [WARCRecord] {
    var found: [WARCRecord] = []
    for file in try ArchiveFiles.list(in: site.data) {
      var reader = try WARCReader(path: "\(site.data)/\(file.name)")
      while let stored = reader.next() {
        if stored.record.header.type == type { found.append(stored.record) }
      }
    }
    return found
  }

  @Test func anAdvertThatAScriptFetchesIsRead() async throws {
    let (site, progress) = try await Self.crawl([
      "/": CrawlSite.page("Jobs", links: ["/job/1"]),
      "/job/1": Self.html("<img src=/face.png><script src=/app.js></script>"),
      "/app.js": CrawlSite.Answer(
        headers: ["Content-Type: text/javascript"],
        body: "fetch('/api/job/1').then(r => r.json()).then(j => {"
          + "document.getElementById('m').innerHTML = '<h1>Cleaner</h1><p>' + j.text + '</p>' })"),
      "/api/job/1": CrawlSite.Answer(
        headers: ["Content-Type: application/json"],
        body: "{\"text\":\"\(CrawlSite.flaggedText)\"}"),
    ])
    #expect(try site.flagged() == ["1"] && progress.failures == 0)
    #expect(site.requests.filter { $0 == "/api/job/1" }.count == 1)
    #expect(site.requests.filter { $0 == "/job/1" }.count == 1)
    #expect(!site.requests.contains("/face.png"))
    let derived = try Self.records(site, .conversion)
    let pages = derived.filter { $0.header.contentType == "text/html;charset=utf-8" }
    let pictures = derived.filter { $0.header.contentType == "image/png" }
    #expect(pages.count == 2 && pictures.count == 2)
    #expect(pictures.allSatisfy { $0.block.starts(with: [0x89, 0x50, 0x4E, 0x47]) })
    let answers = Set(try Self.records(site, .response).compactMap(\.header.recordID))
    #expect(derived.allSatisfy { $0.header.refersTo.map(answers.contains) == true })
    #expect(try site.verify() == [])
  }

  @Test func privateAddressesAndOtherHostsAreNotAsked() async throws {
    let inside = try ScriptedServer { $1.respond(text: "secret \($0.target)") }
    defer { inside.stop() }
    let (site, progress) = try await Self.crawl([
      "/": Self.html(
        "<iframe src='\(inside.url("/frame"))'></iframe><script>"
          + "for (const u of ['\(inside.url("/fetch"))','http://169.254.169.254/latest/',"
          + "'http://[::1]:\(inside.port)/']) fetch(u,{mode:'no-cors'}).catch(e=>0);"
          + "try { new WebSocket('ws://127.0.0.1:\(inside.port)/ws') } catch (e) {}"
          + "navigator.sendBeacon('\(inside.url("/beacon"))');"
          + "new Worker(URL.createObjectURL(new Blob([\"fetch('\(inside.url("/worker"))')\"])));"
          + "document.getElementById('m').textContent='done'</script>")
    ])
    #expect(inside.seen.accepted == 0 && progress.pages == 1 && progress.failures == 0)
    let page = try #require(try Self.records(site, .conversion).first)
    #expect(String(decoding: page.block, as: UTF8.self).contains(">done</main>"))
  }

  @Test func aPageThatNeverEndsIsGivenUpAndTheCrawlGoesOn() async throws {
    let (site, progress) = try await Self.crawl(
      [
        "/": CrawlSite.page("Jobs", links: ["/job/1", "/job/2"]),
        "/job/1": Self.html("<script>while (true) {}</script>"),
        "/job/2": CrawlSite.page("Cleaner", CrawlSite.flaggedText),
      ]) {
        $0.render.answer = 6
        $0.render.patience = 3
      }
    #expect(try site.flagged() == ["2"] && progress.pages == 3)
    let notes = try Self.records(site, .metadata).map { String(decoding: $0.block, as: UTF8.self) }
    #expect(
      notes.contains { $0.contains("rendering: not rendered: the page did not come to an end") })
    #expect(try site.verify() == [])
  }

  @Test func aPageThatAsksWithoutEndIsTakenAtItsLimit() async throws {
    let (site, _) = try await Self.crawl(
      [
        "/": Self.html(
          "<script>let n=0; setInterval(() => fetch('/poll?'+(n++)).then(r=>r.text()), 20)</script>"
        ),
        "/poll": CrawlSite.Answer(headers: ["Content-Type: text/plain"], body: "x"),
      ]
    ) {
      $0.render.requests = 5
      $0.render.seconds = 15
    }
    #expect(site.requests.filter { $0.hasPrefix("/poll") }.count == 5)
    #expect(try Self.records(site, .conversion).count == 2)
  }

  @Test func whatAWorkerFetchesIsIntercepted() async throws {
    let script = ["Content-Type: text/javascript"]
    let (site, progress) = try await Self.crawl([
      "/": CrawlSite.page("Jobs", links: ["/job/1"]),
      "/job/1": Self.html(
        "<script>new Worker('/worker.js').onmessage = e => {"
          + "document.getElementById('m').innerHTML = '<h1>Cleaner</h1><p>' + e.data + '</p>' }"
          + "</script>"),
      "/worker.js": CrawlSite.Answer(
        headers: script, body: "fetch('/api').then(r => r.text()).then(t => postMessage(t))"),
      "/api": CrawlSite.Answer(
        headers: ["Content-Type: text/plain"], body: CrawlSite.flaggedText),
    ])
    #expect(try site.flagged() == ["1"] && progress.failures == 0)
    #expect(site.requests.filter { $0 == "/worker.js" || $0 == "/api" }.count == 2)
  }

  @Test func whatIsReadAgainIsTheRenderedPage() async throws {
    let (site, _) = try await Self.crawl(["/": Self.html("<script>document.title='y'</script>")])
    let capture = try #require(try site.store().payloadCaptures(after: 0, limit: 9).first)
    let stored = try WARCReader.read(
      path: "\(site.data)/\(capture.file)", offset: capture.offset, length: capture.length)
    #expect(stored.record.header.type == .conversion)
    #expect(String(decoding: stored.record.block, as: UTF8.self).contains("<title>y</title>"))
  }

  @Test(arguments: ["#!/bin/sh\nexit 0\n", "#!/bin/sh\nkill -SEGV $$\n", "#!/bin/sh\nsleep 100\n"])
  func aBrowserThatEndsOrHangsHarmsNothing(_ program: String) async throws {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("adwatch-no-browser-\(UUID().uuidString)")
    try Data(program.utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: file.path)
    defer { try? FileManager.default.removeItem(at: file) }
    let (site, progress) = try await Self.crawl([
      "/": CrawlSite.page("Cleaner", CrawlSite.flaggedText, links: ["/job/1"]),
      "/job/1": CrawlSite.page("Cleaner", CrawlSite.flaggedText),
    ]) {
      $0.browser = file.path
      $0.render.answer = 0.25
    }
    #expect(try site.flagged().contains("1") && progress.failures == 0)
    let notes = try Self.records(site, .metadata).map { String(decoding: $0.block, as: UTF8.self) }
    #expect(notes.filter { $0.contains("rendering: not rendered: the browser did not") }.count == 2)
    #expect(try Self.records(site, .conversion).isEmpty)
  }

  @Test func withoutABrowserThePageIsReadAsItCame() async throws {
    let (site, progress) = try await Self.crawl([
      "/": CrawlSite.page("Jobs", links: ["/job/1"]),
      "/job/1": CrawlSite.page("Cleaner", CrawlSite.flaggedText),
    ]) { $0.browser = nil }
    #expect(try site.flagged() == ["1"] && progress.failures == 0)
  }
}
