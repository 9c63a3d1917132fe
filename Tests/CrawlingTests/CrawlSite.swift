import Analysis
import CaseStore
import Crawling
import Foundation
import Logging
import Synchronization
import TestSupport
import Vocabulary

/// A small site on loopback and a data directory to crawl it into; both go with the value.
final class CrawlSite: Sendable {
  /// What the site answers to a path; the default is 404.
  struct Answer: Sendable {
    var status = "200 OK"
    var headers: [String] = ["Content-Type: text/html; charset=utf-8"]
    var body = ""
    /// Bytes in place of `body`, for what is no text.
    var bytes: [UInt8]?
  }

  let server: ScriptedServer
  let folder: URL
  let table: AnswerTable

  /// The repository's root.
  static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let analyser: Result<PageAnalyser, any Error> = Result {
    try PageAnalyser(
      patterns: PatternFolder(path: repository.appendingPathComponent("Patterns").path),
      software: "test/1")
  }

  /// A text whose indicators make two barriers positive.
  static let flaggedText =
    "We keep your passport in the office. You travel on a tourist visa, we arrange the rest. "
    + "You pay a registration fee of 250 euros before you start. "
    + "Wages are paid in cash at the end of the season."

  init(_ pages: [String: Answer]) throws {
    let shared = AnswerTable(pages)
    table = shared
    server = try ScriptedServer { request, connection in
      let path = String(request.target.prefix { $0 != "?" })
      let answer = shared.answer(to: request, path)
      connection.respond(
        answer.status, headers: answer.headers, body: answer.bytes ?? Array(answer.body.utf8))
    }
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("adwatch-crawl-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit {
    server.stop()
    try? FileManager.default.removeItem(at: folder)
  }

  /// The site's answers, which a test may change between passes.
  final class AnswerTable: Sendable {
    private let pages: Mutex<[String: [Answer]]>

    init(_ pages: [String: Answer]) { self.pages = Mutex(pages.mapValues { [$0] }) }

    /// Answers a path with these in turn; the last one stays.
    func set(_ path: String, _ answers: Answer...) { pages.withLock { $0[path] = answers } }

    func answer(to request: ScriptedRequest, _ path: String) -> Answer {
      pages.withLock { pages in
        guard let queue = pages[path], let first = queue.first else {
          return Answer(status: "404 Not Found", body: "<h1>Not found</h1>")
        }
        if queue.count > 1 { pages[path]?.removeFirst() }
        let etag = first.headers.first { $0.hasPrefix("ETag: ") }.map { $0.dropFirst(6) }
        if let etag, request.header("if-none-match") == String(etag) {
          return Answer(status: "304 Not Modified", headers: ["ETag: \(etag)"])
        }
        return first
      }
    }
  }

  /// Path of the data directory.
  var data: String { folder.appendingPathComponent("data").path }

  /// The sources file, with a delay, more of its scope, and more settings as YAML lines.
  func seeds(
    delay: String = "0s", scope: String = "", listings: String = "", _ more: String = ""
  ) throws -> SeedFolder {
    let yaml = """
      format: adwatch.source/1
      source: site
      start: ["\(server.url())"]
      scope: {hosts: ["127.0.0.1:\(server.port)"]\(scope)}
      adverts: {url: "/job/*", id: "/job/{id}"}
      listings: {url: ["/list/**"]\(listings)}
      form: labour
      country: NL
      politeness: {delay: \(delay)}
      network: {allow: [127.0.0.0/8]}
      purpose: test
      legal_basis: none needed
      \(more)
      """
    let file = folder.appendingPathComponent("site.yaml")
    try Data(yaml.utf8).write(to: file)
    return try SeedFolder(path: file.path)
  }

  /// One pass; `adjust` changes its options, and after so many pages it is told to stop.
  @discardableResult
  func crawl(
    delay: String = "0s", analyser: (any Analysing)? = nil,
    _ adjust: (inout CrawlOptions) -> Void = { _ in }, stoppingAfter pages: (() -> Int)? = nil
  ) async throws -> CrawlProgress {
    try await Self.crawl(
      seeds: try seeds(delay: delay), into: data,
      analyser: try analyser ?? Self.analyser.get(), adjust, pages?())
  }

  /// One pass over any sources into any folder.
  @discardableResult
  static func crawl(
    seeds: SeedFolder, into data: String, analyser: any Analysing,
    _ adjust: (inout CrawlOptions) -> Void, _ limit: Int?
  ) async throws -> CrawlProgress {
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    var options = CrawlOptions(
      software: "test/1", actor: Actor(name: "tester", kind: .person))
    adjust(&options)
    let crawler = Crawler(
      folder: try DataFolder(path: data, access: .write), seeds: seeds, analyser: analyser,
      options: options,
      logger: logger)
    let stop = limit.map { limit in
      Task {
        while await crawler.progress.pages < limit { try await Task.sleep(for: .milliseconds(5)) }
        await crawler.stop()
      }
    }
    defer { stop?.cancel() }
    let result = try await crawler.run()
    return result
  }

  /// The store, for looking at.
  func store() throws -> CaseStore { try DataFolder(path: data, access: .read).store }

  /// Paths asked for so far, in order.
  var requests: [String] { server.seen.requests.map(\.target) }

  /// Everything that is wrong with the data directory.
  func verify() throws -> [String] {
    try Verification(DataFolder(path: data, access: .read)).run().findings.map(\.description)
  }

  /// Keys of the adverts for review.
  func flagged() throws -> [String] {
    var keys: [String] = []
    try store().forEachFlagged { advert in
      keys.append(advert.key)
      return true
    }
    return keys.sorted()
  }

  /// A page with a heading, a text and links.
  static func page(
    _ title: String, _ text: String = "", links: [String] = [], headers: [String] = []
  ) -> Answer {
    let list = links.map { "<li><a href=\"\($0)\">\($0)</a></li>" }.joined()
    return Answer(
      headers: ["Content-Type: text/html; charset=utf-8"] + headers,
      body: "<!doctype html><title>\(title)</title><main><h1>\(title)</h1><p>\(text)</p></main>"
        + "<ul>\(list)</ul>")
  }
}
