/// An HTTP request or response as a record holds it: start line, header fields, body.
///
/// Reads what servers really send: bare line feeds, folded lines, missing reasons, lines without a
/// colon (which are passed over).
public struct HTTPMessage: Sendable {
  /// One header field; the value without white space around it.
  public struct Field: Sendable, Hashable {
    public let name: String
    public let value: String
  }

  /// The first line without its end.
  public let startLine: String
  /// The status code of a response.
  public let status: Int?
  /// The fields in their order, bytes that are no UTF-8 replaced.
  public let fields: [Field]
  /// How many bytes the head takes, with the blank line after it.
  public let headLength: Int
  /// What follows the head, as it was stored.
  public let body: ArraySlice<UInt8>
  /// Whether a blank line ended the head; a message that was cut off may have none.
  public let isHeadComplete: Bool

  /// Reads a block; nil when it begins with no request line and no status line.
  ///
  /// A head is read to at most `maximumHeadBytes`; what follows counts as body.
  public init?(_ block: [UInt8], maximumHeadBytes: Int = 1 << 20) {
    self.init(block[...], maximumHeadBytes: maximumHeadBytes)
  }

  init?(_ block: ArraySlice<UInt8>, maximumHeadBytes: Int = 1 << 20) {
    let head = block.prefix(max(0, maximumHeadBytes))
    var at = head.startIndex
    guard let first = HTTPMessage.line(of: head, from: &at) else { return nil }
    let words = first.split(separator: 0x20, maxSplits: 2, omittingEmptySubsequences: true)
    let isResponse = first.starts(with: Array("HTTP/".utf8))
    guard isResponse ? words.count >= 2 : words.last?.starts(with: Array("HTTP/".utf8)) == true
    else { return nil }
    startLine = String(decoding: first, as: UTF8.self)
    status = isResponse ? Int(String(decoding: words[1], as: UTF8.self)) : nil
    var fields: [(name: ArraySlice<UInt8>, value: [UInt8])] = []
    var isComplete = false
    while let line = HTTPMessage.line(of: head, from: &at) {
      if line.isEmpty {
        isComplete = true
        break
      }
      if line.first == 0x20 || line.first == 0x09 {
        if !fields.isEmpty { fields[fields.count - 1].value += [0x20] + trimmed(line) }
      } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
        fields.append((trimmed(line[..<colon]), Array(trimmed(line[(colon + 1)...]))))
      }
    }
    self.fields = fields.map {
      Field(
        name: String(decoding: $0.name, as: UTF8.self),
        value: String(decoding: $0.value, as: UTF8.self))
    }
    isHeadComplete = isComplete
    headLength = at - block.startIndex
    body = block[at...]
  }

  /// The value of the first field of this name, in any case.
  public func field(_ name: String) -> String? {
    fields.first { sameName($0.name, name) }?.value
  }

  /// The values of all fields of this name as one list (RFC 9110, 5.2); nil when there is none.
  public func list(_ name: String) -> String? {
    let values = values(of: name)
    return values.isEmpty ? nil : values.joined(separator: ", ")
  }

  /// The values of all fields of this name, in any case.
  public func values(of name: String) -> [String] {
    fields.filter { sameName($0.name, name) }.map(\.value)
  }

  /// The body without chunked transfer coding.
  ///
  /// Programs disagree whether an archive keeps the chunks, and some keep the header but not the
  /// chunks: when the body is not chunked it is given as it is. Of one that was cut off, what is there.
  public var payload: ArraySlice<UInt8> {
    guard values(of: "Transfer-Encoding").contains(where: { $0.lowercased().contains("chunked") })
    else { return body }
    return ChunkedBody.decode(body) ?? body
  }

  /// The next line without its end; nil when there is none left.
  private static func line(
    of bytes: ArraySlice<UInt8>, from at: inout Int
  ) -> ArraySlice<UInt8>? {
    guard at < bytes.endIndex else { return nil }
    let end = bytes[at...].firstIndex(of: 0x0A) ?? bytes.endIndex
    var line = bytes[at..<end]
    if line.last == 0x0D { line = line.dropLast() }
    at = min(end + 1, bytes.endIndex)
    return line
  }
}

func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
  var bytes = bytes
  while let first = bytes.first, first == 0x20 || first == 0x09 { bytes = bytes.dropFirst() }
  while let last = bytes.last, last == 0x20 || last == 0x09 { bytes = bytes.dropLast() }
  return bytes
}
