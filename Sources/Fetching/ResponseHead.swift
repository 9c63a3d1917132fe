/// A response's status line and fields, read from its bytes (RFC 9112, 4 and 5).
struct ResponseHead {
  var status: Int?
  var fields = HeaderFields()

  init(_ bytes: [UInt8]) {
    var lines = bytes.split(separator: 10, omittingEmptySubsequences: true)
      .map { $0.last == 13 ? $0.dropLast() : $0 }[...]
    guard let statusLine = lines.popFirst() else { return }
    let words = statusLine.split(separator: 32, maxSplits: 2)
    if words.count > 1 { status = Int(String(decoding: words[1], as: UTF8.self)) }
    var open: (name: ArraySlice<UInt8>, value: [UInt8])?
    for line in lines {
      if let first = line.first, first == 32 || first == 9 {
        // Folded lines are obsolete (RFC 9112, 5.2) and still sent; they continue the value.
        open?.value.append(32)
        open?.value += Self.trimmed(line)
        continue
      }
      close(&open)
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
      open = (line[..<colon], Array(Self.trimmed(line[(colon + 1)...])))
    }
    close(&open)
  }

  private mutating func close(_ open: inout (name: ArraySlice<UInt8>, value: [UInt8])?) {
    guard let field = open else { return }
    open = nil
    fields.append(HeaderField(Self.text(Self.trimmed(field.name)), Self.text(field.value[...])))
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = bytes
    while let first = rest.first, first == 32 || first == 9 { rest.removeFirst() }
    while let last = rest.last, last == 32 || last == 9 || last == 13 { rest.removeLast() }
    return rest
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }
}
