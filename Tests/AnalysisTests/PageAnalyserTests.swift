import Analysis
import Assessment
import Bytes
import Configuration
import Extraction
import Foundation
import Testing
import Vocabulary
import WebAddress

@Suite struct PageAnalyserTests {
  private static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private static let analyser = Result {
    try PageAnalyser(
      patterns: PatternFolder(path: repository.appendingPathComponent("Patterns").path),
      software: "test/1")
  }

  private let flagged =
    "We keep your passport in the office. You travel on a tourist visa, we arrange the rest. "
    + "You pay a registration fee of 250 euros before you start. "
    + "Wages are paid in cash at the end of the season."

  private func analyse(
    _ bytes: [UInt8], encoding: String? = nil, type: String? = "text/html",
    url: String = "https://jobs.example/job/1", kind: PageKind? = .advert
  ) throws -> PageAnalysis {
    try Self.analyser.get().analyse(
      PageInput(
        id: "x", body: .received(bytes, contentEncoding: encoding, contentType: type),
        hints: PageHints(url: Address(url), form: .labour, kind: kind)))
  }

  @Test(arguments: ["gzip", "identity", "x-gzip"])
  func aCodedBodyIsTheSamePage(coding: String) throws {
    let page = Array("<title>Job</title><p>\(flagged)".utf8)
    let body = coding == "identity" ? page : GzipMember.compressed(page, level: 6)
    let result = try analyse(body, encoding: coding)
    #expect(result.error == nil)
    #expect(result.adverts.first?.assessment.flagged == true)
    #expect(result.digest == SHA256.hash(body).labelled)
  }

  @Test func aBombIsAnErrorAndNotAFlood() throws {
    let bomb = GzipMember.compressed([UInt8](repeating: 0x20, count: 64 << 20), level: 9)
    let result = try analyse(bomb, encoding: "gzip")
    #expect(result.error != nil)
    #expect(result.adverts.isEmpty)
    #expect(result.kind == .other)
  }

  @Test func anUnknownCodingIsAnErrorThatNamesIt() throws {
    let result = try analyse(Array("x".utf8), encoding: "snappy")
    #expect(result.error?.contains("snappy") == true)
  }

  @Test func aPageInWindows1251IsReadAndItsLinksKeepItsEncoding() throws {
    // "Работа" and a link with the query "я" in that encoding.
    let word: [UInt8] = [0xD0, 0xE0, 0xE1, 0xEE, 0xF2, 0xE0]
    let page =
      Array("<meta charset=windows-1251><title>".utf8) + word
      + Array("</title><a href=\"/find?q=".utf8) + [0xFF] + Array("\">x</a>".utf8)
    let result = try analyse(page, kind: nil)
    #expect(result.title == "Работа")
    #expect(result.links.map(\.href) == ["https://jobs.example/find?q=%FF"])
  }

  @Test func aSitemapGivesItsAddresses() throws {
    let map = """
      <?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
      <url><loc>https://jobs.example/job/7</loc></url>
      <url><loc>https://jobs.example/job/8</loc></url></urlset>
      """
    let result = try analyse(Array(map.utf8), type: "application/xml; charset=utf-8")
    #expect(result.links.map(\.pathname) == ["/job/7", "/job/8"])
    #expect(result.adverts.isEmpty)
  }

  @Test(arguments: ["application/gzip", "application/octet-stream", "application/xml", "text/html"])
  func aCompressedSitemapGivesItsAddresses(type: String) throws {
    let map = try #require(
      Data(
        base64Encoded:
          "H4sIAAAAAAACA7Oxr8jNUShLLSrOzM+zVTLUM1Cyt7MpLcopTi0B03Y2OfnJdhklJQXFVvr6"
          + "WflJxXqpFYm5BTmpII6+uY0+SN5GH6xUH6oRADwn4F5WAAAA"
      ))
    #expect(try analyse([UInt8](map), type: type).links.map(\.pathname) == ["/job/7"])
    // What is cut off gives what can be had of it.
    #expect(try analyse([UInt8](map.dropLast(9)), type: type).error == nil)
  }

  @Test func linksAreResolvedAgainstTheBaseWithoutDuplicatesAndOtherSchemes() throws {
    let page = """
      <base href="/a/"><a href="x#1">1</a><a href="x#2">2</a><a href="../y">3</a>
      <a href="mailto:jo@example.test">4</a><a href="javascript:void(0)">5</a>
      """
    let result = try analyse(Array(page.utf8), kind: nil)
    #expect(result.links.map(\.href) == ["https://jobs.example/a/x", "https://jobs.example/y"])
  }

  @Test func bytesThatAreNoTextAreNothing() throws {
    let result = try analyse([0x25, 0x50, 0x44, 0x46, 0x2D], type: "application/pdf")
    #expect(result.kind == .other)
    #expect(result.text.isEmpty)
    #expect(result.error == nil)
  }

  @Test func textOutsideTheAdvertIsReportedAndDoesNotCount() throws {
    let page = """
      <title>Baker</title><nav>\(flagged)</nav>
      <main><h1>Baker</h1><p>You bake bread from Monday to Friday in a small shop, with a contract
      and paid holidays, and you live wherever you like.</p></main>
      """
    let result = try analyse(Array(page.utf8))
    let found = try #require(result.adverts.first)
    #expect(!found.hits.isEmpty)
    #expect(found.assessment.hits.allSatisfy { !$0.inContent })
    #expect(!found.assessment.flagged)
  }

  @Test func aPageThatLooksLikeNoAdvertIsAssessedAllTheSame() throws {
    let result = try analyse(Array(flagged.utf8), type: "text/plain", kind: nil)
    #expect(result.kind == .other)
    #expect(result.adverts.first?.assessment.flagged == true)
  }

  @Test func theSameInputGivesTheSameResult() throws {
    let page = Array("<title>Job</title><p>\(flagged)".utf8)
    func line() throws -> String {
      ScanRecord(
        id: "x", url: nil, date: nil, page: try analyse(page), part: nil,
        found: try analyse(page).adverts.first, source: nil
      ).json()
    }
    #expect(try line() == line())
  }

  @Test func randomBytesNeverCrashIt() throws {
    var generator = SystemSeed(state: 42)
    for _ in 0..<60 {
      let bytes = (0..<Int.random(in: 0...4000, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      let result = try analyse(bytes, encoding: Bool.random(using: &generator) ? "gzip" : nil)
      #expect(String(validating: result.text, as: UTF8.self) != nil)
    }
  }

  private struct SystemSeed: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }
}
