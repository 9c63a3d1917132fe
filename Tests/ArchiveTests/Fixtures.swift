import Archive
import Bytes
import Foundation
import Vocabulary

/// Exchanges of every shape that a crawl meets, with what the archive should give back of them.
enum Fixtures {
  static let page = Array(
    ("<!doctype html><title>Kitchen help</title>"
      + String(
        repeating: "<p>Kitchen help wanted in Exampletown, call 020 7946 0123.</p>\n", count: 8))
      .utf8)

  /// `page`, compressed by another program.
  static let brotliPage =
    Hex.decode(
      "1b210200446f78bd3b2e0d22e7a9244eb980b92d8e42c96e573e28df73f81c52ca8fb506442b3083"
        + "b5df20984f1927d932f71732ddb3a574d088ea4850cd65c5fae72400") ?? []

  static let start = Timestamp(rfc3339: "2026-01-02T03:04:05Z") ?? Timestamp(seconds: 0)

  static func request(_ path: String, method: String = "GET", version: String = "HTTP/1.1")
    -> [UInt8]
  {
    Array(
      "\(method) \(path) \(version)\r\nHost: jobs.example\r\nUser-Agent: adwatch\r\nAccept: */*\r\n\r\n"
        .utf8)
  }

  static func exchange(
    _ path: String, after seconds: Double, head: String, body: [UInt8],
    httpProtocol: String = "http/1.1", method: String = "GET"
  ) -> ArchivedExchange {
    ArchivedExchange(
      url: "http://jobs.example\(path)", date: start + seconds,
      request: request(path, method: method, version: httpProtocol == "h2" ? "HTTP/2" : "HTTP/1.1"),
      responseHead: Array(head.replacing("\n", with: "\r\n").utf8), body: body,
      httpProtocol: httpProtocol, remoteAddress: "192.0.2.10", outcome: "fetched",
      dnsAnswers: ["192.0.2.10", "2001:db8::10"],
      tls: httpProtocol == "h2"
        ? .init(version: "TLSv1.3", cipher: "TLS_AES_256_GCM_SHA384", chain: [[0x30, 3, 2, 1, 1]])
        : nil,
      notes: [("operator", "Example Desk")])
  }

  static let plain = exchange(
    "/plain", after: 0,
    head:
      "HTTP/1.1 200 OK\nContent-Type: text/html; charset=utf-8\nContent-Length: \(page.count)\n\n",
    body: page)
  static let gzip: ArchivedExchange = {
    let body = GzipMember.compressed(page, level: 9)
    return exchange(
      "/gzip", after: 1,
      head:
        "HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Encoding: gzip\nContent-Length: \(body.count)\n\n",
      body: body)
  }()
  static let chunked = exchange(
    "/chunked", after: 2,
    head: "HTTP/1.1 200 OK\nContent-Type: text/html\nTransfer-Encoding: chunked\n\n",
    body: page + Array("<!-- chunked -->".utf8))
  static let chunkedGzip = exchange(
    "/chunked-gzip", after: 3,
    head:
      "HTTP/1.1 200 OK\nContent-Type: text/html\ntransfer-encoding: chunked\nContent-Encoding: gzip\n\n",
    body: GzipMember.compressed(page + Array("<!-- both -->".utf8), level: 6))
  static let brotli = exchange(
    "/brotli", after: 4,
    head:
      "HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Encoding: br\nContent-Length: \(brotliPage.count)\n\n",
    body: brotliPage)
  static let http2 = exchange(
    "/http2", after: 5,
    head: "HTTP/2 200 \ncontent-type: text/html\ncontent-length: \(page.count + 6)\n\n",
    body: page + Array("<hr>h2".utf8), httpProtocol: "h2")
  static let empty = exchange(
    "/empty", after: 6, head: "HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: 0\n\n",
    body: [])
  static let notFound = exchange(
    "/not-found", after: 7,
    head: "HTTP/1.1 404 Not Found\nContent-Type: text/plain\nContent-Length: 5\n\n",
    body: Array("gone\n".utf8))
  static let redirect = exchange(
    "/redirect", after: 8,
    head: "HTTP/1.1 302 Found\nLocation: http://jobs.example/plain\nContent-Length: 0\n\n",
    body: [])
  static let repeated: ArchivedExchange = {
    var exchange = plain
    exchange.date = start + 3600
    return exchange
  }()
  static let notModified: ArchivedExchange = {
    var exchange = plain
    exchange.date = start + 7200
    exchange.responseHead = Array("HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n".utf8)
    exchange.body = []
    return exchange
  }()
  static let cutOff: ArchivedExchange = {
    var exchange = Fixtures.exchange(
      "/cut-off", after: 9,
      head: "HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: 100000\n\n",
      body: Array(page.prefix(100)))
    exchange.truncated = .disconnect
    exchange.outcome = "connection lost"
    return exchange
  }()
  static let failed = ArchivedExchange(
    url: "http://jobs.example/failed", date: start + 10, request: request("/failed"),
    httpProtocol: "http/1.1", remoteAddress: "192.0.2.10", outcome: "timed out",
    dnsAnswers: ["192.0.2.10"])
  static let unresolved = ArchivedExchange(
    url: "http://nowhere.example/", date: start + 11, outcome: "no such host")

  /// Those whose answer is held in a record of its own.
  static let answered = [
    plain, gzip, chunked, chunkedGzip, brotli, http2, empty, notFound, redirect, cutOff,
  ]

  /// Everything written by one writer: the locations, and the captures they belong to.
  struct Written {
    let directory: TemporaryDirectory
    let locations: [MemberLocation]
    let captures: [CaptureRecords]
    var path: String { "\(directory.path)/\(locations[0].file)" }
    var bytes: [UInt8] { Array(FileManager.default.contents(atPath: path) ?? Data()) }
  }

  static func writeAll(
    level: Int = 6, answered: [ArchivedExchange] = Fixtures.answered
  ) throws -> Written {
    let directory = try TemporaryDirectory()
    var random = SplitMix(state: 1)
    let writer = try WARCWriter(options(directory, level: level))
    var captures = answered.map { CaptureRecords($0, using: &random) }
    let earlier = try earlier(plain, captures[0])
    captures.append(CaptureRecords(repeated, earlier: earlier, using: &random))
    captures.append(CaptureRecords(notModified, earlier: earlier, using: &random))
    captures.append(CaptureRecords(failed, using: &random))
    captures.append(CaptureRecords(unresolved, using: &random))
    var locations: [MemberLocation] = []
    for capture in captures { locations += try writer.append(capture.records, at: start) }
    try writer.sync()
    return Written(directory: directory, locations: locations, captures: captures)
  }

  static func earlier(
    _ exchange: ArchivedExchange, _ capture: CaptureRecords
  ) throws -> EarlierCapture {
    EarlierCapture(
      recordID: capture.primary.description, targetURI: exchange.url, date: exchange.date,
      payloadDigest: SHA256.hash(exchange.body))
  }

  static func options(_ directory: TemporaryDirectory, level: Int = 6) -> WARCWriterOptions {
    WARCWriterOptions(
      dataDirectory: directory.path, source: "example-jobs", level: level,
      warcinfo: [
        ("software", "adwatch/test"), ("operator", "Example Desk <desk@watch.example>"),
        ("robots", "obey"), ("hostname", "crawler.example"), ("description", "line\r\nX: y"),
      ])
  }
}

/// A directory that goes away with its last holder.
final class TemporaryDirectory: Sendable {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("adwatch-archive-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// Random numbers with a known start, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Every record of a file, and what was wrong with it.
func readAll(_ bytes: [UInt8], limits: WARCLimits = WARCLimits()) -> (
  records: [StoredRecord], problems: [WARCProblem]
) {
  readAll(WARCReader(source: MemorySource(bytes), limits: limits))
}

func readAll(_ reader: WARCReader) -> (records: [StoredRecord], problems: [WARCProblem]) {
  var reader = reader
  var records: [StoredRecord] = []
  while let record = reader.next() { records.append(record) }
  return (records, reader.problems)
}
