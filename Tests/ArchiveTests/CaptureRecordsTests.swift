import Archive
import Bytes
import Testing
import Vocabulary

@Suite struct CaptureRecordsTests {
  private func records(
    _ exchange: ArchivedExchange, earlier: EarlierCapture? = nil
  ) -> CaptureRecords {
    var random = SplitMix(state: 9)
    return CaptureRecords(exchange, earlier: earlier, using: &random)
  }

  private func text(_ record: WARCRecord?) -> String {
    String(decoding: record?.block ?? [], as: UTF8.self)
  }

  @Test func anAnswerGivesRequestResponseAndMetadataTiedTogether() throws {
    let capture = records(Fixtures.plain)
    #expect(capture.kind == .response)
    #expect(capture.records.map { $0.header.type } == [.request, .response, .metadata])
    let primary = capture.primary.description
    #expect(capture.records[1].header.recordID == primary)
    #expect(capture.records[0].header.concurrentTo == [primary])
    #expect(capture.records[2].header.concurrentTo == [primary])
    #expect(Set(capture.records.map { $0.header["WARC-Date"] }) == ["2026-01-02T03:04:05Z"])
    #expect(Set(capture.records.map { $0.header.targetURI }) == ["http://jobs.example/plain"])
    #expect(capture.records[1].block == Fixtures.plain.responseHead + Fixtures.page)
    #expect(capture.records[0].block == Fixtures.plain.request)
    #expect(capture.payloadDigest == SHA256.hash(Fixtures.page))
    #expect(capture.records[1].header["WARC-IP-Address"] == "192.0.2.10")
  }

  @Test func fractionsOfASecondAreNotWritten() {
    var exchange = Fixtures.plain
    exchange.date = exchange.date + 0.75
    #expect(records(exchange).records[1].header["WARC-Date"] == "2026-01-02T03:04:05Z")
  }

  @Test func transferEncodingIsRenamedAndTheOriginalHeadKept() throws {
    let capture = records(Fixtures.chunked)
    let head = text(capture.records[1])
    #expect(head.contains("\r\nX-Crawler-Transfer-Encoding: chunked\r\n"))
    #expect(!head.contains("\r\nTransfer-Encoding"))
    let original = Base64.encode(Fixtures.chunked.responseHead)
    #expect(text(capture.records[2]).contains("responseHead: \(original)\r\n"))
    #expect(!text(records(Fixtures.plain).records[2]).contains("responseHead"))
  }

  @Test func http2IsReadableAsHTTP1() {
    let capture = records(Fixtures.http2)
    #expect(text(capture.records[1]).hasPrefix("HTTP/1.1 200 \r\ncontent-type"))
    #expect(text(capture.records[0]).hasPrefix("GET /http2 HTTP/1.1\r\n"))
    #expect(capture.records[1].header["WARC-Protocol"] == "h2")
    let metadata = text(capture.records[2])
    #expect(metadata.contains("requestHead: \(Base64.encode(Fixtures.http2.request))"))
    #expect(metadata.contains("tlsVersion: TLSv1.3\r\n"))
    #expect(metadata.contains("tlsCertificate: \(Base64.encode([0x30, 3, 2, 1, 1]))\r\n"))
    #expect(metadata.contains("dnsAnswer: 192.0.2.10\r\ndnsAnswer: 2001:db8::10\r\n"))
    #expect(metadata.contains("operator: Example Desk\r\n"))
  }

  @Test func anIdenticalBodyBecomesARevisit() throws {
    let first = records(Fixtures.plain)
    let earlier = try Fixtures.earlier(Fixtures.plain, first)
    let capture = records(Fixtures.repeated, earlier: earlier)
    #expect(capture.kind == .revisit)
    let header = capture.records[1].header
    #expect(header.type == .revisit)
    #expect(
      header["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest")
    #expect(header.refersTo == first.primary.description)
    #expect(header["WARC-Refers-To-Target-URI"] == Fixtures.plain.url)
    #expect(header["WARC-Refers-To-Date"] == "2026-01-02T03:04:05Z")
    #expect(header["WARC-Payload-Digest"] == SHA256.hash(Fixtures.page).labelled)
    #expect(capture.records[1].block == Fixtures.repeated.responseHead)
  }

  @Test func a304IsARevisitOfWhatItWasComparedWith() throws {
    let first = records(Fixtures.plain)
    let earlier = try Fixtures.earlier(Fixtures.plain, first)
    let capture = records(Fixtures.notModified, earlier: earlier)
    #expect(capture.kind == .revisit)
    #expect(
      capture.records[1].header["WARC-Profile"]
        == "http://netpreserve.org/warc/1.1/revisit/server-not-modified")
    #expect(capture.payloadDigest == earlier.payloadDigest)
    #expect(records(Fixtures.notModified).kind == .response)
  }

  @Test func otherOrEmptyBodiesAreNoRevisits() throws {
    let earlier = try Fixtures.earlier(Fixtures.plain, records(Fixtures.plain))
    #expect(records(Fixtures.chunked, earlier: earlier).kind == .response)
    let emptyEarlier = try Fixtures.earlier(Fixtures.empty, records(Fixtures.empty))
    #expect(records(Fixtures.empty, earlier: emptyEarlier).kind == .response)
  }

  @Test func aFailureIsEvidenceToo() {
    let timedOut = records(Fixtures.failed)
    #expect(timedOut.kind == .failure)
    #expect(timedOut.payloadDigest == nil)
    #expect(timedOut.records.map { $0.header.type } == [.request, .metadata])
    #expect(timedOut.records[0].header.concurrentTo == [timedOut.primary.description])
    #expect(text(timedOut.records[1]).hasPrefix("outcome: timed out\r\n"))
    #expect(records(Fixtures.unresolved).records.map { $0.header.type } == [.metadata])
  }

  @Test func aBodyThatWasCutOffSaysSoAndKeepsNoFalseLength() {
    let capture = records(Fixtures.cutOff)
    #expect(capture.records[1].header["WARC-Truncated"] == "disconnect")
    #expect(text(capture.records[1]).contains("\r\nX-Crawler-Content-Length: 100000\r\n"))
    #expect(text(capture.records[2]).contains("truncated: disconnect\r\n"))
  }

  @Test func aHEADAnswerKeepsItsLength() {
    let exchange = Fixtures.exchange(
      "/head", after: 0, head: "HTTP/1.1 200 OK\nContent-Length: 100\n\n", body: [], method: "HEAD")
    #expect(text(records(exchange).records[1]).contains("\r\nContent-Length: 100\r\n"))
  }

  /// Anything that could move the border between head and body would change the payload.
  @Test(arguments: [
    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nA: b\r\n\r\n",
    "HTTP/1.1 200 OK\nA: b\n\n", "HTTP/1.1 200 OK\r\nA: b", "HTTP/1.1 200 OK\r\nA: b\r\n\r\n\r\n",
    "HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\nA: b\r\n\r\n",
  ])
  func theBodyBeginsWhereTheReaderFindsIt(head: String) throws {
    var exchange = Fixtures.plain
    exchange.responseHead = Array(head.utf8)
    let capture = records(exchange)
    let message = try #require(HTTPMessage(capture.records[1].block))
    #expect(Array(message.body) == Fixtures.page)
    #expect(message.startLine == "HTTP/1.1 200 OK")
    #expect(message.field("a") == "b")
    #expect(
      text(capture.records[2]).contains("responseHead: \(Base64.encode(Array(head.utf8)))"))
  }

  @Test func anAnswerWithoutStatusLineIsKeptInTheMetadata() {
    var exchange = Fixtures.plain
    exchange.responseHead = []
    let capture = records(exchange)
    #expect(capture.kind == .failure)
    #expect(text(capture.records[1]).contains("body: \(Base64.encode(Fixtures.page))\r\n"))
  }

  @Test(arguments: [
    "http://jobs.example/\r\nWARC-Type: warcinfo", "http://jobs.example/\u{0}\u{7F}",
    "http://jobs.example/a b<c>\"d\"", "http://jobs.example/ü", "\n",
  ])
  func noAddressCanAddALine(url: String) throws {
    var exchange = Fixtures.plain
    exchange.url = url
    exchange.remoteAddress = "192.0.2.1\r\nX-Evil: 1"
    exchange.outcome = "bad\r\n\r\nWARC/1.1\r\n"
    exchange.httpProtocol = "h2\nX-Evil: 1"
    exchange.dnsAnswers = ["a\rb\nc"]
    exchange.notes = [("a: b", "dropped"), ("note", "x\r\nX-Evil: 1")]
    let capture = records(exchange)
    let plainHeader = Fixtures.plain
    for (record, usual) in zip(capture.records, records(plainHeader).records) {
      #expect(record.header.fields.map(\.name) == usual.header.fields.map(\.name))
      for field in record.header.fields {
        #expect(!field.value.utf8.contains { $0 < 0x20 || $0 == 0x7F })
      }
    }
    #expect(!text(capture.records[2]).contains("\nX-Evil"))
    #expect(!text(capture.records[2]).contains("dropped"))
  }
}

@Suite struct WARCFieldTests {
  @Test func valuesNeverHoldLineEnds() {
    #expect(WARCField("A", "b\r\nC: d") == nil)
    #expect(WARCField("A", "b\nc") == nil)
    #expect(WARCField("A", "b\rc") == nil)
    #expect(WARCField("A", "b\u{0}") == nil)
    #expect(WARCField("A b", "c") == nil)
    #expect(WARCField("", "c") == nil)
    #expect(WARCField("A:", "c") == nil)
    #expect(WARCField("A\r\nB", "c") == nil)
    #expect(WARCField("A", "b\tü")?.value == "b\tü")
    #expect(WARCField(escaping: "b\r\nC: d", name: "A")?.value == "b%0D%0AC: d")
  }

  @Test func recordIDsAreRandomUUIDsAndNothingElse() {
    var random = SplitMix(state: 1)
    let id = RecordID(using: &random)
    #expect(RecordID(id.description) == id)
    #expect(RecordID("<\(id.description.uppercased())>") == id)
    let bytes = Array(id.description.utf8)
    #expect(bytes.count == 45)
    #expect(bytes[23] == UInt8(ascii: "4"))
    #expect("89ab".utf8.contains(bytes[28]))
    for wrong in [
      "", "<>", "urn:uuid:", "uuid:x", "<urn:uuid:\(String(repeating: "g", count: 36))>",
    ] {
      #expect(RecordID(wrong) == nil)
    }
  }
}
