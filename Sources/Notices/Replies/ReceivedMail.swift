import Markup

/// A received message, taken apart (RFC 2045, RFC 2046): hostile until proved otherwise.
public struct ReceivedMail: Sendable {
  /// A part that is no multipart.
  public struct Part: Sendable {
    /// Its own header.
    public var header: MailHeaderFields
    /// Media type in lower case; `text/plain` when none is named.
    public var type: String
    /// What it holds, without its transfer encoding.
    public var body: [UInt8]
  }

  /// The message's header.
  public let header: MailHeaderFields
  /// Its media type.
  public let type: String
  /// Its parts in their order; those of messages within it are not among them.
  public private(set) var parts: [Part] = []
  private let limits: MailLimits

  /// Takes a message apart, as far as the limits go.
  public init(_ bytes: [UInt8], limits: MailLimits = MailLimits()) {
    self.limits = limits
    let (header, body) = MailHeaderFields.read(bytes[...], limits)
    self.header = header
    type = header.token("content-type") ?? "text/plain"
    add(header, bytes[body...], depth: 0)
  }

  private mutating func add(_ header: MailHeaderFields, _ body: ArraySlice<UInt8>, depth: Int) {
    guard parts.count < limits.maximumParts else { return }
    let type = header.token("content-type") ?? "text/plain"
    if type.hasPrefix("multipart/"), depth < limits.maximumDepth,
      let boundary = header.parameter("boundary", of: "content-type"),
      (1...200).contains(boundary.utf8.count)
    {
      for part in Self.split(body, at: Array(boundary.utf8), most: limits.maximumParts) {
        let (inner, start) = MailHeaderFields.read(part, limits)
        add(inner, part[start...], depth: depth + 1)
      }
      return
    }
    let encoding = header.token("content-transfer-encoding")
    parts.append(Part(header: header, type: type, body: TransferDecoding.decode(body, encoding)))
  }

  /// What stands between the boundary's lines (RFC 2046 section 5.1.1); the preamble is left out.
  private static func split(
    _ body: ArraySlice<UInt8>, at boundary: [UInt8], most: Int
  ) -> [ArraySlice<UInt8>] {
    var found: [ArraySlice<UInt8>] = []
    var start: Int?
    var at = body.startIndex
    while at < body.endIndex {
      let end = body[at...].firstIndex(of: 0x0A) ?? body.endIndex
      let line = body[at..<end]
      if line.starts(with: [0x2D, 0x2D]), line.dropFirst(2).starts(with: boundary) {
        let rest = line.dropFirst(2 + boundary.count)
        let isLast = rest.starts(with: [0x2D, 0x2D])
        if isLast || rest.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) {
          if let start { found.append(body[start..<at]) }
          start = min(end + 1, body.endIndex)
          if isLast { return found }
          if found.count >= most { return found }
        }
      }
      at = min(end + 1, body.endIndex)
    }
    if let start, start < body.endIndex { found.append(body[start...]) }
    return found
  }

  /// What it says: its plain text, else its HTML's text; decoded, and no longer than the limits say.
  public var text: String {
    let plain = parts.filter { $0.type == "text/plain" }
    let shown = plain.isEmpty ? parts.filter { $0.type == "text/html" }.prefix(1) : plain[...]
    var text: [UInt8] = []
    for part in shown where text.count < limits.maximumTextBytes {
      let charset = part.header.parameter("charset", of: "content-type")
      let body = Array(part.body.prefix(limits.maximumTextBytes))
      let document =
        part.type == "text/html"
        ? Document(bytes: body, declaredEncoding: charset)
        : Document(plainBytes: body, declaredEncoding: charset)
      text += document.text + [0x0A]
    }
    return String(decoding: text.prefix(limits.maximumTextBytes), as: UTF8.self)
  }
}
