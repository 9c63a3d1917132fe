extension WARCReader {
  /// The header of the record that begins here; nil when there is none that can be used.
  mutating func readHeader() -> WARCHeader? {
    let start = stream.offset
    guard let first = readLine(), !first.isEmpty else { return nil }
    var size = first.count
    var lines: [(name: String, value: String)] = []
    while true {
      guard let line = readLine() else { return nil }
      if line.isEmpty { break }
      size += line.count
      guard size <= limits.maximumHeaderBytes else {
        note(.headerTooBig, at: start, "more than \(limits.maximumHeaderBytes) bytes")
        return nil
      }
      if line[line.startIndex] == 0x20 || line[line.startIndex] == 0x09 {
        guard !lines.isEmpty else { continue }
        lines[lines.count - 1].value += " " + String(decoding: trimmed(line), as: UTF8.self)
        continue
      }
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
        note(.badField, at: start, String(decoding: line.prefix(100), as: UTF8.self))
        continue
      }
      lines.append(
        (
          String(decoding: trimmed(line[..<colon]), as: UTF8.self),
          String(decoding: trimmed(line[(colon + 1)...]), as: UTF8.self)
        ))
    }
    var fields: [WARCField] = []
    for line in lines {
      if let field = WARCField(line.name, line.value) {
        fields.append(field)
      } else {
        note(.badField, at: start, WARCField.escaped(String(line.name.prefix(100))))
        if let field = WARCField(escaping: line.value, name: line.name) { fields.append(field) }
      }
    }
    let version = String(decoding: first.dropFirst(5), as: UTF8.self)
    return WARCHeader(version: WARCField.escaped(version), fields: fields)
  }

  /// The next line without its end; nil when none ends within the limit or the section.
  private mutating func readLine() -> ArraySlice<UInt8>? {
    var wanted = 1
    while true {
      let bytes = stream.look(atLeast: wanted)
      if let end = bytes.prefix(limits.maximumHeaderBytes).firstIndex(of: 0x0A) {
        var line = bytes[..<end]
        stream.drop(end + 1 - bytes.startIndex)
        if line.last == 0x0D { line = line.dropLast() }
        return line
      }
      if bytes.count >= limits.maximumHeaderBytes {
        note(.headerTooBig, at: stream.offset, "a line of more than \(bytes.count) bytes")
        return nil
      }
      if bytes.count < wanted {
        if stream.failure == nil {
          note(.truncated, at: stream.offset, "ends inside a header")
        }
        return nil
      }
      wanted = bytes.count + 1
    }
  }

  /// The header of an ARC record; nil when the line is none.
  mutating func readARCHeader() -> WARCHeader? {
    let bytes = stream.look(atLeast: 4096)
    guard let end = bytes.prefix(limits.maximumHeaderBytes).firstIndex(of: 0x0A),
      let header = ARCHeader.parse(bytes[..<end], version: arcVersion ?? 1)
    else { return nil }
    stream.drop(end + 1 - bytes.startIndex)
    if arcVersion == nil { arcVersion = 1 }
    return header
  }

  /// The block of a file's description begins with the format's version.
  mutating func noteARCVersion(_ block: [UInt8]) {
    if block.first == UInt8(ascii: "2") { arcVersion = 2 }
  }
}
