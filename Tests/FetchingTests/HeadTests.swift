import Testing
import Vocabulary
import WebAddress

@testable import Fetching

@Suite struct HeadTests {
  private func collect(
    _ lines: [String], bytes: Int = 1000, fields: Int = 10, bodyAfter: Int = .max
  ) -> HeadCollector {
    var heads = HeadCollector(maximumBytes: bytes, maximumFields: fields)
    for (index, line) in lines.enumerated() {
      guard heads.take(Array(line.utf8), afterBody: index >= bodyAfter) else { break }
    }
    return heads
  }

  @Test func `interim heads and trailers are kept apart`() {
    let heads = collect([
      "HTTP/1.1 103 Early Hints\r\n", "Link: x\r\n", "\r\n", "HTTP/1.1 200 OK\r\n", "A: 1\r\n",
      "\r\n", "T: 2\r\n",
    ])
    #expect(heads.interim == [Array("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n".utf8)])
    #expect(heads.head == Array("HTTP/1.1 200 OK\r\nA: 1\r\n\r\n".utf8))
    #expect(heads.trailers == Array("T: 2\r\n".utf8))
    #expect(heads.isComplete && !heads.isOverflowing)
  }

  @Test func `a trailer that looks like a status line does not replace the head`() {
    let heads = collect(
      ["HTTP/1.1 200 OK\r\n", "\r\n", "HTTP/1.1 404 Gone\r\n"], bodyAfter: 2)
    #expect(heads.head == Array("HTTP/1.1 200 OK\r\n\r\n".utf8))
    #expect(heads.trailers == Array("HTTP/1.1 404 Gone\r\n".utf8))
  }

  @Test func `limits on bytes and on fields stop it`() {
    #expect(collect(["HTTP/1.1 200 OK\r\n", "A: 123\r\n"], bytes: 20).isOverflowing)
    let many = collect(["HTTP/1.1 200 OK\r\n", "A: 1\r\n", "B: 2\r\n", "C: 3\r\n"], fields: 2)
    #expect(many.isOverflowing)
    #expect(many.head == Array("HTTP/1.1 200 OK\r\nA: 1\r\nB: 2\r\n".utf8))
  }

  @Test func `fields are read with duplicates, folds and stray bytes`() {
    let head = ResponseHead(
      Array(
        "HTTP/1.1 200 OK\r\nSet-Cookie: a\r\nX:  b \r\n\tc\r\nno colon\r\nset-cookie: d\r\nL: ".utf8
      )
        + [0xE9] + Array("\r\nU: é\r\n\r\n".utf8))
    #expect(head.status == 200)
    #expect(head.fields.values("SET-COOKIE") == ["a", "d"])
    #expect(head.fields["x"] == "b c")
    #expect(head.fields["l"] == "é")
    #expect(head.fields["u"] == "é")
    #expect(head.fields.count == 5)
  }

  @Test func `a head in the form of HTTP 2 and no head at all`() {
    #expect(ResponseHead(Array("HTTP/2 404 \r\n\r\n".utf8)).status == 404)
    #expect(ResponseHead([]).status == nil)
    #expect(ResponseHead(Array("HTTP/1.1\r\n\r\n".utf8)).status == nil)
  }

  @Test func `the last of several request heads is kept`() {
    var heads = RequestHeadCollector()
    heads.take(Array("CONNECT a HTTP/1.1\r\n\r\n".utf8))
    heads.take(Array("GET / HT".utf8))
    heads.take(Array("TP/1.1\r\n\r\n".utf8))
    #expect(heads.head == Array("GET / HTTP/1.1\r\n\r\n".utf8))
  }
}

@Suite struct RequestHeadersTests {
  private func request(_ headers: [HeaderField], etag: String? = nil) throws -> FetchRequest {
    FetchRequest(
      try #require(Address("http://shop.example/")), headers: headers, etag: etag)
  }

  @Test(arguments: ["a\r\nB: c", "a\nb", "a\u{0}b", "a\u{7F}"])
  func `line breaks and other controls are refused`(_ value: String) throws {
    let inHeader = try request([HeaderField("X", value)])
    let inValidator = try request([], etag: value)
    #expect(throws: RequestHeaders.Problem.self) { try RequestHeaders(inHeader) }
    #expect(throws: RequestHeaders.Problem.self) { try RequestHeaders(inValidator) }
  }

  @Test(arguments: ["", "A B", "A:", "Å", "host", "Transfer-Encoding", "A\r\n"])
  func `names must be tokens that are the caller's to set`(_ name: String) throws {
    let unfit = try request([HeaderField(name, "x")])
    #expect(throws: RequestHeaders.Problem.self) { try RequestHeaders(unfit) }
  }

  @Test func `callers replace defaults`() throws {
    let lines = try RequestHeaders(
      request([HeaderField("accept", "text/html"), HeaderField("X-Empty", "")], etag: "\"a\"")
    ).lines
    #expect(
      lines == [
        "User-Agent: adwatch", "Accept-Encoding: gzip, br, zstd", "If-None-Match: \"a\"",
        "accept: text/html", "X-Empty;", "Expect:",
      ])
  }
}

@Suite struct RedirectTests {
  private func exchange(
    _ status: Int, _ locations: [String], from: String = "http://shop.example/a/b#part",
    method: HTTPMethod = .get
  ) throws -> Exchange {
    Exchange(
      address: try #require(Address(from)), method: method, outcome: .fetched,
      started: .init(seconds: 0), finished: .init(seconds: 1), status: status,
      headers: HeaderFields(locations.map { HeaderField("Location", $0) }))
  }

  @Test func `relative targets, fragments and methods`() throws {
    #expect(
      Redirect.target(of: try exchange(302, ["../c"]))
        == .target(try #require(Address("http://shop.example/c#part")), method: .get))
    #expect(
      Redirect.target(of: try exchange(307, ["https://b.example/#own"], method: .post))
        == .target(try #require(Address("https://b.example/#own")), method: .post))
    #expect(
      Redirect.target(of: try exchange(303, ["/x"], from: "http://a.example/", method: .post))
        == .target(try #require(Address("http://a.example/x")), method: .get))
  }

  @Test func `no redirects`() throws {
    #expect(Redirect.target(of: try exchange(200, ["/x"])) == .none)
    #expect(Redirect.target(of: try exchange(301, [])) == .none)
    #expect(Redirect.target(of: try exchange(304, ["/x"])) == .none)
  }

  @Test(arguments: [
    ["javascript:alert(1)"], ["file:///etc/passwd"], ["http://[::1"], ["/a", "/b"],
  ])
  func `redirects to nowhere`(_ locations: [String]) throws {
    guard case .bad = Redirect.target(of: try exchange(302, locations)) else {
      Issue.record("accepted \(locations)")
      return
    }
  }
}
