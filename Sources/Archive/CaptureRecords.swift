public import Bytes
public import Vocabulary

/// The records of one exchange: what was asked, what came back, and everything else that is known.
///
/// `request` (when one was sent), `response` or `revisit` (when an answer came), and `metadata`;
/// all with the same date and address, tied to the answer by `WARC-Concurrent-To`, or to the
/// metadata of a fetch that got none: a failure is evidence too. Pure: the same exchange and the
/// same randomness give the same records.
public struct CaptureRecords: Sendable {
  /// What became of the exchange.
  public enum Kind: Sendable, Hashable {
    /// The body is in this capture's own `response` record.
    case response
    /// The body is that of the earlier capture.
    case revisit
    /// There was no answer; only `metadata` tells of it.
    case failure
    /// There was one, whose body is not kept; `metadata` has its head, digest and length.
    case withheld
  }

  public let kind: Kind
  /// In the order in which they are to be written.
  public let records: [WARCRecord]
  /// The identifier of the `response` or `revisit` record, or else of `metadata`.
  public let primary: RecordID
  /// SHA-256 of the body as stored; of a server's 304 that of the capture it refers to; nil where none
  /// is stored.
  public let payloadDigest: SHA256Digest?
  /// When the capture began.
  public let date: Timestamp

  /// Makes the records of an exchange.
  ///
  /// With `earlier` given, a body with the same digest becomes a revisit of the profile
  /// identical-payload-digest, and a status of 304 one of the profile server-not-modified. An empty
  /// body never becomes one: there would be nothing to gain.
  public init(
    _ exchange: ArchivedExchange, earlier: EarlierCapture? = nil,
    using generator: inout some RandomNumberGenerator
  ) {
    date = exchange.date
    let ids = (0..<3).map { _ in RecordID(using: &generator) }
    let isHeadRequest = exchange.request.starts(with: Array("HEAD ".utf8))
    let head =
      exchange.isBodyWithheld
      ? nil
      : ArchivedHead(
        response: exchange.responseHead, bodyLength: exchange.body.count,
        isBodyExpected: !isHeadRequest)
    let common = CaptureRecords.commonFields(exchange)
    var answer: WARCRecord?
    if let head {
      let digest = SHA256.hash(exchange.body)
      let revisit = earlier.flatMap {
        CaptureRecords.revisitFields($0, status: head.status, digest: digest, body: exchange.body)
      }
      kind = revisit == nil ? .response : .revisit
      let isNotModified = revisit != nil && head.status == 304
      let payload = isNotModified ? earlier?.payloadDigest ?? digest : digest
      payloadDigest = payload
      var fields = common
      fields += CaptureRecords.fields([("WARC-Payload-Digest", payload.labelled)])
      if let revisit {
        fields += revisit
      } else if let reason = exchange.truncated {
        fields += CaptureRecords.fields([("WARC-Truncated", reason.rawValue)])
      }
      answer = WARCRecord(
        type: revisit == nil ? .response : .revisit, id: ids[0], date: exchange.date,
        fields: fields, contentType: .httpResponse,
        block: revisit == nil ? head.bytes + exchange.body : head.bytes,
        isCompressedAlready: revisit == nil && head.isContentEncoded && !exchange.body.isEmpty)
      primary = ids[0]
    } else {
      kind = exchange.isBodyWithheld ? .withheld : .failure
      payloadDigest = nil
      primary = ids[2]
    }
    let tie = CaptureRecords.fields([("WARC-Concurrent-To", primary.bracketed)])
    var records: [WARCRecord] = []
    if !exchange.request.isEmpty {
      records.append(
        WARCRecord(
          type: .request, id: ids[1], date: exchange.date, fields: common + tie,
          contentType: .httpRequest, block: ArchivedHead.request(exchange.request)))
    }
    if let answer { records.append(answer) }
    records.append(
      WARCRecord(
        type: .metadata, id: ids[2], date: exchange.date,
        fields: common + (answer == nil ? [] : tie), contentType: .warcFields,
        block: WARCRecord.warcFields(CaptureRecords.metadata(exchange, head: head))))
    self.records = records
  }

  private static func fields(_ pairs: [(name: String, value: String)]) -> [WARCField] {
    pairs.compactMap { WARCField(escaping: $0.value, name: $0.name) }
  }

  private static func commonFields(_ exchange: ArchivedExchange) -> [WARCField] {
    var pairs = [(name: "WARC-Target-URI", value: targetURI(exchange.url))]
    if let address = exchange.remoteAddress { pairs.append(("WARC-IP-Address", address)) }
    if let name = exchange.httpProtocol { pairs.append(("WARC-Protocol", name)) }
    return fields(pairs)
  }

  /// The address as it may stand in a header: printable ASCII, no spaces, no angle brackets.
  ///
  /// An address that was parsed has nothing of that; one that could not be parsed is kept all the same.
  static func targetURI(_ url: String) -> String {
    percentEncoded(url.utf8) { byte in
      byte <= 0x20 || byte >= 0x7F || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")
        || byte == UInt8(ascii: "\"")
    }
  }

  /// Nil when the capture is no revisit of the earlier one.
  private static func revisitFields(
    _ earlier: EarlierCapture, status: Int?, digest: SHA256Digest, body: [UInt8]
  ) -> [WARCField]? {
    let profile: String
    if status == 304, body.isEmpty {
      profile = "server-not-modified"
    } else if digest == earlier.payloadDigest, !body.isEmpty {
      profile = "identical-payload-digest"
    } else {
      return nil
    }
    return fields([
      ("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/\(profile)"),
      ("WARC-Refers-To", "<\(withoutBrackets(earlier.recordID))>"),
      ("WARC-Refers-To-Target-URI", targetURI(earlier.targetURI)),
      ("WARC-Refers-To-Date", earlier.date.rfc3339),
    ])
  }

  /// What the `metadata` record says; bytes are written in base 64.
  private static func metadata(
    _ exchange: ArchivedExchange, head: ArchivedHead?
  ) -> [(name: String, value: String)] {
    var pairs = [(name: "outcome", value: exchange.outcome)]
    if let name = exchange.httpProtocol { pairs.append(("httpProtocol", name)) }
    if let address = exchange.remoteAddress { pairs.append(("remoteAddress", address)) }
    pairs += exchange.dnsAnswers.map { ("dnsAnswer", $0) }
    if let tls = exchange.tls {
      pairs += [("tlsVersion", tls.version), ("tlsCipher", tls.cipher)]
      pairs += tls.chain.map { ("tlsCertificate", Base64.encode($0)) }
    }
    if let reason = exchange.truncated { pairs.append(("truncated", reason.rawValue)) }
    if !exchange.responseHead.isEmpty, head?.isAltered ?? true {
      pairs.append(("responseHead", Base64.encode(exchange.responseHead)))
    }
    if exchange.isBodyWithheld {
      pairs += [
        ("payloadDigest", SHA256.hash(exchange.body).labelled),
        ("payloadLength", String(exchange.body.count)), ("payload", "not kept"),
      ]
    } else if head == nil, !exchange.body.isEmpty {
      pairs.append(("body", Base64.encode(exchange.body)))
    }
    let request = ArchivedHead.request(exchange.request)
    if request != exchange.request {
      pairs.append(("requestHead", Base64.encode(headOf(exchange.request))))
    }
    return pairs + exchange.notes
  }

  private static func headOf(_ request: [UInt8]) -> ArraySlice<UInt8> {
    guard let message = HTTPMessage(request) else { return request[...] }
    return request.prefix(message.headLength)
  }
}
