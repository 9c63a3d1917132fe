import Archive
import Testing

@Suite struct HTTPMessageTests {
  private func payload(_ block: String) -> String? {
    HTTPMessage(Array(block.utf8)).map { String(decoding: $0.payload, as: UTF8.self) }
  }

  @Test func aResponseIsTakenApart() throws {
    let message = try #require(
      HTTPMessage(
        Array(
          "HTTP/1.1 404 Not Found\r\nA: 1\r\na:  2 \r\nFold: x\r\n  y\r\nnonsense\r\n\r\nbody".utf8)
      ))
    #expect(message.status == 404)
    #expect(message.startLine == "HTTP/1.1 404 Not Found")
    #expect(message.values(of: "A") == ["1", "2"])
    #expect(message.field("fold") == "x y")
    #expect(Array(message.body) == Array("body".utf8))
    #expect(message.isHeadComplete)
  }

  @Test func aRequestHasNoStatus() throws {
    let message = try #require(HTTPMessage(Array("POST /a HTTP/1.1\r\nHost: x\r\n\r\na=b".utf8)))
    #expect(message.status == nil)
    #expect(Array(message.body) == Array("a=b".utf8))
  }

  @Test(arguments: ["", "\r\n", "<html>", "HTTP/1.1", "GET /"])
  func otherBlocksAreNone(block: String) {
    #expect(HTTPMessage(Array(block.utf8)) == nil)
  }

  @Test func chunksAreRemovedOnlyWhereThereAreSome() {
    let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    #expect(payload(head + "4\r\nWiki\r\n5;x=y\r\npedia\r\n0\r\n\r\n") == "Wikipedia")
    #expect(payload(head + "4 \nWiki\n0\n\n") == "Wiki")
    #expect(payload(head + "4\r\nWiki\r\n5\r\npe") == "Wikipe")
    #expect(payload(head + "4\r\nWiki\r\nnonsense") == "Wiki")
    #expect(payload(head + "<html>not chunked") == "<html>not chunked")
    #expect(payload(head + "FFFFFFFFFFFFFFFFFF\r\nx") == "FFFFFFFFFFFFFFFFFF\r\nx")
    #expect(payload(head + "FFFFFFFFFFFFFFF\r\nx") == "x")
    #expect(payload("HTTP/1.1 200 OK\r\n\r\n4\r\nWiki\r\n0\r\n\r\n") == "4\r\nWiki\r\n0\r\n\r\n")
    #expect(payload(head) == "")
  }
}
