import Analysis
import CaseStore
import CrawlFrontier
import Foundation
import Logging
import Vocabulary

@testable import Review

/// A site over a store with invented adverts; each account's password is `password`.
final class ReviewFixture {
  static let password = "correct horse battery"
  /// Cheap, so that tests do not wait for what makes guessing slow.
  static let cost = PasswordHash.Cost(n: 16, r: 8, p: 1)

  let folder: URL
  let store: CaseStore
  let actor = Actor(name: "tester", kind: .person)
  let clock = TestClock()
  let site: ReviewSite

  init(
    settings: ReviewSite.Settings = ReviewSite.Settings(), patterns: PatternFolder? = nil,
    limits: ReviewLimits = ReviewLimits(),
    engine: (String) throws -> any SQLEngine = { try SQLiteEngine(path: $0) }
  ) throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("adwatch-review-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    store = try CaseStore(engine(folder.appendingPathComponent("adwatch.sqlite").path))
    let clock = clock
    var tools = Self.tools(store)
    tools.patterns = patterns
    site = try ReviewSite(
      store: store, folder: folder.path, library: patterns?.library, tools: tools,
      settings: settings, limits: limits, passwordCost: Self.cost,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
      now: { clock.now })
    for role in Role.allCases { try add(account: role.rawValue, role) }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func add(account login: String, _ roles: Role...) throws {
    let hash = PasswordHash(Array(Self.password.utf8), cost: Self.cost)
    try store.addAccount(
      login: login, passwordHash: hash?.text ?? "", roles: Set(roles), by: actor, at: clock.now)
  }

  /// Stores adverts as a crawl would; returns their numbers.
  @discardableResult
  func store(_ adverts: StoredAdvert...) throws -> [Int64] {
    let run = try store.beginRun(
      command: "test", software: "test/1", patternsDigest: nil, by: actor, at: clock.now)
    return try adverts.map { advert in
      let offset = Int64(abs(advert.key.hashValue % 1_000_000_000))
      let captures = try store.commit(
        [
          CaptureCommit(
            address: nil, source: "jobs", url: advert.url, purpose: "page", beganAt: clock.now,
            endedAt: clock.now, outcome: "fetched", detail: nil, status: 200,
            mediaType: "text/html", payloadDigest: [UInt8](repeating: 1, count: 32),
            payloadLength: 10, payloadOf: nil,
            members: [
              StoredMember(
                file: "warc/jobs/\(offset).warc.gz", offset: 0, length: 100,
                digest: [UInt8](repeating: 2, count: 32), recordID: "urn:uuid:\(offset)",
                type: "response")
            ], analysis: .waiting, visit: nil, group: nil, robots: nil, found: [])
        ], written: [], ends: ["warc/jobs/\(offset).warc.gz": 100], run: run, by: actor,
        at: clock.now)
      try store.commit(
        [
          AnalysisCommit(
            capture: captures[0], address: nil, source: "jobs", seenAt: clock.now, version: "v1",
            outcome: .done, page: .advert, language: "en", title: nil, error: nil, limited: [],
            adverts: [advert], found: [])
        ], at: clock.now)
      return try store.adverts(at: advert.key)[0]
    }
  }

  /// An invented advert whose only hit is its first word.
  static func advert(
    _ key: String, text: String, priority: Double = 1, lane: Lane = .review,
    indicator: String = "L11", phone: String = "+442079460001"
  ) -> StoredAdvert {
    let word = text.utf8.prefix { $0 != 0x20 }.count
    let quote = text.prefix { $0 != " " }
    let record = """
      {"content":[[0,\(text.utf8.count)]],"fields":{"title":null,"place":"Leeds"},"selectors":[\
      {"kind":"phone","value":\(json(phone)),"raw":"020","start":0,"end":1,"trick":"words"}],\
      "facts":[{"kind":"place","value":"GB/Leeds","raw":"Leeds","in_content":true}],"hits":[\
      {"indicator":\(json(indicator)),"pattern":"L11/en/kept","pack_version":1,\
      "barriers":["entry"],"strength":"strong","evidence":"expert","start":0,"end":\(word),\
      "quote":\(json(String(quote))),"in_content":true,"not_counted":null}],\
      "assessment":{"because":[{"barrier":"entry","indicators":[\(json(indicator))]}],\
      "urgent":[],"rule":"r/1","linkage":"not evaluated"}}
      """
    return StoredAdvert(
      key: key, url: "https://jobs.example/\(key.replacing(" ", with: "%20"))", part: 0,
      form: .labour, language: "en",
      title: key, text: text, textDigest: Array(text.utf8), record: record, flagged: true,
      lane: lane, priority: priority, barriers: [.entry, .finance], rule: "r/1",
      hits: [
        StoredHit(
          indicator: indicator, pattern: "L11/en/kept", packVersion: 1, range: 0..<word,
          inContent: true)
      ],
      selectors: [
        StoredSelector(
          kind: "phone", value: phone, range: 0..<1, valid: true, confidence: 1, trick: nil,
          inContent: true)
      ])
  }

  private static func json(_ text: String) -> String {
    let data = try? JSONSerialization.data(withJSONObject: [text])
    return String(decoding: data ?? Data(), as: UTF8.self).dropFirst().dropLast().description
  }

  func browser() -> TestBrowser { TestBrowser(site) }

  /// A browser in which somebody has signed in and said why.
  func browser(as login: String) throws -> TestBrowser {
    let browser = browser()
    browser.signIn(login, Self.password)
    browser.post("/purpose", ["purpose": "detection"])
    return browser
  }
}

/// A clock that stands until it is moved.
final class TestClock: @unchecked Sendable {
  // Tests use it from one thread.
  private(set) var now = Timestamp(seconds: 1_767_225_600)
  func advance(_ seconds: Double) { now = now + seconds }
}

/// Keeps cookies and the form's token, as a browser does.
final class TestBrowser {
  let site: ReviewSite
  var cookies: [String: String] = [:]
  var headers: [String: String] = [:]
  private(set) var page = ""

  init(_ site: ReviewSite) { self.site = site }

  @discardableResult func get(_ address: String) -> WebReply { send("GET", address, []) }

  /// Sends a form with the token of the page seen last, unless it names one.
  @discardableResult
  func post(_ path: String, _ fields: KeyValuePairs<String, String>) -> WebReply {
    var fields = fields.map { ($0.key, $0.value) }
    if !fields.contains(where: { $0.0 == "token" }), let token = field("token") {
      fields.append(("token", token))
    }
    let body = fields.map { "\($0)=\(FormFields.encode($1))" }.joined(separator: "&")
    return send("POST", path, Array(body.utf8))
  }

  func send(_ method: String, _ address: String, _ body: [UInt8]) -> WebReply {
    let parts = address.split(separator: "?", maxSplits: 1)
    var all = ["host": "127.0.0.1:8480"]
    if method == "POST" { all["content-type"] = "application/x-www-form-urlencoded" }
    all["cookie"] = cookies.map { "\($0)=\($1)" }.joined(separator: "; ")
    all.merge(headers) { $1 }
    let reply = site.reply(
      to: WebRequest(
        method: method, path: String(parts[0]), query: parts.count > 1 ? String(parts[1]) : "",
        headers: all, body: body))
    for (name, value) in reply.headers where name == "set-cookie" {
      let pair = value.prefix { $0 != ";" }.split(separator: "=", omittingEmptySubsequences: false)
      cookies[String(pair[0])] = pair.count > 1 && !pair[1].isEmpty ? String(pair[1]) : nil
    }
    let text = String(decoding: reply.body, as: UTF8.self)
    if text.contains("name=\"token\"") || text.contains("form_token") { page = text }
    return reply
  }

  func signIn(_ login: String, _ password: String) {
    get("/sign-in")
    post(
      "/sign-in",
      ["login": login, "password": password, "form_token": field("form_token") ?? "", "to": "/"])
    get("/purpose")
  }

  /// The value of the first hidden field of a name on the page seen last.
  func field(_ name: String) -> String? {
    guard let start = page.range(of: "name=\"\(name)\" value=\"") else { return nil }
    return String(page[start.upperBound...].prefix { $0 != "\"" })
  }
}

extension WebReply {
  var text: String { String(decoding: body, as: UTF8.self) }
}
