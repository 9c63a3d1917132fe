/// The head of a message as the archive keeps it, readable by programs that know HTTP/1 only.
///
/// What is changed, and nothing else: the version of HTTP/2 and later, the name of
/// `Transfer-Encoding` (the body is stored without it), the name of a `Content-Length` that is not
/// that of the stored body, line ends, and blank lines or interim responses before the end, which
/// would move the place where the body begins.
struct ArchivedHead {
  let bytes: [UInt8]
  /// Whether anything was changed, so that the original has to be kept besides.
  let isAltered: Bool
  let status: Int?
  /// Whether the body came with a content coding.
  let isContentEncoded: Bool

  /// Nil when there is no status line.
  init?(response head: [UInt8], bodyLength: Int, isBodyExpected: Bool) {
    var lines = head.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
      line.last == 0x0D ? line.dropLast() : line
    }
    let starts = lines.indices.filter { at in
      isStatusLine(lines[at]) && (at == 0 || lines[at - 1].isEmpty)
    }
    guard let start = starts.last else { return nil }
    lines = lines[start...].filter { !$0.isEmpty }
    let words = lines[0].split(separator: 0x20, maxSplits: 2, omittingEmptySubsequences: true)
    let status = words.count > 1 ? Int(String(decoding: words[1], as: UTF8.self)) : nil
    let hasBody = isBodyExpected && status != 304 && status != 204
    var out = ArchivedHead.statusLine(lines[0])
    var isEncoded = false
    for line in lines.dropFirst() {
      out += [0x0D, 0x0A]
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
        out += line
        continue
      }
      let name = String(decoding: trimmed(line[..<colon]), as: UTF8.self)
      let value = String(decoding: trimmed(line[(colon + 1)...]), as: UTF8.self)
      if sameName(name, "Transfer-Encoding")
        || (sameName(name, "Content-Length") && hasBody && lengthValue(value) != Int64(bodyLength))
      {
        out += "X-Crawler-".utf8
      }
      if sameName(name, "Content-Encoding"), !sameName(value, "identity"), !value.isEmpty {
        isEncoded = true
      }
      out += line
    }
    out += [0x0D, 0x0A, 0x0D, 0x0A]
    bytes = out
    isAltered = out != head
    isContentEncoded = isEncoded
    self.status = status
  }

  /// `HTTP/2 200` becomes `HTTP/1.1 200 `: the standard wants the space where no reason follows.
  private static func statusLine(_ line: ArraySlice<UInt8>) -> [UInt8] {
    let space = line.firstIndex(of: 0x20) ?? line.endIndex
    let version = String(decoding: line[..<space], as: UTF8.self)
    guard version != "HTTP/1.1", version != "HTTP/1.0" else { return Array(line) }
    var out = Array("HTTP/1.1".utf8) + line[space...]
    if out.filter({ $0 == 0x20 }).count < 2 { out.append(0x20) }
    return out
  }

  /// A request with the version of HTTP/2 and later written as 1.1.
  static func request(_ request: [UInt8]) -> [UInt8] {
    guard let end = request.firstIndex(of: 0x0A) else { return request }
    var line = request[..<end]
    if line.last == 0x0D { line = line.dropLast() }
    guard let space = line.lastIndex(of: 0x20),
      line[(space + 1)...].starts(with: Array("HTTP/".utf8)),
      !line[(space + 1)...].starts(with: Array("HTTP/1.".utf8))
    else { return request }
    return line[...space] + Array("HTTP/1.1".utf8) + request[line.endIndex...]
  }
}

private func isStatusLine(_ line: ArraySlice<UInt8>) -> Bool {
  line.starts(with: Array("HTTP/".utf8)) && line.contains(0x20)
}
